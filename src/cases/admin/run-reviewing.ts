import type { UserId } from '../../audit/person.js';
import { LONGEST_REASON } from '../answering/answer-rules.js';
import { nameOf, readCase } from '../answering/run-rights.js';
import { review, type NotReviewed, type ReviewVerdict, type SeenCase } from '../campaign/run-review.js';
import { whoElse } from '../campaign/run-approving.js';
import { readPlan } from '../campaign/run-plan.js';
import { instant, type CaseIn } from '../case.js';
import { newCommand } from '../command.js';
import type { Doors } from '../doors.js';
import { findCase } from '../find-case.js';
import { isSealed } from '../hr/sealed.js';
import { addCommand } from '../run-add-command.js';
import { everyCaseIn } from '../run-all-cases.js';
import type {
  ApproveOutcome,
  InReview,
  NotAllowed,
  PlanSeen,
  ReviewOutcome,
  ReviewRequest,
} from './admin-desk.js';
import { joinAudience } from './run-audience.js';
import { recordDeed } from './run-deeds.js';
import { asAdmin, nameOrId } from './run-rights.js';

/** Decisions whose review time runs, those that begin first in front; nobody is shown one about themself. */
export function inReviewFor(doors: Doors, by: UserId, who?: string): Promise<InReview | NotAllowed> {
  return asAdmin(doors, by, async (): Promise<InReview> => {
    const cases: CaseIn<'decided'>[] = [];
    for await (const { doc } of everyCaseIn(doors, 'decided'))
      if (!isSealed(doc) && doc.userId !== by) cases.push(doc);
    const sorted = cases.sort((a, b) => (a.actsFrom < b.actsFrom ? -1 : 1));
    return { kind: 'inReview', cases: who === undefined ? sorted : meantBy(sorted, who), who };
  });
}

/** Everybody whom a name fits: which of them is meant is for the reader to see. */
function meantBy(cases: readonly CaseIn<'decided'>[], who: string): readonly CaseIn<'decided'>[] {
  const match = findCase(cases, who);
  const ids = new Set(
    match.kind === 'one'
      ? [match.case.caseId]
      : match.kind === 'several'
        ? match.cases.map(({ caseId }) => caseId)
        : [],
  );
  return cases.filter(({ caseId }) => ids.has(caseId));
}

/**
 * Releases and vetoes decisions as somebody saw them; whatever has changed since is left as it is, and said. Each is in the
 * history of its case.
 */
export function reviewFor(doors: Doors, request: ReviewRequest): Promise<ReviewOutcome> {
  return asAdmin(doors, request.by, async (): Promise<ReviewOutcome> => {
    const { by, release, veto } = request;
    const reason = request.reason.trim();
    if (veto.length > 0 && (reason === '' || reason.length > LONGEST_REASON))
      return { kind: 'reasonLength', most: LONGEST_REASON };
    const person = await nameOf(doors, by);
    const left: NotReviewed[] = [];
    const decide = async (seen: readonly SeenCase[], verdict: ReviewVerdict): Promise<number> => {
      const theirs = await notTheirOwn(doors, seen, by);
      const others = theirs.length === 0 ? [] : await review(doors, theirs, verdict, { by: person });
      left.push(...seen.filter((each) => !theirs.includes(each)).map(({ caseId }) => ({ caseId, why: OWN })));
      left.push(...others);
      return theirs.length - others.length;
    };
    const released = await decide(release, { is: 'release' });
    const vetoed = await decide(veto, { is: 'veto', reason });
    return { kind: 'reviewed', released, vetoed, left };
  });
}

/** The words for a case that there is not, so that nobody learns of one about themself. */
const OWN = 'there is no such case';

async function notTheirOwn(
  doors: Doors,
  seen: readonly SeenCase[],
  by: UserId,
): Promise<readonly SeenCase[]> {
  const theirs: SeenCase[] = [];
  for (const each of seen) {
    const stored = await readCase(doors, each.caseId);
    if (stored?.doc.userId !== by) theirs.push(each);
  }
  return theirs;
}

/** What opening the cases of the newest audit would do, for whoever may approve it. @throws GraphFailure */
export function planFor(doors: Doors, by: UserId): Promise<PlanSeen | NotAllowed> {
  return asAdmin(doors, by, async (): Promise<PlanSeen> => {
    const found = await readPlan(doors);
    return {
      kind: 'plan',
      isObserving: doors.policy.mode === 'observe',
      plan: found?.plan,
      whoElse: found && (await whoElse(doors, found, by)),
      finishedAt: found?.run.finishedAt,
    };
  });
}

/** Orders the approval of exactly the plan that was seen; who may approve which run is decided where it is carried out. */
export function approveFor(
  doors: Doors,
  { by, planId }: { readonly by: UserId; readonly planId: string },
): Promise<ApproveOutcome> {
  return asAdmin(doors, by, async (): Promise<ApproveOutcome> => {
    const now = instant(doors.clock.now());
    const commandId = `approve-${doors.random.id()}`;
    await joinAudience(doors.store, commandId, by, now);
    await recordDeed(doors, { type: 'approved', planId }, await nameOrId(doors, by));
    await addCommand(doors, newCommand(commandId, { order: 'approve', planId }, by, now, now));
    return { kind: 'approving' };
  });
}
