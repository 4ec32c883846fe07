import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { readPolicy } from '../../src/config/policy.js';
import type { Case } from '../../src/cases/case.js';
import { setSwitch } from '../../src/cases/campaign/run-switch.js';
import { allCases, historyOf } from '../../src/chat/run-read-model.js';
import { ChangedMeanwhile } from '../../src/store/store.js';
import { effectsOf } from '../../src/simulator/changes.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { graphFailure } from '../world/graph-world.js';
import { actingPolicy, aSteward, inMotion, type StewardWorld } from '../world/steward-world.js';

const manager = NAMED.itManager.id as UserId;
const idle = NAMED.plainInactive.id as UserId;

let world: StewardWorld;

beforeEach(async () => {
  world = await aSteward();
  await world.audit();
});

afterEach(() => world.close());

async function change(userId: string, patch: Record<string, unknown>): Promise<void> {
  const answer = await fetch(`${world.tenant.url}/_simulator/people/${userId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(patch),
  });
  expect(answer.status).toBeLessThan(300);
}

async function reclaim(by = manager, desk = world.desk): Promise<string> {
  const c = await world.caseOf(idle);
  const answer = { kind: 'reclaim', reason: '' } as const;
  return (await desk.answer({ caseId: c.caseId, version: c.version, by, answer })).kind;
}

function under(policy: typeof world.doors.policy): StewardWorld {
  return inMotion({ ...world.doors, policy }, { ...world, folder: 'none' });
}

/** The same tenant, whose directory says something else of one person by the time at which cases end. */
function withPerson(person: typeof world.doors.graph.person): StewardWorld {
  const graph = { ...world.doors.graph, person };
  return inMotion({ ...world.doors, graph }, { ...world, folder: 'none' });
}

async function ended(caseId: string): Promise<Case | undefined> {
  return (await world.doors.store.read<Case>('cases', caseId, caseId))?.doc;
}

describe('a new audit', () => {
  it('ends the case of somebody who is active again, and nothing is taken', async () => {
    await change(idle, {
      lastActivity: world.clock.now().toISOString(),
      lastSuccessfulSignIn: world.clock.now().toISOString(),
    });
    await world.audit();
    expect(await world.caseOf(idle)).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
    expect(await reclaim()).toBe('movedOn');
    await world.work(30_000);
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });

  it('ends a decided case of somebody whom only the workloads show to be active', async () => {
    await reclaim();
    await change(idle, { lastActivity: world.clock.now().toISOString() });
    await world.audit();
    await world.work(30_000);
    expect((await world.caseOf(idle)).state).toBe('cancelled');
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });

  it('that a guard has stopped holds every step, until one is done', async () => {
    await reclaim();
    const { auditGraph } = world.doors;
    const namesConcealed = async (): Promise<boolean> => true;
    const concealed = inMotion(
      { ...world.doors, auditGraph: { ...auditGraph, namesConcealed } },
      { ...world, folder: 'none' },
    );
    expect(await concealed.order({ order: 'audit' })).toMatch(/^stopped/);
    await world.work(3_600_000);
    expect((await world.caseOf(idle)).state).toBe('scheduled');
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
    expect(JSON.stringify(await historyOf(world.doors, (await world.caseOf(idle)).caseId))).toContain(
      'The newest audit was stopped',
    );
    await world.audit();
    await world.work(3_600_000);
    expect((await world.caseOf(idle)).state).toBe('holding');
  });

  it('ends the case of somebody who has become an executive as that of anybody who is protected', async () => {
    const { caseId } = await world.caseOf(idle);
    await change(idle, { jobTitle: 'Chief Executive Officer' });
    await world.audit();
    const ended = { caseId, state: 'cancelled', cause: 'reasonGone', protections: [] };
    expect((await allCases(world.doors)).find(({ userId }) => userId === idle)).toMatchObject(ended);
    expect(await world.desk.show({ caseId, by: manager })).toMatchObject(ended);
    expect(JSON.stringify(await historyOf(world.doors, caseId))).not.toMatch(/executive/i);
    // From now on it is HR's.
    expect((await world.caseOf(idle)).state).toBe('hrReview');
  });

  it('says of an account that was deleted that it is gone', async () => {
    expect(await world.doors.graph.deletePerson(idle)).toEqual({ kind: 'accepted' });
    await world.audit();
    const gone = { state: 'cancelled', cause: 'gone', why: 'The account no longer exists.' };
    expect(await world.caseOf(idle)).toMatchObject(gone);
  });

  it('says the same of whoever it found to be an executive before: the end tells of nobody that they were HR’s', async () => {
    const { caseId } = await world.caseOf(idle);
    await change(idle, { jobTitle: 'Chief Executive Officer' });
    await withPerson(async () => undefined).audit();
    expect(await ended(caseId)).toMatchObject({ state: 'cancelled', cause: 'gone' });
  });

  it('ends in the words that are true of all where the directory does not answer', async () => {
    const { caseId } = await world.caseOf(idle);
    await world.doors.graph.deletePerson(idle);
    const down = async (): Promise<never> => {
      throw graphFailure('network');
    };
    await withPerson(down).audit();
    expect(await ended(caseId)).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
  });

  it('ends a case also when somebody else writes it at the same moment', async () => {
    await change(idle, { jobTitle: 'Chief Executive Officer' });
    const { caseId } = await world.caseOf(idle);
    const { store } = world.doors;
    let busy = 1;
    const batch: typeof store.batch = async (container, partition, operations) => {
      if (partition === caseId && busy-- > 0) throw new ChangedMeanwhile('somebody wrote first');
      return store.batch(container, partition, operations);
    };
    const other = inMotion({ ...world.doors, store: { ...store, batch } }, { ...world, folder: 'none' });
    await other.audit();
    expect(busy).toBeLessThan(1);
    const stored = await store.read<Case>('cases', caseId, caseId);
    expect(stored?.doc).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
  });

  it('leaves the cases of those who are still inactive as they are', async () => {
    const before = await world.caseOf(idle);
    await world.audit();
    expect((await world.caseOf(idle)).version).toBe(before.version);
  });
});

describe('a policy that observes after one that acted', () => {
  it('takes no step that was decided before, and edits no card', async () => {
    await reclaim();
    const observing = under({ ...actingPolicy(), mode: 'observe' });
    const edits = world.teams.edits.length;
    await observing.work(120_000);
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
    expect(world.teams.edits).toHaveLength(edits);
    await world.work(120_000);
    expect(effectsOf(world.tenant.tenant.book)).toHaveLength(1);
  });
});

describe('a policy that changes while a case waits for its steps', () => {
  const LATER =
    '{ removeLicenses: PT60S, convertMailbox: PT7S, disableSignIn: PT6S, afterDecision: PT5S, review: PT0S, reminders: [] }';

  beforeEach(async () => {
    await reclaim();
    await world.work(5_500);
    expect((await world.caseOf(idle)).state).toBe('scheduled');
  });

  it('gives more time, and nothing is taken before', async () => {
    const slower = under(actingPolicy(`timetable: ${LATER}`));
    await slower.work(30_000);
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
    const { caseId } = await world.caseOf(idle);
    expect((await historyOf(world.doors, caseId)).map(({ text }) => text)).toContain(
      'The policy has changed: the steps that were not begun follow it now.',
    );
    await slower.work(60_000);
    expect(effectsOf(world.tenant.tenant.book)).toHaveLength(1);
  });

  it('takes nothing any more, and the case ends', async () => {
    const none = under(actingPolicy('reclaim: { mailbox: waive, steps: { inactive: [convertMailbox] } }'));
    await none.work(60_000);
    expect(await world.caseOf(idle)).toMatchObject({ state: 'cancelled', cause: 'policyChanged' });
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });

  it('gives less time, from the next audit on', async () => {
    const slower = under(actingPolicy(`timetable: ${LATER}`));
    await slower.work(10_000);
    await world.audit();
    await world.work(3_000);
    expect(effectsOf(world.tenant.tenant.book)).toHaveLength(1);
  });
});

describe('a policy that changes before the next audit', () => {
  it('ends a case that it does not ask for, and does not say that the person came back', async () => {
    const other = under(
      actingPolicy(
        'scope: { departments: [Nowhere] }\nguards: { rowsPercent: 100, flaggedFactor: 100, flaggedPoints: 100 }',
      ),
    );
    expect(await other.order({ order: 'audit' })).toMatch(/^done/);
    expect(await world.caseOf(idle)).toMatchObject({
      state: 'cancelled',
      cause: 'policyChanged',
      why: expect.stringContaining('The policy has changed since the case was opened.'),
    });
  });
});

describe('a stop', () => {
  it('ends questions that wait, opens no cases, and leaves nobody with a cool-down', async () => {
    await setSwitch(world.store, 'stopped', 'test', world.clock.now().toISOString());
    await world.work();
    expect(await world.caseOf(idle)).toMatchObject({ state: 'cancelled', cause: 'stopped' });
    expect(await reclaim()).toBe('movedOn');
    await world.audit();
    expect((await world.caseOf(idle)).state).toBe('cancelled');
    world.clock.advance(60_000);
    await setSwitch(world.store, 'running', 'test', world.clock.now().toISOString());
    await world.audit();
    expect((await world.caseOf(idle)).state).toBe('asked');
  });
});

describe('an answer', () => {
  it('of somebody who is no longer the manager does not count, and whoever is the manager now is asked', async () => {
    await change(idle, { managerId: NAMED.financeHead.id });
    expect(await reclaim()).toBe('movedOn');
    await world.work(30_000);
    expect(await world.caseOf(idle)).toMatchObject({ state: 'asked', askedOf: NAMED.financeHead.id });
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });
});

describe('an approval', () => {
  it('of findings made under other rules begins a new audit instead of opening their cases', async () => {
    await world.close();
    world = await aSteward({ policy: { ...actingPolicy(), mode: 'observe' } });
    await world.audit();
    const reading = readPolicy(
      `
mode: act
roles: { admins: ['${NAMED.itManager.id}'], hr: ['${NAMED.hrPartner.id}'] }
reclaim: { mailbox: waive }
protect: { executives: { titles: ['.'] } }
timetable: { reminders: [], removeLicenses: PT8S, convertMailbox: PT7S, disableSignIn: PT6S }`,
      { loopbackGraph: true },
    );
    if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
    const strict = under(reading.policy);
    expect(await strict.order({ order: 'approve' })).toContain('a new one begins');
    await strict.work(60_000);
    expect(world.teams.sent.filter(({ to }) => to === manager)).toEqual([]);
  });
});
