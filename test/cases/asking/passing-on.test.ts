import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { Case } from '../../../src/cases/case.js';
import type { CardAnswer } from '../../../src/cases/answering/desk.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { historyOf } from '../../../src/chat/run-read-model.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { aPerson, idle, userId, type PersonSpec, type WorldPerson } from '../../world/people.js';

const DAY = 86_400_000;
const WEEKS =
  'timetable: { reminders: [P3D, P6D], answerDue: P7D, deliverWithin: P3D, review: PT0S, afterDecision: PT5S, disableSignIn: P14D, convertMailbox: P15D, removeLicenses: P21D }';

let world: CaseWorld;

afterEach(() => world.close());

/** Ada, idle, reports to Grace, who reports to Hans, who reports to Ida. */
async function adasCase(
  change: { readonly grace?: PersonSpec; readonly hans?: PersonSpec; readonly ada?: PersonSpec } = {},
  options: CaseWorldOptions = {},
): Promise<void> {
  const ida = aPerson('Ida', idle(1));
  const hans = aPerson('Hans', { ...idle(1), manager: ida, ...change.hans });
  const grace = aPerson('Grace', { ...idle(1), manager: hans, ...change.grace });
  const ada = aPerson('Ada', { ...idle(150), manager: grace, department: 'Sales', ...change.ada });
  const others: readonly WorldPerson[] = ['Bob', 'Carl'].map((name) => aPerson(name, idle(1)));
  world = await aCaseWorld([ada, grace, hans, ida, ...others], { policy: WEEKS, ...options });
  await world.audit();
  await world.work();
}

const ada = (): Promise<Case> => world.caseOf(userId('Ada'));
const askedNames = async (): Promise<readonly string[]> =>
  (await historyOf(world.doors, (await ada()).caseId)).flatMap(({ text }) => {
    const [, name] = /^Asked (\w+) in Teams/.exec(text) ?? [];
    return name === undefined ? [] : [name];
  });

async function answer(by: string, given: CardAnswer): Promise<string> {
  const { caseId, version } = await ada();
  const outcome = await world.desk.answer({ caseId, version, by: userId(by), answer: given });
  await world.work();
  return outcome.kind;
}

/** Time passes in steps, so that reminders come at their time. */
async function pass(days: number): Promise<void> {
  for (let hour = 0; hour < days * 24; hour += 6) {
    world.clock.advance(DAY / 4);
    await world.work();
  }
}

describe('a question that nobody answers', () => {
  it('is reminded of, goes up to the next manager, and in the end to the admins; nothing is taken', async () => {
    await adasCase();
    await pass(6.9);
    const toGrace = world.teams.sent.filter(({ to }) => to === userId('Grace'));
    // The question on Monday, then Thursday, the working day before the end, and Sunday’s on that Monday.
    expect(toGrace.length).toBeGreaterThanOrEqual(3);
    await pass(22);
    expect(await askedNames()).toEqual(['Grace', 'Hans', 'Ida']);
    expect(await ada()).toMatchObject({ state: 'adminReview', why: 'Nobody answered in time.' });
    expect((await world.graph.person(userId('Ada')))?.licenses).toHaveLength(1);
  });

  it('leaves one card that can be answered in a chat, however often it was sent', async () => {
    await adasCase();
    const first = world.teams.sent[0]?.message;
    await pass(4);
    expect(world.teams.sent.filter(({ to }) => to === userId('Grace')).length).toBeGreaterThan(1);
    const last = world.teams.edits.filter(({ message }) => message.activityId === first?.activityId).at(-1);
    expect(JSON.stringify(last?.card)).toContain('sent to you once more');
    expect((await ada()).message?.activityId).not.toBe(first?.activityId);
  });

  it('names in its history who was reminded', async () => {
    await adasCase();
    await pass(3.5);
    const said = (await historyOf(world.doors, (await ada()).caseId)).map(({ text }) => text);
    expect(said.filter((text) => text.startsWith('Reminded'))).toEqual(['Reminded Grace.']);
  });

  it('is reminded of in working hours only, also when nobody could send it in time', async () => {
    await adasCase();
    // Until Thursday evening, long after the first reminder was due.
    world.clock.advance(3.7 * DAY);
    await world.work();
    expect(world.teams.sent).toHaveLength(1);
    await pass(0.5);
    expect(world.teams.sent).toHaveLength(2);
    expect(world.clock.now().toISOString()).toMatch(/^2026-11-27T(09|1)/);
  });

  it('goes on to the next person in time although the campaign is paused until then', async () => {
    await adasCase({}, { pace: { held: 6 * DAY } });
    await setSwitch(world.store, 'paused', 'test', 'now');
    await pass(7.5);
    expect((await ada()).state).toBe('escalated');
  });

  it('is not reminded of while the campaign is paused', async () => {
    await adasCase();
    await setSwitch(world.store, 'paused', 'test', 'now');
    await pass(5);
    expect(world.teams.sent).toHaveLength(1);
  });
});

describe('who is asked', () => {
  const EXECUTIVE = 'Chief Sales Officer';
  const BELOW_IDA = (levels: number): string =>
    `${WEEKS}\nprotect: { executives: { top: [${userId('Ida')}], levels: ${levels} } }`;

  test.each<[string, PersonSpec, CaseWorldOptions, readonly string[]]>([
    ['the manager', {}, {}, ['Grace']],
    ['whoever is above a disabled manager', { enabled: false }, {}, ['Hans']],
    ['whoever is above an executive', { jobTitle: EXECUTIVE }, {}, ['Hans']],
    ['whoever is above a manager who is idle too', idle(150), {}, ['Hans']],
    ['nobody who is an executive by their place', { enabled: false }, { policy: BELOW_IDA(1) }, []],
    ['the manager where the executives end above them', {}, { policy: BELOW_IDA(1) }, ['Grace']],
    ['the admins where there is nobody above', { manager: undefined as never, enabled: false }, {}, []],
  ])('%s', async (_who, grace, options, expected) => {
    await adasCase({ grace }, options);
    expect(await askedNames()).toEqual(expected);
    if (expected.length === 0) expect((await ada()).state).toBe('adminReview');
  });

  it('is nobody twice where managers go round in a circle, and the admins then', async () => {
    const grace = aPerson('Grace', idle(1));
    const hans = aPerson('Hans', { ...idle(1), manager: grace });
    await adasCase({ grace: { manager: hans }, hans: { manager: grace } });
    await pass(16);
    expect(await askedNames()).toEqual(['Grace', 'Hans']);
    expect((await ada()).state).toBe('adminReview');
  });

  it('is the owner of the department where no manager can answer', async () => {
    const policy = `${WEEKS}\nrouting: { departments: { Sales: ${userId('Bob')} } }`;
    await adasCase({ grace: { enabled: false, manager: undefined as never } }, { policy });
    expect(await askedNames()).toEqual(['Bob']);
  });

  it('is the next manager when Teams refuses the first one for good', async () => {
    const grace = userId('Grace');
    const ada_ = aPerson('Ada', { ...idle(150), manager: aPerson('Grace') });
    const hans = aPerson('Hans', idle(1));
    world = await aCaseWorld(
      [ada_, aPerson('Grace', { ...idle(1), manager: hans }), hans, aPerson('Bob', idle(1))],
      {
        policy: WEEKS,
      },
    );
    world.teams.refuse = (to: UserId) =>
      to === grace
        ? { kind: 'failed', again: 'never', code: 'ConversationBlockedByUser', status: 403 }
        : undefined;
    await world.audit();
    await world.work();
    expect(await askedNames()).toEqual(['Hans']);
    expect((await ada()).hops).toMatchObject([{ askedOf: { id: grace } }]);
  });

  it('is the next manager when the first one cannot be reached for deliverWithin', async () => {
    const grace = userId('Grace');
    const hans = aPerson('Hans', idle(1));
    const people = [
      aPerson('Ada', { ...idle(150), manager: aPerson('Grace') }),
      aPerson('Grace', { ...idle(1), manager: hans }),
      hans,
      aPerson('Bob', idle(1)),
    ];
    world = await aCaseWorld(people, { policy: WEEKS });
    world.teams.refuse = (to: UserId) =>
      to === grace ? { kind: 'failed', again: 'later', code: 'Throttled', status: 429 } : undefined;
    await world.audit();
    await pass(2.5);
    expect((await ada()).state).toBe('opened');
    await pass(1.5);
    expect(await askedNames()).toEqual(['Hans']);
  });
});

describe('the rarer answers', () => {
  it('“not my report” asks the next manager', async () => {
    await adasCase();
    expect(await answer('Grace', { kind: 'notMyReport' })).toBe('accepted');
    expect(await askedNames()).toEqual(['Grace', 'Hans']);
    expect(await answer('Grace', { kind: 'reclaim', reason: '' })).toBe('movedOn');
  });

  it('“ask someone else” asks exactly them, and nobody who cannot answer', async () => {
    await adasCase();
    for (const person of ['ada@harbor.example', 'Nobody', ''])
      expect(await answer('Grace', { kind: 'askOther', person })).toBe('incomplete');
    expect(await answer('Grace', { kind: 'askOther', person: 'bob@harbor.example' })).toBe('accepted');
    expect(await askedNames()).toEqual(['Grace', 'Bob']);
    expect(await answer('Bob', { kind: 'askOther', person: 'grace@harbor.example' })).toBe('incomplete');
    expect(await answer('Bob', { kind: 'reclaim', reason: '' })).toBe('accepted');
  });

  it('“ask someone else” tells them who named them, until the question goes on from there', async () => {
    await adasCase();
    const why = (): string => JSON.stringify(world.teams.sent.at(-1)?.card);
    expect(why()).toContain('as the manager named in the directory');
    await answer('Grace', { kind: 'askOther', person: 'bob@harbor.example' });
    expect(why()).toContain('asks you because Grace named you');
    await answer('Bob', { kind: 'notMyReport' });
    expect(await askedNames()).toEqual(['Grace', 'Bob', 'Hans']);
    expect(why()).toContain('asks you in place of a manager');
    expect(why()).not.toMatch(/Grace|Bob/);
  });

  it('“ask someone else” tells nobody who was not named that somebody was', async () => {
    await adasCase();
    expect(await answer('Grace', { kind: 'askOther', person: 'carl@harbor.example' })).toBe('accepted');
    await world.graph.setAccountEnabled(userId('Carl'), false);
    await answer('Carl', { kind: 'reclaim', reason: '' });
    expect(await askedNames()).toEqual(['Grace', 'Carl', 'Hans']);
    expect(JSON.stringify(world.teams.sent.at(-1)?.card)).not.toMatch(/Grace|Carl/);
  });

  it('“ask someone else” counts no answer of theirs once their account is disabled, and asks on', async () => {
    await adasCase();
    expect(await answer('Grace', { kind: 'askOther', person: 'bob@harbor.example' })).toBe('accepted');
    await world.graph.setAccountEnabled(userId('Bob'), false);
    expect(await answer('Bob', { kind: 'reclaim', reason: '' })).toBe('movedOn');
    expect(await askedNames()).toEqual(['Grace', 'Bob', 'Hans']);
    expect((await ada()).state).toBe('asked');
  });

  it('“ask someone else” who stays silent goes on with the managers of the person, not with their own', async () => {
    await adasCase();
    expect(await answer('Grace', { kind: 'askOther', person: 'bob@harbor.example' })).toBe('accepted');
    await pass(8);
    expect(await askedNames()).toEqual(['Grace', 'Bob', 'Hans']);
  });

  it('“on leave” keeps everything until the return and asks for no reason; the history tells no leave', async () => {
    await adasCase();
    expect(await answer('Grace', { kind: 'onLeave', until: '' })).toBe('incomplete');
    expect(await answer('Grace', { kind: 'onLeave', until: '2027-02-01' })).toBe('accepted');
    expect(await ada()).toMatchObject({ state: 'kept', decision: { kind: 'onLeave' } });
    const texts = (await historyOf(world.doors, (await ada()).caseId)).map(({ text }) => text).join('\n');
    expect(texts).toContain('Grace keeps the licenses until 2027-02-01');
    expect(texts).not.toMatch(/leave/i);
    await pass(80);
    expect(await ada()).toMatchObject({ state: 'closed', outcome: 'keptUntilPassed' });
  });
});

describe('somebody whom an admin names', () => {
  const byCarl: CaseWorldOptions = { admins: [userId('Carl')] };

  it('is asked next, and the way of the question is in the history, the admin and those before included', async () => {
    await adasCase({ grace: { manager: undefined as never } }, byCarl);
    await pass(8);
    expect(await ada()).toMatchObject({ state: 'adminReview' });
    expect(await answer('Carl', { kind: 'askOther', person: 'bob@harbor.example' })).toBe('accepted');
    expect(JSON.stringify(world.teams.sent.at(-1)?.card)).toContain('asks you because Carl named you');
    expect((await ada()).hops).toMatchObject([
      { askedOf: { id: userId('Grace'), displayName: 'Grace' }, why: 'Nobody answered in time.' },
      { askedOf: { id: userId('Carl'), displayName: 'Carl' }, named: userId('Bob'), asAdmin: true },
    ]);
    const said = (await historyOf(world.doors, (await ada()).caseId)).map(({ text }) => text);
    expect(said).toContain('Passed on to Bob: Carl named somebody else to answer.');
  });

  it('passes the question on to nobody who was asked before the admins', async () => {
    await adasCase({ grace: { manager: aPerson('Carl', idle(1)) } }, byCarl);
    await answer('Grace', { kind: 'askOther', person: 'hans@harbor.example' });
    await pass(30);
    expect(await askedNames()).toEqual(['Grace', 'Hans', 'Carl']);
    expect(await ada()).toMatchObject({ state: 'adminReview' });
    await answer('Carl', { kind: 'askOther', person: 'bob@harbor.example' });
    await answer('Bob', { kind: 'notMyReport' });
    expect(await askedNames()).toEqual(['Grace', 'Hans', 'Carl', 'Bob']);
    expect(await ada()).toMatchObject({ state: 'adminReview' });
  });
});
