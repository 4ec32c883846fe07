import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { Sku, UserId } from '../../../src/audit/person.js';
import type { Case } from '../../../src/cases/case.js';
import { unsealedOf } from '../../../src/cases/run-all-cases.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { historyOf } from '../../../src/chat/run-read-model.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { ALEX, anHrWorld, CHIARA, HANNA, HUGO } from '../../world/hr-world.js';
import { aPerson, idle, userId, type PersonSpec } from '../../world/people.js';
import { SKUS } from '../../world/skus.js';

let world: CaseWorld;

afterEach(() => world.close());

/** Rita works here and holds nothing unless said otherwise; Ada is idle, and Grace is asked about her. */
async function aTenant(rita: PersonSpec = {}, options: CaseWorldOptions = {}): Promise<void> {
  const grace = aPerson('Grace', idle(1));
  const receiver = aPerson('Rita', { licenses: [], mailbox: 'noMailbox', ...rita });
  const ada = aPerson('Ada', { ...idle(150), manager: grace });
  const others = ['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, idle(1)));
  world = await aCaseWorld([receiver, ada, grace, ...others], {
    policy: 'reclaim: { mailbox: convert, usageLocation: fromCountry }',
    ...options,
  });
  if (rita.usageLocation === '') await world.graph.setUsageLocation(userId('Rita'), undefined);
  await world.audit();
  await world.work();
}

const RITA = userId('Rita');

const given = (sku = 'VISIOCLIENT', to = RITA): Promise<string> =>
  world.order({ order: 'give', userId: to, sku, reason: 'New in planning' });

async function rita() {
  const person = await world.graph.person(RITA);
  if (person === undefined) throw new Error('Rita is gone');
  return person;
}

const held = async () => (await rita()).licenses.map(({ skuId }) => skuId);

/** What happens once, just after she was read for the first time. */
function afterLookingAtRita(then: () => void): void {
  const graph = { ...world.graph };
  let reads = 0;
  Object.assign(world.graph, {
    person: async (id: UserId) => {
      const person = await graph.person(id);
      if (id === RITA) reads += 1;
      if (id === RITA && reads === 1) then();
      return person;
    },
  });
}

async function theCase(of = RITA): Promise<Case> {
  const [c] = await unsealedOf(world.doors, of);
  if (c === undefined) throw new Error('There is no case.');
  return c;
}

async function history(): Promise<string> {
  return (await historyOf(world.doors, (await theCase()).caseId)).map(({ text }) => text).join('\n');
}

async function undone(): Promise<Case> {
  expect(await world.order({ order: 'undo', userId: RITA })).toBe('done: The undo has begun.');
  await world.work(60_000);
  return theCase();
}

function bought(change: Partial<Record<keyof typeof SKUS, Partial<Sku>>>): readonly Sku[] {
  return Object.entries(SKUS).map(([name, sku]) => ({ ...sku, ...change[name as keyof typeof SKUS] }));
}

describe('a license that an admin gives', () => {
  it('comes as one checked step with a history, and can be undone until the hold ends', async () => {
    await aTenant();
    expect(await given()).toBe('done: Visio Plan 2 is being given to Rita.');
    await world.work(10_000);
    expect(await theCase()).toMatchObject({ state: 'holding', scenario: 'given' });
    expect(await held()).toEqual([SKUS.VISIO.skuId]);
    expect(world.graph.calls.get('changeLicenses')).toBe(1);
    const said = await history();
    expect(said).toContain('test (terminal) gives Visio Plan 2: New in planning');
    expect(said).toContain('Step 1 is done and checked (assign Visio Plan 2 to the receiver).');
    for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);

    world.clock.advance(31 * 86_400_000);
    await world.work();
    expect(await theCase()).toMatchObject({
      state: 'closed',
      outcome: 'given',
      took: [],
      gave: [{ skuId: SKUS.VISIO.skuId, disabledPlans: [] }],
    });
    expect(await held()).toEqual([SKUS.VISIO.skuId]);
  });

  it('is taken back by an undo, and so is the usage location that it needed', async () => {
    await aTenant({ usageLocation: '', country: 'Germany' });
    await given();
    await world.work(10_000);
    expect((await rita()).usageLocation).toBe('DE');
    expect(await held()).toEqual([SKUS.VISIO.skuId]);
    expect(await undone()).toMatchObject({ state: 'undone', took: [] });
    expect(await held()).toEqual([]);
    expect((await rita()).usageLocation).toBeUndefined();
  });

  it('is undone also where somebody has taken it by hand', async () => {
    await aTenant();
    await given();
    await world.work(10_000);
    await world.graph.changeLicenses(RITA, { add: [], remove: [SKUS.VISIO.skuId] });
    expect((await undone()).state).toBe('undone');
  });

  it('is found by its part number, its name and its id', async () => {
    await aTenant();
    expect(await given('visio plan 2')).toMatch(/^done/);
    await world.work(10_000);
    expect(await given(SKUS.PROJECT.skuId)).toBe('done: Planner and Project Plan 3 is being given to Rita.');
    expect(await given('VISIO')).toContain('The tenant has no product VISIO. It has: ENTERPRISEPACK,');
  });

  test.each<[string, PersonSpec, CaseWorldOptions, string, string]>([
    ['is disabled', { enabled: false }, {}, 'VISIOCLIENT', 'The account of Rita is disabled.'],
    [
      'has it through a group',
      { licenses: [{ sku: 'VISIO', group: 'g' }] },
      {},
      'VISIOCLIENT',
      'Rita has Visio Plan 2 already.',
    ],
    [
      'has a license that includes all of it',
      { licenses: [{ sku: 'E5' }] },
      {},
      'ENTERPRISEPACK',
      'Rita has Microsoft 365 E5, which includes all of Office 365 E3.',
    ],
    [
      'has no usage location, and none is known',
      { usageLocation: '' },
      {},
      'VISIOCLIENT',
      'Rita has no usage location, without which no license can be given: set one in Microsoft Entra first.',
    ],
    [
      'holds what excludes it',
      { licenses: [{ sku: 'EXCHANGE' }] },
      {},
      'SPE_E5',
      'Rita has Exchange Online (Plan 1), which excludes Microsoft 365 E5.',
    ],
    [
      'would need a seat that is not there',
      {},
      { skus: bought({ VISIO: { bought: 3, assigned: 3 } }) },
      'VISIOCLIENT',
      'There is no free seat of Visio Plan 2 that no undo may need: free or buy one.',
    ],
    [
      'would get a subscription that has ended',
      {},
      { skus: bought({ VISIO: { capabilityStatus: 'Suspended' } }) },
      'VISIOCLIENT',
      'Rita cannot get Visio Plan 2, whose subscription does not run any more.',
    ],
  ])('is refused to somebody who %s', async (_name, spec, options, sku, why) => {
    await aTenant(spec, options);
    expect(await given(sku)).toBe(`failed: ${why}`);
    expect(await unsealedOf(world.doors, RITA)).toEqual([]);
    await world.work(10_000);
    expect(world.graph.calls.get('changeLicenses')).toBeUndefined();
  });

  it('is not given where the person has got what includes it since, and somebody chooses anew', async () => {
    await aTenant();
    afterLookingAtRita(() => world.graph.giveByHand(RITA, SKUS.E5.skuId));
    expect(await given('ENTERPRISEPACK')).toMatch(/^done/u);
    await world.work(10_000);
    expect(await theCase()).toMatchObject({
      state: 'needsPerson',
      task: 'The receiver has got Microsoft 365 E5 by now, which includes all of Office 365 E3, so nothing is taken or given: undo and choose another one.',
    });
    expect(await held()).toEqual([SKUS.E5.skuId]);
    expect((await undone()).state).toBe('cancelled');
    expect(world.graph.calls.get('changeLicenses')).toBeUndefined();
  });

  it('is refused to nobody, and while the campaign is held', async () => {
    await aTenant();
    expect(await given('VISIOCLIENT', userId('Nobody'))).toBe('failed: The person does not exist any more.');
    await setSwitch(world.store, 'paused', 'alex', world.clock.now().toISOString());
    expect(await given()).toContain('failed: Nothing was given: the campaign is paused.');
  });

  it('waits for a seat that went to somebody else meanwhile, and comes when one is free', async () => {
    const skus = bought({ VISIO: { bought: 3, assigned: 2 } }).map((sku) => ({ ...sku }));
    await aTenant({}, { skus });
    await setSwitch(world.store, 'running', 'alex', world.clock.now().toISOString());
    const visio = skus.find(({ skuId }) => skuId === SKUS.VISIO.skuId) as { assigned: number };
    const { graph } = world;
    const read = graph.skus.bind(graph);
    let looks = 0;
    graph.skus = async () => {
      looks += 1;
      if (looks === 2) visio.assigned = 3;
      return read();
    };
    await given();
    await world.work();
    expect(await theCase()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('no free seat'),
    });
    expect(world.graph.calls.get('changeLicenses')).toBeUndefined();
    visio.assigned = 2;
    await world.work(40_000);
    expect((await theCase()).state).toBe('holding');
  });

  it('leaves alone a seat that the undo of another case may need', async () => {
    const policy = 'reclaim: { mailbox: waive }';
    await aTenant({}, { policy, skus: bought({ E3: { bought: 5, assigned: 4 } }) });
    const ada = await world.caseOf(userId('Ada'));
    const answer = { kind: 'reclaim', reason: '' } as const;
    await world.desk.answer({ caseId: ada.caseId, version: ada.version, by: userId('Grace'), answer });
    await world.work(30_000);
    expect((await world.caseOf(userId('Ada'))).state).toBe('holding');
    expect(await given('SPE_E3')).toContain('failed: There is no free seat of Microsoft 365 E3');
  });

  it('begins once, although the order was broken off and is tried again', async () => {
    await aTenant();
    const batch = world.store.batch.bind(world.store);
    let broken = false;
    world.store.batch = async (...args) => {
      const done = await batch(...args);
      if (!broken && args[1].startsWith('gift-')) {
        broken = true;
        throw new Error('The process ended here.');
      }
      return done;
    };
    await expect(given()).rejects.toThrow('was not carried out');
    world.store.batch = batch;
    await world.work(120_000);
    expect((await theCase()).state).toBe('holding');
    expect(world.graph.calls.get('changeLicenses')).toBe(1);
  });

  it('waits for the end of a question about the same person, and outlives a new audit', async () => {
    await aTenant({ ...idle(150), licenses: [{ sku: 'E3' }], manager: aPerson('Grace') });
    expect(await given()).toBe(
      'failed: There is a case about this person: the question was delivered, the answer is awaited. Let it come to its end first, or undo it.',
    );
    await given('VISIOCLIENT', userId('Bob'));
    await world.work(10_000);
    await world.audit();
    expect((await theCase(userId('Bob'))).state).toBe('holding');
  });

  it('is cancelled by a stop before it was begun', async () => {
    await aTenant();
    const now = world.clock.now().toISOString();
    const { graph } = world;
    const person = graph.person.bind(graph);
    // Whoever carries out the order sees everything; the stop comes before the step.
    graph.person = async (...args) => {
      await setSwitch(world.store, 'stopped', 'alex', now);
      return person(...args);
    };
    await given();
    graph.person = person;
    await world.work(10_000);
    expect(await theCase()).toMatchObject({ state: 'cancelled', cause: 'stopped' });
    expect(await held()).toEqual([]);
  });
});

describe('the undo of a license with a mailbox', () => {
  it('takes it back as long as no mailbox has come with it, and writes down what becomes of the files', async () => {
    await aTenant();
    await given('SPE_E5');
    await world.work(10_000);
    expect((await undone()).state).toBe('undone');
    expect(await held()).toEqual([]);
    expect(await history()).toContain('About to undo step 1. Files in OneDrive are archived after 2027-02-');
  });

  it('is for a person once there is a mailbox that has no other license', async () => {
    await aTenant();
    await given('SPE_E5');
    await world.work(10_000);
    world.graph.purposeIsNow(RITA, 'user');
    expect(await undone()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('The mailbox has no other license than Microsoft 365 E5'),
      watch: { for: 'giveBack', index: 0 },
    });
    expect(await held()).toEqual([SKUS.E5.skuId]);
    // Somebody has made it shared and takes the license.
    await world.graph.changeLicenses(RITA, { add: [], remove: [SKUS.E5.skuId] });
    await world.work(60_000);
    expect((await theCase()).state).toBe('undone');
  });

  it('takes it back where another license has the mailbox, or the policy accepts its loss', async () => {
    await aTenant({ licenses: [{ sku: 'OFFICE_E3' }], mailbox: 'user' });
    await given('SPE_E5');
    await world.work(10_000);
    expect((await undone()).state).toBe('undone');
    expect(await held()).toEqual([SKUS.OFFICE_E3.skuId]);
    await world.close();

    await aTenant({ mailbox: 'user' }, { policy: 'reclaim: { mailbox: waive }' });
    await given('SPE_E5');
    await world.work(10_000);
    expect((await undone()).state).toBe('undone');
  });
});

describe('somebody of HR’s lane', () => {
  it('gets a license as everybody else, and nothing tells of their case', async () => {
    const hr = await anHrWorld({ skus: bought({ E3: { bought: 50, assigned: 10 } }) });
    world = hr;
    const answer = await world.order({
      order: 'give',
      userId: CHIARA,
      sku: 'VISIOCLIENT',
      reason: 'For the board',
    });
    expect(answer).toBe('done: Visio Plan 2 is being given to Chiara.');
    await world.work(10_000);
    expect(await theCase(CHIARA)).toMatchObject({ state: 'holding', scenario: 'given' });
    // HR's own case goes on, and its undo is not what an admin reaches.
    expect((await hr.chiara()).state).toBe('hrReview');
    expect(await world.order({ order: 'undo', userId: CHIARA })).toBe('done: The undo has begun.');
    expect((await hr.chiara()).state).toBe('hrReview');
  });

  it('whose license HR has taken holds back no seat from an admin’s gift', async () => {
    const hr = await anHrWorld({ skus: bought({ E3: { bought: 11, assigned: 10 } }) });
    world = hr;
    await hr.answer(HANNA, { kind: 'reclaim', reason: '' });
    await hr.answer(HUGO, { kind: 'approve' });
    await world.work(60_000);
    expect((await hr.chiara()).state).toBe('holding');
    await world.graph.changeLicenses(ALEX, { add: [], remove: [SKUS.E3.skuId] });
    const answer = await world.order({ order: 'give', userId: ALEX, sku: 'SPE_E3', reason: 'Back' });
    expect(answer).toBe('done: Microsoft 365 E3 is being given to Alex.');
  });
});
