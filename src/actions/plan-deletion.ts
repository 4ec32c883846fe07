import { letBeIn } from '../cases/answering/waiver.js';
import { instant, type Case, type CaseIn, type CaseScenario } from '../cases/case.js';
import type { CaseStep } from '../cases/step.js';
import type { Policy } from '../config/policy.js';

/** Nobody who may still work here loses their account. */
const GONE: ReadonlySet<CaseScenario> = new Set(['leftCompany', 'disabledButLicensed']);

/** Whether the account of a case like this is deleted in the end. Pure. */
export function deletesAccount(
  { scenario }: Pick<Case, 'scenario'>,
  { timetable }: Pick<Policy, 'timetable'>,
): boolean {
  return timetable.delete !== 'never' && GONE.has(scenario);
}

/**
 * The deletion that follows on a case's undo window: `timetable.delete` after the decision at the earliest. undefined:
 * none does, or it was done, or the policy came to delete accounts only after the decision, so that nobody has decided
 * that this one goes. Pure; safety rule 7 and field.md F59.
 */
export function deletionOf(c: CaseIn<'holding'>, policy: Policy, now: Date): CaseStep | undefined {
  const wait = policy.timetable.delete;
  const isPlanned = c.steps.some(({ step }) => step.kind === 'deleteAccount');
  if (letBeIn(c).some(({ waived }) => waived.of === 'rest')) return undefined;
  if (wait === 'never' || isPlanned || c.deletes !== true || !deletesAccount(c, policy)) return undefined;
  const notBefore = instant(new Date(Math.max(Date.parse(c.decision.at) + wait, now.getTime())));
  return { step: { kind: 'deleteAccount', userId: c.userId }, progress: { is: 'planned' }, notBefore };
}
