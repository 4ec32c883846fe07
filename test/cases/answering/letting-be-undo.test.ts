import { afterEach, describe, expect, it } from '@jest/globals';
import { takenLicenses } from '../../../src/cases/savings/taken-licenses.js';
import { caseText } from '../../../src/cli/case-text.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import { ADA, adasCase, progressOf, refusal, withGraph, type AdasCase } from '../../world/adas-case.js';
import { SKUS } from '../../world/skus.js';

let world: AdasCase;

afterEach(async () => {
  for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  await world.close();
});

const waive = (thing: string): Promise<string> => world.waived(thing, 'No seat will be bought');

/** How the tenant answers to a change of licenses, beside what it does. */
interface Tenant {
  /** Calls do not arrive: nobody knows whether they did. */
  isLost: boolean;
  /** Nobody else's seat is free any more. */
  isFull: boolean;
}

/** Ada holds an E3 and a Visio, and Grace has them reclaimed. */
async function reclaimed(tenant: Tenant): Promise<void> {
  world = await adasCase(
    { licenses: [{ sku: 'E3' }, { sku: 'VISIO' }] },
    {
      policy: 'reclaim: { mailbox: waive }',
      through: withGraph((graph) => ({
        changeLicenses: async (who, change) => {
          if (tenant.isLost) throw refusal('users.assignLicense');
          return tenant.isFull && change.add.length > 0
            ? { kind: 'noFreeSeat', skuId: undefined }
            : graph.changeLicenses(who, change);
        },
      })),
    },
  );
  await world.reclaimed();
}

/** As long as Graph is tried, and longer. */
async function halfADay(): Promise<void> {
  for (let tries = 0; tries < 18; tries += 1) {
    world.clock.advance(40 * 60_000);
    await world.work(1_000);
  }
}

/** The step was begun, nobody knows whether its call arrived, and somebody has taken the Visio by hand. */
async function begunAndTakenByHand(): Promise<Tenant> {
  const tenant = { isLost: true, isFull: true };
  await reclaimed(tenant);
  await halfADay();
  tenant.isLost = false;
  await world.graph.changeLicenses(ADA, { add: [], remove: [SKUS.VISIO.skuId] });
  return tenant;
}

describe('an undo for which there is no free seat', () => {
  it('ends without the licenses: they stay taken, and card, terminal and history say so', async () => {
    const tenant = { isLost: false, isFull: false };
    await reclaimed(tenant);
    expect((await world.now()).state).toBe('holding');
    tenant.isFull = true;
    expect(await world.undone()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('There is no free seat'),
    });
    expect(await waive('rest')).toBe(
      'done: what could not be given back is waived in this case: it goes on.',
    );
    const c = await world.now();
    expect(c).toMatchObject({ state: 'undone', took: [] });
    expect(await world.licenses()).toEqual([]);
    expect(takenLicenses(c)).toEqual([]);
    expect(world.adminsCard(c)).toMatch(
      /Undone, as far as it could be.*\*\*Left as it is\*\*.*Microsoft 365 E3, Visio/,
    );
    expect(caseText(c)).toMatch(/Not undone +remove Microsoft 365 E3, Visio/);
    expect(await world.told()).toContain('waived what could not be given back: No seat will be bought');
  });
});

describe('an undo of a step of which nobody knows whether its call arrived', () => {
  it('ends without what is gone and cannot be given back, and names that alone', async () => {
    await begunAndTakenByHand();
    const stuck = await world.undone();
    expect(stuck).toMatchObject({ state: 'needsPerson', steps: [{ progress: { is: 'intended' } }] });
    expect(world.adminsCard(stuck)).toContain('ends the undo without that');
    expect(await waive('rest')).toMatch(/^done: what could not be given back/);
    const c = await world.now();
    expect(c).toMatchObject({ state: 'undone', took: [] });
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
    expect(world.adminsCard(c)).toMatch(
      /\*\*Left as it is\*\*, as decided by test.*, and not undone: remove Visio/,
    );
    expect(world.adminsCard(c)).not.toContain('everything is as it was');
    expect(takenLicenses(c)).toEqual([]);
  });

  it('leaves nothing where everything is as it was: then it ends as any other', async () => {
    await begunAndTakenByHand();
    await world.undone();
    await world.graph.changeLicenses(ADA, {
      add: [{ skuId: SKUS.VISIO.skuId, disabledPlans: [] }],
      remove: [],
    });
    expect(await waive('rest')).toBe(
      'failed: Everything is as it was before this step: it counts as undone, and the case goes on.',
    );
    const c = await world.now();
    expect(c).toMatchObject({ state: 'undone', took: [] });
    expect(c.waivers).toBeUndefined();
    expect(world.adminsCard(c)).toContain('No license had been taken from Ada yet');
  });
});

describe('an undo of a step that was sent and never seen to take effect', () => {
  it('is not said to have brought everything back: the step may take effect yet', async () => {
    world = await adasCase(
      {},
      {
        policy: 'reclaim: { mailbox: waive }',
        through: withGraph(() => ({
          changeLicenses: async (_who, change) => {
            if (change.add.length === 0) return { kind: 'accepted' };
            throw refusal('users.assignLicense');
          },
        })),
      },
    );
    await world.answered({ kind: 'reclaim', reason: '' });
    await world.undone();
    for (let days = 0; days < 3; days += 1) await halfADay();
    const stuck = await world.now();
    expect(stuck).toMatchObject({ state: 'needsPerson', steps: [{ progress: { unseen: true } }] });
    expect(await waive('rest')).toMatch(/^done: what could not be given back/);
    const c = await world.now();
    expect(c).toMatchObject({ state: 'undone', took: [] });
    expect(world.adminsCard(c)).toContain('and not undone: remove Microsoft 365 E3');
  });
});

describe('an undo of an account that is gone', () => {
  it('ends as well, although the step was sent and nobody saw what became of it', async () => {
    world = await adasCase(
      {},
      {
        policy: 'reclaim: { mailbox: waive }',
        through: withGraph(() => ({ changeLicenses: async () => ({ kind: 'accepted' }) as const })),
      },
    );
    await world.answered({ kind: 'reclaim', reason: '' });
    expect(progressOf(await world.now())).toEqual(['removeLicenses sent']);
    expect(await waive('rest')).toMatch(/^failed: /);
    await world.graph.deletePerson(ADA);
    expect(await world.undone()).toMatchObject({ state: 'needsPerson', undoneBy: {} });
    expect(await waive('rest')).toMatch(/^done: what could not be given back/);
    const c = await world.now();
    expect(c).toMatchObject({ state: 'undone', took: [] });
    expect(world.adminsCard(c)).toContain('and not undone: remove Microsoft 365 E3');
  });

  it('waits on where the account is there and the step may take effect yet', async () => {
    world = await adasCase(
      {},
      {
        policy: 'reclaim: { mailbox: waive }',
        through: withGraph(() => ({ changeLicenses: async () => ({ kind: 'accepted' }) as const })),
      },
    );
    await world.answered({ kind: 'reclaim', reason: '' });
    await world.graph.deletePerson(ADA);
    await world.undone();
    await world.graph.restorePerson(ADA);
    expect(await waive('rest')).toMatch(/^failed: A step of this case may take effect yet/);
    expect((await world.now()).state).toBe('needsPerson');
  });
});
