import type { Sku } from './person.js';
import type { Evidence, Verdict } from './evidence.js';

/** Services whose use the active-user report dates, by the names of the plans that give them. */
const DATED_SERVICE =
  /^(EXCHANGE_[SLB]_(?!FOUNDATION)|SHAREPOINT(STANDARD|ENTERPRISE|DESKLESS|WAC)|TEAMS\d|MCO(STANDARD|IMP)|YAMMER_|VIVAENGAGE_|ONEDRIVE)/i;

/**
 * Is this license unused? Whoever provably does not sign in uses nothing. Without that proof only the services that
 * the usage report dates can be judged; of other products nothing is known.
 * @param person the verdict on the person as a whole
 */
export function licenseVerdict(
  person: Verdict,
  evidence: Evidence,
  sku: Pick<Sku, 'plans'> | undefined,
): Verdict {
  if (person.kind === 'unknown') return person;
  const isDated = sku?.plans.some(({ name }) => DATED_SERVICE.test(name)) ?? false;
  if (isDated) return person;
  const signInIsKnown = 'successful' in evidence.signIn && evidence.signIn.successful.kind !== 'unknown';
  if (person.kind !== 'active' && signInIsKnown) return person;
  return { kind: 'unknown', why: ['no source that is read dates the use of this product'] };
}
