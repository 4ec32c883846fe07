import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { Case, CaseId } from '../../../src/cases/case.js';
import type { AnswerOutcome, CardAnswer } from '../../../src/cases/answering/desk.js';
import { openDesk } from '../../../src/cases/answering/run-desk.js';
import { NAMED } from '../../../src/simulator/named-people.js';
import { aSteward, type StewardWorld } from '../../world/steward-world.js';

/** Manager of the idle person and admin at once, as in the try-out. */
const robin = NAMED.itManager.id as UserId;
const stranger = NAMED.financeHead.id as UserId;
const hr = NAMED.hrPartner.id as UserId;
const idle = NAMED.plainInactive.id as UserId;

const RECLAIM: CardAnswer = { kind: 'reclaim', reason: 'Left the project' };
const KEEP: CardAnswer = { kind: 'keep', reason: 'Back in January', until: '2027-01-15' };

let world: StewardWorld;

beforeEach(async () => {
  world = await aSteward({ people: 12 });
  await world.audit();
});

afterEach(() => world.close());

/** The same world in which other people are admins. */
function withAdmins(...admins: readonly UserId[]): void {
  const rolesOf: StewardWorld['doors']['rolesOf'] = async (userId) =>
    admins.includes(userId) ? ['admin'] : [];
  world = { ...world, desk: openDesk({ ...world.doors, rolesOf }) };
}

async function click(c: Case, by: UserId, answer: CardAnswer = RECLAIM): Promise<AnswerOutcome> {
  return world.desk.answer({ caseId: c.caseId, version: c.version, by, answer });
}

/** Puts the case as it is changed into the store, as nothing in the program does. */
async function tamper(c: Case, change: object): Promise<Case> {
  const stored = await world.store.read<Case>('cases', c.caseId, c.caseId);
  if (stored === undefined) throw new Error('no case');
  return (await world.store.replace<Case>('cases', { ...stored.doc, ...change } as Case, stored.etag)).doc;
}

describe('an answer', () => {
  it('is taken from the manager who was asked', async () => {
    const c = await world.caseOf(idle);
    const outcome = await click(c, robin);
    expect(outcome).toMatchObject({
      kind: 'accepted',
      case: {
        state: 'decided',
        version: c.version + 1,
        decision: {
          kind: 'reclaim',
          by: { id: robin, displayName: 'Robin Hale' },
          reason: 'Left the project',
        },
      },
    });
  });

  test.each<[string, () => UserId]>([
    ['a stranger', () => stranger],
    ['the person themself', () => idle],
    ['HR, in a case that is none of theirs', () => hr],
    ['nobody known', () => 'ffffffff-0000-4000-8000-000000000000' as UserId],
    ['an empty id', () => '' as UserId],
  ])('from %s changes nothing and shows nothing', async (_name, who) => {
    const c = await world.caseOf(idle);
    expect(await click(c, who())).toEqual({ kind: 'notYours' });
    expect(await world.desk.undo({ caseId: c.caseId, by: who() })).toEqual({ kind: 'notYours' });
    expect(await world.desk.show({ caseId: c.caseId, by: who() })).toBe('notYours');
    expect(await world.caseOf(idle)).toEqual(c);
  });

  it('from an admin who was not asked changes nothing while the manager may still answer', async () => {
    withAdmins(stranger);
    const c = await world.caseOf(idle);
    expect(await click(c, stranger)).toEqual({ kind: 'movedOn', case: c });
    expect(await world.desk.show({ caseId: c.caseId, by: stranger })).toEqual(c);
  });

  it('from the person themself is refused even when they are an admin', async () => {
    withAdmins(idle);
    const c = await world.caseOf(idle);
    expect(await click(c, idle)).toEqual({ kind: 'notYours' });
    await tamper(c, { state: 'adminReview', why: 'test', askedOf: idle });
    expect(await click(await world.caseOf(idle), idle)).toEqual({ kind: 'notYours' });
  });

  it('about no case is told so', async () => {
    const caseId = 'no-such-case' as CaseId;
    expect(await world.desk.answer({ caseId, version: 1, by: robin, answer: RECLAIM })).toEqual({
      kind: 'noSuchCase',
    });
    expect(await world.desk.undo({ caseId, by: robin })).toEqual({ kind: 'noSuchCase' });
    expect(await world.desk.show({ caseId, by: robin })).toBe('noSuchCase');
  });

  it('to an older card changes nothing and shows how the case stands', async () => {
    const c = await world.caseOf(idle);
    const older = { ...c, version: c.version - 1 };
    expect(await click(older, robin)).toEqual({ kind: 'movedOn', case: c });
    expect(await click({ ...c, version: c.version + 1 }, robin)).toEqual({ kind: 'movedOn', case: c });
  });

  it('that is incomplete changes nothing and says what is missing', async () => {
    const c = await world.caseOf(idle);
    expect(await click(c, robin, { ...KEEP, reason: '' } as CardAnswer)).toEqual({
      kind: 'incomplete',
      case: c,
      problems: ['Say why the licenses are still needed.'],
      choices: [],
    });
    expect(await world.caseOf(idle)).toEqual(c);
  });

  it('of two different answers at the same moment only one counts', async () => {
    const c = await world.caseOf(idle);
    const outcomes = await Promise.all([
      click(c, robin, RECLAIM),
      click(c, robin, KEEP),
      click(c, robin, RECLAIM),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'movedOn', 'movedOn']);
    expect((await world.caseOf(idle)).version).toBe(c.version + 1);
  });

  it('that comes when the case has ended shows its end to whoever was asked', async () => {
    const c = await world.caseOf(idle);
    withAdmins();
    await click(c, robin);
    await world.desk.undo({ caseId: c.caseId, by: robin });
    expect(await click(c, robin)).toMatchObject({ kind: 'movedOn', case: { state: 'cancelled' } });
    expect(await world.desk.undo({ caseId: c.caseId, by: robin })).toMatchObject({ kind: 'nothingToUndo' });
    expect(await world.desk.show({ caseId: c.caseId, by: robin })).toMatchObject({ state: 'cancelled' });
    expect(await world.desk.show({ caseId: c.caseId, by: stranger })).toBe('notYours');
  });

  it('that overtakes the record of its own question is no stranger’s', async () => {
    withAdmins();
    const c = await world.caseOf(idle);
    const asking = { kind: 'ask', person: { id: robin, displayName: 'Robin Hale' } };
    const opened = await tamper(c, { state: 'opened', asking, askedOf: undefined });
    expect(await click(opened, robin)).toMatchObject({ kind: 'movedOn', case: { state: 'opened' } });
    expect(await click(opened, stranger)).toEqual({ kind: 'notYours' });
  });
});

describe('a case that the admins have', () => {
  let review: Case;

  beforeEach(async () => {
    review = await world.silence(idle);
  });

  it('is decided by an admin', async () => {
    withAdmins(stranger);
    expect(await click(review, stranger)).toMatchObject({ kind: 'accepted', case: { state: 'decided' } });
  });

  it('is decided by an admin who is the manager, too', async () => {
    expect(await click(review, robin)).toMatchObject({ kind: 'accepted', case: { state: 'decided' } });
  });

  it('is shown to the manager who did not answer, and not decided by them', async () => {
    withAdmins(stranger);
    expect(await click(review, robin)).toEqual({ kind: 'movedOn', case: review });
    expect(await world.caseOf(idle)).toEqual(review);
  });

  it('is kept from everybody else', async () => {
    withAdmins();
    expect(await click(review, stranger)).toEqual({ kind: 'notYours' });
  });
});

describe('a case for HR', () => {
  test.each<[string, object]>([
    ['in hrReview', { state: 'hrReview', askedOf: undefined }],
    ['of an executive', { protections: ['executive'] }],
    ['of somebody on leave', { protections: ['onLeave'] }],
  ])('%s is there for HR alone, not for the manager, and not for admins', async (_name, change) => {
    const c = await tamper(await world.caseOf(idle), change);
    const rolesOf: StewardWorld['doors']['rolesOf'] = async (userId) =>
      userId === hr ? ['hr'] : userId === stranger ? ['admin'] : [];
    world = { ...world, desk: openDesk({ ...world.doors, rolesOf }) };
    for (const by of [robin, stranger, idle]) {
      expect(await world.desk.show({ caseId: c.caseId, by })).toBe('noSuchCase');
      expect(await click(c, by)).toEqual({ kind: 'noSuchCase' });
      expect(await world.desk.undo({ caseId: c.caseId, by })).toEqual({ kind: 'noSuchCase' });
    }
    const { seq, head: _head, ...rest } = c;
    expect(await world.desk.show({ caseId: c.caseId, by: hr })).toMatchObject({ ...rest, seq: seq + 1 });
  });
});

describe('undo', () => {
  it('is given once, however often it is clicked', async () => {
    const c = await world.caseOf(idle);
    await click(c, robin);
    await world.work(30_000);
    expect((await world.caseOf(idle)).state).toBe('holding');
    const undo = (): Promise<{ readonly kind: string }> => world.desk.undo({ caseId: c.caseId, by: robin });
    const outcomes = await Promise.all([undo(), undo(), undo()]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual([
      'accepted',
      'nothingToUndo',
      'nothingToUndo',
    ]);
  });

  it('may be asked for by an admin, but not by a stranger', async () => {
    const c = await world.caseOf(idle);
    await click(c, robin);
    withAdmins(hr);
    expect(await world.desk.undo({ caseId: c.caseId, by: stranger })).toEqual({ kind: 'notYours' });
    expect(await world.desk.undo({ caseId: c.caseId, by: hr })).toMatchObject({ kind: 'accepted' });
  });

  it('finds nothing before an answer', async () => {
    const c = await world.caseOf(idle);
    expect(await world.desk.undo({ caseId: c.caseId, by: robin })).toEqual({
      kind: 'nothingToUndo',
      case: c,
    });
  });
});

describe('the questions that wait', () => {
  it('are the person’s own, oldest first', async () => {
    const waiting = await world.desk.waitingFor(robin);
    expect(waiting).toHaveLength(4);
    const asked = waiting.map((c) => (c.state === 'asked' ? c.askedAt : ''));
    expect(asked).toEqual(asked.toSorted());
    expect(await world.desk.waitingFor(stranger)).toEqual([]);
  });

  it('are sent again into an emptied chat on one card, and the older ones do nothing any more', async () => {
    const before = await world.caseOf(idle);
    const sent = world.teams.sent.length;
    expect(await world.desk.sendAgain(robin)).toBe(4);
    expect(world.teams.sent.slice(sent).map(({ to }) => to)).toEqual([robin]);
    expect(await click(before, robin)).toMatchObject({ kind: 'movedOn' });
    const after = await world.caseOf(idle);
    expect(after).toMatchObject({ state: 'asked', answerDue: (before as { answerDue?: string }).answerDue });
    expect(await click(after, robin)).toMatchObject({ kind: 'accepted' });
  });

  it('stay as they are when Teams does not take them', async () => {
    world.teams.refuse = () => ({ kind: 'failed', again: 'later', code: 'Throttled', status: 429 });
    const before = await world.caseOf(idle);
    expect(await world.desk.sendAgain(robin)).toBe(0);
    expect(await world.caseOf(idle)).toEqual(before);
  });
});
