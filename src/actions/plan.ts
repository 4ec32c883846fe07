import type { Case, CaseLicense, CaseStep, Decision, Instant, Step, StepLicense } from '../cases/case.js';
import { instant } from '../cases/case.js';
import { mayTakeMailbox } from '../cases/mailbox-carrier.js';
import type { Policy } from '../config/policy.js';

export type StepPlan =
  | { readonly kind: 'steps'; readonly steps: readonly CaseStep[]; readonly actsFrom: Instant }
  /** Software may not or cannot do it; `task` says in a sentence what a person has to do. */
  | { readonly kind: 'personNeeded'; readonly task: string; readonly actsFrom: Instant };

/**
 * The steps of a decision, each with the earliest time at which it may run: the later of its place in the
 * timetable (from the ask) and the decision plus `afterDecision`. Pure; design 5, safety rules 6 and 7.
 */
export function planSteps(
  c: Case,
  decision: Extract<Decision, { kind: 'reclaim' | 'reassign' }>,
  policy: Policy,
): StepPlan {
  const asked = c.state === 'asked' ? c.askedAt : c.openedAt;
  const decided = Date.parse(decision.at) + policy.timetable.afterDecision;
  const actsFrom = instant(new Date(decided));
  const blocked = whyNot(c, policy);
  if (blocked !== undefined) return { kind: 'personNeeded', task: blocked, actsFrom };

  const notBefore = instant(new Date(Math.max(Date.parse(asked) + policy.timetable.removeLicenses, decided)));
  const licenses = c.licenses.filter((license) => license.direct).map(stepLicense);
  const steps: Step[] = [{ kind: 'removeLicenses', userId: c.userId, licenses }];
  if (decision.kind === 'reassign') {
    // The receiver gets the seats with all their plans: switched-off plans were the earlier holder's.
    const all = licenses.map((license) => ({ ...license, disabledPlans: [] }));
    steps.push({ kind: 'assignLicenses', userId: decision.receiver.id, licenses: all });
  }
  return {
    kind: 'steps',
    steps: steps.map((step) => ({ step, progress: { is: 'planned' }, notBefore })),
    actsFrom,
  };
}

/** Why software must not remove a case's licenses; undefined when it may. */
export function whyNot(
  c: Pick<Case, 'scenario' | 'licenses' | 'mailbox'>,
  policy: Policy,
): string | undefined {
  if (!policy.reclaim.steps[c.scenario].includes('removeLicenses')) {
    return `The policy removes no licenses in a case like this one (${c.scenario}): decide by hand what to do with them.`;
  }
  const throughGroup = c.licenses.filter((license) => !license.direct);
  if (throughGroup.length === c.licenses.length) {
    return `${names(throughGroup)} comes through a group: take the person out of that group, or change its rule.`;
  }
  const mailboxAtRisk = c.licenses.some((license) => license.direct && mayTakeMailbox(c, license));
  if (mailboxAtRisk && !mailboxIsSafe(c.mailbox, policy)) {
    return 'A license carries the mailbox: convert it to a shared mailbox first, then the license can go.';
  }
  return undefined;
}

/** Safety rule 7: the mailbox is shared already, there is none, or the policy accepts the loss of mail after 30 days. */
export function mailboxIsSafe(mailbox: Case['mailbox'], policy: Policy): boolean {
  return policy.reclaim.mailbox === 'waive' || mailbox === 'shared' || mailbox === 'noMailbox';
}

function stepLicense(license: CaseLicense): StepLicense {
  return { skuId: license.skuId, name: license.name, disabledPlans: license.disabledPlans };
}

function names(licenses: readonly CaseLicense[]): string {
  return licenses.map((license) => license.name).join(' and ');
}
