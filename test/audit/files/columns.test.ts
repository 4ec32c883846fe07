import { describe, expect, test } from '@jest/globals';
import { NO_DETAILS, REPORTS_OFF, type Evidence } from '../../../src/audit/evidence.js';
import { guestTable, inactiveTable, unknownTable, type Table } from '../../../src/audit/files/rows.js';
import { aFinding, aLicenseFinding, EVIDENCE } from '../../cases/a-finding.js';
import { day, userId } from '../../world/people.js';
import { SKUS } from '../../world/skus.js';

const REFRESHED = day('2026-11-20');

/** Every report was read, and each says something else. */
const FULL: Evidence = {
  ...EVIDENCE,
  reports: {
    email: { kind: 'read', refreshed: REFRESHED, fact: { kind: 'on', day: day('2026-07-10') } },
    teams: { kind: 'read', refreshed: day('2026-11-19'), fact: { kind: 'none', since: day('2026-05-23') } },
    sharePoint: { kind: 'unknown', why: 'not in the report' },
    apps: { kind: 'read', refreshed: day('2026-11-18'), fact: { kind: 'on', day: day('2026-06-30') } },
    activations: { kind: 'off' },
  },
  details: {
    platforms: { windows: true, mac: false, mobile: true, web: false },
    activations: [
      { product: 'MICROSOFT 365 APPS FOR ENTERPRISE', lastActivated: day('2025-02-03') },
      { product: 'VISIO DESKTOP', lastActivated: undefined },
    ],
    mailStorage: 1_572_864,
    hasArchive: false,
    mailboxesRefreshed: REFRESHED,
    oneDriveStorage: 0,
    sites: [
      { url: 'https://harbor.example/sites/one', lastActivity: undefined },
      { url: 'https://harbor.example/sites/two', lastActivity: day('2026-01-01') },
    ],
  },
};

/** The only row of a table, by column. */
function rowOf({ header, rows }: Table): Readonly<Record<string, unknown>> {
  const [row = []] = [...rows];
  return Object.fromEntries(header.map((name, at) => [name, row[at]]));
}

describe('a row of the lists', () => {
  test('has what every further report says, each with its own date', () => {
    expect(rowOf(inactiveTable([aFinding('Ann', { evidence: FULL })]))).toMatchObject({
      appsLastActivity: '2026-06-30',
      appsReportRefreshDate: '2026-11-18',
      emailLastActivity: '2026-07-10',
      emailReportRefreshDate: '2026-11-20',
      teamsReportLastActivity: undefined,
      teamsReportRefreshDate: '2026-11-19',
      sharePointReportLastActivity: undefined,
      sharePointReportRefreshDate: undefined,
      activationsReportRefreshDate: undefined,
      activations: 'MICROSOFT 365 APPS FOR ENTERPRISE: 2025-02-03;VISIO DESKTOP: never',
      windows: 'Yes',
      mac: 'No',
      mobile: 'Yes',
      web: 'No',
      mailStorageBytes: 1_572_864,
      mailStorageMB: { number: 1.5, decimals: 2 },
      oneDriveStorageBytes: 0,
      oneDriveStorageMB: { number: 0, decimals: 2 },
      hasArchive: 'No',
      ownedSites: 'https://harbor.example/sites/one;https://harbor.example/sites/two',
      ownedSiteCount: 2,
    });
  });

  test('is empty where nothing is known, which is not 0 and not No', () => {
    const evidence = { ...EVIDENCE, reports: REPORTS_OFF, details: NO_DETAILS };
    const row = rowOf(inactiveTable([aFinding('Ann', { evidence })]));
    for (const name of [
      ...['appsLastActivity', 'activations', 'windows', 'mac', 'mobile', 'web', 'hasArchive'],
      ...['mailStorageBytes', 'mailStorageMB', 'oneDriveStorageBytes', 'oneDriveStorageMB'],
      ...['ownedSites', 'ownedSiteCount', 'sponsors', 'rosterStatus', 'rosterDate', 'hireDate'],
      ...['employeeId', 'employeeType', 'neverSignedIn', 'appsReportRefreshDate'],
    ]) {
      expect([name, row[name]]).toEqual([name, undefined]);
    }
  });

  test('says none where a report was read and has nothing', () => {
    const details = { ...NO_DETAILS, activations: [], sites: [] };
    const row = rowOf(inactiveTable([aFinding('Ann', { evidence: { ...EVIDENCE, details } })]));
    expect(row).toMatchObject({ activations: 'none', ownedSites: '', ownedSiteCount: 0 });
  });

  test('names the unused licenses of an active person, and the verdict of each', () => {
    const finding = aFinding('Vic', {
      verdict: { kind: 'active', lastUse: day('2026-11-20') },
      scenario: 'unusedLicense',
      licenses: [
        aLicenseFinding('E5', {
          verdict: { kind: 'active', lastUse: day('2026-11-20') },
          parts: [
            { part: 'teams', verdict: { kind: 'inactive', days: 180, lastUse: undefined } },
            { part: 'exchange', verdict: { kind: 'active', lastUse: day('2026-11-20') } },
            { part: 'yammer', verdict: { kind: 'unknown', why: ['not in the report'] } },
          ],
        }),
        aLicenseFinding('E3', {
          verdict: { kind: 'active', lastUse: day('2026-11-20') },
          coveredBy: SKUS.E5.skuId,
        }),
        aLicenseFinding('VISIO', { verdict: { kind: 'neverUsed' } }),
      ],
    });
    expect(rowOf(inactiveTable([finding]))).toMatchObject({
      scenario: 'unusedLicense',
      verdict: 'active',
      daysInactive: undefined,
      unusedLicenses: 'SPE_E3;VISIOCLIENT',
      licenseVerdicts: 'SPE_E5: active;SPE_E3: active;VISIOCLIENT: neverUsed',
      unusedParts: 'SPE_E5: teams',
      coveredLicenses: 'SPE_E3: SPE_E5',
    });
  });

  test('tells a leaver who still signs in, and what the roster says', () => {
    const finding = aFinding('Lea', {
      scenario: 'leftCompany',
      securityAlert: true,
      roster: {
        status: 'left',
        asOf: day('2026-11-22'),
        origin: 'hr.csv',
        leaveFrom: undefined,
        leaveUntil: undefined,
      },
    });
    expect(rowOf(inactiveTable([finding]))).toMatchObject({
      securityAlert: 'Yes',
      rosterStatus: 'left',
      rosterDate: '2026-11-22',
      licenseVerdicts: 'SPE_E3: inactive (130)',
    });
  });

  test('of a guest has the sponsor early, and says when there is none', () => {
    const sponsors = [
      { id: userId('Sam'), displayName: 'Sam Spon', mail: 'sam@harbor.example' },
      { id: userId('Owners'), displayName: '=Owners', mail: undefined },
    ];
    const guest = aFinding('Guest', { is: { kind: 'guest' }, sponsors });
    const { header } = guestTable([guest]);
    expect(header.indexOf('sponsors')).toBe(header.indexOf('reportRefreshDate') + 1);
    expect(rowOf(guestTable([guest]))).toMatchObject({
      isGuest: 'Yes',
      sponsors: "Sam Spon <sam@harbor.example>;'=Owners",
    });
    expect(rowOf(guestTable([{ ...guest, sponsors: [] }]))).toMatchObject({ sponsors: 'none' });
    expect(rowOf(guestTable([{ ...guest, sponsors: undefined }]))).toMatchObject({ sponsors: undefined });
  });

  test('of somebody unknown says why', () => {
    const finding = aFinding('Una', { verdict: { kind: 'unknown', why: ['sign-in: no row', 'x'] } });
    expect(rowOf(unknownTable([finding]))).toMatchObject({ why: 'sign-in: no row;x', isGuest: 'No' });
  });
});
