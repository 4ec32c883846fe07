import { createHash } from 'node:crypto';
import { csvLine } from './csv-line.js';
import { DOMAIN } from './named-spec.js';
import { namesConcealed } from './organization.js';
import { PLAN } from './service-plans.js';
import { DAY_MS, isHeld } from './sim-person.js';
import type { SimPerson } from './sim-person.js';
import { heldBy, peopleOf } from './tenant.js';
import { disabledPlansOf } from './wire-user.js';
import { tenantTime } from './world.js';
import type { Download, World } from './world.js';

/** The services of getOffice365ActiveUserDetail in its column order, with the plans that license them. */
const SERVICES = [
  { name: 'Exchange', key: 'exchange', plans: [PLAN.exchange2.id, PLAN.exchange1.id, PLAN.exchangeKiosk.id] },
  {
    name: 'OneDrive',
    key: 'oneDrive',
    plans: [PLAN.sharePoint2.id, PLAN.sharePoint1.id, PLAN.sharePointKiosk.id, PLAN.oneDriveBasic.id],
  },
  {
    name: 'SharePoint',
    key: 'sharePoint',
    plans: [PLAN.sharePoint2.id, PLAN.sharePoint1.id, PLAN.sharePointKiosk.id],
  },
  { name: 'Skype For Business', key: 'skype', plans: [PLAN.skype2.id, PLAN.skype1.id] },
  { name: 'Yammer', key: 'yammer', plans: [PLAN.yammer.id] },
  { name: 'Teams', key: 'teams', plans: [PLAN.teams.id] },
] as const;

const HEADER = [
  ...['Report Refresh Date', 'User Principal Name', 'Display Name', 'Is Deleted', 'Deleted Date'],
  ...SERVICES.map((service) => `Has ${service.name} License`),
  ...SERVICES.map((service) => `${service.name} Last Activity Date`),
  ...SERVICES.map((service) => `${service.name} License Assign Date`),
  'Assigned Products',
];

/** The rows of getOffice365ActiveUserDetail, header first, one person at a time. */
export function* activeUserRows(world: World, download: Download): Generator<string> {
  const time = tenantTime(world);
  const refreshed = dayText(time.reportEnd);
  const concealed = namesConcealed(world);
  const since = time.reportEnd - download.days * DAY_MS;
  yield csvLine(HEADER);
  for (const person of peopleOf(world.tenant, time)) {
    if (person.inReport === 'absent' || person.licenses.length === 0) continue;
    yield csvLine(row(world, person, refreshed, since, concealed));
  }
  yield csvLine(deletedRow(world, refreshed, time.reportEnd, concealed));
}

function row(
  world: World,
  person: SimPerson,
  refreshed: string,
  since: number,
  concealed: boolean,
): readonly string[] {
  const plans = planDates(world, person);
  const sinceOf = (ids: readonly string[]) =>
    ids.flatMap((id) => plans.get(id) ?? []).sort((a, b) => a - b)[0];
  const upn =
    person.inReport === 'upperCase' ? person.userPrincipalName.toUpperCase() : person.userPrincipalName;
  return [
    refreshed,
    shown(world, upn, concealed),
    shown(world, person.displayName, concealed),
    'False',
    '',
    ...SERVICES.map((service) => (sinceOf(service.plans) === undefined ? 'False' : 'True')),
    ...SERVICES.map((service) => {
      const last = person.workload[service.key];
      return last === null || last < since ? '' : dayText(last);
    }),
    ...SERVICES.map((service) => {
      const assigned = sinceOf(service.plans);
      return assigned === undefined ? '' : dayText(assigned);
    }),
    [...heldBy(person)].map((skuId) => world.tenant.products.get(skuId)?.reportName ?? skuId).join('+'),
  ];
}

/** Somebody who was deleted lately still has a row; their account is not in the directory. */
function deletedRow(
  world: World,
  refreshed: string,
  reportEnd: number,
  concealed: boolean,
): readonly string[] {
  const blank = SERVICES.map(() => '');
  return [
    refreshed,
    shown(world, `harriet.lowe@${DOMAIN}`, concealed),
    shown(world, 'Harriet Lowe', concealed),
    'True',
    dayText(reportEnd - 12 * DAY_MS),
    ...SERVICES.map(() => 'False'),
    ...blank,
    ...blank,
    '',
  ];
}

/** When each enabled plan came to the person first. */
function planDates(world: World, person: SimPerson): ReadonlyMap<string, number> {
  const dates = new Map<string, number>();
  for (const path of person.licenses.filter(isHeld)) {
    const off = disabledPlansOf(person, path.skuId);
    for (const plan of world.tenant.products.get(path.skuId)?.plans ?? []) {
      if (off.includes(plan.id)) continue;
      dates.set(plan.id, Math.min(path.since, dates.get(plan.id) ?? Infinity));
    }
  }
  return dates;
}

/** A name as it is, or as the 32 hexadecimal digits that the report service puts in its place. */
function shown(world: World, name: string, concealed: boolean): string {
  if (!concealed) return name;
  return createHash('md5').update(`${world.tenant.id} ${name}`).digest('hex').toUpperCase();
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
