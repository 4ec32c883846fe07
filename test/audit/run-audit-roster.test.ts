import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Finding } from '../../src/audit/finding.js';
import { listOf } from '../../src/audit/findings.js';
import { runAudit } from '../../src/audit/run-audit.js';
import { storeRoster } from '../../src/audit/roster/run-store.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { countingIds } from '../store/ids.js';
import { auditDoors } from '../world/audit-once.js';
import { graphWorld } from '../world/graph-world.js';
import { aPerson, day, daysAgo, idle, NOW, type PersonSpec } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { key, matched } from './roster/roster-world.js';

let folder: string;
let store: Store;
const newId = countingIds('import');
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-roster-audit-'));
  store = openEmbeddedStore(path.join(folder, 'store.db'), { newId: countingIds('etag') });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** What an audit finds about Ada after a file with these rows, each `Status,LeaveFrom,LeaveUntil`, about her. */
async function findingAfter(
  rows: readonly string[],
  { age = 1, is = idle(200) }: { readonly age?: number; readonly is?: PersonSpec } = {},
): Promise<Finding | undefined> {
  const text = ['EmployeeId,Status,LeaveFrom,LeaveUntil', ...rows.map((row) => `E1,${row}`)].join('\n');
  const { people, counts } = matched(text, [key('Ada', 'E1')]);
  const asOf = day(daysAgo(age));
  await storeRoster(
    store,
    { asOf, origin: 'hr.csv', sha256: 'x', counts, people },
    { importId: newId(), now: NOW },
  );
  const workers = Array.from({ length: 5 }, (_, n) => aPerson(`Worker ${n}`));
  const result = await runAudit(auditDoors(graphWorld([aPerson('Ada', is), ...workers]), store), policyOf());
  if (result.kind === 'stopped') throw new Error(result.why.join('\n'));
  return result.findings.find(({ person }) => person.displayName === 'Ada');
}

const rulesOf = (finding: Finding | undefined) =>
  finding?.protections.map(({ kind, route, rule }) => `${kind} ${route}: ${rule}`);

test.each([
  ['On leave,2026-06-01,2027-05-31', 14],
  ['On leave,2026-06-01,2027-05-31', 15],
  ['On leave,,', 300],
])('a leave protects however old the file is: %s, %i days ago', async (row, age) => {
  const finding = await findingAfter([row], { age });
  expect(rulesOf(finding)).toEqual([`onLeave hr: roster of ${daysAgo(age)}: on leave`]);
  expect(finding?.recommendation).toBe('hrReview');
  expect(finding && listOf(finding)).toBe('hr');
});

test.each([
  ['words that contradict', ['Active,,', 'On leave,,']],
  ['dates beside an open leave', ['On leave,,', 'Active,2026-01-01,2026-02-01']],
  ['left and on leave', ['Left,,', 'On leave,2026-10-01,2027-09-30']],
])('somebody of whom one row says on leave is on leave: %s', async (_name, rows) => {
  const finding = await findingAfter(rows);
  expect(rulesOf(finding)).toEqual([`onLeave hr: roster of ${daysAgo(1)}: on leave`]);
  expect(finding?.recommendation).toBe('hrReview');
  expect(finding && listOf(finding)).toBe('hr');
});

const UNCLEAR: readonly (readonly [string, readonly string[], string])[] = [
  ['an unreadable leave', ['Active,03/04/2026,'], 'a cell of the row cannot be read'],
  ['left and active', ['Active,,', 'Retired,,'], 'rows about the person contradict each other'],
  ['a word nobody mapped', ['Mutterschutz,,'], 'the policy does not know the status in the row'],
];

test.each(UNCLEAR)('somebody whose state is not known is no candidate: %s', async (_name, rows, why) => {
  const finding = await findingAfter(rows);
  expect(finding).toMatchObject({
    scenario: undefined,
    verdict: { kind: 'unknown', why: [`user source of ${daysAgo(1)}: ${why}`] },
    recommendation: 'readMore',
    protections: [],
  });
  expect(finding && listOf(finding)).toBe('unknown');
  expect(finding?.licenses.map(({ verdict }) => verdict.kind)).toEqual(['unknown']);
});

test.each(UNCLEAR)('nor is any license of theirs while they are active: %s', async (_name, rows, why) => {
  const is: PersonSpec = { licenses: [{ sku: 'E3' }, { sku: 'E5' }] };
  expect((await findingAfter(['Active,,'], { is }))?.scenario).toBe('unusedLicense');
  expect(await findingAfter(rows, { is })).toMatchObject({
    scenario: undefined,
    verdict: { kind: 'unknown', why: [`user source of ${daysAgo(1)}: ${why}`] },
    recommendation: 'readMore',
  });
  expect(await findingAfter(rows, { is: {} })).toBeUndefined();
});

test('a source too old to be heard leaves nobody’s state open', async () => {
  expect(await findingAfter(['Mutterschutz,,'], { age: 15 })).toMatchObject({ scenario: 'inactive' });
});

test.each([1, 20])(
  'whoever is just back from leave has time to begin, by a file of %i days ago',
  async (age) => {
    const finding = await findingAfter([`Active,2026-05-01,${daysAgo(1)}`], { age });
    expect(rulesOf(finding)).toEqual([
      `onLeave hr: roster of ${daysAgo(age)}: back from leave on ${daysAgo(0)}`,
    ]);
    expect(finding).toMatchObject({ scenario: 'inactive', recommendation: 'hrReview' });
    expect(finding && listOf(finding)).toBe('hr');
    const later = await findingAfter([`Active,2026-05-01,${daysAgo(31)}`]);
    expect(later).toMatchObject({ protections: [], recommendation: 'ask' });
  },
);
