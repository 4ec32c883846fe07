import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Finding } from '../../src/audit/finding.js';
import { listOf } from '../../src/audit/findings.js';
import { runAudit } from '../../src/audit/run-audit.js';
import { storeRoster } from '../../src/audit/run-roster-store.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { countingIds } from '../store/ids.js';
import { auditDoors } from '../world/audit-once.js';
import { graphWorld } from '../world/graph-world.js';
import { aPerson, day, daysAgo, idle, NOW, type PersonSpec } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { key, matched } from './roster-world.js';

let folder: string;
let store: Store;
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
    { importId: '1', now: NOW },
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
