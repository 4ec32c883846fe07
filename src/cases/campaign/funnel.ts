import type { Case } from '../case.js';
import { letBeIn } from '../answering/waiver.js';
import { isSealed } from '../hr/sealed.js';
import { isUntouched } from '../step-progress.js';

/** What was answered, as everybody may know it: who is on leave is kept (safety rule 3). */
export type Answered = 'keep' | 'reclaim' | 'reassign';

/**
 * How far the campaign has come, in cases. `opened` to `done` each hold the next one; the rest is where cases stand now.
 * HR's cases are in none of it, nor are licenses that an admin gave.
 */
export interface Funnel {
  readonly opened: number;
  /** Somebody was asked, or is about to be. */
  readonly asked: number;
  /** The question has reached somebody. */
  readonly delivered: number;
  readonly answered: number;
  readonly answers: Readonly<Record<Answered, number>>;
  /** Answered, and ended since in a way that no longer tells what the answer was. */
  readonly answerGone: number;
  /** Reclaim or reassign, and the review is over. */
  readonly approved: number;
  /** Every step is done and checked, and not undone. */
  readonly done: number;
  /** The same of some steps, and an admin has left the others as they are; none of these is in `done`. */
  readonly partlyDone: number;
  readonly now: Readonly<Record<Standing, number>>;
}

/** Where a case stands. */
export type Standing =
  /** Nobody has the question yet. */
  | 'toAsk'
  | 'waitsForAnswer'
  | 'waitsForAdmin'
  | 'kept'
  | 'inReview'
  /** Every step has a date, and none was begun. */
  | 'scheduled'
  /** Steps were begun and are not all done. */
  | 'underWay'
  | 'needsPerson'
  /** Done, and can still be undone. */
  | 'undoWindow'
  | 'undoing'
  | 'closed'
  | 'undone'
  /** Ended with nothing done. */
  | 'cancelled';

/** Counts cases one by one, so that nobody holds all of them. */
export interface FunnelCounter {
  add(c: Case): void;
  done(): Funnel;
}

export function funnelCounter(): FunnelCounter {
  const counts = {
    opened: 0,
    asked: 0,
    delivered: 0,
    answered: 0,
    answerGone: 0,
    approved: 0,
    done: 0,
    partlyDone: 0,
  };
  const answers: Record<Answered, number> = { keep: 0, reclaim: 0, reassign: 0 };
  const now: Record<Standing, number> = { ...NOWHERE };
  return {
    add(c) {
      if (isSealed(c) || c.scenario === 'given' || c.erasedAt !== undefined) return;
      counts.opened += 1;
      now[standingOf(c)] += 1;
      const answer = answerOf(c);
      const isAnswered = answer !== undefined;
      const isDelivered = isAnswered || c.state === 'asked' || c.message !== undefined;
      if (isDelivered || wasAsked(c)) counts.asked += 1;
      if (isDelivered) counts.delivered += 1;
      if (isAnswered) counts.answered += 1;
      if (answer === 'gone') counts.answerGone += 1;
      else if (isAnswered) answers[answer] += 1;
      if (isApproved(c)) counts.approved += 1;
      if (isCarriedOut(c)) counts[isInPart(c) ? 'partlyDone' : 'done'] += 1;
    },
    done: () => ({ ...counts, answers: { ...answers }, now: { ...now } }),
  };
}

const NOWHERE: Readonly<Record<Standing, number>> = {
  toAsk: 0,
  waitsForAnswer: 0,
  waitsForAdmin: 0,
  kept: 0,
  inReview: 0,
  scheduled: 0,
  underWay: 0,
  needsPerson: 0,
  undoWindow: 0,
  undoing: 0,
  closed: 0,
  undone: 0,
  cancelled: 0,
};

/** Pure. */
export function standingOf(c: Case): Standing {
  switch (c.state) {
    case 'opened':
    case 'escalated':
      return 'toAsk';
    case 'asked':
      return 'waitsForAnswer';
    case 'adminReview':
    case 'hrReview':
    case 'hrProposed':
      return 'waitsForAdmin';
    case 'kept':
      return 'kept';
    case 'decided':
      return 'inReview';
    case 'scheduled':
      return isUntouched(c.steps) ? 'scheduled' : 'underWay';
    case 'acting':
      return 'underWay';
    case 'needsPerson':
      return 'needsPerson';
    case 'holding':
      return 'undoWindow';
    case 'undoing':
      return 'undoing';
    case 'closed':
    case 'undone':
    case 'cancelled':
      return c.state;
    default:
      return c satisfies never;
  }
}

/** undefined: nobody has answered. */
function answerOf(c: Case): Answered | 'gone' | undefined {
  switch (c.state) {
    case 'kept':
      return 'keep';
    case 'decided':
    case 'scheduled':
    case 'acting':
    case 'holding':
    case 'undoing':
    case 'needsPerson':
      return c.decision.kind === 'reassign' ? 'reassign' : 'reclaim';
    case 'closed':
      return c.outcome === 'keptUntilPassed' ? 'keep' : c.outcome === 'reassigned' ? 'reassign' : 'reclaim';
    case 'undone':
      return 'gone';
    case 'cancelled':
      return c.cause === 'vetoed' || c.cause === 'takenBack' ? 'gone' : undefined;
    case 'opened':
    case 'asked':
    case 'escalated':
    case 'adminReview':
    case 'hrReview':
    case 'hrProposed':
      return undefined;
    default:
      return c satisfies never;
  }
}

function wasAsked(c: Case): boolean {
  return (
    (c.hops ?? []).some(({ asAdmin }) => asAdmin !== true) || ('askedOf' in c && c.askedOf !== undefined)
  );
}

const APPROVED: ReadonlySet<Standing> = new Set([
  ...(['scheduled', 'underWay', 'needsPerson', 'undoWindow', 'undoing', 'undone'] as const),
]);

function isApproved(c: Case): boolean {
  return APPROVED.has(standingOf(c)) || isCarriedOut(c);
}

/** Everything that was to be done, or as much of it as was not let be. */
function isCarriedOut(c: Case): boolean {
  return c.state === 'holding' || (c.state === 'closed' && c.outcome !== 'keptUntilPassed');
}

function isInPart(c: Case): boolean {
  return letBeIn(c).some(({ waived }) => waived.of !== 'undo');
}
