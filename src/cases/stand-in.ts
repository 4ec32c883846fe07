import type { Case, CaseLicense, Replacement } from './case.js';
import type { Decision } from './decision.js';

/** What somebody gets for a license in the call in which an answer takes it; undefined: nothing. Pure. */
export function standInFor(
  { replacement, parking }: Pick<CaseLicense, 'replacement' | 'parking'>,
  answer: Decision['kind'],
): Replacement | undefined {
  if (answer === 'park') return parking;
  return answer === 'reclaim' ? replacement : undefined;
}

/** The answer by which a case gives something instead of its licenses; before there is one, that of a manager. Pure. */
export function answerIn(c: Case): Decision['kind'] {
  return 'decision' in c ? c.decision.kind : 'reclaim';
}
