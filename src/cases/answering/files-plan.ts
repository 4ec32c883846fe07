import { DAY_MS } from '../../config/durations.js';
import type { Policy } from '../../config/policy.js';
import { instant, type Case, type Instant, type PersonRef } from '../case.js';
import type { Taking } from '../decision.js';
import { mayTakeFiles } from '../content-carrier.js';
import type { CaseStep } from '../step.js';

/** What was recorded with an answer of the files in OneDrive that lose their license (safety rule 7). */
export type FilesPlan =
  /** A person gives them access: Graph has no way to hand files over with the rights that we have. */
  { readonly is: 'handedOver'; readonly to: PersonRef } | { readonly is: 'archived' };

/** Days for which files stay as they are without a license, before they are archived (field.md, data clocks). */
const FILES_DAYS = 93;

/**
 * What becomes of the files with an answer given now; undefined: none lose their license, or the policy waives it. Whoever
 * answers for the person gets them; where an admin answers, the manager. Pure.
 */
export function filesPlan(
  c: Pick<Case, 'state' | 'scenario' | 'licenses' | 'manager'>,
  answer: Taking['kind'],
  by: PersonRef,
  { reclaim }: Pick<Policy, 'reclaim'>,
): FilesPlan | undefined {
  if (reclaim.oneDrive === 'waive' || !c.licenses.some((license) => mayTakeFiles(c, license, answer)))
    return undefined;
  if (reclaim.oneDrive === 'archive') return { is: 'archived' };
  return { is: 'handedOver', to: c.state === 'adminReview' ? (c.manager ?? by) : by };
}

/** When files are archived whose license goes at a time. */
export function archivedAt(removed: Instant): Instant {
  return instant(new Date(Date.parse(removed) + FILES_DAYS * DAY_MS));
}

/** The same of a case's steps: the first one that takes licenses and was not skipped. undefined: none does. Pure. */
export function archivedAfter(steps: readonly CaseStep[]): Instant | undefined {
  const taking = steps.find(
    ({ step, progress }) =>
      (step.kind === 'removeLicenses' || step.kind === 'leaveGroup') && progress.is !== 'skipped',
  );
  if (taking === undefined) return undefined;
  return archivedAt(taking.progress.is === 'done' ? taking.progress.at : taking.notBefore);
}
