import { unusedText } from '../../cards/unused-text.js';
import { ENGLISH } from '../../i18n/locale.js';
import { isoDay } from '../day.js';
import { WORKLOADS, type Fact, type Verdict } from '../evidence.js';
import type { Finding, ProtectionKind, Scenario } from '../finding.js';
import type { Part } from '../licenses/parts.js';
import { ACTIVITY_REPORTS, type ActivityReport } from '../reports/names.js';
import { REPORT_REACH_DAYS } from '../reports/usage-index.js';
import { isIdle, unusedReason } from '../licenses/unused.js';

export const SCENARIO_WORDS: Readonly<Record<Scenario, string>> = {
  leftCompany: 'Left the company',
  neverSignedIn: 'Never signed in',
  inactive: 'Inactive',
  disabledButLicensed: 'Disabled, still licensed',
  unusedLicense: 'Active, license unused',
};

export const PROTECTION_WORDS: Readonly<Record<ProtectionKind, string>> = {
  executive: 'protected',
  onLeave: 'protected',
  serviceAccount: 'service account',
  sharedMailbox: 'shared mailbox',
  resource: 'room or equipment',
  admin: 'administrator',
  breakGlass: 'emergency access',
  guest: 'guest',
  newAccount: 'new account',
  newLicense: 'new license',
  exempt: 'exempt',
};

export const PART_WORDS: Readonly<Record<Part, string>> = {
  exchange: 'Mail',
  oneDrive: 'OneDrive',
  sharePoint: 'SharePoint',
  teams: 'Teams',
  yammer: 'Viva Engage',
  skype: 'Skype',
  apps: 'Microsoft 365 Apps',
  visio: 'Visio',
  project: 'Project',
};

const REPORT_WORDS: Readonly<Record<ActivityReport, string>> = {
  email: 'Email activity',
  teams: 'Teams activity',
  sharePoint: 'SharePoint activity',
  apps: 'Microsoft 365 Apps',
  activations: 'Last activation',
};

/** The person's scenario with what is known beside it. */
export function scenarioWords({ scenario, neverSignedIn, securityAlert, roster }: Finding): string {
  if (scenario === undefined) return '';
  const words = SCENARIO_WORDS[scenario];
  if (neverSignedIn === 'onboarding') return `${words}: perhaps not started yet`;
  if (neverSignedIn === 'offboarding') return `${words}: perhaps left behind`;
  const asOf =
    scenario === 'leftCompany' && roster !== undefined ? ` (roster of ${isoDay(roster.asOf)})` : '';
  return `${words}${asOf}${securityAlert ? ', has signed in since: tell security' : ''}`;
}

export function verdictWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'active':
      return 'active';
    case 'inactive':
      return `inactive for ${daysWords(verdict)} days`;
    case 'neverUsed':
      return 'never used';
    case 'unknown':
      return 'unknown';
    default:
      return verdict satisfies never;
  }
}

/** `180+` where the sources reach no further back than that, whatever an older sign-in says. */
export function daysWords({
  days,
  lastUse,
}: Pick<Extract<Verdict, { kind: 'inactive' }>, 'days' | 'lastUse'>): string {
  return lastUse === undefined || days === REPORT_REACH_DAYS ? `${days}+` : `${days}`;
}

/** Line by line: sign-in, services, further reports, licenses, and what the person owns. */
export function evidenceLines(finding: Finding): readonly string[] {
  return [...activityLines(finding), ...licenseLines(finding), ...detailLines(finding)];
}

function activityLines({ evidence }: Finding): readonly string[] {
  const { signIn, workload, reports } = evidence;
  return [
    `Sign-in: ${'successful' in signIn ? factWords(signIn.successful) : `unknown, ${signIn.unknown}`}`,
    ...('facts' in workload
      ? WORKLOADS.map((name) => `${PART_WORDS[name]}: ${factWords(workload.facts[name])}`)
      : [`Services: unknown, ${workload.unknown}`]),
    ...ACTIVITY_REPORTS.flatMap((name) => {
      const report = reports[name];
      if (report.kind === 'off') return [];
      const words = report.kind === 'read' ? factWords(report.fact) : `unknown, ${report.why}`;
      return [`${REPORT_WORDS[name]}: ${words}`];
    }),
  ];
}

function factWords(fact: Fact): string {
  switch (fact.kind) {
    case 'on':
      return isoDay(fact.day);
    case 'none':
      return fact.since === undefined ? 'never' : `none since ${isoDay(fact.since)}`;
    case 'unknown':
      return `unknown, ${fact.why}`;
    default:
      return fact satisfies never;
  }
}

function licenseLines({ licenses, scenario }: Finding): readonly string[] {
  return licenses.flatMap((license) => {
    const reason = scenario === 'unusedLicense' ? unusedReason(license, licenses) : undefined;
    const parts = license.parts.filter(({ verdict }) => license.verdict.kind === 'active' && isIdle(verdict));
    return [
      ...(reason === undefined ? [] : [`${license.name}: ${unusedText(reason, ENGLISH)}`]),
      ...(parts.length === 0
        ? []
        : [`${license.name}, unused in it: ${parts.map(({ part }) => PART_WORDS[part]).join(', ')}`]),
    ];
  });
}

function detailLines({ evidence }: Finding): readonly string[] {
  const { activations, platforms, sites } = evidence.details;
  const used = platforms && Object.entries(platforms).filter(([, isUsed]) => isUsed);
  return [
    ...(used === undefined
      ? []
      : [`Apps used on: ${used.map(([name]) => name).join(', ') || 'no platform in 180 days'}`]),
    ...(activations ?? []).map(
      ({ product, lastActivated }) =>
        `Activated: ${product}, ${lastActivated === undefined ? 'never' : isoDay(lastActivated)}`,
    ),
    ...(sites ?? []).map(({ url }) => `Owns the site ${url}`),
  ];
}
