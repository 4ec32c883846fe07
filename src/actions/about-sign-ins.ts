import type { Case } from '../cases/case.js';

/** Only these are about sign-ins: who left, is disabled or does not use one license may have signed in. */
const SCENARIOS: ReadonlySet<Case['scenario']> = new Set(['inactive', 'neverSignedIn']);

/** true: a sign-in would end the case. */
export function isAboutSignIns({ scenario }: Pick<Case, 'scenario'>): boolean {
  return SCENARIOS.has(scenario);
}

/** A date that the audit saw does not vanish: when it is missing now, something conceals it. */
export function hadSignIn({ evidence }: Pick<Case, 'evidence'>): boolean {
  return evidence.some(({ source, fact }) => source === 'signIn' && fact.kind === 'on');
}
