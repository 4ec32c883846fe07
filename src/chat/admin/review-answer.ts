import type { CaseView } from '../../cards/case-view.js';
import { planCard, planHeadline } from '../../cards/plan-card.js';
import { releaseAllCard, reviewCard, reviewHeadline, type ReviewPage } from '../../cards/review-cards.js';
import type {
  ApproveOutcome,
  InReview,
  NotAllowed,
  PlanSeen,
  ReviewOutcome,
} from '../../cases/admin/admin-desk.js';
import type { SeenCase } from '../../cases/campaign/run-review.js';
import type { Shown } from '../answer.js';
import { say } from '../say.js';
import { refused } from './answer.js';

/** Decisions in review, for an admin. */
export function reviewAnswer(outcome: InReview | NotAllowed, page: ReviewPage, view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused();
  const { cases } = outcome;
  if (cases.length === 0 && (page.says ?? []).length === 0)
    return say(
      outcome.who === undefined
        ? 'No decision waits for a review.'
        : 'No decision of that name is in review.',
    );
  return { kind: 'card', card: reviewCard(outcome, page, view), summary: reviewHeadline(cases.length) };
}

/** Before all of a page is released: those of it that are still as they were seen, printed. */
export function releaseAsk(outcome: InReview | NotAllowed, seen: readonly SeenCase[], view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused();
  const versions = new Map(seen.map(({ caseId, version }) => [caseId, version]));
  const cases = outcome.cases.filter(({ caseId, version }) => versions.get(caseId) === version);
  if (cases.length === 0) return say(`${MOVED_ON} Write **review** to see what waits now.`);
  return {
    kind: 'card',
    card: releaseAllCard(cases, view),
    summary: 'Release these decisions?',
  };
}

const MOVED_ON = 'Nothing was changed: all of these have moved on since.';

/** What became of a review, a line each. */
export function reviewedLines(outcome: ReviewOutcome): readonly string[] {
  switch (outcome.kind) {
    case 'notAllowed':
      return [];
    case 'reasonLength':
      return [`Nothing was changed: say why you veto, in at most ${outcome.most} characters.`];
    case 'reviewed': {
      const { released, vetoed, left } = outcome;
      const lines = [
        ...(released > 0 ? [`**Released: ${released}.** The steps begin at their dates.`] : []),
        ...(vetoed > 0 ? [`**Vetoed: ${vetoed}.** Nothing will be done there.`] : []),
        ...left.map(({ why }) => `Left as it is: ${why}.`),
      ];
      return lines.length === 0 ? ['Nothing was sent: choose for at least one person.'] : lines;
    }
    default:
      return outcome satisfies never;
  }
}

/** The plan of the newest audit, with the button that approves it. */
export function planAnswer(outcome: PlanSeen | NotAllowed, view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused();
  const { plan, finishedAt, isObserving } = outcome;
  if (isObserving) return say('The policy observes only: nobody is asked, and there is nothing to approve.');
  if (plan === undefined || finishedAt === undefined)
    return say('There is no finished audit yet whose plan could be approved. Write **run audit**.');
  return { kind: 'card', card: planCard(plan, finishedAt, view), summary: planHeadline(plan) };
}

export function approveAnswer(outcome: ApproveOutcome): Shown {
  if (outcome.kind === 'notAllowed') return refused();
  return say('Your approval is being carried out. What comes of it is told here in a moment.');
}
