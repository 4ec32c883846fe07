import type { SkuId, UserId } from '../audit/person.js';
import type { Case, CaseLicense, Instant } from '../cases/case.js';
import type { Decision, Taking } from '../cases/decision.js';
import type { CaseStep, Step, StepLicense } from '../cases/step.js';
import { instant } from '../cases/case.js';
import { timetableStart } from '../cases/transition.js';
import { tellFrom } from '../cases/telling/notice.js';
import { mayTakeMailbox } from '../cases/content-carrier.js';
import { standInFor } from '../cases/stand-in.js';
import type { Policy, PolicyStep } from '../config/policy.js';
import { parkable, whyNotParked } from './plan-parking.js';
import { lackedBy, locationFor, type Receiver } from './receiver.js';

export type StepPlan =
  | {
      readonly kind: 'steps';
      readonly steps: readonly CaseStep[];
      readonly actsFrom: Instant;
      /** When the person is told before; undefined: they are not. */
      readonly tellFrom: Instant | undefined;
    }
  /** Software may not or cannot do it; `task` says in a sentence what a person has to do. */
  | { readonly kind: 'personNeeded'; readonly task: string; readonly actsFrom: Instant };

/**
 * The steps of a decision, in the order of `reclaim.steps`, each with the earliest time at which it may run: the later
 * of its place in the timetable (from the ask) and the decision plus `afterDecision`. Pure; design 5, safety rules 6
 * and 7.
 * @param receiver as the directory knows them at the decision; undefined: nobody gets anything, or nobody knows
 */
export function planSteps(c: Case, decision: Taking, policy: Policy, receiver?: Receiver): StepPlan {
  const asked = Date.parse(timetableStart(c));
  const { afterDecision, review } = policy.timetable;
  const decided = Date.parse(decision.at) + afterDecision;
  // Admins can veto until then, or release it before.
  const actsFrom = instant(new Date(Date.parse(decision.at) + Math.max(afterDecision, review)));
  const task = whyNoSteps(c, decision, policy);
  if (task !== undefined) return { kind: 'personNeeded', task, actsFrom };

  const notBefore = (name: PolicyStep): Instant =>
    instant(new Date(Math.max(asked + policy.timetable[name], decided)));
  const planned =
    decision.kind === 'park'
      ? [plannedStep(removal(c.userId, parkable(c, policy, decision), 'park'), notBefore('removeLicenses'))]
      : stepNames(c, policy).flatMap((name) =>
          stepsFor(name, c, decision, policy).map((step) => plannedStep(step, notBefore(name))),
        );
  const steps = [
    ...locating(decision, policy, receiver, planned),
    ...planned,
    ...giving(c, decision, receiver, notBefore('removeLicenses')),
  ];
  return { kind: 'steps', steps, actsFrom, tellFrom: tellFrom(c, decision, steps, policy) };
}

/** What a receiver lacks comes before anything is taken from anybody (field.md N13). */
function locating(
  decision: Taking,
  { reclaim }: Policy,
  receiver: Receiver | undefined,
  planned: readonly CaseStep[],
): readonly CaseStep[] {
  if (decision.kind !== 'reassign' || receiver === undefined || !receiver.lacksLocation) return [];
  const country = locationFor(receiver, reclaim);
  const [first] = planned;
  if (country === undefined || first === undefined) return [];
  const step = { kind: 'setUsageLocation', userId: decision.receiver.id, country } as const;
  return [plannedStep(step, first.notBefore)];
}

/**
 * The receiver gets the seats that they lack, with all their plans: switched-off plans were the earlier holder's. Where
 * they lack none, which no answer is taken for, all of them are planned, so that the re-check stops the rest.
 */
function giving(
  c: Case,
  decision: Taking,
  receiver: Receiver | undefined,
  notBefore: Instant,
): readonly CaseStep[] {
  if (decision.kind !== 'reassign') return [];
  const seats = seatsOf(c);
  const lacked = receiver === undefined ? seats : lackedBy(receiver, seats);
  const given = lacked.length === 0 ? seats : lacked;
  const licenses = given.map((license) => ({ ...stepLicense(license), disabledPlans: [] }));
  return [plannedStep({ kind: 'assignLicenses', userId: decision.receiver.id, licenses }, notBefore)];
}

function plannedStep(step: Step, notBefore: Instant): CaseStep {
  return { step, progress: { is: 'planned' }, notBefore };
}

/** What one word of the policy comes to for this person; none where there is nothing to do. */
function stepsFor(name: PolicyStep, c: Case, { kind }: Taking, policy: Policy): readonly Step[] {
  const { userId } = c;
  switch (name) {
    case 'disableSignIn':
      return [{ kind: 'disableSignIn', userId }];
    case 'convertMailbox':
      return needsConversion(c, kind, policy) ? [{ kind: 'convertMailbox', userId }] : [];
    case 'removeLicenses': {
      const direct = c.licenses.filter((license) => license.direct);
      return [...(direct.length > 0 ? [removal(userId, direct, kind)] : []), ...leavings(c)];
    }
    default:
      return name satisfies never;
  }
}

/** All direct ones in one call, with what is given instead of them. */
function removal(userId: UserId, direct: readonly CaseLicense[], kind: Taking['kind']): Step {
  const licenses = direct.map(stepLicense);
  const instead = insteadOf(direct, kind);
  return { kind: 'removeLicenses', userId, licenses, ...(instead.length === 0 ? {} : { instead }) };
}

/** What an answer gives instead of licenses, with all their plans; one that stands for several is given once. Pure. */
export function insteadOf(licenses: readonly CaseLicense[], kind: Decision['kind']): readonly StepLicense[] {
  const bySku = new Map<SkuId, StepLicense>();
  for (const license of licenses) {
    const standIn = standInFor(license, kind);
    if (standIn?.skuId === undefined) continue;
    const { skuId, name } = standIn;
    bySku.set(skuId, { skuId, name, disabledPlans: [] });
  }
  return [...bySku.values()];
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

function needsConversion(c: Case, kind: Taking['kind'], policy: Policy): boolean {
  return (
    policy.reclaim.mailbox === 'convert' &&
    !mailboxIsSafe(c.mailbox, policy) &&
    c.licenses.some((license) => mayTakeMailbox(c, license, kind))
  );
}

/** What a reassignment moves; what is only taken along goes to nobody. Pure. */
export function seatsOf({ licenses }: Pick<Case, 'licenses'>): readonly CaseLicense[] {
  return licenses.filter(({ beside }) => beside === undefined);
}

/** Why a person has to replace a license; undefined: none is to be replaced, or one call does it. */
export function whyNotReplaced({ licenses }: Pick<Case, 'licenses'>): string | undefined {
  for (const { name, direct, groupIds, replacement } of licenses) {
    if (replacement === undefined) continue;
    if (replacement.skuId === undefined)
      return `${name} is to be replaced by ${replacement.name}, which this tenant has not: correct reclaim.replace, and decide by hand.`;
    if (!direct || groupIds.length > 0)
      return `${name} is to be replaced by ${replacement.name} and comes through a group: replace it by hand.`;
  }
  return undefined;
}

/** What the policy does in a case like this one, in its order; nothing is taken from whoever is given something. Pure. */
export function stepNames(
  { scenario }: Pick<Case, 'scenario'>,
  { reclaim }: Pick<Policy, 'reclaim'>,
): readonly PolicyStep[] {
  return scenario === 'given' ? [] : reclaim.steps[scenario];
}

/** Why software takes nothing after a decision, as a task; undefined when it does. Pure. */
export function whyNoSteps(
  c: Pick<Case, 'scenario' | 'licenses'>,
  decision: Decision,
  policy: Policy,
): string | undefined {
  if (decision.kind === 'park') return whyNotParked(c, policy, decision);
  return whyNot(c, policy) ?? (decision.kind === 'reclaim' ? whyNotReplaced(c) : undefined);
}

/** Why software takes nothing in a case; undefined when it does. */
function whyNot(c: Pick<Case, 'scenario'>, policy: Policy): string | undefined {
  if (stepNames(c, policy).includes('removeLicenses')) return undefined;
  return `The policy removes no licenses in a case like this one (${c.scenario}): decide by hand what to do with them.`;
}

/** Safety rule 7: the mailbox is shared already, there is none, or the policy accepts the loss of mail after 30 days. */
export function mailboxIsSafe(mailbox: Case['mailbox'], policy: Policy): boolean {
  return policy.reclaim.mailbox === 'waive' || mailbox === 'shared' || mailbox === 'noMailbox';
}

function stepLicense(license: CaseLicense): StepLicense {
  return { skuId: license.skuId, name: license.name, disabledPlans: license.disabledPlans };
}
