import { afterEach, describe, expect, it } from '@jest/globals';
import { instant, type Case } from '../../../src/cases/case.js';
import { unsealedOf } from '../../../src/cases/run-all-cases.js';
import { takenLicenses } from '../../../src/cases/savings/taken-licenses.js';
import { letBe } from '../../../src/cases/answering/run-letting-be.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import { ADA, adasCase, progressOf, refusal, withGraph, type AdasCase } from '../../world/adas-case.js';
import { aGroup } from '../../world/directory-world.js';
import { userId } from '../../world/people.js';
import { SKUS } from '../../world/skus.js';

const IN_AD = { distinguishedName: 'CN=Ada,DC=corp,DC=example' };
const BLOCKS = 'reclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }';
const ADMIN = { id: userId('Alex'), displayName: 'Alex' };
const LEFT = 'An administrator left it as it is.';

let world: AdasCase;

afterEach(async () => {
  for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  await world.close();
});

const waive = (thing: string): Promise<string> => world.waived(thing, 'Nobody does it');

describe('the task of a person that nobody does', () => {
  it('is let be alone: the case goes on with the next step, and an undo gives back what that took', async () => {
    world = await adasCase(IN_AD, { policy: BLOCKS });
    const waiting = await world.reclaimed();
    expect(waiting).toMatchObject({ state: 'needsPerson', watch: { for: 'effect', index: 0 } });
    expect(world.adminsCard(waiting)).toContain('waive task for Ada because');
    expect(await waive('the task')).toBe('done: what a person was to do is waived in this case: it goes on.');
    const c = await world.now();
    expect(progressOf(c)).toEqual(['disableSignIn skipped', 'removeLicenses done']);
    expect(c).toMatchObject({
      state: 'holding',
      steps: [{ progress: { is: 'skipped', why: LEFT } }, {}],
      waivers: [
        {
          waived: { of: 'task', left: [{ index: 0, words: 'block sign-in and sign out everywhere' }] },
          reason: 'Nobody does it',
        },
      ],
    });
    expect(await world.graph.person(ADA)).toMatchObject({ accountEnabled: true, licenses: [] });
    expect(await world.told()).toContain('test (terminal) waived what a person was to do: Nobody does it');
    expect((await world.undone()).state).toBe('undone');
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
  });

  it('is let be with everything after it: a case in which nothing was done is over, and nothing is taken', async () => {
    world = await adasCase(IN_AD, { policy: BLOCKS });
    await world.reclaimed();
    expect(await waive('rest')).toBe(
      'done: everything that was not done yet is waived in this case: it goes on.',
    );
    expect(await world.now()).toMatchObject({
      state: 'cancelled',
      cause: 'vetoed',
      why: 'An administrator decided against it: Nobody does it',
    });
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
  });

  it('is let be once, however often the same order is carried out, and not again by the next one', async () => {
    world = await adasCase(IN_AD, { policy: BLOCKS });
    await world.reclaimed();
    const asked = {
      which: 'task',
      by: ADMIN,
      reason: 'Nobody does it',
      askedAt: instant(world.clock.now()),
    } as const;
    const again = async () => {
      const { caseId } = await world.now();
      const stored = await world.store.read<Case>('cases', caseId, caseId);
      return stored === undefined ? undefined : letBe(world.doors, stored, asked);
    };
    expect(await again()).toMatchObject({ is: 'done', says: expect.stringMatching(/it goes on\.$/) });
    expect(await again()).toEqual({ is: 'done', says: 'what a person was to do was waived already.' });
    await world.work(30_000);
    expect(await waive('task')).toMatch(/^failed: Nobody has a task in this case: /);
    expect((await world.now()).waivers).toHaveLength(1);
  });
});

describe('a case that was stopped half done', () => {
  it('keeps what was done and holds it, and says in the end what was left out', async () => {
    world = await adasCase(
      {},
      {
        policy: BLOCKS,
        through: withGraph((graph) => ({
          setAccountEnabled: async (...args) => {
            await world.campaign('stopped');
            return graph.setAccountEnabled(...args);
          },
        })),
      },
    );
    const stopped = await world.reclaimed();
    expect(stopped).toMatchObject({
      state: 'needsPerson',
      task: expect.stringMatching(/^The campaign was stopped after the first step/),
    });
    expect(progressOf(stopped)).toEqual(['disableSignIn done', 'removeLicenses planned']);
    expect(await waive('rest')).toMatch(/^done: /);
    expect(progressOf(await world.now())).toEqual(['disableSignIn done', 'removeLicenses skipped']);
    world.clock.advance(31 * DAY_MS);
    await world.work(1_000);
    const c = await world.now();
    expect(c).toMatchObject({ state: 'closed', took: [] });
    expect(world.adminsCard(c)).toMatch(
      /No license was taken\..*\*\*Left out\*\*, as decided by test.*: remove /,
    );
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
  });
});

describe('an undo that cannot be brought to its end', () => {
  /** Ada's license came through a group into which Entra lets nobody put her again. */
  async function stuck(): Promise<void> {
    world = await adasCase(
      { licenses: [{ sku: 'E3', group: 'Staff' }], groups: ['Staff'] },
      {
        groups: [aGroup('Staff', { licenses: [SKUS.E3.skuId] })],
        policy: 'reclaim: { mailbox: waive }',
        through: withGraph(() => ({
          joinGroup: async () => ({ kind: 'refused', message: 'A rule says who is in the group.' }),
        })),
      },
    );
    await world.reclaimed();
    expect((await world.undone()).state).toBe('needsPerson');
  }

  it('ends without what could not be given back, and its card and history say so', async () => {
    await stuck();
    expect(world.adminsCard(await world.now())).toContain('ends the undo without that');
    expect(await waive('task')).toBe(
      'done: what could not be given back is waived in this case: it goes on.',
    );
    const c = await world.now();
    expect(c).toMatchObject({ state: 'undone', took: [], waivers: [{ waived: { of: 'undo' } }] });
    expect(await world.licenses()).toEqual([]);
    const card = world.adminsCard(c);
    expect(card).toContain('Undone, as far as it could be');
    expect(card).toMatch(/\*\*Left as it is\*\*, as decided by test.*by leaving the group that gives it/);
    expect(card).not.toContain('everything is as it was');
    expect(card).not.toContain('No license had been taken');
  });

  it('ends so as well where the rest is named', async () => {
    await stuck();
    expect(await waive('rest')).toMatch(/^done: what could not be given back/);
    expect((await world.now()).state).toBe('undone');
  });
});

describe('what was let be', () => {
  it('is no saving where the license is held that way still', async () => {
    world = await adasCase(
      { licenses: [{ sku: 'E3' }, { sku: 'E3', group: 'Staff' }], groups: ['Staff'] },
      {
        groups: [aGroup('Staff', { kind: 'dynamic', licenses: [SKUS.E3.skuId] })],
        policy: 'reclaim: { mailbox: waive }',
      },
    );
    await world.reclaimed();
    expect(await waive('rest')).toMatch(/^done: /);
    expect(progressOf(await world.now())).toEqual(['removeLicenses done', 'leaveGroup skipped']);
    expect(takenLicenses(await world.now())).toEqual([]);
    world.clock.advance(31 * DAY_MS);
    await world.work(1_000);
    const c = await world.now();
    expect(c).toMatchObject({ state: 'closed', took: [] });
    expect(takenLicenses(c)).toEqual([]);
    expect(world.adminsCard(c)).not.toContain('for good');
    expect((await world.licenses()).length).toBeGreaterThan(0);
  });

  it('of the undo of a gift is not said to be taken back', async () => {
    world = await adasCase({}, { policy: 'reclaim: { mailbox: convert }' });
    const EVE = userId('Eve');
    const evesCase = async (): Promise<Case> => {
      const [c] = await unsealedOf(world.doors, EVE);
      if (c === undefined) throw new Error('There is no case about Eve.');
      return c;
    };
    await world.order({ order: 'give', userId: EVE, sku: 'SPE_E3', reason: 'New' });
    await world.work(30_000);
    await world.order({ order: 'undo', userId: EVE });
    await world.work(60_000);
    expect((await evesCase()).state).toBe('needsPerson');
    await world.order({ order: 'waive', userId: EVE, thing: 'task', reason: 'She keeps it' });
    await world.work(30_000);
    expect((await evesCase()).state).toBe('undone');
    expect(world.adminsCard(await evesCase())).not.toContain('Taken back from');
    expect(world.adminsCard(await evesCase())).toContain('Undone, as far as it could be');
  });
});

describe('nothing is let be', () => {
  it('that was sent and may take effect yet: only an undo gives it up', async () => {
    world = await adasCase(
      {},
      {
        policy: 'reclaim: { mailbox: waive }',
        through: withGraph(() => ({ changeLicenses: async () => ({ kind: 'accepted' }) as const })),
      },
    );
    await world.reclaimed();
    await world.work(120_000);
    expect(await world.now()).toMatchObject({ state: 'needsPerson', steps: [{ progress: { is: 'sent' } }] });
    expect(await waive('rest')).toBe(
      'failed: A step of this case may take effect yet: have the case undone, once more if need be, or wait until it shows.',
    );
    expect((await world.now()).waivers).toBeUndefined();
  });

  it('that was done meanwhile, though nobody has looked since: it is for the watch to say so', async () => {
    world = await adasCase(IN_AD, { policy: BLOCKS });
    await world.reclaimed();
    world.graph.setInAd(ADA, false);
    world.graph.sync(new Date(world.clock.now().getTime() + 1));
    expect(await waive('task')).toMatch(/^failed: It looks as if it was done/);
    expect((await world.now()).waivers).toBeUndefined();
  });

  it('of a conversion alone, because the license would take the mailbox with it', async () => {
    world = await adasCase({}, { policy: 'reclaim: { mailbox: convert }' });
    const waiting = await world.reclaimed();
    expect(progressOf(waiting)[0]).toMatch(/^convertMailbox (handedOver|planned)$/);
    expect(world.adminsCard(waiting)).not.toContain('waive task for');
    expect(await waive('task')).toMatch(/^failed: This is not a task that can be left out alone/);
    expect(await waive('rest')).toMatch(/^done: /);
    expect((await world.now()).state).toBe('cancelled');
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
  });

  it('of a task that came after it was ordered', async () => {
    world = await adasCase(IN_AD, { policy: BLOCKS });
    const askedAt = instant(new Date(world.clock.now().getTime() - 1));
    const { caseId } = await world.reclaimed();
    const stored = await world.store.read<Case>('cases', caseId, caseId);
    const order = { which: 'task', by: ADMIN, reason: 'Nobody does it', askedAt } as const;
    expect(stored && (await letBe(world.doors, stored, order))).toMatchObject({
      is: 'failed',
      says: expect.stringMatching(/^Another task has come since/),
    });
  });

  it('where nobody has a task', async () => {
    world = await adasCase();
    await world.reclaimed();
    expect(await waive('task')).toMatch(/^failed: Nobody has a task in this case: /);
  });

  it('that was begun before it is known whether it took effect; what did counts as done', async () => {
    let isLost = true;
    world = await adasCase(
      {},
      {
        policy: 'reclaim: { mailbox: waive }',
        through: withGraph((graph) => ({
          changeLicenses: async (...args) => {
            if (!isLost) return graph.changeLicenses(...args);
            throw refusal('users.assignLicense');
          },
        })),
      },
    );
    await world.reclaimed();
    for (let tries = 0; tries < 10; tries += 1) {
      world.clock.advance(40 * 60_000);
      await world.work(1_000);
    }
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      steps: [{ progress: { is: 'intended' } }],
    });
    isLost = false;
    await world.graph.changeLicenses(ADA, { add: [], remove: [SKUS.E3.skuId] });
    expect(await waive('rest')).toMatch(/^failed: It was done after all: it counts as done/);
    await world.work(60_000);
    expect((await world.now()).state).toBe('holding');
  });
});
