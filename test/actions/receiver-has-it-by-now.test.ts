import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import { readHeldSeats } from '../../src/cases/campaign/run-held-seats.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import { caseText } from '../../src/cli/case-text.js';
import type { LicenseChange } from '../../src/graph/graph-door.js';
import { aCaseWorld, type CaseWorld } from '../world/case-world.js';
import { aGroup } from '../world/directory-world.js';
import { graphFailure } from '../world/graph-world.js';
import { aPerson, idle, userId, type PersonSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const [ada, grace, rita] = [userId('Ada'), userId('Grace'), userId('Rita')];
const E5 = SKUS.E5.skuId;
const E3 = SKUS.E3.skuId;
const VISIO = SKUS.VISIO.skuId;
const LICENSED = aGroup('Licensed', { licenses: [E5] });
const NOWHERE: PersonSpec = { country: 'Germany' };
const BOTH = [{ sku: 'E5' }, { sku: 'VISIO' }] as const;

let world: CaseWorld;

afterEach(() => world.close());

/** Grace gives to Rita what Ada holds, who is idle; unless said otherwise an E5, and Rita has nothing. */
async function reassigned(specs: { readonly ada?: PersonSpec; readonly rita?: PersonSpec } = {}) {
  const boss = aPerson('Grace', idle(1));
  const licenses = [{ sku: 'E5' }] as const;
  const receiver = aPerson('Rita', { licenses: [], ...specs.rita });
  const people = [
    aPerson('Ada', { ...idle(150), manager: boss, licenses, ...specs.ada }),
    boss,
    specs.rita === NOWHERE
      ? { ...receiver, person: { ...receiver.person, usageLocation: undefined } }
      : receiver,
    ...['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, { ...idle(1), licenses: BOTH })),
  ];
  const policy = 'reclaim: { mailbox: waive, usageLocation: fromCountry }';
  world = await aCaseWorld(people, { policy, groups: [LICENSED] });
  await world.audit();
  await world.work();
  const { caseId, version } = await adas();
  const answer = { kind: 'reassign', reason: '', receiver: 'rita@harbor.example' } as const;
  const outcome = await world.desk.answer({ caseId, version, by: grace, answer });
  expect(outcome.kind).toBe('accepted');
}

const adas = (): Promise<Case> => world.caseOf(ada);

async function seats(): Promise<readonly (readonly string[])[]> {
  const people = await Promise.all([ada, rita].map((id) => world.graph.person(id)));
  return people.map((person) => (person?.licenses ?? []).map(({ skuId }) => skuId));
}

async function held(): Promise<Readonly<Record<string, number>>> {
  return Object.fromEntries(await readHeldSeats(world.doors, () => true));
}

async function undone(): Promise<Case> {
  const { caseId } = await adas();
  await world.desk.undo({ caseId, by: grace });
  await world.work(60_000);
  return adas();
}

/** What happens just after a call that takes something from Ada. */
function afterTaking(then: () => void): void {
  const graph = { ...world.graph };
  Object.assign(world.graph, {
    changeLicenses: async (id: UserId, change: LicenseChange) => {
      const answer = await graph.changeLicenses(id, change);
      if (id === ada && change.remove.length > 0) then();
      return answer;
    },
  });
}

const progress = (c: Case): readonly string[] =>
  'steps' in c ? c.steps.map(({ step, progress: { is } }) => `${step.kind} ${is}`) : [];

describe('a receiver who gets the license otherwise before anything is taken', () => {
  it.each([
    ['from somebody’s hand', async () => world.graph.giveByHand(rita, E5)],
    ['through a group', async () => world.graph.joinGroup(LICENSED.id, rita)],
  ])('%s, leaves the holder theirs, and a person chooses anew', async (_name, gets) => {
    await reassigned();
    await gets();
    await world.work(60_000);
    expect(await adas()).toMatchObject({
      state: 'needsPerson',
      task: 'The receiver has got Microsoft 365 E5 otherwise by now, so no seat is taken for them: undo and choose another one, or reclaim.',
    });
    expect(progress(await adas())).toEqual(['removeLicenses planned', 'assignLicenses planned']);
    expect([await seats(), await held()]).toEqual([[[E5], [E5]], {}]);
    expect(await undone()).toMatchObject({ state: 'cancelled', cause: 'takenBack' });
    expect(await seats()).toEqual([[E5], [E5]]);
  });

  it('gets the seat after all where they have lost it again', async () => {
    await reassigned();
    world.graph.giveByHand(rita, E5);
    await world.work(60_000);
    await world.graph.changeLicenses(rita, { add: [], remove: [E5] });
    await world.work(60_000);
    expect(await seats()).toEqual([[], [E5]]);
    expect((await adas()).state).toBe('holding');
  });

  it('gets no usage location either', async () => {
    await reassigned({ rita: NOWHERE });
    world.graph.giveByHand(rita, E5);
    await world.work(60_000);
    const waiting = await adas();
    expect([waiting.state, progress(waiting)[0]]).toEqual(['needsPerson', 'setUsageLocation planned']);
    expect(world.graph.calls.get('setUsageLocation')).toBeUndefined();
  });

  it('of one of two, leaves the holder both', async () => {
    await reassigned({ ada: { licenses: BOTH } });
    world.graph.giveByHand(rita, VISIO);
    await world.work(60_000);
    expect(await adas()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringMatching(/^The receiver has got Visio Plan 2 otherwise/u),
    });
    expect(await seats()).toEqual([[E5, VISIO], [VISIO]]);
  });
});

describe('a receiver who gets a license that includes all of it', () => {
  const E3_HOLDER = { ada: { licenses: [{ sku: 'E3' }] } } as const;

  it('before anything is taken, leaves the holder theirs, and a person chooses anew', async () => {
    await reassigned(E3_HOLDER);
    world.graph.giveByHand(rita, E5);
    await world.work(60_000);
    expect(await adas()).toMatchObject({
      state: 'needsPerson',
      task: 'The receiver has got Microsoft 365 E5 by now, which includes all of Microsoft 365 E3, so nothing is taken or given: undo and choose another one.',
    });
    expect(progress(await adas())).toEqual(['removeLicenses planned', 'assignLicenses planned']);
    expect([await seats(), await held()]).toEqual([[[E3], [E5]], {}]);
    expect(await undone()).toMatchObject({ state: 'cancelled', cause: 'takenBack' });
    expect(await seats()).toEqual([[E3], [E5]]);
  });

  it('gets no usage location either', async () => {
    await reassigned({ ...E3_HOLDER, rita: NOWHERE });
    world.graph.giveByHand(rita, E5);
    await world.work(60_000);
    expect((await adas()).state).toBe('needsPerson');
    expect(world.graph.calls.get('setUsageLocation')).toBeUndefined();
  });

  it('after it was taken, is given nothing; the seat is held, and an undo gives it back', async () => {
    await reassigned(E3_HOLDER);
    afterTaking(() => world.graph.giveByHand(rita, E5));
    await world.work(60_000);
    expect(progress(await adas())).toEqual(['removeLicenses done', 'assignLicenses skipped']);
    expect([await seats(), await held()]).toEqual([[[], [E5]], { [E3]: 1 }]);
    expect(await undone()).toMatchObject({ state: 'undone', took: [{ skuId: E3 }] });
    expect(await seats()).toEqual([[E3], [E5]]);
  });
});

describe('a receiver who had one of two at the answer', () => {
  it('gets the other one, and the seat that goes to nobody is held', async () => {
    await reassigned({ ada: { licenses: BOTH }, rita: { licenses: [{ sku: 'VISIO' }] } });
    await world.work(60_000);
    expect((await adas()).state).toBe('holding');
    expect(await seats()).toEqual([[], [VISIO, E5]]);
    expect(await held()).toEqual({ [VISIO]: 1 });
    world.clock.advance(31 * 86_400_000);
    await world.work();
    expect(await adas()).toMatchObject({ outcome: 'reassigned', gaveOn: [{ skuId: E5 }] });
    const { caseId } = await adas();
    const told = (await historyOf(world.doors, caseId)).map(({ text }) => text).join();
    expect(told).toContain('(assign Microsoft 365 E5 to the receiver)');
    expect(caseText(await adas())).toMatch(
      /^Taken +Microsoft 365 E5; Visio Plan 2\nGiven on +Microsoft 365 E5$/mu,
    );
  });
});

describe('a receiver who gets the license otherwise after it was taken', () => {
  it('is given nothing; the seat is held, and an undo gives it back', async () => {
    await reassigned();
    afterTaking(() => world.graph.giveByHand(rita, E5));
    await world.work(60_000);
    expect((await adas()).state).toBe('holding');
    expect(progress(await adas())).toEqual(['removeLicenses done', 'assignLicenses skipped']);
    expect([await seats(), await held()]).toEqual([[[], [E5]], { [E5]: 1 }]);
    expect(await undone()).toMatchObject({ state: 'undone', took: [{ skuId: E5 }] });
    expect(await seats()).toEqual([[E5], [E5]]);
  });

  it('goes back where they cannot be given it, and no seat is held any more', async () => {
    await reassigned();
    afterTaking(() => void world.graph.setAccountEnabled(rita, false));
    await world.work(60_000);
    expect(await adas()).toMatchObject({
      state: 'undone',
      notGiven: expect.stringMatching(/account is disabled/u),
    });
    expect([await seats(), await held()]).toEqual([[[E5], []], {}]);
  });

  it('was given nothing on, so that the case ends as a reclaim', async () => {
    await reassigned();
    afterTaking(() => world.graph.giveByHand(rita, E5));
    await world.work(60_000);
    world.clock.advance(31 * 86_400_000);
    await world.work();
    expect(await adas()).toMatchObject({ state: 'closed', outcome: 'reclaimed', took: [{ skuId: E5 }] });
  });
});

describe('a receiver who has it from us', () => {
  it('has it not otherwise: a call whose answer was lost is ours', async () => {
    await reassigned();
    const graph = { ...world.graph };
    let lost = 0;
    Object.assign(world.graph, {
      changeLicenses: async (id: UserId, change: LicenseChange) => {
        const answer = await graph.changeLicenses(id, change);
        if (id !== rita || lost > 0) return answer;
        lost += 1;
        throw graphFailure('network');
      },
    });
    await world.work(120_000);
    expect(lost).toBe(1);
    expect(progress(await adas())).toEqual(['removeLicenses done', 'assignLicenses done']);
    expect([await seats(), await held()]).toEqual([[[], [E5]], {}]);
  });
});
