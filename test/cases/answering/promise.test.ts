import { afterEach, describe, expect, it, test } from '@jest/globals';
import { readAnswerClick } from '../../../src/bot/click-data.js';
import { caseCard } from '../../../src/cards/case-card.js';
import { digestCard } from '../../../src/cards/digest-card.js';
import { changedSince, promiseOf } from '../../../src/cases/answering/promise.js';
import type { AnswerOutcome, CardAnswer } from '../../../src/cases/answering/desk.js';
import { instant } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import type { Policy } from '../../../src/config/policy.js';
import { adasCase, type AdasCase } from '../../world/adas-case.js';
import { anHrWorld, HANNA, HUGO } from '../../world/hr-world.js';
import { userId } from '../../world/people.js';
import { actingPolicy } from '../../world/steward-world.js';

const GRACE = userId('Grace');
const ANEW = /^The rules have changed since this card was shown, and nothing was done/;
const RECLAIM = { kind: 'reclaim', reason: '' } as const;
const KEEP = { kind: 'keep', reason: 'Back soon', until: '2027-01-15' } as const;

/** The policy as it is after somebody has changed its hold. */
function heldFor(policy: Policy, days: number): Policy {
  return { ...policy, timetable: { ...policy.timetable, hold: days * DAY_MS } };
}

describe('what has changed since a card was drawn', () => {
  const policy = actingPolicy();
  const { timetable, reclaim } = policy;
  const left = { scenario: 'leftCompany', licenses: [] } as const;
  const idle = { scenario: 'inactive', licenses: [] } as const;

  test.each<[string, Policy, readonly string[]]>([
    ['nothing', policy, []],
    ['the hold', heldFor(policy, 7), ['Changed: for how long it can be undone.']],
    [
      'the date of a step',
      { ...policy, timetable: { ...timetable, removeLicenses: timetable.removeLicenses + DAY_MS } },
      ['Changed: when it is done.'],
    ],
    [
      'the steps',
      { ...policy, reclaim: { ...reclaim, steps: { ...reclaim.steps, inactive: ['removeLicenses'] } } },
      ['Changed: which steps are taken.', 'Changed: when it is done.'],
    ],
    [
      'what becomes of the mail',
      { ...policy, reclaim: { ...reclaim, mailbox: reclaim.mailbox === 'waive' ? 'convert' : 'waive' } },
      ['Changed: what becomes of mail and files.'],
    ],
    [
      'when accounts of leavers are deleted',
      { ...policy, timetable: { ...timetable, delete: 90 * DAY_MS } },
      [],
    ],
  ])('is said: %s', (_what, now, changed) => {
    const [first, ...others] = changedSince(idle, promiseOf(idle, policy), now);
    expect(others).toEqual(changed);
    if (changed.length > 0) expect(first).toMatch(ANEW);
    else expect(first).toBeUndefined();
  });

  it('is the deletion for whoever has left', () => {
    const now = { ...policy, timetable: { ...timetable, delete: 90 * DAY_MS } };
    expect(changedSince(left, promiseOf(left, policy), now)).toContain(
      'Changed: whether and when the account is deleted.',
    );
  });

  it('is nothing where the card says nothing of it', () => {
    expect(changedSince(idle, undefined, heldFor(policy, 7))).toEqual([]);
  });
});

describe('an answer on a card that was drawn under another policy', () => {
  let world: AdasCase;
  afterEach(() => world.close());

  /** By which rules the card says that it was drawn, in everything that its buttons send. */
  async function promised(): Promise<string> {
    const c = await world.now();
    const { policy, timeZone, clock } = world.doors;
    const view = { policy, now: instant(clock.now()), timeZone, locale: 'en' } as const;
    const alone = JSON.stringify(caseCard(c, view));
    const digest = { digestId: 'd', entries: [{ case: c, as: 'question' as const }] };
    const found = [alone, JSON.stringify(digestCard(digest, view))].flatMap((card) => [
      ...card.matchAll(/"promise":"([^"]*)"/g),
    ]);
    const [promise, ...others] = new Set(found.map((match) => match[1]));
    expect(others).toEqual([]);
    return promise ?? '';
  }

  async function answer(promise: string, given: CardAnswer): Promise<AnswerOutcome> {
    const { caseId, version } = await world.now();
    const outcome = await world.desk.answer({ caseId, version, promise, by: GRACE, answer: given });
    await world.work(1_000);
    return outcome;
  }

  it('that takes licenses is not taken, and says what has changed; on the new card it is', async () => {
    world = await adasCase();
    const before = await promised();
    Object.assign(world.doors, { policy: heldFor(world.doors.policy, 7) });
    for (const given of [RECLAIM, { kind: 'reassign', reason: '', receiver: 'Eve' } as const])
      expect(await answer(before, given)).toMatchObject({
        kind: 'incomplete',
        problems: [expect.stringMatching(ANEW), 'Changed: for how long it can be undone.'],
      });
    expect((await world.now()).state).toBe('asked');
    expect((await answer(await promised(), RECLAIM)).kind).toBe('accepted');
    expect((await world.now()).state).not.toBe('asked');
  });

  it('that keeps them is, for it does what the card said', async () => {
    world = await adasCase();
    const before = await promised();
    Object.assign(world.doors, { policy: heldFor(world.doors.policy, 7) });
    expect((await answer(before, KEEP)).kind).toBe('accepted');
  });

  it('comes with what the card says, and a card of an earlier version with nothing', () => {
    const data = { caseId: 'case-1', version: 2, answer: 'reclaim' };
    expect(readAnswerClick({ ...data, promise: 'cr|1' })).toMatchObject({ promise: 'cr|1' });
    expect(readAnswerClick(data)).not.toHaveProperty('promise');
    expect(readAnswerClick({ ...data, promise: 'x'.repeat(201) })).toBeUndefined();
  });
});

describe('an answer of HR on a card that was drawn under another policy', () => {
  it('is not taken either, of the first as of the second', async () => {
    const world = await anHrWorld();
    const { policy: rules } = world.doors;
    const before = promiseOf(await world.chiara(), rules);
    const put = async (by: typeof HANNA, promise: string, given: CardAnswer): Promise<string> => {
      const { caseId, version } = await world.chiara();
      return (await world.desk.answer({ caseId, version, promise, by, answer: given })).kind;
    };
    Object.assign(world.doors, { policy: heldFor(rules, 7) });
    expect(await put(HANNA, before, RECLAIM)).toBe('incomplete');
    expect(await put(HANNA, promiseOf(await world.chiara(), world.doors.policy), RECLAIM)).toBe('accepted');
    Object.assign(world.doors, { policy: rules });
    expect(await put(HUGO, promiseOf(await world.chiara(), heldFor(rules, 7)), { kind: 'approve' })).toBe(
      'incomplete',
    );
    expect((await world.chiara()).state).toBe('hrProposed');
    expect(await put(HUGO, before, { kind: 'approve' })).toBe('accepted');
    await world.close();
  });
});
