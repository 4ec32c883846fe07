import { isDeepStrictEqual } from 'node:util';
import type { CaseIn, Instant } from '../cases/case.js';
import { isUntouched } from '../cases/step-progress.js';
import { tellFrom } from '../cases/telling/notice.js';
import type { CaseStep, Step } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import { planSteps, seatsOf } from './plan.js';
import { deletesAccount } from './plan-deletion.js';
import { lackedBy, type Receiver } from './receiver.js';

/** A case whose steps can be planned anew. */
export type Planned = CaseIn<'decided' | 'scheduled'>;

/** What a changed policy means for steps that were not begun. */
export type Replanned =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'steps';
      readonly steps: readonly CaseStep[];
      readonly tellFrom: Instant | undefined;
    }
  /** The account stays: the policy deletes none like it any more. */
  | { readonly kind: 'noDeletion'; readonly index: number; readonly why: string }
  /** The policy takes nothing any more in a case like this; `task` is what a person could do. */
  | { readonly kind: 'nothingLeft'; readonly task: string };

/**
 * The steps of a scheduled case under the policy as it is now: what was begun stays, what was not follows the policy,
 * with its dates. A step that nobody decided about needs a decision of its own, but for the one that makes the others
 * harmless (safety rule 7): a policy takes away and puts off, and adds none. Cases of an earlier version do not know from
 * when their timetable counts, and keep their plan; so does what an admin gives. Pure.
 */
export function replan(c: Planned, policy: Policy): Replanned {
  const deletion = c.steps.findIndex(({ step }) => step.kind === 'deleteAccount');
  if (deletion !== -1) return replanDeletion(c, deletion, policy);
  if (c.countedFrom === undefined || c.decision.kind === 'give') return { kind: 'same' };
  const begun = c.steps.filter(({ progress }) => progress.is !== 'planned');
  if (begun.length === c.steps.length) return { kind: 'same' };
  const plan = planSteps(c, c.decision, policy, receiverIn(c));
  if (plan.kind === 'personNeeded') return { kind: 'nothingLeft', task: plan.task };
  const done = new Set(begun.map(({ step }) => keyOf(step)));
  const promised = c.steps.filter(isPromised);
  const decided = new Set(c.steps.map(({ step }) => keyOf(step)));
  const wanted = plan.steps.filter(
    ({ step }) => !done.has(keyOf(step)) && (decided.has(keyOf(step)) || step.kind === 'convertMailbox'),
  );
  const steps = [...begun, ...withPromised(wanted, promised)];
  const tellAt = tellFrom(c, c.decision, steps, policy);
  const isAsBefore = isSame(steps, c.steps) && (tellAt === c.tellFrom || !isUntouched(steps));
  return isAsBefore ? { kind: 'same' } : { kind: 'steps', steps, tellFrom: tellAt };
}

/**
 * Whoever answered was told that the mailbox becomes a shared one and no mail is lost: that stands, whatever the policy
 * accepts by now (safety rule 7: a loss is accepted on the card too).
 */
function isPromised({ step, progress }: CaseStep): boolean {
  return step.kind === 'convertMailbox' && progress.is === 'planned';
}

/** In their place, which is before anything goes. */
function withPromised(wanted: readonly CaseStep[], promised: readonly CaseStep[]): readonly CaseStep[] {
  const missing = promised.filter(({ step }) => !wanted.some((each) => keyOf(each.step) === keyOf(step)));
  const isBefore = ({ step }: CaseStep): boolean =>
    step.kind === 'disableSignIn' || step.kind === 'setUsageLocation';
  return [...wanted.filter(isBefore), ...missing, ...wanted.filter((each) => !isBefore(each))];
}

function replanDeletion(c: Planned, index: number, policy: Policy): Replanned {
  if (c.steps[index]?.progress.is !== 'planned' || deletesAccount(c, policy)) return { kind: 'same' };
  return { kind: 'noDeletion', index, why: 'The policy deletes no accounts like this one any more.' };
}

/**
 * The receiver as the answer found them. One whose usage location was to be set has none, and the country stays the one
 * that was found for them; seats that were not to be given they had.
 */
function receiverIn(c: Planned): Receiver | undefined {
  const steps = c.steps.map(({ step }) => step);
  const giving = steps.find(({ kind }) => kind === 'assignLicenses');
  if (giving?.kind !== 'assignLicenses') return undefined;
  const locating = steps.find(({ kind }) => kind === 'setUsageLocation');
  return {
    lacksLocation: locating !== undefined,
    country: locating?.kind === 'setUsageLocation' ? locating.country : undefined,
    licenses: lackedBy(giving, seatsOf(c)),
  };
}

/** The same thing done to the same person. */
function keyOf(step: Step): string {
  return step.kind === 'leaveGroup' ? `${step.kind}:${step.groupId}` : step.kind;
}

/** By what they do and when; a store may give properties back in another order, and leaves undefined ones out. */
function isSame(a: readonly CaseStep[], b: readonly CaseStep[]): boolean {
  return isDeepStrictEqual(a.map(asStored), b.map(asStored));
}

function asStored({ step, notBefore }: CaseStep): unknown {
  return JSON.parse(JSON.stringify({ step, notBefore }));
}
