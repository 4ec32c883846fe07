import type { Case, StateName } from '../cases/case.js';

const NEED: Readonly<Record<StateName, number>> = {
  needsPerson: 0,
  adminReview: 1,
  hrReview: 1,
  hrProposed: 1,
  asked: 2,
  escalated: 2,
  opened: 2,
  decided: 3,
  scheduled: 3,
  acting: 3,
  undoing: 3,
  holding: 3,
  kept: 3,
  closed: 4,
  cancelled: 4,
  undone: 4,
};

/**
 * Cases in the order in which somebody is needed: tasks for a person, those that admins decide, questions, what runs by
 * itself, and what is over; within each by the day of the row that counts there, then by name. Pure.
 */
export function byNeed(cases: readonly Case[]): readonly Case[] {
  return cases.toSorted(
    (a, b) =>
      NEED[a.state] - NEED[b.state] ||
      dayThatCounts(a).localeCompare(dayThatCounts(b)) ||
      a.subject.displayName.localeCompare(b.subject.displayName, 'en') ||
      a.caseId.localeCompare(b.caseId),
  );
}

/** ISO day, UTC: when an answer is due, when something happens next, or when it ended; the oldest need before newer ones. */
function dayThatCounts(c: Case): string {
  switch (c.state) {
    case 'asked':
      return c.answerDue.slice(0, 10);
    case 'closed':
    case 'cancelled':
    case 'undone':
      return c.closedAt.slice(0, 10);
    case 'needsPerson':
    case 'adminReview':
    case 'hrReview':
    case 'hrProposed':
      return c.openedAt.slice(0, 10);
    default:
      return (c.dueAt ?? c.openedAt).slice(0, 10);
  }
}
