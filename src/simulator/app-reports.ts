import { csvLine } from './csv-line.js';
import { dayText } from './dates.js';
import { mix } from './random.js';
import { dayInPeriod, hasPlan, listedPeople, nameInReports, shown, viewOf } from './report-view.js';
import type { ReportView } from './report-view.js';
import { PLAN } from './service-plans.js';
import type { ActivatedProduct, AppPlatform, SimPerson } from './sim-person.js';
import type { Download, World } from './world.js';

const PLATFORMS = [
  { key: 'windows', title: 'Windows' },
  { key: 'mac', title: 'Mac' },
  { key: 'mobile', title: 'Mobile' },
  { key: 'web', title: 'Web' },
] as const satisfies readonly { readonly key: AppPlatform; readonly title: string }[];

const APPS = ['Outlook', 'Word', 'Excel', 'PowerPoint', 'OneNote', 'Teams'] as const;

const APPS_HEADER = [
  ...['Report Refresh Date', 'User Principal Name', 'Last Activation Date', 'Last Activity Date'],
  'Report Period',
  ...PLATFORMS.map(({ title }) => title),
  ...APPS,
  ...PLATFORMS.flatMap(({ title }) => APPS.map((app) => `${app} (${title})`)),
];

const ACTIVATIONS_HEADER = [
  ...['Report Refresh Date', 'User Principal Name', 'Display Name', 'Product Type', 'Last Activated Date'],
  ...['Windows', 'Mac', 'Windows 10 Mobile', 'iOS', 'Android', 'Activated On Shared Computer'],
];

/** Products that are activated on a device, with the plan that allows it, as the report spells them. */
const ACTIVATED = [
  { key: 'apps', plan: PLAN.apps.id, name: 'MICROSOFT 365 APPS FOR ENTERPRISE' },
  { key: 'visio', plan: PLAN.visioDesktop.id, name: 'VISIO ONLINE PLAN 2' },
  { key: 'project', plan: PLAN.projectDesktop.id, name: 'PROJECT ONLINE DESKTOP CLIENT' },
] as const satisfies readonly {
  readonly key: ActivatedProduct;
  readonly plan: string;
  readonly name: string;
}[];

const DESKTOP = [PLAN.apps.id];
/** Whoever may use the apps at least on the web or a phone is in the report. */
const ANY_APPS = [PLAN.apps.id, PLAN.mobileApps.id, PLAN.officeWeb.id];

/** getM365AppUserDetail, header first: 39 columns, of which most say whether an app was used on a platform. */
export function* appRows(world: World, download: Download): Generator<string> {
  const view = viewOf(world, download);
  yield csvLine(APPS_HEADER);
  for (const person of listedPeople(view)) {
    if (hasPlan(world, person, ANY_APPS)) yield csvLine(appRow(view, person));
  }
}

function appRow(view: ReportView, person: SimPerson): readonly string[] {
  const { usage } = person;
  const last = dayInPeriod(view, usage.apps.last);
  const desktop = hasPlan(view.world, person, DESKTOP);
  const onPlatform = PLATFORMS.map(({ key }) => last !== '' && usedOn(usage.apps.platforms, key, desktop));
  const app = APPS.map((name, at) => last !== '' && usesApp(view, person, name, at));
  const activated = desktop ? usage.activations.apps : null;
  return [
    ...[view.refreshed, nameInReports(view, person)],
    ...[activated === null ? '' : dayText(activated.last), last, view.period],
    ...[...onPlatform, ...app, ...onPlatform.flatMap((on) => app.map((used) => on && used))].map(yesNo),
  ];
}

/** Without the desktop apps there are only the browser and the phone. */
function usedOn(platforms: readonly AppPlatform[], key: AppPlatform, desktop: boolean): boolean {
  if (desktop) return platforms.includes(key);
  return key === 'web' || (key === 'mobile' && platforms.includes('mobile'));
}

/** Outlook and Teams as the services have it; everybody who uses apps writes in Word, and in others or not. */
function usesApp(view: ReportView, person: SimPerson, name: (typeof APPS)[number], at: number): boolean {
  if (name === 'Outlook') return dayInPeriod(view, person.workload.exchange) !== '';
  if (name === 'Teams') return dayInPeriod(view, person.workload.teams) !== '';
  return name === 'Word' || mix(person.index, at, 41) % 3 > 0;
}

function yesNo(yes: boolean): string {
  return yes ? 'Yes' : 'No';
}

/** getOffice365ActivationsUserDetail: a row per person and product, also for products never activated. */
export function* activationRows(world: World, download: Download): Generator<string> {
  const view = viewOf(world, download);
  yield csvLine(ACTIVATIONS_HEADER);
  for (const person of listedPeople(view)) {
    for (const { key, plan, name } of ACTIVATED) {
      if (!hasPlan(world, person, [plan])) continue;
      const done = person.usage.activations[key];
      yield csvLine([
        ...[view.refreshed, nameInReports(view, person), shown(view, person.displayName), name],
        ...[done ? dayText(done.last) : '', String(done?.windows ?? 0), String(done?.mac ?? 0)],
        ...['0', '0', '0', 'False'],
      ]);
    }
  }
}
