import { createHash } from 'node:crypto';
import { dayText } from './dates.js';
import { DOMAIN } from './named-spec.js';
import { reportsConcealNames } from './organization.js';
import { DAY_MS, isHeld } from './sim-person.js';
import type { SimPerson } from './sim-person.js';
import { heldBy, peopleOf } from './tenant.js';
import { disabledPlansOf } from './wire-user.js';
import { tenantTime } from './world.js';
import type { Download, World } from './world.js';

/** One report as it is written: of which day, how far back, with or without names. */
export interface ReportView {
  readonly world: World;
  /** Report Refresh Date. */
  readonly refreshed: string;
  /** The last moment that the report knows of, in ms since 1970. */
  readonly end: number;
  /** Use before this moment is not shown. */
  readonly since: number;
  /** Report Period: a bare number of days. */
  readonly period: string;
  readonly concealed: boolean;
}

export function viewOf(world: World, download: Download): ReportView {
  const { reportEnd } = tenantTime(world);
  return {
    world,
    refreshed: dayText(reportEnd),
    end: reportEnd,
    since: reportEnd - download.days * DAY_MS,
    period: String(download.days),
    concealed: reportsConcealNames(world),
  };
}

/** Everybody with a license whom the report service knows. */
export function* listedPeople({ world }: ReportView): Generator<SimPerson> {
  for (const person of peopleOf(world.tenant, tenantTime(world))) {
    if (person.inReport !== 'absent' && person.licenses.length > 0) yield person;
  }
}

/** The user principal name as reports spell it. */
export function nameInReports(view: ReportView, person: SimPerson): string {
  const name = person.userPrincipalName;
  return shown(view, person.inReport === 'upperCase' ? name.toUpperCase() : name);
}

/** A name as it is, or as the 32 hexadecimal digits that the report service puts in its place. */
export function shown(view: ReportView, name: string): string {
  if (!view.concealed) return name;
  return createHash('md5').update(`${view.world.tenant.id} ${name}`).digest('hex').toUpperCase();
}

/** An object id, or zeros in its place. */
export function shownId(view: ReportView, id: string): string {
  return view.concealed ? '00000000-0000-0000-0000-000000000000' : id;
}

/** true: the person has at least one of the plans, and it is switched on. */
export function hasPlan(world: World, person: SimPerson, planIds: readonly string[]): boolean {
  return person.licenses.some((path) => {
    const plans = world.tenant.products.get(path.skuId)?.plans;
    if (!plans || !isHeld(path)) return false;
    const found = plans.filter((plan) => planIds.includes(plan.id));
    if (found.length === 0) return false;
    const off = disabledPlansOf(person, path.skuId);
    return found.some((plan) => !off.includes(plan.id));
  });
}

/** `MICROSOFT 365 E3+VISIO PLAN 2` */
export function productsOf(world: World, person: SimPerson): string {
  return [...heldBy(person)].map((skuId) => world.tenant.products.get(skuId)?.reportName ?? skuId).join('+');
}

/** The day of a moment within the report's period; empty: no use that the report knows of. */
export function dayInPeriod(view: ReportView, moment: number | null): string {
  return moment === null || moment < view.since ? '' : dayText(moment);
}

/** Somebody who was deleted lately still has a row; their account is not in the directory. */
export const LEFT_BEHIND = {
  id: '5a7c9e10-2b4d-4f68-8c31-0000000009f0',
  userPrincipalName: `harriet.lowe@${DOMAIN}`,
  displayName: 'Harriet Lowe',
} as const;

export function deletedDay(view: ReportView): string {
  return dayText(view.end - 12 * DAY_MS);
}
