import type { CaseIn } from '../cases/case.js';
import type { CaseStep, Step } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import { planSteps } from './plan.js';
import { deletesAccount } from './plan-deletion.js';

/** What a changed policy means for steps that were not begun. */
export type Replanned =
  | { readonly kind: 'same' }
  | { readonly kind: 'steps'; readonly steps: readonly CaseStep[] }
  /** The account stays: the policy deletes none like it any more. */
  | { readonly kind: 'noDeletion'; readonly index: number; readonly why: string }
  /** The policy takes nothing any more in a case like this; `task` is what a person could do. */
  | { readonly kind: 'nothingLeft'; readonly task: string };

/**
 * The steps of a scheduled case under the policy as it is now: what was begun stays, what was not follows the policy,
 * with its dates. Cases of an earlier version do not know from when their timetable counts, and keep their plan. Pure.
 */
export function replan(c: CaseIn<'scheduled'>, policy: Policy): Replanned {
  const deletion = c.steps.findIndex(({ step }) => step.kind === 'deleteAccount');
  if (deletion !== -1) return replanDeletion(c, deletion, policy);
  if (c.countedFrom === undefined) return { kind: 'same' };
  const begun = c.steps.filter(({ progress }) => progress.is !== 'planned');
  if (begun.length === c.steps.length) return { kind: 'same' };
  const plan = planSteps(c, c.decision, policy);
  if (plan.kind === 'personNeeded') return { kind: 'nothingLeft', task: plan.task };
  const done = new Set(begun.map(({ step }) => keyOf(step)));
  const steps = [...begun, ...plan.steps.filter(({ step }) => !done.has(keyOf(step)))];
  return isSame(steps, c.steps) ? { kind: 'same' } : { kind: 'steps', steps };
}

function replanDeletion(c: CaseIn<'scheduled'>, index: number, policy: Policy): Replanned {
  if (c.steps[index]?.progress.is !== 'planned' || deletesAccount(c, policy)) return { kind: 'same' };
  return { kind: 'noDeletion', index, why: 'The policy deletes no accounts like this one any more.' };
}

/** The same thing done to the same person. */
function keyOf(step: Step): string {
  return step.kind === 'leaveGroup' ? `${step.kind}:${step.groupId}` : step.kind;
}

function isSame(a: readonly CaseStep[], b: readonly CaseStep[]): boolean {
  return (
    a.length === b.length &&
    a.every((step, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        step.notBefore === other.notBefore &&
        JSON.stringify(step.step) === JSON.stringify(other.step)
      );
    })
  );
}
