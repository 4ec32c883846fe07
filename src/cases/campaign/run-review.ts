import { followPolicy } from '../../actions/run-replan.js';
import { readHistory } from '../../store/case-history.js';
import type { Stored } from '../../store/store.js';
import { ChangedMeanwhile } from '../../store/store.js';
import type { Case, CaseId, Instant, PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import type { CaseEvent } from '../events.js';
import { takenIn } from '../life.js';
import { meaningOf } from '../state-meanings.js';
import { move } from '../run-move.js';
import { isSealed } from '../hr/sealed.js';
import { isUntouched } from '../step-progress.js';

/** A case as somebody saw it when they decided about it. */
export interface SeenCase {
  readonly caseId: CaseId;
  readonly version: number;
}

export type ReviewVerdict =
  | { readonly is: 'release' }
  /** `reason`: a sentence for whoever decided; it stays out of the open part of the history. */
  | { readonly is: 'veto'; readonly reason: string };

/** A case in which nothing was changed, and why. */
export interface NotReviewed {
  readonly caseId: CaseId;
  /** Of the person whom it is about; undefined: nobody may learn of it, or there is none. */
  readonly name?: string;
  readonly why: string;
}

/**
 * Releases or vetoes decisions that wait for their review time to end. Only cases that are still as they were seen:
 * anything that happened to one meanwhile has to be looked at first. Safe to repeat.
 * @returns those that were left as they are
 */
export async function review(
  doors: Doors,
  seen: readonly SeenCase[],
  verdict: ReviewVerdict,
  { by, brokenOff }: Reviewer,
): Promise<readonly NotReviewed[]> {
  const left: NotReviewed[] = [];
  for (const { caseId, version } of seen) {
    const why = await reviewOne(doors, { caseId, version }, verdict, by);
    if (why === undefined) continue;
    if (brokenOff !== undefined && (await wasReviewed(doors, caseId, verdict, brokenOff))) continue;
    left.push({ caseId, ...why });
  }
  return left;
}

export interface Reviewer {
  readonly by: PersonRef;
  /** When it was ordered, where an earlier try was broken off: what was done since then was done by that one. */
  readonly brokenOff?: Instant | undefined;
}

async function wasReviewed(
  { store }: Pick<Doors, 'store'>,
  caseId: CaseId,
  { is }: ReviewVerdict,
  since: Instant,
): Promise<boolean> {
  const type = is === 'veto' ? 'vetoed' : 'released';
  const { events } = await readHistory(store, caseId);
  return events.some((event) => event.type === type && event.at >= since);
}

async function reviewOne(
  doors: Doors,
  { caseId, version }: SeenCase,
  verdict: ReviewVerdict,
  by: PersonRef,
): Promise<Omit<NotReviewed, 'caseId'> | undefined> {
  for (;;) {
    const stored = await doors.store.read<Case>('cases', caseId, caseId);
    // Of HR's cases nobody else may learn; a terminal is nobody.
    if (stored?.doc.kind !== 'case' || isSealed(stored.doc)) return { why: 'there is no such case' };
    const name = stored.doc.subject.displayName;
    const why = standsAgainst(stored.doc, version, verdict, by);
    if (why !== undefined) return { name, why };
    try {
      // What is released is what was listed, and not what a policy makes of it that has changed since.
      if (verdict.is === 'release' && (await hasFollowed(doors, stored as Stored<Case>)))
        return { name, why: 'its steps follow a policy that has changed: list it anew' };
      await move(doors, stored as Stored<Case>, eventOf(verdict, by), { actor: by, lease: 'release' });
      return undefined;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

async function hasFollowed(doors: Doors, { doc, etag }: Stored<Case>): Promise<boolean> {
  return doc.state === 'decided' && doc.steps.length > 0 && followPolicy(doors, { doc, etag });
}

function standsAgainst(c: Case, version: number, { is }: ReviewVerdict, by: PersonRef): string | undefined {
  const event = is === 'veto' ? 'vetoed' : 'released';
  const isBegun = 'steps' in c && !isUntouched(c.steps);
  if (!takenIn(c.state).includes(event) || isBegun) return `by now ${meaningOf(c.state)}`;
  if (c.version !== version) return 'it has changed since it was listed';
  // Safety rule 10: whoever gets the license is no second person for its way to them.
  const isTheirs =
    c.state === 'decided' && c.decision.kind === 'reassign' && c.decision.receiver.id === by.id;
  if (is === 'release' && isTheirs) return 'you get a license by it: somebody else has to release it';
  const isForAPerson = is === 'release' && 'steps' in c && c.steps.length === 0;
  return isForAPerson ? 'it has no steps: it becomes a task for a person' : undefined;
}

function eventOf(verdict: ReviewVerdict, by: PersonRef): CaseEvent {
  return verdict.is === 'veto' ? { type: 'vetoed', by, reason: verdict.reason } : { type: 'released', by };
}

/** What became of a review, for whoever ordered it. */
export function reviewText({ is }: ReviewVerdict, count: number, left: readonly NotReviewed[]): string {
  const done = count - left.length;
  const next = is === 'veto' ? ' Nothing will be done there.' : ' The steps begin at their dates.';
  const what = `${is === 'veto' ? 'Vetoed' : 'Released'}: ${done}.${done === 0 ? '' : next}`;
  const rest = left
    .map(({ caseId, name, why }) => `${name === undefined ? '' : `${name}, `}${caseId}: ${why}`)
    .join('; ');
  return left.length === 0 ? what : `${what} Left as they are: ${left.length} (${rest}).`;
}
