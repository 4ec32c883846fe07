import { csvLine } from './csv-line.js';
import { dayText } from './dates.js';
import {
  dayInPeriod,
  deletedDay,
  LEFT_BEHIND,
  listedPeople,
  nameInReports,
  productsOf,
  shown,
  viewOf,
} from './report-view.js';
import type { ReportView } from './report-view.js';
import { EXCHANGE_PLANS, ONEDRIVE_PLANS, PLAN, SHAREPOINT_PLANS, TEAMS_PLANS } from './service-plans.js';
import { isHeld } from './sim-person.js';
import type { SimPerson } from './sim-person.js';
import { disabledPlansOf } from './wire-user.js';
import type { Download, World } from './world.js';

/** The services of getOffice365ActiveUserDetail in its column order, with the plans that license them. */
const SERVICES = [
  { name: 'Exchange', key: 'exchange', plans: EXCHANGE_PLANS },
  { name: 'OneDrive', key: 'oneDrive', plans: ONEDRIVE_PLANS },
  { name: 'SharePoint', key: 'sharePoint', plans: SHAREPOINT_PLANS },
  { name: 'Skype For Business', key: 'skype', plans: [PLAN.skype2.id, PLAN.skype1.id] },
  { name: 'Yammer', key: 'yammer', plans: [PLAN.yammer.id] },
  { name: 'Teams', key: 'teams', plans: TEAMS_PLANS },
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
  const view = viewOf(world, download);
  yield csvLine(HEADER);
  for (const person of listedPeople(view)) yield csvLine(row(view, person));
  yield csvLine(deletedRow(view));
}

function row(view: ReportView, person: SimPerson): readonly string[] {
  const plans = planDates(view.world, person);
  const assigned = SERVICES.map(
    (service) => service.plans.flatMap((id) => plans.get(id) ?? []).sort((a, b) => a - b)[0],
  );
  return [
    ...[view.refreshed, nameInReports(view, person), shown(view, person.displayName), 'False', ''],
    ...assigned.map((since) => (since === undefined ? 'False' : 'True')),
    ...SERVICES.map((service) => dayInPeriod(view, person.workload[service.key])),
    ...assigned.map((since) => (since === undefined ? '' : dayText(since))),
    productsOf(view.world, person),
  ];
}

function deletedRow(view: ReportView): readonly string[] {
  const { userPrincipalName, displayName } = LEFT_BEHIND;
  const blank = SERVICES.map(() => '');
  return [
    ...[view.refreshed, shown(view, userPrincipalName), shown(view, displayName), 'True', deletedDay(view)],
    ...[...SERVICES.map(() => 'False'), ...blank, ...blank, ''],
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
