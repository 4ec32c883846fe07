import type { UserId } from '../../src/audit/person.js';
import type { Use } from './tenant.js';

/** What sources lack for a while of every so manieth person. */
export interface Damage {
  /** `rows` and `dates`: of the reports. `signIns`: the dates of who has signed in before. `both`: dates of all of these. */
  readonly of: 'rows' | 'dates' | 'signIns' | 'both';
  readonly every: number;
  readonly since: number;
  readonly until: number;
}

/** undefined: nothing is lacking then, as on most days. */
export function damageAt(damages: readonly Damage[], at: number): Damage | undefined {
  return damages.find(({ since, until }) => since <= at && at < until);
}

function isHit({ every }: Damage, id: UserId): boolean {
  return Number(id.slice(-3)) % every === 0;
}

/** true: the reports have no row of the person. */
export function lacksRow(damage: Damage | undefined, id: UserId): boolean {
  return damage?.of === 'rows' && isHit(damage, id);
}

/** true: the reports show no activity of the person. */
export function lacksDates(damage: Damage | undefined, id: UserId): boolean {
  return (damage?.of === 'dates' || damage?.of === 'both') && isHit(damage, id);
}

/** true: sign-ins are not shown of the person. */
export function lacksSignIn(damage: Damage | undefined, id: UserId, use: Use): boolean {
  if ((damage?.of !== 'signIns' && damage?.of !== 'both') || !isHit(damage, id)) return false;
  const first = use.last ?? use.activeSince;
  return first !== undefined && first <= damage.since;
}
