import type { Finding } from '../audit/finding.js';
import { isReclaimable } from '../audit/licenses/unused.js';
import type { Case } from './case.js';

/**
 * Does the newest complete audit still bear out the reason for a case? Pure.
 * @param found what it found about the person; undefined: nothing, so they are active or gone
 * @returns `active`: the reason is gone; `unknown`: the audit could not tell
 */
export function stillSo(
  c: Pick<Case, 'scenario' | 'licenses'>,
  found: Finding | undefined,
): 'candidate' | 'active' | 'unknown' {
  if (found === undefined) return 'active';
  const { scenario, verdict } = found;
  if (scenario === 'leftCompany') return 'candidate';
  // Whoever is idle may be so for another reason: that is another case, in other words and with other rules.
  if (c.scenario === 'leftCompany')
    return verdict.kind === 'unknown' && found.roster?.status !== 'active' ? 'unknown' : 'active';
  if (verdict.kind === 'unknown') return 'unknown';
  if (c.scenario !== 'unusedLicense') return verdict.kind === 'active' ? 'active' : 'candidate';
  const could = new Set(
    found.licenses.filter((license) => isReclaimable(scenario, license)).map(({ skuId }) => skuId),
  );
  return c.licenses.every(({ skuId }) => could.has(skuId)) ? 'candidate' : 'active';
}
