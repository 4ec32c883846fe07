import type { Finding } from '../audit/finding.js';
import type { Case } from './case.js';
import type { CancelCause } from './cancel-cause.js';
import { stillSo } from './still-so.js';

export interface Outdated {
  readonly cause: CancelCause;
  readonly why: string;
}

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
export function outdatedBy(c: Case, found: Finding | undefined): Outdated | undefined {
  // No audit has found what an admin gives.
  if (!isWithoutEffect(c) || c.scenario === 'given') return undefined;
  if (found === undefined || stillSo(c, found) === 'active') {
    return { cause: 'activeAgain', why: `The newest audit does not find ${notFound(c)} any more.` };
  }
  // Not by what: whoever becomes HR's case looks to others like anybody who is protected (safety rule 3).
  if (found.protections.some(({ kind }) => !c.protections.includes(kind))) {
    return { cause: 'protected', why: 'The person is protected now.' };
  }
  return undefined;
}

/** true: nothing was done in the case that would have to be undone. Pure. */
export function isWithoutEffect(c: Case): boolean {
  const nothingTaken = c.state === 'scheduled' && c.steps.every(({ progress }) => progress.is === 'planned');
  return WITHOUT_EFFECT.has(c.state) || nothingTaken;
}

/** The same, where the policy is another one than when the case was opened: nobody claims that the person came back. */
export function underOtherRules(outdated: Outdated): Outdated {
  const why = `The policy has changed since the case was opened. ${outdated.why}`;
  return { ...outdated, cause: 'policyChanged', why };
}

function notFound({ scenario }: Case): string {
  if (scenario === 'leftCompany') return 'that the person left';
  return scenario === 'unusedLicense' ? 'the license unused' : 'the person inactive';
}
