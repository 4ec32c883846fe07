import { moneyCell } from '../../spend/money-cell.js';
import { listCell, type Cell } from '../csv/writer.js';
import { isoDay } from '../day.js';
import {
  activationsCell,
  dayCell,
  managerOf,
  megabytes,
  pathText,
  refreshedCell,
  reportCell,
  signInCell,
  sponsorsCell,
  verdictText,
  workloadCell,
  yesNo,
} from './cells.js';
import type { Finding } from '../finding.js';
import { lastUseOf } from '../inactivity.js';
import { isIdle, unusedLicenses } from '../licenses/unused.js';

export interface Column<T> {
  readonly name: string;
  readonly of: (row: T) => Cell;
}

/** Fixed by the design: other tools read these files by name and order. */
export const FIRST_COLUMNS: readonly Column<Finding>[] = [
  { name: 'userId', of: ({ person }) => person.id },
  { name: 'userPrincipalName', of: ({ person }) => person.userPrincipalName },
  { name: 'displayName', of: ({ person }) => person.displayName },
  { name: 'scenario', of: ({ scenario }) => scenario },
  { name: 'verdict', of: ({ verdict }) => verdict.kind },
  { name: 'daysInactive', of: ({ verdict }) => (verdict.kind === 'inactive' ? verdict.days : undefined) },
  { name: 'lastActivityDate', of: ({ evidence }) => dayCell(lastUseOf(evidence)) },
  { name: 'lastSuccessfulSignIn', of: (finding) => signInCell(finding, 'successful') },
  { name: 'lastInteractiveSignIn', of: (finding) => signInCell(finding, 'interactive') },
  { name: 'lastNonInteractiveSignIn', of: (finding) => signInCell(finding, 'nonInteractive') },
  { name: 'exchangeLastActivity', of: (finding) => workloadCell(finding, 'exchange') },
  { name: 'oneDriveLastActivity', of: (finding) => workloadCell(finding, 'oneDrive') },
  { name: 'sharePointLastActivity', of: (finding) => workloadCell(finding, 'sharePoint') },
  { name: 'teamsLastActivity', of: (finding) => workloadCell(finding, 'teams') },
  { name: 'yammerLastActivity', of: (finding) => workloadCell(finding, 'yammer') },
  { name: 'skypeLastActivity', of: (finding) => workloadCell(finding, 'skype') },
  { name: 'appsLastActivity', of: ({ evidence }) => reportCell(evidence.reports.apps) },
  { name: 'licenses', of: ({ licenses }) => listCell(licenses.map(({ name }) => name)) },
  {
    name: 'licensePaths',
    of: ({ licenses }) =>
      listCell(licenses.flatMap((held) => held.license.paths.map((path) => pathText(held.partNumber, path)))),
  },
  { name: 'annualCost', of: ({ annualCost }) => moneyCell(annualCost) },
  { name: 'currency', of: ({ annualCost }) => annualCost?.currency },
  { name: 'accountEnabled', of: ({ person }) => person.accountEnabled },
  { name: 'department', of: ({ person }) => person.department },
  { name: 'jobTitle', of: ({ person }) => person.jobTitle },
  { name: 'country', of: ({ person }) => person.country },
  { name: 'usageLocation', of: ({ person }) => person.usageLocation },
  { name: 'managerName', of: ({ manager }) => managerOf(manager)?.displayName },
  { name: 'managerEmail', of: ({ manager }) => managerOf(manager)?.mail },
  { name: 'onPremisesSync', of: ({ person }) => person.onPremisesSync },
  { name: 'onPremisesDomain', of: ({ person }) => person.onPremisesDomain },
  { name: 'createdDate', of: ({ person }) => dayCell(person.created) },
  { name: 'recommendation', of: ({ recommendation }) => recommendation },
  {
    name: 'reportRefreshDate',
    of: ({ evidence }) =>
      'refreshed' in evidence.workload ? isoDay(evidence.workload.refreshed) : undefined,
  },
];

/** What the further reports say. Platforms count for the report's 180 days. */
export const USAGE_COLUMNS: readonly Column<Finding>[] = [
  { name: 'activations', of: ({ evidence }) => activationsCell(evidence.details.activations) },
  { name: 'mailStorageBytes', of: ({ evidence }) => evidence.details.mailStorage },
  { name: 'oneDriveStorageBytes', of: ({ evidence }) => evidence.details.oneDriveStorage },
  ...(['windows', 'mac', 'mobile', 'web'] as const).map((name) => ({
    name,
    of: ({ evidence }: Finding): Cell => yesNo(evidence.details.platforms?.[name]),
  })),
  { name: 'mailStorageMB', of: ({ evidence }) => megabytes(evidence.details.mailStorage) },
  { name: 'oneDriveStorageMB', of: ({ evidence }) => megabytes(evidence.details.oneDriveStorage) },
  { name: 'hasArchive', of: ({ evidence }) => yesNo(evidence.details.hasArchive) },
  { name: 'emailLastActivity', of: ({ evidence }) => reportCell(evidence.reports.email) },
  { name: 'teamsReportLastActivity', of: ({ evidence }) => reportCell(evidence.reports.teams) },
  { name: 'sharePointReportLastActivity', of: ({ evidence }) => reportCell(evidence.reports.sharePoint) },
  { name: 'lastActivation', of: ({ evidence }) => reportCell(evidence.reports.activations) },
  { name: 'emailReportRefreshDate', of: ({ evidence }) => refreshedCell(evidence.reports.email) },
  { name: 'teamsReportRefreshDate', of: ({ evidence }) => refreshedCell(evidence.reports.teams) },
  { name: 'sharePointReportRefreshDate', of: ({ evidence }) => refreshedCell(evidence.reports.sharePoint) },
  { name: 'appsReportRefreshDate', of: ({ evidence }) => refreshedCell(evidence.reports.apps) },
  { name: 'activationsReportRefreshDate', of: ({ evidence }) => refreshedCell(evidence.reports.activations) },
];

export const SPONSORS: Column<Finding> = {
  name: 'sponsors',
  of: ({ sponsors }) => sponsorsCell(sponsors),
};

/** What is known of the person and of each license beside its use. */
export const MORE_COLUMNS: readonly Column<Finding>[] = [
  {
    name: 'unusedLicenses',
    of: (finding) => listCell(unusedLicenses(finding).map(({ name }) => name)),
  },
  {
    name: 'licenseVerdicts',
    of: ({ licenses }) =>
      listCell(licenses.map(({ partNumber, verdict }) => `${partNumber}: ${verdictText(verdict)}`)),
  },
  {
    name: 'unusedParts',
    of: ({ licenses }) =>
      listCell(
        licenses.flatMap(({ partNumber, parts }) =>
          parts.filter(({ verdict }) => isIdle(verdict)).map(({ part }) => `${partNumber}: ${part}`),
        ),
      ),
  },
  { name: 'coveredLicenses', of: ({ licenses }) => listCell(coveredTexts(licenses)) },
  { name: 'neverSignedIn', of: ({ neverSignedIn }) => neverSignedIn },
  { name: 'securityAlert', of: ({ securityAlert }) => yesNo(securityAlert) },
  { name: 'rosterStatus', of: ({ roster }) => roster?.status },
  { name: 'rosterDate', of: ({ roster }) => dayCell(roster?.asOf) },
  {
    name: 'ownedSites',
    of: ({ evidence }) => evidence.details.sites && listCell(evidence.details.sites.map(({ url }) => url)),
  },
  { name: 'ownedSiteCount', of: ({ evidence }) => evidence.details.sites?.length },
  { name: 'isGuest', of: ({ person }) => yesNo(person.kind === 'guest') },
  { name: 'employeeId', of: ({ person }) => person.employeeId },
  { name: 'employeeType', of: ({ person }) => person.employeeType },
  { name: 'hireDate', of: ({ person }) => dayCell(person.hired) },
];

export const WHY: Column<Finding> = {
  name: 'why',
  of: ({ verdict }) => (verdict.kind === 'unknown' ? listCell(verdict.why) : undefined),
};

export const PROTECTIONS: readonly Column<Finding>[] = [
  {
    name: 'protections',
    of: ({ protections }) => listCell([...new Set(protections.map(({ kind }) => kind))]),
  },
  { name: 'rules', of: ({ protections }) => listCell(protections.map(({ rule }) => rule)) },
];

/** `SPE_E3: SPE_E5`: the first gives nothing that the second does not give. */
function coveredTexts(licenses: Finding['licenses']): readonly string[] {
  return licenses.flatMap(({ partNumber, coveredBy }) => {
    if (coveredBy === undefined) return [];
    const by = licenses.find(({ skuId }) => skuId === coveredBy)?.partNumber ?? coveredBy;
    return [`${partNumber}: ${by}`];
  });
}
