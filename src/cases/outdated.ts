import type { Finding, ProtectionKind } from '../audit/finding.js';
import type { Case } from './case.js';
import { parkingOf } from './decision.js';
import { reasonGone, type Ended } from './reason-gone.js';
import { isUntouched } from './step-progress.js';
import { stillSo } from './still-so.js';

/** States in which nothing was done to the tenant yet, and a case can still end without a trace there. */
const WITHOUT_EFFECT: ReadonlySet<Case['state']> = new Set([
  'opened',
  'asked',
  'escalated',
  'adminReview',
  'hrReview',
  'hrProposed',
  'decided',
]);

/**
 * Why an open case ends after a new audit; undefined: it goes on. Design 5: active again, left scope, policy changed.
 * Pure.
 * @param found what the newest complete audit found about the person; undefined: nothing, so they are active or gone
 */
export function outdatedBy(c: Case, found: Finding | undefined): Ended | undefined {
  // No audit has found what an admin gives.
  if (!isWithoutEffect(c) || c.scenario === 'given') return undefined;
  const isGone = found === undefined || stillSo(c, found) === 'active';
  return isGone || found.protections.some(({ kind }) => !isKnown(c, kind)) ? reasonGone(c) : undefined;
}

/** It was known when the case was opened, or is what HR parks licenses for. */
export function isKnown(c: Case, kind: ProtectionKind): boolean {
  return c.protections.includes(kind) || (kind === 'onLeave' && parkingOf(c) !== undefined);
}

/**
 * true: nothing was done in the case that would have to be undone. A step that was not needed has done nothing, and neither
 * has one before which something has to be put right: once that is so, it would be taken. Pure.
 */
export function isWithoutEffect(c: Case): boolean {
  if (WITHOUT_EFFECT.has(c.state)) return true;
  const isToAct = c.state === 'scheduled' || (c.state === 'needsPerson' && c.undoneBy === undefined);
  return isToAct && isUntouched(c.steps);
}

/** The same, where the policy is another one than when the case was opened: nobody claims that the person came back. */
export function underOtherRules(outdated: Ended): Ended {
  const why = `The policy has changed since the case was opened. ${outdated.why}`;
  return { ...outdated, cause: 'policyChanged', why };
}
