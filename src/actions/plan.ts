import type { UserId } from '../audit/person.js';
import type { Case, CaseLicense, Decision, Instant } from '../cases/case.js';
import type { CaseStep, Step, StepLicense } from '../cases/step.js';
import { instant } from '../cases/case.js';
import { timetableStart } from '../cases/transition.js';
import { mayTakeMailbox } from '../cases/mailbox-carrier.js';
import type { Policy, PolicyStep } from '../config/policy.js';

export type StepPlan =
  | { readonly kind: 'steps'; readonly steps: readonly CaseStep[]; readonly actsFrom: Instant }
  /** Software may not or cannot do it; `task` says in a sentence what a person has to do. */
  | { readonly kind: 'personNeeded'; readonly task: string; readonly actsFrom: Instant };

/**
 * The steps of a decision, in the order of `reclaim.steps`, each with the earliest time at which it may run: the later
 * of its place in the timetable (from the ask) and the decision plus `afterDecision`. Pure; design 5, safety rules 6
 * and 7.
 */
export function planSteps(
  c: Case,
  decision: Extract<Decision, { kind: 'reclaim' | 'reassign' }>,
  policy: Policy,
): StepPlan {
  const asked = Date.parse(timetableStart(c));
  const { afterDecision, review } = policy.timetable;
  const decided = Date.parse(decision.at) + afterDecision;
  // Admins can veto until then, or release it before.
  const actsFrom = instant(new Date(Date.parse(decision.at) + Math.max(afterDecision, review)));
  const task = whyNot(c, policy);
  if (task !== undefined) return { kind: 'personNeeded', task, actsFrom };

  const notBefore = (name: PolicyStep): Instant =>
    instant(new Date(Math.max(asked + policy.timetable[name], decided)));
  const planned = policy.reclaim.steps[c.scenario].flatMap((name) =>
    stepsFor(name, c, policy).map((step) => plannedStep(step, notBefore(name))),
  );
  const given = decision.kind === 'reassign' ? [giving(c, decision.receiver.id)] : [];
  return {
    kind: 'steps',
    steps: [...planned, ...given.map((step) => plannedStep(step, notBefore('removeLicenses')))],
    actsFrom,
  };
}

function plannedStep(step: Step, notBefore: Instant): CaseStep {
  return { step, progress: { is: 'planned' }, notBefore };
}

/** What one word of the policy comes to for this person; none where there is nothing to do. */
function stepsFor(name: PolicyStep, c: Case, policy: Policy): readonly Step[] {
  const { userId } = c;
  switch (name) {
    case 'disableSignIn':
      return [{ kind: 'disableSignIn', userId }];
    case 'convertMailbox':
      return needsConversion(c, policy) ? [{ kind: 'convertMailbox', userId }] : [];
    case 'removeLicenses': {
      const direct = c.licenses.filter((license) => license.direct).map(stepLicense);
      const removal: readonly Step[] =
        direct.length > 0 ? [{ kind: 'removeLicenses', userId, licenses: direct }] : [];
      return [...removal, ...leavings(c)];
    }
    default:
      return name satisfies never;
  }
}

/** One step for each group through which licenses of the case come. */
function leavings(c: Case): readonly Step[] {
  const groupIds = [...new Set(c.licenses.flatMap((license) => license.groupIds))].sort();
  return groupIds.map((groupId) => ({
    kind: 'leaveGroup',
    userId: c.userId,
    groupId,
    licenses: c.licenses.filter((license) => license.groupIds.includes(groupId)).map(stepLicense),
  }));
}

function needsConversion(c: Case, policy: Policy): boolean {
  return (
    policy.reclaim.mailbox === 'convert' &&
    !mailboxIsSafe(c.mailbox, policy) &&
    c.licenses.some((license) => mayTakeMailbox(c, license))
  );
}

/** The receiver gets the seats with all their plans: switched-off plans were the earlier holder's. */
function giving(c: Case, userId: UserId): Step {
  const licenses = c.licenses.map((license) => ({ ...stepLicense(license), disabledPlans: [] }));
  return { kind: 'assignLicenses', userId, licenses };
}

/** Why software takes nothing in a case; undefined when it does. */
export function whyNot(c: Pick<Case, 'scenario'>, policy: Policy): string | undefined {
  if (policy.reclaim.steps[c.scenario].includes('removeLicenses')) return undefined;
  return `The policy removes no licenses in a case like this one (${c.scenario}): decide by hand what to do with them.`;
}

/** Safety rule 7: the mailbox is shared already, there is none, or the policy accepts the loss of mail after 30 days. */
export function mailboxIsSafe(mailbox: Case['mailbox'], policy: Policy): boolean {
  return policy.reclaim.mailbox === 'waive' || mailbox === 'shared' || mailbox === 'noMailbox';
}

function stepLicense(license: CaseLicense): StepLicense {
  return { skuId: license.skuId, name: license.name, disabledPlans: license.disabledPlans };
}
