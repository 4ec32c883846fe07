import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { objectClick } from '../../../src/bot/clicks.js';
import { instant, type Case } from '../../../src/cases/case.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { readDeliveries } from '../../../src/cases/asking/run-deliveries.js';
import type { OwnedThing } from '../../../src/graph/graph-door.js';
import { historyOf } from '../../../src/chat/run-read-model.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { anHrWorld, CHIARA, HANNA, HUGO } from '../../world/hr-world.js';
import { aPerson, groupId, idle, userId, type PersonSpec } from '../../world/people.js';
import type { PretendTeams } from '../../world/steward-world.js';

const HOUR_MS = 3_600_000;
const ADA = userId('Ada');
const GRACE = userId('Grace');
const ALEX = userId('Alex');
const TELL = 'tell: { person: PT2H }';
const WAIVE = 'reclaim: { mailbox: waive }';

let world: CaseWorld;

afterEach(() => world.close());

interface Options extends Omit<CaseWorldOptions, 'policy'> {
  readonly policy?: string;
  readonly ada?: PersonSpec;
  readonly refuse?: PretendTeams['refuse'];
}

/** Ada is idle for 150 days; Grace is asked and reclaims her E3. */
async function reclaimed({ policy = TELL, ada = {}, refuse, ...options }: Options = {}): Promise<Case> {
  const grace = aPerson('Grace', idle(1));
  const people = [aPerson('Ada', { ...idle(150), manager: grace, ...ada }), grace];
  const others = ['Alex', 'Bob', 'Carl'].map((name) => aPerson(name, idle(1)));
  world = await aCaseWorld([...people, ...others], {
    policy: `${WAIVE}\n${policy}`,
    admins: [ALEX],
    ...options,
  });
  await world.audit();
  await world.work();
  const { caseId, version } = await adas();
  world.teams.refuse = refuse;
  await world.desk.answer({ caseId, version, by: GRACE, answer: { kind: 'reclaim', reason: '' } });
  await world.work(30_000);
  return adas();
}

/** So much time passes, and then everything that came due is done. */
async function later(ms: number): Promise<void> {
  world.clock.advance(ms);
  await world.work(30_000);
}

const adas = (): Promise<Case> => world.caseOf(ADA);

async function held(): Promise<number | undefined> {
  return (await world.graph.person(ADA))?.licenses.length;
}

async function history(): Promise<string> {
  return (await historyOf(world.doors, (await adas()).caseId)).map(({ text }) => text).join('\n');
}

const toAda = () => world.teams.sent.filter(({ to }) => to === ADA);
const shownTo = (to: UserId): string => {
  const mine = world.teams.sent.filter((sent) => sent.to === to).at(-1);
  const edit = world.teams.edits.findLast(({ message }) => message.activityId === mine?.message.activityId);
  return JSON.stringify(edit?.card ?? mine?.card);
};

async function object(by: UserId = ADA, objection = 'The audit needs it'): Promise<string> {
  const clicker = { userId: by, asker: Promise.resolve({ userId: by, roles: [] }) };
  const { policy, timeZone, clock } = world.doors;
  const view = { policy, now: instant(clock.now()), timeZone, locale: 'en' } as const;
  const { caseId } = await adas();
  const reply = await objectClick(world.desk, clicker, { caseId, objection }, view);
  await world.work();
  return JSON.stringify('card' in reply ? reply.card : reply);
}

/** Something happens between a delivery to Ada and its record. */
const onceToldAda =
  (happens: () => Promise<void>): NonNullable<CaseWorldOptions['through']> =>
  (doors) => ({
    ...doors,
    messenger: {
      ...doors.messenger,
      send: async (to, ...card) => {
        const delivery = await doors.messenger.send(to, ...card);
        if (to === ADA) await happens();
        return delivery;
      },
    },
  });

const undeliverable =
  (again: 'later' | 'never'): PretendTeams['refuse'] =>
  (to) =>
    to === ADA ? { kind: 'failed', again, code: 'MessageWritesBlocked', status: 403 } : undefined;

describe('a person who still works here', () => {
  it('is told before the first step what happens, when, why and whom to ask, and has the time of the policy', async () => {
    const c = await reclaimed();
    expect(c).toMatchObject({ state: 'scheduled', notice: { is: { kind: 'told' } } });
    expect(await held()).toBe(1);
    const card = JSON.stringify(toAda()[0]?.card);
    for (const text of [
      'Microsoft 365 E3',
      'Shows no use for 148 days',
      'Grace or your IT administrators',
      'at the earliest',
      'I still need it',
    ])
      expect(card).toContain(text);
    expect(toAda()).toHaveLength(1);
    await later(HOUR_MS);
    expect((await adas()).state).toBe('scheduled');
    await later(HOUR_MS);
    expect((await adas()).state).toBe('holding');
    expect(await held()).toBe(0);
    expect(toAda()).toHaveLength(1);
    expect(shownTo(ADA)).toContain('It was carried out');
    expect(await history()).toContain('Told the person in Teams; no step before 2026-11-23 08:00 UTC.');
  });

  it('is told so early that the step comes at its time', async () => {
    const policy =
      'tell: { person: PT2H }\ntimetable: { removeLicenses: PT8H, convertMailbox: PT7H, disableSignIn: PT6H, reminders: [], review: PT0S, afterDecision: PT0S }';
    await reclaimed({ policy });
    expect(toAda()).toHaveLength(0);
    const tellAt = (await adas()).dueAt;
    await later(6 * HOUR_MS);
    const c = await adas();
    expect(toAda()).toHaveLength(1);
    expect(c.state === 'scheduled' && c.steps[0]?.notBefore).toBe('2026-11-23T14:00:00.000Z');
    expect(tellAt).toBe('2026-11-23T12:00:00.000Z');
    await later(2 * HOUR_MS);
    expect((await adas()).state).toBe('holding');
  });

  it('can object with one click, which stops the steps and sends the case back to the admins', async () => {
    await reclaimed();
    expect(await object()).toContain('Thank you: your administrators decide');
    expect(await adas()).toMatchObject({
      state: 'adminReview',
      why: 'The person says that they still need it: The audit needs it',
    });
    await later(4 * HOUR_MS);
    expect(await held()).toBe(1);
    expect(await history()).toContain(
      'Ada still needs it; nothing was done, and an admin decides: The audit needs it',
    );
    // Once more changes nothing.
    expect(await object()).toContain('Thank you: your administrators decide');
    expect((await adas()).state).toBe('adminReview');
    expect(shownTo(GRACE)).toContain('Your administrators decide');
    expect(shownTo(GRACE)).not.toContain('The audit needs it');
  });

  it('shows the admins what they alone own by the time they object, not as it was when the manager was asked', async () => {
    const crew = { id: groupId('crew'), displayName: 'Harbor crew', isTeam: true };
    const owned = new Map<UserId, readonly OwnedThing[]>([[ADA, [{ ...crew, isSole: false }]]]);
    expect((await reclaimed({ owned })).owned).toMatchObject({ count: 0 });
    owned.set(ADA, [{ ...crew, isSole: true }]);
    await object();
    expect(await adas()).toMatchObject({ state: 'adminReview', owned: { count: 1 } });
  });

  it('is told again when an admin decides all the same, and that is the last word', async () => {
    await reclaimed();
    await object();
    const { caseId, version } = await adas();
    await world.desk.answer({ caseId, version, by: ALEX, answer: { kind: 'reclaim', reason: '' } });
    await world.work(60_000);
    expect(toAda()).toHaveLength(2);
    const second = JSON.stringify(toAda()[1]?.card);
    expect(second).toContain('Your administrators have looked at what you said');
    expect(second).not.toContain('I still need it');
    const first = world.teams.edits.findLast(
      ({ message }) => message.activityId === toAda()[0]?.message.activityId,
    );
    expect(JSON.stringify(first?.card)).toContain('There is a newer message');
    const { version: before } = await adas();
    await object();
    expect((await adas()).version).toBe(before);
    await later(2 * HOUR_MS);
    expect((await adas()).state).toBe('holding');
  });

  it('is told again also where the policy tells nobody any more: the last card has promised it', async () => {
    await reclaimed();
    await object();
    const { policy } = world.doors;
    Object.assign(world.doors, { policy: { ...policy, tell: { person: 'never', undelivered: 'wait' } } });
    expect((await adas()).state).toBe('adminReview');
    world.teams.refuse = undeliverable('never');
    const { caseId, version } = await adas();
    await world.desk.answer({ caseId, version, by: ALEX, answer: { kind: 'reclaim', reason: '' } });
    await later(5 * HOUR_MS);
    // Who cannot be told keeps it until an admin has waived that.
    expect(await adas()).toMatchObject({ state: 'needsPerson', task: expect.stringContaining('waive') });
    expect(await held()).toBe(1);
    world.teams.refuse = undefined;
    await world.order({ order: 'waive', userId: ADA, thing: 'Notice', reason: 'By phone' });
    await later(5 * HOUR_MS);
    expect(await held()).toBe(0);
  });

  it('whose click overtakes the record of the delivery sees what became of it, now and later', async () => {
    let failures = 1;
    await reclaimed({
      through: (doors) => ({
        ...doors,
        messenger: {
          send: async (to, ...card) => {
            const delivery = await doors.messenger.send(to, ...card);
            if (to === ADA && delivery.kind === 'delivered') {
              const { caseId } = await adas();
              await world.desk.object({ caseId, by: ADA, reason: '' });
            }
            return delivery;
          },
          update: async (message, card) =>
            (failures -= 1) >= 0
              ? { kind: 'failed', again: 'later', code: 'Throttled', status: 429 }
              : doors.messenger.update(message, card),
        },
      }),
    });
    await later(HOUR_MS);
    expect((await adas()).state).toBe('adminReview');
    expect(shownTo(ADA)).toContain('Thank you: your administrators decide');
    const { caseId, version } = await adas();
    const answer = { kind: 'keep', until: '2027-01-15', reason: 'Needed' } as const;
    const outcome = await world.desk.answer({ caseId, version, by: ALEX, answer });
    expect(outcome.kind).toBe('accepted');
    await world.work(30_000);
    expect(shownTo(ADA)).toContain('Nothing is done');
  });

  it('whose card an older answer to their click has covered sees it put right, and nobody else can ask for that', async () => {
    const told = await reclaimed();
    const message = told.notice?.message;
    if (message === undefined) throw new Error('nobody was told');
    await object();
    const { caseId, version } = await adas();
    const latest = shownTo(ADA);
    await world.teams.update(message, { stands: 'an older card' });
    await world.desk.keepCard({ caseId, by: ALEX, message, shows: version - 1 });
    await world.desk.keepCard({ caseId, by: userId('Bob'), message, shows: version - 1 });
    await world.desk.keepCard({ caseId, by: ADA, message, shows: version - 1 });
    await world.work();
    expect(shownTo(ADA)).toBe(latest);
    const edits = world.teams.edits.length;
    await world.desk.keepCard({ caseId, by: ADA, message, shows: version });
    await world.work();
    expect(world.teams.edits).toHaveLength(edits);
  });

  it('who objects and is decided about anew before the delivery is recorded is told again', async () => {
    const states: string[] = [];
    await reclaimed({
      through: onceToldAda(async () => {
        if (states.length > 0) return;
        states.push((await adas()).state);
        await world.desk.object({ caseId: (await adas()).caseId, by: ADA, reason: '' });
        const { caseId, version } = await adas();
        await world.desk.answer({ caseId, version, by: ALEX, answer: { kind: 'reclaim', reason: '' } });
        await world.work(6_000);
        states.push((await adas()).state);
      }),
    });
    expect(states).toEqual(['scheduled', 'scheduled']);
    await later(HOUR_MS);
    expect(toAda()).toHaveLength(2);
    expect(JSON.stringify(toAda()[1]?.card)).toContain('Your administrators have looked at what you said');
    expect(await held()).toBe(1);
    await later(2 * HOUR_MS);
    expect((await adas()).state).toBe('holding');
  });

  it('has the time that the card promised, though the policy tells nobody any more once it is recorded', async () => {
    await reclaimed({
      through: onceToldAda(async () => {
        Object.assign(world.doors.policy, { tell: { person: 'never', undelivered: 'wait' } });
      }),
    });
    expect(await adas()).toMatchObject({ state: 'scheduled', notice: { is: { kind: 'told' } } });
    await later(HOUR_MS);
    expect(await held()).toBe(1);
    await later(HOUR_MS);
    expect((await adas()).state).toBe('holding');
  });

  it('cannot be spoken for by anybody else, and no late click undoes what was done', async () => {
    await reclaimed();
    const { version } = await adas();
    for (const by of [GRACE, ALEX, userId('Bob')]) expect(await object(by)).toContain('no longer exists');
    expect((await adas()).version).toBe(version);
    await later(2 * HOUR_MS);
    expect(await object()).toContain('It was carried out');
    expect((await adas()).state).toBe('holding');
  });

  it('is told that nothing is done when the answer is taken back', async () => {
    await reclaimed();
    const { caseId } = await adas();
    await world.desk.undo({ caseId, by: GRACE });
    await world.work(10_000);
    expect((await adas()).state).toBe('cancelled');
    expect(shownTo(ADA)).toContain('Nothing is done');
    expect(await object()).toContain('Nothing is done');
  });

  it('is not told of what does not happen: who signed in again, or is protected by now', async () => {
    await reclaimed({
      policy: `${TELL}\ntimetable: { removeLicenses: PT8H, convertMailbox: PT7H, disableSignIn: PT6H, reminders: [], review: PT0S, afterDecision: PT0S }`,
    });
    world.graph.signInsOf = async ([id]) => [
      {
        userId: id as UserId,
        successful: world.clock.now(),
        interactive: undefined,
        nonInteractive: undefined,
      },
    ];
    await later(9 * HOUR_MS);
    expect(await adas()).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
    expect(toAda()).toHaveLength(0);
  });

  it('that is an executive by now is told nothing, and whoever was told learns nothing of it', async () => {
    await reclaimed();
    const { graph } = world;
    const person = graph.person.bind(graph);
    graph.person = async (...args) => {
      const found = await person(...args);
      return found?.id === ADA ? { ...found, jobTitle: 'Chief Financial Officer' } : found;
    };
    await later(2 * HOUR_MS + 60_000);
    expect(await adas()).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
    expect(shownTo(ADA)).toContain('Nothing is done');
    expect(shownTo(ADA)).not.toMatch(/protected|executive|HR/);
    const reply = await object();
    expect(reply).toContain('Nothing is done');
    expect(reply).not.toMatch(/protected|executive|HR/);
  });

  it('is told by nobody while the campaign is held', async () => {
    await reclaimed({
      policy: `${TELL}\ntimetable: { removeLicenses: PT8H, convertMailbox: PT7H, disableSignIn: PT6H, reminders: [], review: PT0S, afterDecision: PT0S }`,
    });
    await setSwitch(world.store, 'paused', 'alex', world.clock.now().toISOString());
    await later(9 * HOUR_MS);
    expect(toAda()).toHaveLength(0);
    expect(await held()).toBe(1);
  });

  it('is told although the policy came to it only after the decision', async () => {
    await reclaimed({
      policy:
        'timetable: { removeLicenses: PT8H, convertMailbox: PT7H, disableSignIn: PT6H, reminders: [], review: PT0S, afterDecision: PT0S }',
    });
    const { policy } = world.doors;
    Object.assign(world.doors, { policy: { ...policy, tell: { person: 2 * HOUR_MS, undelivered: 'wait' } } });
    await later(8 * HOUR_MS);
    expect(toAda()).toHaveLength(1);
    expect(await held()).toBe(1);
    await later(2 * HOUR_MS);
    expect(await held()).toBe(0);
  });
});

describe('somebody who could not be told', () => {
  it('keeps the license until an admin has waived it, as the policy says', async () => {
    const c = await reclaimed({ refuse: undeliverable('never') });
    expect(c).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('could not be told in Teams (MessageWritesBlocked)'),
    });
    await later(5 * HOUR_MS);
    expect(await held()).toBe(1);
    expect((await adas()).version).toBe(c.version);
    const answer = await world.order({
      order: 'waive',
      userId: ADA,
      thing: 'Notice',
      reason: 'Told by phone',
    });
    expect(answer).toBe('done: the notice to the person is waived in this case: it goes on.');
    await world.work(60_000);
    expect((await adas()).state).toBe('holding');
    expect((await readDeliveries(world.store)).find((each) => each.userId === ADA)?.notes).toMatchObject([
      { became: 'blocked', code: 'MessageWritesBlocked' },
    ]);
    expect(await history()).toContain('The person could not be told in Teams (MessageWritesBlocked).');
  });

  it('loses it at its time where the policy lets the steps go on', async () => {
    const c = await reclaimed({
      policy: 'tell: { person: PT2H, undelivered: goOn }',
      refuse: undeliverable('never'),
    });
    expect(c.state).toBe('holding');
  });

  it('is tried again as long as there is time to deliver', async () => {
    await reclaimed({ refuse: undeliverable('later') });
    expect(await adas()).toMatchObject({ state: 'scheduled', notice: { is: { kind: 'trying' } } });
    expect(await history()).toContain(
      'The person could not be told in Teams (MessageWritesBlocked); next try',
    );
    world.teams.refuse = undefined;
    await later(3 * 60_000);
    expect(await adas()).toMatchObject({ state: 'scheduled', notice: { is: { kind: 'told' } } });
    expect(await held()).toBe(1);
  });

  it('is given up when that time is over', async () => {
    await reclaimed({ refuse: undeliverable('later') });
    await later(10 * 60_000);
    expect((await adas()).state).toBe('needsPerson');
  });
});

describe('nobody is told', () => {
  test.each<[string, Options]>([
    ['who has no account that works', { ada: { enabled: false } }],
    ['where the policy does not say so', { policy: '' }],
  ])('%s', async (_name, options) => {
    const c = await reclaimed(options);
    expect(c.state).toBe('holding');
    expect(toAda()).toHaveLength(0);
  });
});

describe('HR’s lane', () => {
  it('tells nobody about themself', async () => {
    const hr = await anHrWorld({ policy: TELL });
    world = hr;
    await hr.answer(HANNA, { kind: 'reclaim', reason: '' });
    await hr.answer(HUGO, { kind: 'approve' });
    await world.work(60_000);
    expect((await hr.chiara()).state).toBe('holding');
    expect(world.teams.sent.filter(({ to }) => to === CHIARA)).toEqual([]);
  });
});

describe('a manager who is told about themself while they are asked about others', () => {
  it('gets two messages, and neither says what the other does', async () => {
    const helen = aPerson('Helen', idle(1));
    const ada = aPerson('Ada', {
      ...idle(1),
      manager: helen,
      licenses: [{ sku: 'E5' }, { sku: 'OFFICE_E3' }],
    });
    const bob = aPerson('Bob', { ...idle(150), manager: aPerson('Carl', idle(1)) });
    const others = ['Carl', 'Dora', 'Eve'].map((name) => aPerson(name, idle(1)));
    world = await aCaseWorld([ada, helen, bob, ...others], {
      policy: `${WAIVE}\n${TELL}`,
      pace: { gather: 10_000 },
    });
    await world.audit();
    await world.work(60_000);
    const first = await adas();
    const answer = { kind: 'reclaim', reason: '' } as const;
    await world.desk.answer({ caseId: first.caseId, version: first.version, by: helen.person.id, answer });
    await world.work(6_000);
    // Carl names Ada in his place at the moment at which her own message is waiting.
    const about = await world.caseOf(userId('Bob'));
    const named = { kind: 'askOther', person: ADA } as const;
    await world.desk.answer({
      caseId: about.caseId,
      version: about.version,
      by: userId('Carl'),
      answer: named,
    });
    await world.work(60_000);
    const cards = toAda().map(({ card }) => JSON.stringify(card));
    expect(cards).toHaveLength(2);
    expect(cards.filter((card) => card.includes('I still need it'))).toHaveLength(1);
    expect(cards.filter((card) => card.includes('Is this license still needed?'))).toHaveLength(1);
    expect(await world.caseOf(userId('Bob'))).toMatchObject({ state: 'asked', askedOf: ADA });
  });
});
