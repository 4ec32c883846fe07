import { afterEach, describe, expect, it } from '@jest/globals';
import { noticeCard } from '../../../src/cards/notice-card.js';
import { instant, type Case } from '../../../src/cases/case.js';
import { takenLicenses } from '../../../src/cases/savings/taken-licenses.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { ADA, adasCase, progressOf, refusal, withGraph, type AdasCase } from '../../world/adas-case.js';
import { aGroup } from '../../world/directory-world.js';
import { SKUS } from '../../world/skus.js';

const IN_AD = { distinguishedName: 'CN=Ada,DC=corp,DC=example' };
const BLOCKS = 'reclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }';

let world: AdasCase;

afterEach(async () => {
  for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  await world.close();
});

const waiveRest = (): Promise<string> => world.waived('rest', 'She stays');

/** The card in Ada's own chat. */
function noticeOf(c: Case): string {
  const { policy, timeZone, clock } = world.doors;
  return JSON.stringify(noticeCard(c, { policy, now: instant(clock.now()), timeZone, locale: 'en' }));
}

/** Active Directory writes over Ada's account, some time later. */
async function synchronized(): Promise<void> {
  world.clock.advance(3_600_000);
  world.graph.sync(world.clock.now());
  await world.work(60_000);
}

describe('the rest of a case, where the task of a person was done meanwhile', () => {
  it('is left, and the task counts as done', async () => {
    let isLost = true;
    world = await adasCase(
      {},
      {
        policy: BLOCKS,
        through: withGraph((graph) => ({
          setAccountEnabled: async (...args) => {
            if (!isLost) return graph.setAccountEnabled(...args);
            throw refusal('users.update');
          },
        })),
      },
    );
    await world.reclaimed();
    for (let tries = 0; tries < 18; tries += 1) {
      world.clock.advance(40 * 60_000);
      await world.work(1_000);
    }
    expect(progressOf(await world.now())).toEqual(['disableSignIn intended', 'removeLicenses planned']);
    isLost = false;
    await world.graph.setAccountEnabled(ADA, false);
    expect(await waiveRest()).toBe(
      'done: The step at hand was done after all and counts as done: everything after it is waived in this case.',
    );
    const c = await world.now();
    expect(c.state).toBe('holding');
    expect(progressOf(c)).toEqual(['disableSignIn done', 'removeLicenses skipped']);
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
    expect(takenLicenses(c)).toEqual([]);
    expect(await world.told()).toContain('waived everything after a step that was done after all: She stays');
    const undone = await world.undone();
    expect(undone.state).toBe('undone');
    expect(await world.graph.person(ADA)).toMatchObject({ accountEnabled: true });
    const told = { kind: 'told', at: undone.openedAt, stepsFrom: undone.openedAt } as const;
    expect(noticeOf({ ...undone, notice: { is: told } })).not.toContain('as far as that could be');
  });

  it('is left at once where the task looks done, which is looked at until it is sure', async () => {
    world = await adasCase(IN_AD, { policy: BLOCKS });
    await world.reclaimed();
    world.graph.setInAd(ADA, false);
    world.graph.sync(new Date(world.clock.now().getTime() + 1));
    expect(await waiveRest()).toMatch(/^done: The step at hand looks as if it was done/);
    const waiting = await world.now();
    expect(waiting).toMatchObject({ state: 'needsPerson', watch: { for: 'effect', index: 0 } });
    expect(progressOf(waiting)).toEqual(['disableSignIn handedOver', 'removeLicenses skipped']);
    const told = { kind: 'told', at: waiting.openedAt, stepsFrom: waiting.openedAt } as const;
    expect(noticeOf({ ...waiting, notice: { is: told } })).toContain('It was carried out in part');
    await synchronized();
    await synchronized();
    const c = await world.now();
    expect(c.state).toBe('holding');
    expect(progressOf(c)).toEqual(['disableSignIn done', 'removeLicenses skipped']);
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
    expect(world.adminsCard(c)).toContain('An administrator left it as it is.');
  });

  it('can be left once more where the task only looked done', async () => {
    world = await adasCase(IN_AD, { policy: BLOCKS });
    await world.reclaimed();
    world.graph.setInAd(ADA, false);
    world.graph.sync(new Date(world.clock.now().getTime() + 1));
    await waiveRest();
    world.graph.setInAd(ADA, true);
    await synchronized();
    expect((await world.now()).state).toBe('needsPerson');
    expect(await waiveRest()).toMatch(/^done: everything that was not done yet/);
    expect(await world.now()).toMatchObject({ state: 'cancelled', cause: 'vetoed' });
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
  });
});

describe('the rest of a case at whose end the account would be deleted', () => {
  it('is left with the account: nobody has let it be so that the mailbox goes with that', async () => {
    world = await adasCase(
      { enabled: false, licenses: [{ sku: 'VISIO' }, { sku: 'E3', group: 'Staff' }] },
      {
        groups: [aGroup('Staff', { kind: 'dynamic', licenses: [SKUS.E3.skuId] })],
        policy:
          'reclaim: { mailbox: waive }\ntimetable: { reminders: [P3D], afterDecision: PT5S, review: PT0S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT8S, hold: P30D, delete: P30D }\ninactivity: { maxReportAgeDays: 30 }',
        refreshed: '2026-11-23',
      },
    );
    expect(await world.reclaimed()).toMatchObject({ state: 'needsPerson', deletes: true });
    expect(await waiveRest()).toMatch(/^done: everything that was not done yet/);
    world.clock.advance(30 * DAY_MS + 60_000);
    await world.work(1_000);
    await world.audit();
    await world.work(60_000);
    expect(await world.graph.person(ADA)).toMatchObject({ accountEnabled: false });
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
    expect((await world.now()).state).toBe('closed');
  });
});
