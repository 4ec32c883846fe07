import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readActivationsReport } from '../../../src/audit/reports/activations.js';
import { readActivityReport, readAppsReport } from '../../../src/audit/reports/activity.js';
import { isoDay, type Day } from '../../../src/audit/day.js';
import { NO_DETAILS, WORKLOADS, type Evidence } from '../../../src/audit/evidence.js';
import { judgeLicense } from '../../../src/audit/licenses/verdict.js';
import { nameSlots } from '../../../src/audit/reports/name-slots.js';
import { contentsOf } from '../../../src/audit/licenses/parts.js';
import type { License } from '../../../src/audit/person.js';
import type { Report, ReportReading } from '../../../src/audit/reports/reader.js';
import { recentUse, usageEvidence, type UsageSources } from '../../../src/audit/licenses/usage.js';
import { readUsageReport } from '../../../src/audit/reports/usage-report.js';
import { day, TODAY } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { reportText, type ReportRow } from '../../world/report-texts.js';
import { SKUS } from '../../world/skus.js';
import { pieces, usageText } from '../../world/usage-report-text.js';

const UPN = 'ada@harbor.example';
const OTHER: ReportRow = {
  upn: 'other@harbor.example',
  email: '',
  teams: '',
  sharePoint: '',
  apps: '',
  platforms: [],
  activations: { 'VISIO ONLINE PLAN 2': '2026-11-01' },
  mailBytes: '',
  oneDriveBytes: '',
  sites: [],
};
const PRODUCTS = [
  'MICROSOFT 365 APPS FOR ENTERPRISE',
  'VISIO ONLINE PLAN 2',
  'PROJECT ONLINE DESKTOP CLIENT',
] as const;

const date = fc.option(
  fc.integer({ min: 0, max: 400 }).map((back) => isoDay((TODAY - back) as Day)),
  { nil: '', freq: 2 },
);
const SAID = fc.record({
  workloads: fc.record(Object.fromEntries(WORKLOADS.map((name) => [name, date]))),
  email: date,
  teams: date,
  sharePoint: date,
  apps: date,
  activations: fc.uniqueArray(fc.tuple(fc.constantFrom(...PRODUCTS), date), { selector: ([name]) => name }),
  /** In which reports the person has no row. */
  without: fc.subarray(['activeUsers', 'email', 'teams', 'sharePoint', 'apps'] as const),
  lateDays: fc.constantFrom(2, 3, 9),
});
type Said = typeof SAID extends fc.Arbitrary<infer Value> ? Value : never;

async function sourcesOf(said: Said): Promise<UsageSources> {
  const names = nameSlots();
  const refreshed = isoDay((TODAY - said.lateDays) as Day);
  const row = { ...OTHER, ...said, upn: UPN, activations: Object.fromEntries(said.activations) };
  const has = (report: (typeof said.without)[number]): readonly ReportRow[] =>
    said.without.includes(report) ? [OTHER] : [OTHER, row];
  const textOf = (report: 'email' | 'teams' | 'sharePoint' | 'apps') =>
    pieces(reportText(report, has(report), refreshed), 500);
  const usage = has('activeUsers').map(({ upn }) => ({
    upn,
    refreshed,
    usage: upn === UPN ? said.workloads : {},
  }));
  const dated = async (report: 'email' | 'teams' | 'sharePoint') =>
    source(await readActivityReport(textOf(report), report, names));
  return {
    names,
    activeUsers: source(await readUsageReport(pieces(usageText(usage), 500), names)),
    email: await dated('email'),
    teams: await dated('teams'),
    sharePoint: await dated('sharePoint'),
    apps: source(await readAppsReport(textOf('apps'), names)),
    activations: source(
      await readActivationsReport(pieces(reportText('activations', [OTHER, row], refreshed), 500), names),
    ),
  };
}

function source<Data>(reading: ReportReading<Data>): {
  readonly kind: 'read';
  readonly index: Report<Data>['data'];
} {
  if (reading.kind !== 'read') throw new Error(reading.why);
  return { kind: 'read', index: reading.data };
}

const policy = policyOf();
const contents = contentsOf(new Map(Object.values(SKUS).map((sku) => [sku.skuId, sku])));
const LICENSES = Object.values(SKUS).map(({ skuId }): License => ({
  skuId,
  disabledPlans: [],
  paths: [
    {
      kind: 'direct',
      state: 'active',
      error: undefined,
      disabledPlans: [],
      since: day('2024-01-01'),
    },
  ],
}));

function isUnused(license: License, sources: UsageSources): boolean {
  const { details, ...usage } = usageEvidence(sources, UPN, new Set(contents(license).services));
  const evidence: Evidence = {
    ...usage,
    signIn: { unknown: 'not needed' },
    details: { ...NO_DETAILS, ...details },
  };
  const judging = {
    person: { kind: 'active', lastUse: TODAY } as const,
    evidence,
    contents: contents(license),
    knowsProduct: () => true,
  };
  const { verdict } = judgeLicense(license, judging, policy, TODAY);
  return verdict.kind === 'inactive' || verdict.kind === 'neverUsed';
}

test('the quick test of the pass over everybody never lets go of a license that is found unused', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(SAID, async (said) => {
      const sources = await sourcesOf(said);
      const recent = recentUse(sources, policy, TODAY);
      const slot = sources.names.find(UPN);
      for (const license of LICENSES.filter((each) => isUnused(each, sources))) {
        found += 1;
        expect(contents(license).undated).toEqual([]);
        expect(contents(license).parts.filter((part) => !recent.mayBeUnused(slot, part))).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(20);
});

test.each<[string, Readonly<Record<string, string>>, boolean]>([
  ['no row at all', {}, false],
  ['rows of other products', { 'MICROSOFT 365 APPS FOR ENTERPRISE': '2024-01-01' }, true],
  ['a row without a date', { 'VISIO ONLINE PLAN 2': '' }, true],
  ['an activation long ago', { 'VISIO ONLINE PLAN 2': '2020-01-01' }, false],
])('with %s, Visio may be unused: %#', async (_what, activations, expected) => {
  const names = nameSlots();
  const text = reportText('activations', [OTHER, { ...OTHER, upn: UPN, activations }], '2026-11-20');
  const activity = source(await readActivationsReport(pieces(text, 500), names));
  const off = { kind: 'off' } as const;
  const rest = { email: off, teams: off, sharePoint: off, apps: off };
  const sources: UsageSources = {
    names,
    activeUsers: { kind: 'unknown', why: 'not read' },
    activations: activity,
    ...rest,
  };
  expect(recentUse(sources, policy, TODAY).mayBeUnused(names.take(UPN), 'visio')).toBe(expected);
});
