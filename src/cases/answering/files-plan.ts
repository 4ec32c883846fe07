import { DAY_MS } from '../../config/durations.js';
import type { Policy } from '../../config/policy.js';
import type { Case, CaseIn, Instant, PersonRef } from '../case.js';
import type { Taking } from '../decision.js';
import { mayTakeFiles } from '../content-carrier.js';
import { after } from '../instants.js';
import type { CaseStep, StepLicense } from '../step.js';
import { timeOf } from '../step-progress.js';
import { isWaived } from './waiver.js';

/** What was recorded with an answer of the files in OneDrive that lose their license (safety rule 7). */
export type FilesPlan =
  /** A person gives them access: Graph has no way to hand files over with the rights that we have. */
  { readonly is: 'handedOver'; readonly to: PersonRef } | { readonly is: 'archived' };

/** Days for which files stay as they are without a license, before they are archived (field.md, data clocks). */
const FILES_DAYS = 93;

/**
 * What becomes of the files with an answer given now; undefined: none lose their license, or the policy waives it. Whoever
 * answers for the person gets them; where an admin answers, the manager, unless the person is named as their own. Pure.
 */
export function filesPlan(
  c: Pick<Case, 'state' | 'userId' | 'scenario' | 'licenses' | 'manager'>,
  answer: Taking['kind'],
  by: PersonRef,
  { reclaim }: Pick<Policy, 'reclaim'>,
): FilesPlan | undefined {
  if (reclaim.oneDrive === 'waive' || !c.licenses.some((license) => mayTakeFiles(c, license, answer)))
    return undefined;
  if (reclaim.oneDrive === 'archive') return { is: 'archived' };
  const manager = c.manager?.id === c.userId ? undefined : c.manager;
  return { is: 'handedOver', to: c.state === 'adminReview' ? (manager ?? by) : by };
}

/** Days for which SharePoint keeps the files of an account that was deleted, unless the tenant says otherwise (field.md F63). */
const DAYS_AFTER_ACCOUNT = 30;

/** Until when files stay as they are, and what comes then. */
export type FilesEnd = { readonly archivedAt: Instant } | { readonly deletedAt: Instant };

/** When files are archived whose license goes at a time. */
export function archivedAt(removed: Instant): Instant {
  return after(removed, FILES_DAYS * DAY_MS);
}

/**
 * What comes first of files whose license goes at a time.
 * @param deleted when the account goes as well; undefined: it stays
 */
export function filesEnd(removed: Instant, deleted: Instant | undefined): FilesEnd {
  const archived = archivedAt(removed);
  const gone = deleted === undefined ? undefined : after(deleted, DAYS_AFTER_ACCOUNT * DAY_MS);
  return gone !== undefined && gone < archived ? { deletedAt: gone } : { archivedAt: archived };
}

type Stepped = Pick<CaseIn<'holding'>, 'scenario' | 'licenses' | 'decision' | 'steps' | 'openedAt'>;

/**
 * When the license of the files goes, or went, at the earliest. Where the steps took only others, or one in which OneDrive
 * had been switched off by then, the files lost theirs by another hand, and nobody has read when: not before the case was
 * opened. undefined: the steps take none. Pure.
 */
export function removedAt(c: Stepped): Instant | undefined {
  const { kind } = c.decision;
  const taking = c.steps
    .map((each) => ({ each, taken: takenBy(each) }))
    .filter(({ taken }) => taken.length > 0);
  const carriers = kind === 'give' ? [] : c.licenses.filter((license) => mayTakeFiles(c, license, kind));
  const first = taking.find(
    ({ each, taken }) =>
      !wereFilesGone(each) && taken.some(({ skuId }) => carriers.some((carrier) => carrier.skuId === skuId)),
  );
  if (first !== undefined) return timeOf(first.each);
  return taking.length === 0 ? undefined : c.openedAt;
}

function wereFilesGone({ progress }: CaseStep): boolean {
  return 'before' in progress && 'filesGone' in progress.before && progress.before.filesGone === true;
}

/** What a step takes, or has taken. */
function takenBy({ step, progress }: CaseStep): readonly StepLicense[] {
  if ((step.kind !== 'removeLicenses' && step.kind !== 'leaveGroup') || progress.is === 'skipped') return [];
  return 'before' in progress && 'licenses' in progress.before ? progress.before.licenses : step.licenses;
}

/** The same of what was taken by now; undefined: nothing was yet. Pure. */
export function removedBy(c: Stepped): Instant | undefined {
  return removedAt({ ...c, steps: c.steps.filter(({ progress }) => progress.is === 'done') });
}

/** What is known of the account at the end of a hold. `since`: when it was deleted; undefined: Graph does not tell. */
export type AccountThen =
  { readonly is: 'there' } | { readonly is: 'gone'; readonly since: Instant | undefined };

/**
 * What somebody has to see to at the end; undefined: nothing. Only what was really taken has an end, and somebody may have
 * seen to it. Pure.
 */
export function filesLeft(
  c: Stepped & Pick<Case, 'waivers'>,
  account: AccountThen,
): CaseIn<'closed'>['files'] {
  const removed = removedBy(c);
  const { files } = c.decision;
  if (files === undefined || removed === undefined || isWaived(c, { of: 'files' })) return undefined;
  const gone = account.is === 'there' ? undefined : (account.since ?? lastStepOf(c.steps));
  return { ...files, ...filesEnd(removed, gone) };
}

/** Where nobody can read when somebody else deleted the account: not before the last step was done, for which it was there. */
function lastStepOf(steps: readonly CaseStep[]): Instant | undefined {
  return steps
    .filter(({ progress }) => progress.is === 'done')
    .map(timeOf)
    .toSorted()
    .at(-1);
}
