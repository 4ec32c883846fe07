import { afterEach, describe, expect, it, test } from '@jest/globals';
import { SKUS } from '../world/skus.js';
import type { UserId } from '../../src/audit/person.js';
import type { Case, CaseIn } from '../../src/cases/case.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import type { ExchangeDoor, MailboxState } from '../../src/graph/exchange-door.js';
import { verifyHistory } from '../../src/store/case-history.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../world/case-world.js';
import { aGroup } from '../world/directory-world.js';
import { aPerson, groupId, idle, userId, type PersonSpec } from '../world/people.js';

const CONVERT = 'reclaim: { mailbox: convert }';
const LATE_REMOVAL =
  'timetable: { afterDecision: PT5S, review: PT0S, convertMailbox: PT7S, removeLicenses: PT2M, disableSignIn: PT6S, reminders: [] }';
const grace = aPerson('Grace');
const active = [
  ...['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, idle(1))),
  aPerson('Eve', { ...idle(1), licenses: [{ sku: 'VISIO' }] }),
];

let world: CaseWorld;

afterEach(() => world.close());

/** Ada's case, asked of Grace: she is idle for 150 days and holds an E3 unless said otherwise. */
async function adasCase(spec: PersonSpec = {}, options: CaseWorldOptions = {}): Promise<void> {
  const ada = aPerson('Ada', { ...idle(150), manager: grace, ...spec });
  world = await aCaseWorld([ada, aPerson('Grace', idle(1)), ...active], options);
  await world.audit();
  await world.work();
}

const ada = (): Promise<Case> => world.caseOf(userId('Ada'));

async function reclaimed(): Promise<Case> {
  const c = await ada();
  const answer = { kind: 'reclaim', reason: '' } as const;
  const by = userId('Grace');
  const outcome = await world.desk.answer({ caseId: c.caseId, version: c.version, by, answer });
  if (outcome.kind !== 'accepted') throw new Error(`The answer was not taken: ${outcome.kind}`);
  await world.work(30_000);
  return ada();
}

async function undone(): Promise<Case> {
  await world.order({ order: 'undo', userId: userId('Ada') });
  await world.work(60_000);
  return ada();
}

/** An admin has looked into the mailbox. */
async function lookedInside(): Promise<void> {
  await world.order({ order: 'waive', userId: userId('Ada'), thing: 'mailbox', reason: 'On no hold.' });
  await world.work(60_000);
}

async function said(): Promise<string> {
  return (await historyOf(world.doors, (await ada()).caseId)).map(({ text }) => text).join('\n');
}

async function person() {
  const found = await world.graph.person(userId('Ada'));
  if (found === undefined) throw new Error('Ada is gone');
  return found;
}

function progress(c: Case): readonly string[] {
  return 'steps' in c ? c.steps.map(({ step, progress: { is } }) => `${step.kind} ${is}`) : [];
}

/** Exchange in memory; what it converts shows in the world's `userPurpose`. */
function pretendExchange(state: Partial<MailboxState> = {}): ExchangeDoor & { readonly converted: string[] } {
  const converted: string[] = [];
  return {
    converted,
    mailbox: async () => ({
      type: 'user',
      litigationHold: false,
      inPlaceHolds: false,
      hasArchive: false,
      bytes: 1_000_000,
      ...state,
    }),
    convert: async (id: UserId, to) => {
      converted.push(to);
      world.graph.purposeIsNow(id, to);
      return { kind: 'accepted' };
    },
  };
}

describe('somebody who left', () => {
  const LEFT = 'reclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }';

  it('is signed out and cannot sign in, before the license goes; an undo brings both back', async () => {
    await adasCase({}, { policy: LEFT });
    expect(progress(await reclaimed())).toEqual(['disableSignIn done', 'removeLicenses done']);
    expect(await person()).toMatchObject({ accountEnabled: false, licenses: [] });
    expect(world.graph.calls.get('revokeSessions')).toBe(1);

    expect((await undone()).state).toBe('undone');
    expect(await person()).toMatchObject({ accountEnabled: true, licenses: [{ skuId: SKUS.E3.skuId }] });
    for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  });

  it('whose account comes from AD is a task for its owner, watched until a later sync has left it so', async () => {
    await adasCase({ distinguishedName: 'CN=Ada,DC=corp,DC=example' }, { policy: LEFT });
    const c = await reclaimed();
    expect(c).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('disable it there'),
      watch: { for: 'effect', index: 0 },
    });
    expect(world.graph.calls.get('setAccountEnabled')).toBeUndefined();
    expect((await person()).licenses).toHaveLength(1);

    // AD says so, but no sync has come yet: nothing is believed.
    world.graph.setInAd(userId('Ada'), false);
    await world.work(60_000);
    expect((await ada()).state).toBe('needsPerson');
    world.graph.sync(new Date(world.clock.now().getTime() + 1));
    await world.work(90_000);
    expect((await ada()).state).toBe('needsPerson');
    world.graph.sync(new Date(world.clock.now().getTime() + 1));
    await world.work(90_000);
    expect(progress(await ada())).toEqual(['disableSignIn done', 'removeLicenses done']);
    expect(await said()).toContain('Step 1 is for a person (block sign-in');
  });

  it('whose account comes from AD and was disabled in Entra after a sync is not believed: the next one reverts it', async () => {
    await adasCase({ distinguishedName: 'CN=Ada,DC=corp,DC=example' }, { policy: LEFT });
    await reclaimed();
    world.graph.sync(new Date(world.clock.now().getTime() + 1));
    await world.graph.setAccountEnabled(userId('Ada'), false);
    await world.work(90_000);
    expect((await ada()).state).toBe('needsPerson');
    world.graph.sync(new Date(world.clock.now().getTime() + 1));
    expect(await person()).toMatchObject({ accountEnabled: true });
    await world.work(90_000);
    world.graph.sync(new Date(world.clock.now().getTime() + 1));
    await world.work(90_000);
    expect((await ada()).state).toBe('needsPerson');
    expect((await person()).licenses).toHaveLength(1);
  });

  it('whose block in AD was asked for and is taken back is let in again only when one more sync has left it so', async () => {
    await adasCase({ distinguishedName: 'CN=Ada,DC=corp,DC=example' }, { policy: LEFT });
    await reclaimed();
    // Disabled in AD, which no sync has shown yet: it does not look so.
    world.graph.setInAd(userId('Ada'), false);
    expect((await undone()).state).toBe('needsPerson');
    world.graph.sync(new Date(world.clock.now().getTime() + 1));
    expect(await person()).toMatchObject({ accountEnabled: false });
    await world.work(90_000);
    expect((await ada()).state).toBe('needsPerson');
    world.graph.setInAd(userId('Ada'), true);
    for (let syncs = 0; syncs < 2; syncs += 1) {
      world.graph.sync(new Date(world.clock.now().getTime() + 1));
      await world.work(90_000);
    }
    expect((await ada()).state).toBe('undone');
    expect(await person()).toMatchObject({ accountEnabled: true, licenses: [{ skuId: SKUS.E3.skuId }] });
  });
});

describe('a mailbox', () => {
  it('becomes shared before its license goes, and a user mailbox again with an undo', async () => {
    const exchange = pretendExchange();
    await adasCase({}, { policy: CONVERT, exchange });
    expect(progress(await reclaimed())).toEqual(['convertMailbox done', 'removeLicenses done']);
    expect((await person()).licenses).toEqual([]);
    expect((await undone()).state).toBe('undone');
    expect(exchange.converted).toEqual(['shared', 'user']);
    expect((await person()).licenses).toHaveLength(1);
  });

  test.each<[string, Partial<MailboxState>, string]>([
    ['is on hold', { litigationHold: true }, 'is on hold'],
    ['has an archive', { hasArchive: true }, 'has an archive'],
    ['is too large', { bytes: 51 * 1024 ** 3 }, 'holds more than 50 GB'],
  ])('that %s keeps its license, and a person decides', async (_name, state, why) => {
    const exchange = pretendExchange(state);
    await adasCase({}, { policy: CONVERT, exchange });
    expect(await reclaimed()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining(why),
      watch: { for: 'clear' },
    });
    expect(exchange.converted).toEqual([]);
    expect((await person()).licenses).toHaveLength(1);
  });

  it('is converted by a person where we have no right in Exchange, and the rest follows by itself', async () => {
    await adasCase({}, { policy: CONVERT });
    expect(await reclaimed()).toMatchObject({ state: 'needsPerson', watch: { for: 'effect', index: 0 } });
    await world.work(120_000);
    expect((await person()).licenses).toHaveLength(1);

    world.graph.purposeIsNow(userId('Ada'), 'shared');
    await lookedInside();
    expect(progress(await ada())).toEqual(['convertMailbox done', 'removeLicenses done']);
    expect((await person()).licenses).toEqual([]);
  });

  it('that flips back before its license goes keeps the license', async () => {
    await adasCase({}, { policy: `${CONVERT}\n${LATE_REMOVAL}`, exchange: pretendExchange() });
    expect(progress(await reclaimed())).toEqual(['convertMailbox done', 'removeLicenses planned']);
    world.graph.purposeIsNow(userId('Ada'), 'user');
    await world.work(150_000);
    expect(await ada()).toMatchObject({ state: 'needsPerson', watch: { for: 'clear', index: 1 } });
    expect((await person()).licenses).toHaveLength(1);
  });
});

describe('a license that comes through a group', () => {
  const GROUP = groupId('licensing');
  const grouped: PersonSpec = { licenses: [{ sku: 'E3', group: 'licensing' }], groups: ['licensing'] };
  const giving = (...skus: (keyof typeof SKUS)[]) => ({ licenses: skus.map((sku) => SKUS[sku].skuId) });

  it('goes when the person leaves the group, and comes back when an undo puts them back', async () => {
    await adasCase(grouped, { groups: [aGroup('licensing', giving('E3'))] });
    expect(progress(await reclaimed())).toEqual(['leaveGroup done']);
    expect((await person()).licenses).toEqual([]);
    expect(await world.graph.groupsContaining(userId('Ada'), [GROUP])).toEqual(new Set());
    expect((await undone()).state).toBe('undone');
    expect(await world.graph.groupsContaining(userId('Ada'), [GROUP])).toEqual(new Set([GROUP]));
    expect((await person()).licenses).toHaveLength(1);
  });

  test.each([
    ['microsoft365', 'mail, files and teams as well'],
    ['dynamic', 'change the rule'],
    ['mailEnabled', 'only Exchange can change'],
    ['synced', 'synchronized from Active Directory'],
    ['roleAssignable', 'can hold directory roles'],
  ] as const)('of the kind %s is left to a person, who is told why', async (kind, why) => {
    await adasCase(grouped, { groups: [aGroup('licensing', { kind, ...giving('E3') })] });
    expect(await reclaimed()).toMatchObject({ state: 'needsPerson', task: expect.stringContaining(why) });
    expect(world.graph.calls.get('leaveGroup')).toBeUndefined();
  });

  it('stays while its mailbox would be lost, as any other does', async () => {
    const policy = `${CONVERT}\n${LATE_REMOVAL}`;
    const groups = [aGroup('licensing', giving('E3'))];
    await adasCase(grouped, { groups, policy, exchange: pretendExchange() });
    expect(progress(await reclaimed())).toEqual(['convertMailbox done', 'leaveGroup planned']);
    world.graph.purposeIsNow(userId('Ada'), 'user');
    await world.work(150_000);
    expect(await ada()).toMatchObject({ state: 'needsPerson', watch: { for: 'clear', index: 1 } });
    expect(world.graph.calls.get('leaveGroup')).toBeUndefined();
    expect((await person()).licenses).toHaveLength(1);
  });

  it('that gives something else as well is left to a person', async () => {
    await adasCase(grouped, { groups: [aGroup('licensing', giving('E3', 'VISIO'))] });
    expect(await reclaimed()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('gives another license as well'),
    });
    expect(world.graph.calls.get('leaveGroup')).toBeUndefined();
  });
});

describe('things that only this person owns', () => {
  const TEAM = { id: groupId('team'), displayName: 'Harbor Sailing', isTeam: true, isSole: true };

  it('are handed over before anything is done; then it goes on by itself', async () => {
    const owned = new Map([[userId('Ada'), [TEAM]]]);
    await adasCase({}, { owned });
    expect(await reclaimed()).toMatchObject({
      state: 'needsPerson',
      task: 'The person is the only owner of the team Harbor Sailing: add another owner there first, or waive it (`steward waive USER NAME --reason TEXT`).',
      watch: { for: 'clear', index: 0 },
    });
    expect((await person()).licenses).toHaveLength(1);
    owned.set(userId('Ada'), [{ ...TEAM, isSole: false }]);
    await world.work(60_000);
    expect(progress(await ada())).toEqual(['removeLicenses done']);
  });
});

describe('a reassignment', () => {
  it('takes nothing from anybody while the receiver cannot have it', async () => {
    await adasCase();
    const c = await ada();
    const answer = { kind: 'reassign', reason: '', receiver: 'eve@harbor.example' } as const;
    const by = userId('Grace');
    const outcome = await world.desk.answer({ caseId: c.caseId, version: c.version, by, answer });
    expect(outcome.kind).toBe('accepted');
    await world.graph.setAccountEnabled(userId('Eve'), false);
    await world.work(30_000);
    expect(await ada()).toMatchObject({ state: 'needsPerson', task: expect.stringContaining('disabled') });
    expect((await person()).licenses).toHaveLength(1);
  });
});

describe('an undo of what a person was to do', () => {
  it('withdraws the task when nobody did it', async () => {
    await adasCase({}, { policy: CONVERT });
    expect((await reclaimed()).state).toBe('needsPerson');
    expect(await undone()).toMatchObject({ state: 'undone' });
    expect(await said()).toContain('It was taken back before anybody did it.');
  });

  it('asks a person to undo what they did, and reads whether it is so', async () => {
    await adasCase({}, { policy: CONVERT });
    await reclaimed();
    world.graph.purposeIsNow(userId('Ada'), 'shared');
    await lookedInside();
    expect((await ada()).state).toBe('holding');
    const waiting = (await undone()) as CaseIn<'needsPerson'>;
    expect(waiting).toMatchObject({ state: 'needsPerson', watch: { for: 'giveBack', index: 0 } });
    expect(waiting.task).toContain('back to a user mailbox');
    expect((await person()).licenses).toHaveLength(1);
    world.graph.purposeIsNow(userId('Ada'), 'user');
    await world.work(60_000);
    expect((await ada()).state).toBe('undone');
  });

  it('waits for what they did a moment before it, which shows minutes later', async () => {
    await adasCase({}, { policy: CONVERT });
    await reclaimed();
    await world.order({ order: 'undo', userId: userId('Ada') });
    await world.work(3_000);
    expect((await ada()).state).toBe('undoing');
    world.graph.purposeIsNow(userId('Ada'), 'shared');
    await world.work(60_000);
    expect(await ada()).toMatchObject({ state: 'needsPerson', watch: { for: 'giveBack', index: 0 } });
  });

  it('that is asked for again while a person has it to do stays their task, and ends as it would have', async () => {
    await adasCase({}, { policy: CONVERT });
    await reclaimed();
    world.graph.purposeIsNow(userId('Ada'), 'shared');
    await world.work(60_000);
    const waiting = (await undone()) as CaseIn<'needsPerson'>;
    const watch = { for: 'giveBack', index: 0 };
    expect(await undone()).toMatchObject({ state: 'needsPerson', task: waiting.task, watch });
    world.graph.purposeIsNow(userId('Ada'), 'user');
    expect((await undone()).state).toBe('undone');
  });
});
