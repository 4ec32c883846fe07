import type { CaseLicense, Replacement } from './case.js';
import type { Decision } from './decision.js';

/** What somebody gets for a license in the call in which an answer takes it; undefined: nothing. Pure. */
export function standInFor(
  { replacement, parking }: Pick<CaseLicense, 'replacement' | 'parking'>,
  answer: Decision['kind'],
): Replacement | undefined {
  if (answer === 'park') return parking;
  return answer === 'reclaim' ? replacement : undefined;
}
