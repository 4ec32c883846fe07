import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { Case, CaseId } from '../../../src/cases/case.js';
import { unsealedOf } from '../../../src/cases/run-all-cases.js';
import { readSwitch } from '../../../src/cases/campaign/run-switch.js';
import { newCommand, type Command } from '../../../src/cases/command.js';
import { addCommand } from '../../../src/cases/run-add-command.js';
import { instant } from '../../../src/cases/case.js';
import type { GraphFailure } from '../../../src/graph/graph-failure.js';
import { historyOf } from '../../../src/chat/run-read-model.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { graphFailure } from '../../world/graph-world.js';
import { aPerson, idle, userId } from '../../world/people.js';
import { SKUS } from '../../world/skus.js';

const ADA = userId('Ada');
const RITA = userId('Rita');

let world: CaseWorld;

afterEach(() => world.close());

/** Ada is idle and holds an E3, about which Grace is asked; Rita and the others hold nothing. */
async function aTenant(options: CaseWorldOptions = {}): Promise<void> {
  const grace = aPerson('Grace', idle(1));
  const ada = aPerson('Ada', { ...idle(150), manager: grace });
  const bare = ['Rita', 'Bob', 'Carl'].map((name) => aPerson(name, { licenses: [], mailbox: 'noMailbox' }));
  const others = ['Dora', 'Emil', 'Fred'].map((name) => aPerson(name, idle(1)));
  const policy = 'reclaim: { mailbox: waive }';
  world = await aCaseWorld([ada, grace, ...bare, ...others], { policy, ...options });
}

async function reclaimed(): Promise<Case> {
  await world.audit();
  await world.work();
  const c = await world.caseOf(ADA);
  const answer = { kind: 'reclaim', reason: '' } as const;
  await world.desk.answer({ caseId: c.caseId, version: c.version, by: userId('Grace'), answer });
  await world.work(30_000);
  return world.caseOf(ADA);
}

const give = (to = RITA, sku = 'VISIOCLIENT'): Promise<string> =>
  world.order({ order: 'give', userId: to, sku, reason: 'New in planning' });

async function theGift(of = RITA): Promise<Case> {
  const c = (await unsealedOf(world.doors, of)).find(({ scenario }) => scenario === 'given');
  if (c === undefined) throw new Error('There is no gift.');
  return c;
}

async function held(of = RITA): Promise<readonly string[]> {
  return (await world.graph.person(of))?.licenses.map(({ skuId }) => skuId) ?? [];
}

const undo = (of: typeof ADA, caseId?: CaseId): Promise<string> =>
  world.order({ order: 'undo', userId: of, ...(caseId === undefined ? {} : { caseId }) });

describe('a gift beside a case that holds', () => {
  it('is not undone in its place: an order that names the person alone does nothing', async () => {
    await aTenant();
    const { caseId } = await reclaimed();
    await give(ADA);
    await world.work(10_000);
    expect(await undo(ADA)).toContain('failed: Several cases about this person fit');
    await world.work(30_000);
    expect(await held(ADA)).toEqual([SKUS.VISIO.skuId]);

    expect(await undo(ADA, caseId)).toBe('done: The undo has begun.');
    await world.work(60_000);
    expect((await world.caseOf(ADA)).state).toBe('undone');
    expect([...(await held(ADA))].sort()).toEqual([SKUS.VISIO.skuId, SKUS.E3.skuId].sort());
  });

  it('is undone by its id, also when it is the older of two', async () => {
    await aTenant();
    await give();
    await world.work(10_000);
    const { caseId } = await theGift();
    world.clock.advance(1_000);
    await give(RITA, 'SPE_E5');
    await world.work(10_000);
    expect(await undo(RITA, caseId)).toBe('done: The undo has begun.');
    await world.work(60_000);
    expect(await held()).toEqual([SKUS.E5.skuId]);
  });

  it('is not undone by an order that names somebody else', async () => {
    await aTenant();
    await give();
    await world.work(10_000);
    const { caseId } = await theGift();
    expect(await undo(ADA, caseId)).toBe('failed: There is no case about this person.');
    expect((await theGift()).state).toBe('holding');
  });

  it('waits for every other case of the person, not for the newest alone', async () => {
    await aTenant();
    await give(ADA);
    await world.work(10_000);
    await world.audit();
    await world.work();
    const [newest] = await unsealedOf(world.doors, ADA);
    expect(newest?.state).toBe('asked');
    const stored = await world.store.read<Case>(
      'cases',
      (await theGift(ADA)).caseId,
      (await theGift(ADA)).caseId,
    );
    if (stored === undefined) throw new Error('There is no gift.');
    const later = { ...stored.doc, openedAt: instant(new Date(world.clock.now().getTime() + 1_000)) };
    await world.store.replace('cases', later, stored.etag);
    expect(await give(ADA, 'SPE_E5')).toContain(
      'failed: There is a case about this person: the question was delivered, the answer is awaited',
    );
  });
});

describe('a gift that was intended and never seen', () => {
  /** Graph answers neither yes nor no, and the undo is asked for. */
  async function intendedAndUndone(): Promise<void> {
    await aTenant();
    const change = world.graph.changeLicenses.bind(world.graph);
    world.graph.changeLicenses = () => Promise.reject(graphFailure('network'));
    await give();
    world.graph.changeLicenses = change;
    expect(await theGift()).toMatchObject({ state: 'acting', steps: [{ progress: { is: 'intended' } }] });
  }

  it('takes nothing that came by another hand: a person is asked', async () => {
    await intendedAndUndone();
    const plan = SKUS.VISIO.plans[0]?.id ?? '';
    await world.graph.changeLicenses(RITA, {
      add: [{ skuId: SKUS.VISIO.skuId, disabledPlans: [plan] }],
      remove: [],
    });
    const { caseId } = await theGift();
    expect(await undo(RITA, caseId)).toBe('done: The undo has begun.');
    const calls = world.graph.calls.get('changeLicenses');
    await world.work(60_000);
    expect(await held()).toEqual([SKUS.VISIO.skuId]);
    expect(world.graph.calls.get('changeLicenses')).toBe(calls);
    expect(await theGift()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('Visio Plan 2 is held by now, and not as it was to be given'),
    });

    await world.graph.changeLicenses(RITA, { add: [], remove: [SKUS.VISIO.skuId] });
    await undo(RITA, caseId);
    await world.work(60_000);
    expect((await theGift()).state).toBe('undone');
  });

  it('asks nothing of Graph where nothing of it is held', async () => {
    await intendedAndUndone();
    const { caseId } = await theGift();
    await undo(RITA, caseId);
    await world.work(60_000);
    expect((await theGift()).state).toBe('undone');
    expect(world.graph.calls.get('changeLicenses')).toBeUndefined();
  });
});

describe('the files of somebody who is given a license that holds some', () => {
  const saidOfFiles = async (caseId: CaseId): Promise<readonly string[]> =>
    (await historyOf(world.doors, caseId))
      .map(({ text }) => text)
      .filter((sentence) => sentence.includes('Files in OneDrive'));

  it('are said to stay once their other license went by hand before the undo came through', async () => {
    await aTenant();
    await give(ADA, 'SPE_E5');
    await world.work(10_000);
    const { caseId } = await theGift(ADA);
    const change = world.graph.changeLicenses.bind(world.graph);
    world.graph.changeLicenses = () => Promise.reject(graphFailure('network'));
    expect(await undo(ADA, caseId)).toBe('done: The undo has begun.');
    expect(await theGift(ADA)).toMatchObject({ steps: [{ progress: { is: 'undoIntended' } }] });
    expect(await saidOfFiles(caseId)).toEqual([]);

    await change(ADA, { add: [], remove: [SKUS.E3.skuId] });
    await world.work(600_000);
    expect(await theGift(ADA)).toMatchObject({ steps: [{ progress: { is: 'undoIntended' } }] });
    expect(await saidOfFiles(caseId)).toEqual([
      'About to undo step 1. Files in OneDrive are archived after 2027-02-24.',
    ]);

    world.graph.changeLicenses = change;
    await world.work(600_000);
    expect(await theGift(ADA)).toMatchObject({ state: 'undone' });
    expect(await held(ADA)).toEqual([]);
    expect(await saidOfFiles(caseId)).toHaveLength(1);
  });
});

describe('a gift and the campaign', () => {
  it('needs no audit and takes no place of the day', async () => {
    const limits =
      'limits: { casesPerRun: { percent: 100 }, stepsPerDay: { count: 1 }, perDepartment: { percent: 100 } }';
    await aTenant({ policy: `reclaim: { mailbox: waive }\n${limits}` });
    await give();
    await world.work(10_000);
    expect((await theGift()).state).toBe('holding');
    expect((await reclaimed()).state).toBe('holding');
  });

  it('that is refused three times pauses nothing', async () => {
    await aTenant();
    world.graph.changeLicenses = () => Promise.resolve({ kind: 'refused', message: 'No.' } as never);
    for (const name of ['Rita', 'Bob', 'Carl']) {
      await give(userId(name));
      await world.work(10_000);
      expect((await theGift(userId(name))).state).toBe('needsPerson');
    }
    expect(await readSwitch(world.store)).toBe('running');
  });
});

describe('an order that Microsoft Graph keeps refusing', () => {
  const outcomeAfter = async (kind: GraphFailure['kind'], ms: number): Promise<Command['outcome']> => {
    await aTenant({ failing: { skus: graphFailure(kind) } });
    const now = instant(world.clock.now());
    const what = { order: 'give', userId: RITA, sku: 'VISIOCLIENT', reason: 'New' } as const;
    await addCommand(world.doors, newCommand('gift', what, 'ops', now, now));
    await world.work(ms);
    const stored = await world.store.read<Command>('commands', 'gift', 'gift');
    if (stored === undefined) throw new Error('The row is gone.');
    return stored.doc.outcome;
  };

  test.each([
    ['at once where it cannot pass by itself', 'forbidden', 0],
    ['after five tries where it might', 'throttled', 600_000],
  ] as const)('ends %s', async (_name, kind, ms) => {
    expect(await outcomeAfter(kind, ms)).toMatchObject({ is: 'failed', says: 'Graph could not be used.' });
  });

  it('waits as long as it may pass by itself', async () => {
    expect(await outcomeAfter('throttled', 0)).toEqual({ is: 'waiting' });
  });
});
