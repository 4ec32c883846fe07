import { afterEach, describe, expect, it, test } from '@jest/globals';
import { filesPlan } from '../../src/cases/answering/files-plan.js';
import type { Case } from '../../src/cases/case.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import type { OwnedThing } from '../../src/graph/graph-door.js';
import { verifyHistory } from '../../src/store/case-history.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../world/case-world.js';
import { aPerson, groupId, idle, userId, type PersonSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const HOLD = 30 * 86_400_000;
const grace = aPerson('Grace');
const GRACE = { id: userId('Grace'), displayName: 'Grace' };

let world: CaseWorld;

afterEach(() => world.close());

/** Ada is idle for 150 days and holds an E3 unless said otherwise; Grace is asked and reclaims it. */
async function reclaimed(options: CaseWorldOptions = {}, spec: PersonSpec = {}): Promise<Case> {
  const ada = aPerson('Ada', { ...idle(150), manager: grace, ...spec });
  const others = ['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, idle(1)));
  world = await aCaseWorld([ada, aPerson('Grace', idle(1)), ...others], options);
  await world.audit();
  await world.work();
  const c = await adas();
  const answer = { kind: 'reclaim', reason: '' } as const;
  await world.desk.answer({ caseId: c.caseId, version: c.version, by: GRACE.id, answer });
  await world.work(30_000);
  return adas();
}

const adas = (): Promise<Case> => world.caseOf(userId('Ada'));

async function held(): Promise<number> {
  return (await world.graph.person(userId('Ada')))?.licenses.length ?? 0;
}

async function said(): Promise<string> {
  return (await historyOf(world.doors, (await adas()).caseId)).map(({ text }) => text).join('\n');
}

/** The case as an earlier version would have stored it: nothing says what becomes of the files. */
async function withoutRecord(): Promise<void> {
  const { caseId } = await adas();
  const stored = await world.store.read<Case>('cases', caseId, caseId);
  if (stored === undefined || !('decision' in stored.doc) || !('files' in stored.doc.decision))
    throw new Error('Nothing is recorded.');
  const { files: _files, ...decision } = stored.doc.decision;
  const licenses = stored.doc.licenses.map(({ holdsFiles: _holds, ...license }) => license);
  await world.store.replace('cases', { ...stored.doc, decision, licenses } as Case, stored.etag);
}

/** Licenses go two minutes after the answer. */
const TWO_MINUTES =
  'timetable: { reminders: [], review: PT0S, afterDecision: PT5S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT2M }';

const WAIVE_FILES = {
  order: 'waive',
  userId: userId('Ada'),
  thing: 'onedrive',
  reason: 'They are copied',
} as const;

describe('files in OneDrive', () => {
  it('are said to stay from when the case was opened, where somebody else took their license since', async () => {
    const licenses = [{ sku: 'E3' }, { sku: 'VISIO' }] as const;
    const policy = `reclaim: { mailbox: waive }\n${TWO_MINUTES}`;
    const { openedAt } = await reclaimed({ policy }, { licenses });
    await world.graph.changeLicenses(userId('Ada'), { add: [], remove: [SKUS.E3.skuId] });
    await world.work(180_000);
    expect(await adas()).toMatchObject({ state: 'holding' });
    expect(await held()).toBe(0);
    world.clock.advance(HOLD);
    await world.work();
    const archivedAt = new Date(Date.parse(openedAt) + 93 * 86_400_000).toISOString();
    expect(await adas()).toMatchObject({ state: 'closed', took: [{ skuId: SKUS.VISIO.skuId }] });
    expect(await adas()).toMatchObject({ files: { is: 'handedOver', archivedAt } });
  });

  it('are said to stay from when the case was opened, where somebody else switched OneDrive off in it since', async () => {
    const { openedAt } = await reclaimed({ policy: `reclaim: { mailbox: waive }\n${TWO_MINUTES}` });
    world.clock.advance(90_000);
    const disabledPlans = SKUS.E3.plans
      .filter(({ name }) => name.startsWith('SHAREPOINT'))
      .map(({ id }) => id);
    const add = [{ skuId: SKUS.E3.skuId, disabledPlans }];
    await world.graph.changeLicenses(userId('Ada'), { add, remove: [] });
    await world.work(180_000);
    expect(await adas()).toMatchObject({ state: 'holding' });
    world.clock.advance(HOLD);
    await world.work();
    const archivedAt = new Date(Date.parse(openedAt) + 93 * 86_400_000).toISOString();
    expect(await adas()).toMatchObject({ state: 'closed', files: { is: 'handedOver', archivedAt } });
  });

  it('are said to stay from the step on, where somebody else switched off another plan than OneDrive', async () => {
    await reclaimed({ policy: `reclaim: { mailbox: waive }\n${TWO_MINUTES}` });
    const disabledPlans = SKUS.E3.plans.filter(({ name }) => name === 'TEAMS1').map(({ id }) => id);
    expect(disabledPlans).toHaveLength(1);
    await world.graph.changeLicenses(userId('Ada'), {
      add: [{ skuId: SKUS.E3.skuId, disabledPlans }],
      remove: [],
    });
    await world.work(180_000);
    const held = await adas();
    if (held.state !== 'holding') throw new Error(`The case is ${held.state}.`);
    const [removed] = held.steps.flatMap(({ progress }) => (progress.is === 'done' ? [progress.at] : []));
    world.clock.advance(HOLD);
    await world.work();
    const archivedAt = new Date(Date.parse(removed ?? '') + 93 * 86_400_000).toISOString();
    expect(await adas()).toMatchObject({ state: 'closed', files: { is: 'handedOver', archivedAt } });
  });

  it('are settled with the answer, for whoever answers; at the end somebody is told until when', async () => {
    const c = await reclaimed();
    expect(c).toMatchObject({ state: 'holding', decision: { files: { is: 'handedOver', to: GRACE } } });
    expect(await said()).toContain('Grace is to get access to the files in OneDrive.');
    world.clock.advance(HOLD + 60_000);
    await world.work(1_000);
    const end = await adas();
    expect(end).toMatchObject({ state: 'closed', files: { is: 'handedOver', to: GRACE } });
    // 93 days after 23 November 2026, on which the license went.
    expect(end).toMatchObject({ files: { archivedAt: expect.stringMatching(/^2027-02-24T/) } });
  });

  test.each<[string, string, PersonSpec, object]>([
    ['archive', 'reclaim: { mailbox: waive, oneDrive: archive }', {}, { files: { is: 'archived' } }],
    ['waive', 'reclaim: { mailbox: waive, oneDrive: waive }', {}, { kind: 'reclaim' }],
    ['no OneDrive in the license', '', { licenses: [{ sku: 'EXCHANGE' }] }, { kind: 'reclaim' }],
    [
      'a cheaper license that holds them',
      'reclaim: { mailbox: waive, replace: [{ sku: SPE_E3, by: SPE_F1 }] }',
      { mailbox: 'noMailbox' },
      { kind: 'reclaim' },
    ],
  ])('by %s', async (_name, policy, spec, decision) => {
    const c = await reclaimed({ policy }, spec);
    expect(c).toMatchObject({ state: 'holding', decision });
    expect('decision' in c && 'files' in c.decision).toBe('files' in decision);
  });

  it('that were not in the license when the case was opened keep it, once they are', async () => {
    const policy = `reclaim: { mailbox: waive }\ninactivity: { newLicenseGraceDays: 0 }\n${TWO_MINUTES}`;
    const off = SKUS.E3.plans.filter(({ name }) => name === 'SHAREPOINTENTERPRISE').map(({ id }) => id);
    const c = await reclaimed({ policy }, { licenses: [{ sku: 'E3', off }] });
    expect('decision' in c && 'files' in c.decision).toBe(false);
    const on = { skuId: SKUS.E3.skuId, disabledPlans: [] };
    await world.graph.changeLicenses(userId('Ada'), { add: [on], remove: [] });
    await world.work(150_000);
    expect(await adas()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('Nobody has said what becomes of the files in OneDrive'),
    });
    expect(await held()).toBe(1);
  });

  it('are not for the person themself, who is named as their own manager', async () => {
    const { manager: _manager, ...c } = await reclaimed();
    const self = { id: c.userId, displayName: 'Ada' };
    const plan = filesPlan(
      { ...c, state: 'adminReview', manager: self },
      'reclaim',
      GRACE,
      world.doors.policy,
    );
    expect(plan).toEqual({ is: 'handedOver', to: GRACE });
  });

  it('of which nothing is recorded keep their license, until an admin waives it by name', async () => {
    await reclaimed({ policy: `reclaim: { mailbox: waive }\n${TWO_MINUTES}` });
    await withoutRecord();
    await world.work(150_000);
    expect(await adas()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('Nobody has said what becomes of the files in OneDrive'),
    });
    expect(await held()).toBe(1);

    expect(await world.order(WAIVE_FILES)).toBe(
      'done: the files in OneDrive is waived in this case: it goes on.',
    );
    await world.work(30_000);
    expect((await adas()).state).toBe('holding');
    expect(await held()).toBe(0);
    expect(await said()).toContain('test (terminal) waived the files in OneDrive: They are copied');
    for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  });

  it('that a license does not hold stop no case of an earlier version', async () => {
    const timetable =
      'timetable: { reminders: [], review: PT0S, afterDecision: PT5S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT2M }';
    await reclaimed({ policy: `reclaim: { mailbox: waive, oneDrive: archive }\n${timetable}` });
    await withoutRecord();
    const { caseId } = await adas();
    const stored = await world.store.read<Case>('cases', caseId, caseId);
    if (stored === undefined) throw new Error('no case');
    const licenses = stored.doc.licenses.map((license) => ({ ...license, skuId: SKUS.EXCHANGE.skuId }));
    await world.store.replace('cases', { ...stored.doc, licenses }, stored.etag);
    await world.work(150_000);
    expect(await adas()).toMatchObject({ state: 'holding' });
  });
});

describe('a team that only one person owns', () => {
  const thing = (name: string, isSole = true): OwnedThing => ({
    id: groupId(name),
    displayName: name,
    isTeam: true,
    isSole,
  });
  const crew = thing('Harbor crew');
  const waived = (name: string) =>
    world.order({ order: 'waive', userId: userId('Ada'), thing: name, reason: 'The team is archived' });
  const owning = (...owned: readonly OwnedThing[]): CaseWorldOptions => ({
    owned: new Map([[userId('Ada'), owned]]),
  });

  it('keeps the license until an admin waives it, by name or id, with who and why in the history', async () => {
    expect(await reclaimed(owning(crew))).toMatchObject({ state: 'needsPerson', watch: { for: 'clear' } });
    expect(await waived('harbor CREW')).toBe(
      'done: the team Harbor crew is waived in this case: it goes on.',
    );
    await world.work(30_000);
    const c = await adas();
    expect(c).toMatchObject({
      state: 'holding',
      waivers: [{ waived: { of: 'owned', groupId: crew.id }, reason: 'The team is archived' }],
    });
    expect(await held()).toBe(0);
    expect(await said()).toContain('test (terminal) waived the team Harbor crew: The team is archived');
  });

  it('is shown anew when it is another one by now', async () => {
    const owned = new Map([[userId('Ada'), [crew]]]);
    await reclaimed({ owned });
    owned.set(userId('Ada'), [thing('Pier')]);
    await world.work(60_000);
    expect(await adas()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('the only owner of the team Pier:'),
      watch: { for: 'clear' },
    });
    expect(await held()).toBe(1);
  });

  it('is shown once, in whatever order Graph lists it with others', async () => {
    const owned = new Map([[userId('Ada'), [crew, thing('Pier')]]]);
    const { seq } = await reclaimed({ owned });
    owned.set(userId('Ada'), [thing('Pier'), crew]);
    await world.work(60_000);
    expect((await adas()).seq).toBe(seq);
  });

  it('is not waived with another one', async () => {
    await reclaimed(owning(crew, thing('Pier'), thing('Shared', false)));
    expect(await waived('Pier')).toContain('done: the team Pier');
    expect(await waived('pier')).toBe('done: the team Pier was waived already.');
    await world.work(60_000);
    expect(await adas()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('Harbor crew'),
    });
    expect(await held()).toBe(1);
    expect(await waived('Shared')).toContain(
      'failed: The person is not the only owner of anything called so.',
    );
  });

  it('is waived by its id where several are called the same', async () => {
    const twin = { ...crew, id: groupId('twin') };
    await reclaimed(owning(crew, twin));
    expect(await waived('Harbor crew')).toContain('failed: Several are called so: give the id.');
    expect(await waived(twin.id)).toContain('done: the team Harbor crew');
    expect(await held()).toBe(1);
  });

  it('is not waived for somebody without a case, or before and after its steps', async () => {
    await reclaimed(owning());
    expect(await waived('Harbor crew')).toBe(
      'failed: Nothing stands in the way of this case that could be waived: all steps are done and can still be undone.',
    );
    const nobody = { order: 'waive', userId: userId('Bob'), thing: 'x', reason: 'y' } as const;
    expect(await world.order(nobody)).toBe('failed: There is no case about this person.');
  });
});
