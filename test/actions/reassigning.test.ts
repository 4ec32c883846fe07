import { afterEach, describe, expect, it } from '@jest/globals';
import type { Sku } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import type { AnswerOutcome } from '../../src/cases/answering/desk.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../world/case-world.js';
import { aPerson, idle, userId, type PersonSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const POLICY = 'reclaim: { mailbox: waive, usageLocation: fromCountry }';
const grace = aPerson('Grace');
const NOWHERE = { licenses: [], usageLocation: '', country: 'Germany' } as const;

let world: CaseWorld;

afterEach(() => world.close());

/** Ada, idle for 150 days, holds an E5, which Grace gives to Rita, who has nothing unless said otherwise. */
async function reassigned(rita: PersonSpec = {}, options: CaseWorldOptions = {}): Promise<AnswerOutcome> {
  const ada = aPerson('Ada', { ...idle(150), manager: grace, licenses: [{ sku: 'E5' }] });
  const receiver = aPerson('Rita', { licenses: [], ...rita });
  const others = ['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, idle(1)));
  const people = [ada, aPerson('Grace', idle(1)), withoutLocation(receiver), ...others];
  world = await aCaseWorld(people, { policy: POLICY, ...options });
  await world.audit();
  await world.work();
  const c = await adas();
  const answer = { kind: 'reassign', reason: '', receiver: 'rita@harbor.example' } as const;
  return world.desk.answer({ caseId: c.caseId, version: c.version, by: userId('Grace'), answer });
}

/** A location of no letters is none at all. */
function withoutLocation(each: ReturnType<typeof aPerson>): typeof each {
  return each.spec.usageLocation === ''
    ? { ...each, person: { ...each.person, usageLocation: undefined } }
    : each;
}

const adas = (): Promise<Case> => world.caseOf(userId('Ada'));

async function person(name: string) {
  const found = await world.graph.person(userId(name));
  if (found === undefined) throw new Error(`${name} is gone`);
  return found;
}

const seats = async (name: string) => (await person(name)).licenses.map(({ skuId }) => skuId);

function progress(c: Case): readonly string[] {
  return 'steps' in c ? c.steps.map(({ step, progress: { is } }) => `${step.kind} ${is}`) : [];
}

describe('a receiver without a usage location', () => {
  it('gets one by the policy before anything is taken, then the seat', async () => {
    expect((await reassigned(NOWHERE)).kind).toBe('accepted');
    await world.work(30_000);
    expect(progress(await adas())).toEqual([
      'setUsageLocation done',
      'removeLicenses done',
      'assignLicenses done',
    ]);
    expect(await person('Rita')).toMatchObject({ usageLocation: 'DE' });
    expect([await seats('Ada'), await seats('Rita')]).toEqual([[], [SKUS.E5.skuId]]);
  });

  it('keeps it with the license, whatever is undone', async () => {
    await reassigned(NOWHERE);
    await world.work(30_000);
    await world.order({ order: 'undo', userId: userId('Ada') });
    await world.work(60_000);
    expect((await adas()).state).toBe('undone');
    expect(await seats('Ada')).toEqual([SKUS.E5.skuId]);
    expect(await person('Rita')).toMatchObject({ usageLocation: 'DE', licenses: [{ skuId: SKUS.E5.skuId }] });
  });

  it('has none again where the license never came to them', async () => {
    const policy = `reclaim: { mailbox: waive, usageLocation: fromCountry, steps: { inactive: [disableSignIn, removeLicenses] } }
timetable: { reminders: [], review: PT0S, afterDecision: PT5S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT2M }`;
    await reassigned(NOWHERE, { policy });
    await world.work(30_000);
    expect(progress(await adas())[0]).toBe('setUsageLocation done');
    expect(await seats('Ada')).toEqual([SKUS.E5.skuId]);
    const { caseId } = await adas();
    await world.desk.undo({ caseId, by: userId('Grace') });
    await world.work(60_000);
    expect((await adas()).state).toBe('undone');
    expect(await person('Rita')).toMatchObject({ usageLocation: undefined, licenses: [] });
    expect(await seats('Ada')).toEqual([SKUS.E5.skuId]);
  });

  it('is refused where the policy sets none, and where the country is unknown', async () => {
    const refused = await reassigned(NOWHERE, { policy: 'reclaim: { mailbox: waive }' });
    expect(refused).toMatchObject({
      kind: 'incomplete',
      problems: [expect.stringContaining('no usage location')],
    });
    await world.close();
    const unknown = await reassigned({ ...NOWHERE, country: 'Atlantis' });
    expect(unknown.kind).toBe('incomplete');
    expect(world.graph.calls.get('setUsageLocation')).toBeUndefined();
  });

  it('gets none when the holder came back meanwhile', async () => {
    await reassigned(NOWHERE);
    world.graph.calls.clear();
    Object.assign(world.graph, {
      signInsOf: async () => [
        {
          userId: userId('Ada'),
          successful: world.clock.now(),
          interactive: undefined,
          nonInteractive: undefined,
        },
      ],
    });
    await world.work(30_000);
    expect((await adas()).state).toBe('cancelled');
    expect(await person('Rita')).toMatchObject({ usageLocation: undefined });
  });
});

describe('a seat that would not come to the receiver', () => {
  it('is not taken from anybody: plans that exclude each other are found at the answer', async () => {
    const outcome = await reassigned({ licenses: [{ sku: 'F3' }] });
    expect(outcome).toMatchObject({
      kind: 'incomplete',
      problems: [
        'Rita has Microsoft 365 F3, which excludes Microsoft 365 E5: choose somebody else, or ask an admin.',
      ],
    });
    expect((await adas()).state).toBe('asked');
  });

  it('is not taken from anybody: what the receiver got since the answer is seen before the step', async () => {
    await reassigned();
    await world.graph.changeLicenses(userId('Rita'), {
      add: [{ skuId: SKUS.F3.skuId, disabledPlans: [] }],
      remove: [],
    });
    await world.work(30_000);
    expect(await adas()).toMatchObject({ state: 'needsPerson', watch: { for: 'clear', index: 0 } });
    expect(await seats('Ada')).toEqual([SKUS.E5.skuId]);

    await world.graph.changeLicenses(userId('Rita'), { add: [], remove: [SKUS.F3.skuId] });
    await world.work(60_000);
    expect([await seats('Ada'), await seats('Rita')]).toEqual([[], [SKUS.E5.skuId]]);
  });

  it('is not taken from anybody while more seats are in use than were bought', async () => {
    const skus: readonly Sku[] = Object.values(SKUS).map((sku) =>
      sku.skuId === SKUS.E5.skuId ? { ...sku, bought: 3, assigned: 5 } : sku,
    );
    await reassigned({}, { skus });
    await world.work(30_000);
    expect(await adas()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('More seats of Microsoft 365 E5 are in use than were bought'),
    });
    expect(await seats('Ada')).toEqual([SKUS.E5.skuId]);
  });

  it('is the one that was asked about, and not what is taken along', async () => {
    const policy = 'reclaim: { mailbox: waive, licenses: all }\nscope: { skus: [SPE_E5] }';
    const ada = aPerson('Ada', {
      ...idle(150),
      manager: grace,
      licenses: [{ sku: 'E5' }, { sku: 'VISIO' }],
    });
    const others = ['Bob', 'Carl', 'Dora'].map((name) =>
      aPerson(name, { ...idle(1), licenses: [{ sku: 'E5' }] }),
    );
    world = await aCaseWorld([ada, aPerson('Grace', idle(1)), aPerson('Rita', { licenses: [] }), ...others], {
      policy,
    });
    await world.audit();
    await world.work();
    const c = await adas();
    const answer = { kind: 'reassign', reason: '', receiver: 'rita@harbor.example' } as const;
    await world.desk.answer({ caseId: c.caseId, version: c.version, by: userId('Grace'), answer });
    await world.work(30_000);
    expect([await seats('Ada'), await seats('Rita')]).toEqual([[], [SKUS.E5.skuId]]);
  });
});
