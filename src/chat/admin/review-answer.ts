import { approvalBegunCard } from '../../cards/audit-cards.js';
import type { CaseView } from '../../cards/case-view.js';
import { messageText } from '../../cards/escape.js';
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
import type { Language } from '../../i18n/locale.js';
import { sentencesIn } from '../../i18n/sentences.js';
import { text, type ReadyText } from '../../i18n/text.js';
import type { Shown } from '../answer.js';
import { say } from '../say.js';
import { refused } from './answer.js';

/** Decisions in review, for an admin. */
export function reviewAnswer(outcome: InReview | NotAllowed, page: ReviewPage, view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused(view);
  const { cases, who } = outcome;
  if (cases.length === 0 && (page.says ?? []).length === 0)
    return say(text(view, who === undefined ? 'admin.review.none' : 'admin.review.noneCalled'));
  return {
    kind: 'card',
    card: reviewCard(outcome, page, view),
    summary: reviewHeadline(cases.length, view),
  };
}

/** Before all of a page is released: those of it that are still as they were seen, printed. */
export function releaseAsk(outcome: InReview | NotAllowed, seen: readonly SeenCase[], view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused(view);
  const versions = new Map(seen.map(({ caseId, version }) => [caseId, version]));
  const cases = outcome.cases.filter(({ caseId, version }) => versions.get(caseId) === version);
  if (cases.length === 0) return say(text(view, 'admin.review.movedOn'));
  const summary = text(view, 'admin.review.ask', { count: cases.length });
  return { kind: 'card', card: releaseAllCard(cases, view), summary };
}

/** What became of a review, a line each. */
export function reviewedLines(outcome: ReviewOutcome, reader: Language): readonly ReadyText[] {
  switch (outcome.kind) {
    case 'notAllowed':
      return [];
    case 'reasonLength':
      return [text(reader, 'admin.review.reasonLength', { most: outcome.most })];
    case 'reviewed': {
      const { released, vetoed, left } = outcome;
      const lines = [
        ...(released > 0 ? [text(reader, 'admin.review.released', { count: released })] : []),
        ...(vetoed > 0 ? [text(reader, 'admin.review.vetoed', { count: vetoed })] : []),
        ...left.map((each) => {
          const why = messageText(sentencesIn(reader, each.why));
          return each.name === undefined
            ? text(reader, 'admin.review.left', { why })
            : text(reader, 'admin.review.leftOf', { name: messageText(each.name), why });
        }),
      ];
      return lines.length === 0 ? [text(reader, 'admin.review.nothing')] : lines;
    }
    default:
      return outcome satisfies never;
  }
}

/** The plan of the newest audit, with the button that approves it. */
export function planAnswer(outcome: PlanSeen | NotAllowed, view: CaseView): Shown {
  if (outcome.kind === 'notAllowed') return refused(view);
  const { plan, finishedAt, isObserving, whoElse } = outcome;
  if (isObserving) return say(text(view, 'admin.plan.observing'));
  if (plan === undefined || finishedAt === undefined) return say(text(view, 'admin.plan.noAudit'));
  return {
    kind: 'card',
    card: planCard({ plan, finishedAt, whoElse }, view),
    summary: planHeadline(plan, view),
  };
}

export function approveAnswer(outcome: ApproveOutcome, reader: Language): Shown {
  if (outcome.kind === 'notAllowed') return refused(reader);
  return { kind: 'card', card: approvalBegunCard(reader), summary: text(reader, 'admin.approval.sent') };
}
