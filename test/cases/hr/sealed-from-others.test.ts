import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { CaseId } from '../../../src/cases/case.js';
import { openDesk } from '../../../src/cases/answering/run-desk.js';
import type { Role } from '../../../src/cases/roles.js';
import { openReadModel } from '../../../src/chat/run-read-model.js';
import { checkChains } from '../../../src/cli/verify-command.js';
import type { Policy } from '../../../src/config/policy.js';
import { CASES } from '../../cards/a-case.js';
import { ALEX, anHrWorld, CHIARA, HANNA, HUGO, STRANGER, type HrWorld } from '../../world/hr-world.js';
import { chat, countOrdersFrom, everything, listening, ordered, OTHERS } from '../../world/observer.js';
import { SKUS } from '../../world/skus.js';

const RECLAIM = { kind: 'reclaim', reason: '' } as const;
const ABOUT = { userId: CHIARA, name: 'Chiara' } as const;
const KEEP = { kind: 'keep', reason: 'Back soon', until: '2027-01-15' } as const;

const worlds: HrWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** No seat is free: whoever is told of seats that undos need learns of every license that was taken. */
const FULL = Object.values(SKUS).map((sku) =>
  // What stands in for a dear license can be had.
  sku.skuId === SKUS.F3.skuId ? sku : { ...sku, assigned: sku.bought },
);
const PARKS = 'reclaim: { mailbox: waive, park: [{ sku: SPE_E3, by: SPE_F1 }] }';
const PARK = { kind: 'park', until: '2027-01-15' } as const;

/** A tenant with HR's lane, or one in which the executive is just protected. */
async function aTenant(lane: 'open' | 'shut'): Promise<{ readonly world: HrWorld; readonly log: string[] }> {
  const log: string[] = [];
  const reshape = (policy: Policy): Policy => ({ ...policy, roles: { ...policy.roles, hr: [] } });
  const world = await anHrWorld({
    policy: PARKS,
    log: listening(log),
    skus: FULL,
    chiara: { mailbox: 'noMailbox' },
    ...(lane === 'open' ? {} : { reshape }),
  });
  worlds.push(world);
  return { world, log };
}

type Stage = readonly [name: string, live: (world: HrWorld) => Promise<unknown>];

/** How far HR has come with the executive's case. */
const STAGES: readonly Stage[] = [
  ['waits for HR', async () => {}],
  ['was seen by HR', (world) => world.desk.hrQueue(HANNA)],
  ['is kept', (world) => world.answer(HANNA, KEEP)],
  ['waits for a second person', (world) => world.answer(HANNA, RECLAIM)],
  [
    'took the licenses',
    async (world) => {
      await world.answer(HANNA, RECLAIM);
      await world.answer(HUGO, { kind: 'approve' });
    },
  ],
  [
    'is a task for a person',
    async (world) => {
      world.doors.graph.changeLicenses = async () => ({ kind: 'dependency', message: 'Visio needs it.' });
      await world.answer(HANNA, RECLAIM);
      await world.answer(HUGO, { kind: 'approve' });
    },
  ],
  [
    'was undone',
    async (world) => {
      await world.answer(HANNA, RECLAIM);
      await world.answer(HUGO, { kind: 'approve' });
      await world.work(30_000);
      await world.desk.undo({ caseId: (await world.chiara()).caseId, by: HUGO });
    },
  ],
  ['waits for a second person to park', (world) => world.answer(HANNA, PARK)],
  ['has licenses parked', parks],
  [
    'is listed by HR with what is parked',
    async (world) => {
      await parks(world);
      expect((await world.desk.hrQueue(HANNA)).parked).toHaveLength(1);
    },
  ],
  [
    'has what was parked back',
    async (world) => {
      await parks(world);
      await world.desk.undo({ caseId: (await world.chiara()).caseId, by: HUGO });
    },
  ],
  [
    'waits for a license that is to come back',
    async (world) => {
      await parks(world);
      world.doors.graph.changeLicenses = async () => ({ kind: 'noFreeSeat', skuId: undefined });
      await world.desk.undo({ caseId: (await world.chiara()).caseId, by: HUGO });
      await world.work(30_000);
      expect((await world.chiara()).state).toBe('needsPerson');
    },
  ],
];

async function parks(world: HrWorld): Promise<void> {
  await world.answer(HANNA, PARK);
  await world.answer(HUGO, { kind: 'approve' });
  await world.work(30_000);
  expect((await world.chiara()).state).toBe('holding');
}

describe('an executive’s case', () => {
  test.each(STAGES)('that %s changes nothing that anybody else can learn', async (_name, live) => {
    const lane = await aTenant('open');
    const plain = await aTenant('shut');
    const { caseId } = await lane.world.chiara();
    await live(lane.world);
    // As long as it takes, in both.
    const end = new Date('2026-11-23T06:10:00.000Z').getTime();
    for (const { world } of [lane, plain]) await world.work(end - world.clock.now().getTime());
    countOrdersFrom(0);
    const withLane = await everything(lane.world, { ...ABOUT, caseId });
    countOrdersFrom(0);
    const without = await everything(plain.world, { ...ABOUT, caseId: 'no-such-case' });
    expect(withLane).toEqual(without);
    expect(lane.log).toEqual(plain.log);
    // What an audit reads anew of the tenant is true for both, so only what became of it is compared.
    const again = async (world: HrWorld): Promise<string> => ordered(world, { order: 'audit' });
    countOrdersFrom(1_000);
    const says = await again(lane.world);
    countOrdersFrom(1_000);
    expect(says).toBe(await again(plain.world));
    expect(without.join('\n')).toContain('Ada');
    expect(without.length).toBeGreaterThan(200);
  });

  it('that was broken in the store is told of by its number alone', async () => {
    const { world } = await aTenant('open');
    const { caseId } = await world.chiara();
    const heads = new Map([[caseId as string, [{ seq: 2, head: 'f'.repeat(64) }]]]);
    const { faults, summary } = await checkChains(world.store, heads);
    expect(faults).toEqual([`Case ${caseId}: Up to entry 2 the history is not the one that was recorded.`]);
    expect(summary).toContain('1 broken');
    expect(faults.join('\n')).not.toMatch(/Chiara|Hanna|Hugo|HR|executive/);
  });

  it('stands in no way of an older case of the same person', async () => {
    const { world } = await aTenant('open');
    const sealed = await world.chiara();
    const { openedAt } = sealed;
    const older = { ...CASES.closed, userId: CHIARA, caseId: 'older' as CaseId, id: 'older', openedAt };
    await world.store.create('cases', older);
    expect((await openReadModel(world.doors).casesOf(CHIARA)).map(({ caseId }) => caseId)).toEqual(['older']);
    expect(await world.order({ order: 'undo', userId: CHIARA })).toBe(
      'failed: Nothing can be undone: it is over, done, or kept until its date.',
    );
    expect((await world.chiara()).version).toBe(sealed.version);
  });
});

describe('HR', () => {
  it('sees its queue, the case by name and its history, and everybody else is told that there is nothing', async () => {
    const { world } = await aTenant('open');
    expect(await chat(world, HANNA, 'who needs hr')).toContain('1 case waits for HR');
    expect(await chat(world, HANNA, 'waiting')).toContain('1 case waits for HR');
    expect(await chat(world, HANNA, 'case Chiara')).toContain('Only HR sees this');
    expect(await chat(world, HANNA, 'history Chiara')).toContain('Told Hugo in Teams.');
    for (const by of OTHERS) expect(await chat(world, by, 'hr')).toContain('nothing for you to do here');
  });

  it('that is an admin as well is asked whom they mean where a name fits a case of each', async () => {
    const { world } = await aTenant('open');
    const rolesOf = async (): Promise<readonly Role[]> => ['admin', 'hr'];
    const doors = { ...world.doors, rolesOf };
    const both = { ...world, doors, desk: openDesk(doors) };
    const older = { ...CASES.closed, userId: STRANGER, caseId: 'other' as CaseId, id: 'other' };
    const subject = { ...CASES.closed.subject, displayName: 'Chiara Bell', userPrincipalName: 'bell@x' };
    await world.store.create('cases', { ...older, subject });
    expect(await chat(both, ALEX, 'undo chi')).toContain('Whom do you mean');
    expect(await chat(both, ALEX, 'case chiara@harbor.example')).toContain('Only HR sees this');
    const said = await chat(both, ALEX, 'waive OneDrive for chiara@harbor.example because it is copied');
    expect(said).not.toContain('Only HR');
    expect(said).toContain('found nobody called');
    const { caseId } = await world.chiara();
    const request = { caseId, by: ALEX, thing: 'OneDrive', reason: 'It is copied' };
    expect(await both.desk.waive(request)).toMatchObject({
      kind: 'refused',
      says: expect.stringMatching(/^In a case of HR only the rest can be left/),
    });
    expect((await world.chiara()).state).toBe('hrReview');
  });
});
