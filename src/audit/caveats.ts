import type { Policy } from '../config/policy.js';
import { isoDay, type Day } from './day.js';
import { FURTHER_REPORTS, type FurtherReport } from './reports/names.js';
import { settingCaveats } from './reveal/setting.js';
import type { Roster } from './roster/roster.js';
import type { Sources } from './sources/run-sources.js';
import { NOBODY_NEEDED } from './sign-ins/sign-in.js';
import type { ReportReading } from './reports/reader.js';

type CaveatFacts = Pick<
  Sources,
  'reports' | 'settingRefused' | 'signIns' | 'tenant' | 'unknownSkus' | 'roster'
>;

/** Licenses come from the directory itself, not from a copy that is refreshed once a day (field.md F22). */
export function licensesAsOf(startedAt: Date): string {
  const minute = startedAt.toISOString().slice(0, 16).replace('T', ' at ');
  return `Licenses and accounts were read live from ${minute} UTC on; what changed later shows in the next audit.`;
}

/** What a reader has to know before trusting the lists, in sentences. */
export function caveatsOf(facts: CaveatFacts, policy: Policy, today: Day): readonly string[] {
  return [
    ...usageCaveats(facts.reports.usage),
    ...settingCaveats(facts.settingRefused, policy),
    ...reportCaveats(facts.reports.states),
    ...signInCaveats(facts),
    ...rosterCaveats(facts.roster, policy, today),
    ...scopeCaveats(facts.unknownSkus, policy),
  ];
}

/** Of a user source that is too old only leave counts, and whoever imported it should know. */
function rosterCaveats(roster: Roster | undefined, policy: Policy, today: Day): readonly string[] {
  if (roster === undefined || roster.isFresh(today, policy.roster.maxAgeDays)) return [];
  return [
    `Of the user source of ${isoDay(roster.asOf)} only leave counts: it is older than roster.maxAgeDays ` +
      `(${policy.roster.maxAgeDays}), or of a day to come. Import a newer one.`,
  ];
}

function usageCaveats(usage: ReportReading<unknown>): readonly string[] {
  if (usage.kind === 'unusable') return [`Use of the services is unknown: ${usage.why}`];
  const reject = usage.rejects[0];
  const rejected =
    reject === undefined
      ? []
      : [
          `${usage.rejected} rows of the usage report could not be read (the first at line ${reject.line}); their people are unknown.`,
        ];
  return [
    `Usage reports run two to three days late; this one shows use up to ${isoDay(usage.refreshed)}.`,
    'An empty date in the usage report means no use within 180 days, not that there never was any; so the days without use are counted up to 180.',
    ...rejected,
  ];
}

const TITLES = {
  email: 'The email report',
  teams: 'The Teams report',
  sharePoint: 'The SharePoint report',
  apps: 'The Microsoft 365 Apps report',
  activations: 'The activations report',
  mailboxes: 'The mailbox report',
  oneDrives: 'The OneDrive report',
  sites: 'The site report',
} as const satisfies Record<FurtherReport, string>;

const ONLY_SHOWN: ReadonlySet<FurtherReport> = new Set(['mailboxes', 'oneDrives', 'sites']);

/** Sources that are missing, and what follows from it. */
function reportCaveats(reports: CaveatFacts['reports']['states']): readonly string[] {
  const off = FURTHER_REPORTS.filter((name) => reports[name].kind === 'off');
  const unknown = FURTHER_REPORTS.flatMap((name) => {
    const state = reports[name];
    if (state.kind !== 'unknown') return [];
    const what = ONLY_SHOWN.has(name)
      ? 'its columns are empty'
      : 'nobody whom no other source shows to be active is judged';
    return [
      `${TITLES[name]} is unknown, so ${what}: ${state.why} To do without it, leave ${name} out of evidence.reports.`,
    ];
  });
  return [
    ...(off.length > 0 ? [`The policy leaves out these reports: ${off.join(', ')}.`] : []),
    ...unknown,
    ...(reports.activations.kind === 'read'
      ? [
          'Visio and Project are judged by activations of their desktop apps; use on the web is not recorded anywhere.',
        ]
      : []),
  ];
}

function signInCaveats({ signIns: { source }, tenant }: CaveatFacts): readonly string[] {
  if (!tenant.hasEntraP1)
    return [
      'The tenant has no Entra ID P1, so there are no sign-in dates; people are judged by use of the services.',
    ];
  if (source.kind === 'unread' && source.why !== NOBODY_NEEDED)
    return [`Sign-in dates are unknown, so nobody was judged by them: ${source.why}`];
  if (source.kind === 'read' && !source.othersHaveValues) {
    return ['Nobody in the tenant has a sign-in date, so a missing one proves nothing.'];
  }
  return ['Sign-in dates may be a day old.'];
}

function scopeCaveats(unknownSkus: readonly string[], policy: Policy): readonly string[] {
  const { domains, ous, departments, countries, people, paths, licenseGroups, licenseErrors } = policy.scope;
  const isNarrow =
    domains.length + ous.length + departments.length + countries.length > 0 || people !== undefined;
  const isPartial = paths.length + licenseGroups.length > 0 || licenseErrors !== 'include';
  return [
    ...(unknownSkus.length > 0
      ? [`scope.skus names SKUs that the tenant does not have: ${unknownSkus.join(', ')}.`]
      : []),
    ...(isNarrow ? ["People outside of the policy's scope are left out."] : []),
    ...(isPartial ? ["Licenses that are held in other ways than the policy's scope says are left out."] : []),
    ...(policy.prices.length === 0 ? ['No prices are entered, so there are no costs.'] : []),
  ];
}
