import type { UserId } from '../../audit/person.js';
import type { Policy } from '../../config/policy.js';
import type { PlannedQuestion } from './campaign-plan.js';
import { isCovered } from './cover.js';
import type { Approval } from './run-approval.js';
import { missingApproval, type Bulk, type Missing } from './second-person.js';

export interface ToApprove {
  readonly questions: readonly PlannedQuestion[];
  /** About whom the same run has asked already. */
  readonly begun: readonly UserId[];
  /** Of people who may approve at this moment. */
  readonly approvals: readonly Approval[];
  /** See asked-by.ts. */
  readonly asker: string;
  /** true: cases are opened for the first time (safety rule 1). */
  readonly isFirstRun: boolean;
}

/** What waits for an approval, and for whose. */
export interface Waiting {
  readonly people: number;
  readonly missing: Missing;
  /** true: somebody has approved, and some of these people were not so in what they saw. */
  readonly isOtherPlan: boolean;
}

export interface ApprovedPart {
  readonly ready: ReadonlySet<UserId>;
  /** undefined: nothing waits. */
  readonly waiting: Waiting | undefined;
  /** Approvals by people whom the plan is about. */
  readonly ofThoseInIt: number;
}

/**
 * Which questions may be asked: those that enough people have approved as they are now. An approval holds for what was in
 * the plan that was seen, and for nothing else; nobody whom the plan is about approves anything of it. Pure.
 */
export function approvedPart(to: ToApprove, policy: Pick<Policy, 'approvals'>): ApprovedPart {
  const { questions, isFirstRun } = to;
  const about = peopleIn(to);
  const approvals = to.approvals.filter(({ by }) => !about.has(by.toLowerCase()));
  const bulk = bulkOf(to);
  const missingFor = (approvers: readonly string[]): Missing | undefined =>
    missingApproval({ ...bulk, approvers }, policy.approvals) ??
    (isFirstRun && approvers.length === 0 ? 'anybody' : undefined);
  const ready = new Set<UserId>();
  let isOtherPlan = false;
  for (const question of questions) {
    const approvers = approvals.filter(({ covers }) => isCovered(question, covers)).map(({ by }) => by);
    if (missingFor(approvers) === undefined) ready.add(question.userId);
    else if (approvers.length === 0 && approvals.length > 0) isOtherPlan = true;
  }
  const people = questions.length - ready.size;
  // HR's lane, of which a plan tells nothing, opens with a run that is approved; so one without questions has to be as well.
  const waits = people > 0 || (questions.length === 0 && isFirstRun && approvals.length === 0);
  const missing = waits ? missingFor([]) : undefined;
  return {
    ready,
    waiting: missing && { people, missing, isOtherPlan },
    ofThoseInIt: to.approvals.length - approvals.length,
  };
}

/** Whose approval a run needs that nobody has approved yet; `anybody` also where it needs none. Pure. */
export function missingAtFirst(
  run: Pick<ToApprove, 'questions' | 'begun' | 'asker'>,
  policy: Pick<Policy, 'approvals'>,
): Missing {
  return missingApproval({ ...bulkOf(run), approvers: [] }, policy.approvals) ?? 'anybody';
}

function bulkOf(run: Pick<ToApprove, 'questions' | 'begun' | 'asker'>): Omit<Bulk, 'approvers'> {
  const { questions, begun, asker } = run;
  return { cases: begun.length + questions.length, asker, isAboutAsker: isAbout(run, asker) };
}

/** Whom a run asks about, or has asked about already. Ids in small letters. */
function peopleIn({ questions, begun }: Pick<ToApprove, 'questions' | 'begun'>): ReadonlySet<string> {
  return new Set([...questions.map(({ userId }) => userId), ...begun].map((id) => id.toLowerCase()));
}

/** true: the run is about somebody, who therefore approves nothing of it. Pure. */
export function isAbout(run: Pick<ToApprove, 'questions' | 'begun'>, by: string): boolean {
  return peopleIn(run).has(by.toLowerCase());
}
