import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { Case } from '../../../src/cases/case.js';
import type { CardAnswer } from '../../../src/cases/answering/desk.js';
import { outboxId, type Outbox } from '../../../src/cases/asking/outbox.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { readHistory } from '../../../src/store/case-history.js';
import type { Store } from '../../../src/store/store.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../../world/case-world.js';
import { aPerson, idle, userId, type WorldPerson } from '../../world/people.js';

const DAY = 86_400_000;
const WEEKS =
  'timetable: { reminders: [P3D], answerDue: P7D, deliverWithin: P3D, review: PT0S, afterDecision: PT5S, disableSignIn: P14D, convertMailbox: P15D, removeLicenses: P21D }';
const NAMES = ['Ada', 'Bea', 'Cleo', 'Dora', 'Emma', 'Fay', 'Gus'];
const grace = userId('Grace');
const hans = userId('Hans');

let world: CaseWorld;

afterEach(() => world.close());

/** So many idle reports of Grace, who reports to Hans; each was asked about. */
async function reportsOfGrace(count: number, options: CaseWorldOptions = {}): Promise<void> {
  await aWorldOf(count, options);
  await world.audit();
  await world.work();
}

async function aWorldOf(count: number, options: CaseWorldOptions = {}): Promise<void> {
  const boss = aPerson('Hans', idle(1));
  const manager = aPerson('Grace', { ...idle(1), manager: boss });
  const reports = NAMES.slice(0, count).map((name) => aPerson(name, { ...idle(150), manager }));
  const others: readonly WorldPerson[] = Array.from({ length: 20 }, (_, n) => aPerson(`Other${n}`, idle(1)));
  world = await aCaseWorld([...reports, manager, boss, ...others], { policy: WEEKS, ...options });
}

/** How long a question waits for others, in milliseconds. */
function gather(ms: number): void {
  Object.assign(world.doors, { pace: { ...world.doors.pace, gather: ms } });
}

async function answer(name: string, by: UserId, given: CardAnswer): Promise<string> {
  const { caseId, version } = await world.caseOf(userId(name));
  const outcome = await world.desk.answer({ caseId, version, by, answer: given });
  await world.work();
  return outcome.kind;
}

const reclaim: CardAnswer = { kind: 'reclaim', reason: '' };

/** Names of the people whom each card in somebody's chat is about, in the order in which the cards came. */
function cardsTo(to: UserId): readonly (readonly string[])[] {
  return world.teams.sent
    .filter((sent) => sent.to === to)
    .map(({ card }) => NAMES.filter((name) => JSON.stringify(card).includes(`${name}@harbor`.toLowerCase())));
}

/** What stands in a message now. */
function shown(activityId: string | undefined): string {
  const edit = world.teams.edits.filter(({ message }) => message.activityId === activityId).at(-1);
  const sent = world.teams.sent.find(({ message }) => message.activityId === activityId);
  return JSON.stringify(edit?.card ?? sent?.card);
}

async function pass(days: number): Promise<void> {
  for (let hour = 0; hour < days * 24; hour += 6) {
    world.clock.advance(DAY / 4);
    await world.work();
  }
}

describe('the questions of a run', () => {
  it('come as one card per five people', async () => {
    await reportsOfGrace(7);
    expect(cardsTo(grace).map((names) => names.length)).toEqual([5, 2]);
    expect(cardsTo(grace).flat().toSorted()).toEqual(NAMES);
    expect(world.teams.sent).toHaveLength(2);
  });

  it('come as a card of its own about one person alone', async () => {
    await reportsOfGrace(1);
    expect(shown(world.teams.sent[0]?.message.activityId)).toContain('Is this license still needed?');
    expect((await world.caseOf(userId('Ada'))).message?.digestId).toBeUndefined();
  });

  it('wait until the others have had time to come, and have no clock till then', async () => {
    await aWorldOf(2);
    gather(60_000);
    await world.audit();
    await world.work(30_000);
    expect(world.teams.sent).toEqual([]);
    expect((await world.caseOf(userId('Ada'))).state).toBe('opened');
    await world.work(31_000);
    expect(cardsTo(grace)).toEqual([['Ada', 'Bea']]);
    expect(await world.caseOf(userId('Bea'))).toMatchObject({ state: 'asked', askedOf: grace });
  });

  it('leave out whoever needs no question any more when the card is sent', async () => {
    await aWorldOf(3);
    gather(60_000);
    await world.audit();
    await world.work(1_000);
    const { caseId } = await world.caseOf(userId('Bea'));
    const stored = await world.store.read<Case>('cases', caseId, caseId);
    if (stored === undefined) throw new Error('no case');
    const ended = { state: 'hrReview', dueAt: undefined } as const;
    await world.store.replace('cases', { ...stored.doc, ...ended }, stored.etag);
    await world.work(60_000);
    expect(cardsTo(grace)).toEqual([['Ada', 'Cleo']]);
  });

  it('are not sent while the campaign is paused, and are once it goes on', async () => {
    await aWorldOf(2);
    gather(1_000);
    await world.audit();
    await setSwitch(world.store, 'paused', 'test', 'now');
    await world.work(120_000);
    expect(world.teams.sent).toEqual([]);
    await setSwitch(world.store, 'running', 'test', 'now');
    await world.work(120_000);
    expect(cardsTo(grace)).toEqual([['Ada', 'Bea']]);
  });

  it('go to the next manager together where Teams refuses the first one for good', async () => {
    await aWorldOf(3);
    world.teams.refuse = (to) =>
      to === grace
        ? { kind: 'failed', again: 'never', code: 'ConversationBlockedByUser', status: 403 }
        : undefined;
    await world.audit();
    await world.work();
    expect(cardsTo(grace)).toEqual([]);
    expect(cardsTo(hans)).toEqual([['Ada', 'Bea', 'Cleo']]);
  });

  it('are kept in the history of each case as they were seen, without what was said about others', async () => {
    await reportsOfGrace(3);
    const { caseId } = await world.caseOf(userId('Bea'));
    const { events, sides } = await readHistory(world.store, caseId);
    const asked = events.find(({ type }) => type === 'asked');
    const details = JSON.stringify(sides.find(({ seq }) => seq === asked?.seq)?.details);
    expect(details).toContain('Are the licenses of 3 people still needed?');
    expect(details).toContain('bea@harbor');
    expect(details).not.toMatch(/ada@harbor|cleo@harbor/);
  });
});

describe('a card about several people', () => {
  it('is edited for everybody when one of them is answered, and the others can still be', async () => {
    await reportsOfGrace(3);
    const { message } = await world.caseOf(userId('Ada'));
    expect(await answer('Ada', grace, reclaim)).toBe('accepted');
    await world.work(2_000);
    expect(shown(message?.activityId)).toContain('2 people still needed? 1 settled');
    expect(await answer('Bea', grace, reclaim)).toBe('accepted');
    expect(await answer('Cleo', grace, { kind: 'keep', reason: 'Back soon', until: '2027-01-15' })).toBe(
      'accepted',
    );
    expect(shown(message?.activityId)).toContain('All of these are settled');
    const cases = await Promise.all(['Ada', 'Bea', 'Cleo'].map((name) => world.caseOf(userId(name))));
    expect(cases.map((c) => c.message?.shows)).toEqual(cases.map((c) => c.version));
    expect(world.teams.sent).toHaveLength(1);
  });

  it('is edited once where several of them changed', async () => {
    await reportsOfGrace(3);
    for (const name of ['Ada', 'Bea']) {
      const { caseId, version } = await world.caseOf(userId(name));
      await world.desk.answer({ caseId, version, by: grace, answer: { kind: 'notMyReport' } });
    }
    const edits = world.teams.edits.length;
    await world.work();
    const { message } = await world.caseOf(userId('Cleo'));
    expect(
      world.teams.edits.slice(edits).filter((edit) => edit.message.activityId === message?.activityId),
    ).toHaveLength(1);
  });

  it('is tried again where it cannot be edited now', async () => {
    await reportsOfGrace(2);
    const { message } = await world.caseOf(userId('Ada'));
    const real = { ...world.teams };
    world.teams.update = async () => ({ kind: 'failed', again: 'later', code: 'Throttled', status: 429 });
    await answer('Ada', grace, { kind: 'keep', reason: 'Back soon', until: '2027-01-15' });
    expect(shown(message?.activityId)).not.toContain('settled');
    world.teams.update = (earlier, card) => real.update(earlier, card);
    await world.work(60_000);
    expect(shown(message?.activityId)).toContain('1 settled');
  });

  it('is reminded of once, about those who still wait; the earlier card points to the new one', async () => {
    await reportsOfGrace(3);
    const { message } = await world.caseOf(userId('Ada'));
    await answer('Ada', grace, reclaim);
    await pass(4);
    expect(cardsTo(grace)).toEqual([
      ['Ada', 'Bea', 'Cleo'],
      ['Bea', 'Cleo'],
    ]);
    expect(shown(message?.activityId)).toContain('sent to you once more');
    expect(shown(message?.activityId)).not.toContain('"answerAll"');
    expect((await world.caseOf(userId('Bea'))).message?.activityId).not.toBe(message?.activityId);
    expect(await answer('Bea', grace, reclaim)).toBe('accepted');
  });

  it('of one person points to the new one as soon as Teams can edit it', async () => {
    await reportsOfGrace(1);
    const { message } = await world.caseOf(userId('Ada'));
    const real = { ...world.teams };
    world.teams.update = async () => ({ kind: 'failed', again: 'later', code: 'Throttled', status: 429 });
    while (cardsTo(grace).length === 1) await pass(0.25);
    expect(shown(message?.activityId)).not.toContain('sent to you once more');
    world.teams.update = (earlier, card) => real.update(earlier, card);
    await world.work(3_600_000);
    expect(shown(message?.activityId)).toContain('sent to you once more');
    expect(shown(message?.activityId)).not.toContain('"verb"');
  });

  it('of one person that Teams could not edit for a day shows what was answered on the new one', async () => {
    await reportsOfGrace(1);
    const { message } = await world.caseOf(userId('Ada'));
    const real = { ...world.teams };
    world.teams.update = async () => ({ kind: 'failed', again: 'later', code: 'Throttled', status: 429 });
    while (cardsTo(grace).length === 1) await pass(0.25);
    await pass(1);
    world.teams.update = (earlier, card) => real.update(earlier, card);
    await answer('Ada', grace, { kind: 'keep', reason: 'Back soon', until: '2027-01-15' });
    await world.work(3_600_000);
    expect(shown(message?.activityId)).toContain('Kept');
    expect(shown(message?.activityId)).not.toContain('"answer"');
  });

  it('goes to the next manager as one card when nobody answers', async () => {
    await reportsOfGrace(2);
    await pass(8);
    expect(cardsTo(hans)).toEqual([['Ada', 'Bea']]);
    expect(await answer('Ada', grace, reclaim)).toBe('movedOn');
    expect(await answer('Ada', hans, reclaim)).toBe('accepted');
  });

  it('is shown to nobody but the person in whose chat it is', async () => {
    await reportsOfGrace(2);
    const digestId = (await world.caseOf(userId('Ada'))).message?.digestId ?? '';
    expect((await world.desk.digest({ digestId, by: grace }))?.entries).toHaveLength(2);
    for (const by of [hans, userId('Ada'), userId('Other1')])
      expect(await world.desk.digest({ digestId, by })).toBeUndefined();
    expect(await world.desk.digest({ digestId: grace, by: grace })).toBeUndefined();
  });
});

describe('an outbox', () => {
  it('that was sent and not told to the cases is told after the crash, and nothing is sent again', async () => {
    await aWorldOf(2);
    let crashed = false;
    const real = { ...world.store };
    const batch: Store['batch'] = async (container, partition, operations) => {
      const asked = operations.some((one) => 'doc' in one && (one.doc as { type?: string }).type === 'asked');
      if (asked && !crashed) {
        crashed = true;
        throw new TypeError('killed');
      }
      return real.batch(container, partition, operations);
    };
    Object.assign(world.store, { batch });
    await world.audit();
    await world.work(120_000);
    expect(crashed).toBe(true);
    expect(cardsTo(grace)).toEqual([['Ada', 'Bea']]);
    for (const name of ['Ada', 'Bea']) expect((await world.caseOf(userId(name))).state).toBe('asked');
  });

  it('that is lost loses no question', async () => {
    await aWorldOf(2);
    gather(60_000);
    await world.audit();
    await world.work(1_000);
    await world.store.remove('commands', outboxId(grace), outboxId(grace));
    await world.work(600_000);
    expect(cardsTo(grace)).toEqual([['Ada', 'Bea']]);
  });

  it('holds nothing when everything was sent', async () => {
    await reportsOfGrace(7);
    const stored = await world.store.read<Outbox>('commands', outboxId(grace), outboxId(grace));
    expect(stored?.doc).toMatchObject({ waiting: [], attempts: 0 });
    expect(stored?.doc.dueAt).toBeUndefined();
    expect(stored?.doc.lease).toBeUndefined();
  });
});
