import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import Papa from 'papaparse';
import type { AuditResult } from '../../../src/audit/audit-result.js';
import type { CsvForm } from '../../../src/audit/csv/writer.js';
import { readCsv } from '../../../src/audit/csv/reader.js';
import { auditFiles, type OutputFile } from '../../../src/audit/files/files.js';
import { graphWorld } from '../../world/graph-world.js';
import { aPerson, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { pieces } from '../../world/usage-report-text.js';
import { GOLDEN_PEOPLE, GOLDEN_POLICY, TRAPS } from '../golden-tenant.js';
import { auditOnce } from '../../world/audit-once.js';

const GOLDEN = join(__dirname, '../../golden/audit');
/** As the design fixes them. */
const FIRST_COLUMNS =
  'userId,userPrincipalName,displayName,scenario,verdict,daysInactive,lastActivityDate,lastSuccessfulSignIn,lastInteractiveSignIn,lastNonInteractiveSignIn,exchangeLastActivity,oneDriveLastActivity,sharePointLastActivity,teamsLastActivity,yammerLastActivity,skypeLastActivity,appsLastActivity,licenses,licensePaths,annualCost,currency,accountEnabled,department,jobTitle,country,usageLocation,managerName,managerEmail,onPremisesSync,onPremisesDomain,createdDate,recommendation,reportRefreshDate';
const USAGE_COLUMNS =
  'activations,mailStorageBytes,oneDriveStorageBytes,windows,mac,mobile,web,mailStorageMB,oneDriveStorageMB,hasArchive';
const NAMES = [
  'inactive-users.csv',
  'protected-users.csv',
  'hr-review.csv',
  'unknown-users.csv',
  'guests.csv',
  'position.csv',
  'plan.json',
  'summary.json',
];
const FILES = [...NAMES, 'report.html'];

describe('the files of an audit', () => {
  test('are the fixed ones, and only HR may read the review', async () => {
    const files = await goldenFiles();
    expect(files.map(({ name }) => name)).toEqual(FILES);
    expect(files.filter(({ mode }) => mode === 0o600).map(({ name }) => name)).toEqual(['hr-review.csv']);
  });

  test.each(NAMES)('%s is as it was reviewed', async (name) => {
    const text = textOf(await goldenFiles(), name);
    const path = join(GOLDEN, name);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  test.each(NAMES.slice(0, 5))('%s begins with the fixed columns', async (name) => {
    const [header] = await rowsOf(await goldenFiles(), name);
    const between = name === 'guests.csv' ? ',sponsors' : '';
    expect(header?.join(',').startsWith(`${FIRST_COLUMNS}${between},${USAGE_COLUMNS}`)).toBe(true);
    expect(new Set(header).size).toBe(header?.length);
  });

  test('every finding is in exactly one list, and in the one written down by hand', async () => {
    const files = await goldenFiles();
    const lists = {
      inactive: NAMES[0],
      protected: NAMES[1],
      hr: NAMES[2],
      unknown: NAMES[3],
      guests: NAMES[4],
    };
    for (const [list, name] of Object.entries(lists)) {
      const expected = TRAPS.filter((trap) => trap.expected !== 'not audited' && trap.expected.list === list);
      const ids = (await rowsOf(files, name ?? '')).slice(1).map(([id]) => id);
      expect(new Set(ids)).toEqual(new Set(expected.map(({ who }) => who.person.id as string)));
      expect(ids).toHaveLength(expected.length);
    }
  });

  test('executives appear in the review for HR and nowhere else', async () => {
    const files = await goldenFiles();
    const chiefs = TRAPS.filter(({ expected }) => expected !== 'not audited' && expected.list === 'hr');
    const others = files
      .filter(({ name }) => name !== 'hr-review.csv')
      .map(({ content }) => [...content].join(''));
    expect(chiefs.length).toBeGreaterThan(5);
    for (const { who } of chiefs) {
      const { id, userPrincipalName, displayName } = who.person;
      for (const secret of [id, userPrincipalName, `,${displayName},`]) {
        expect(others.filter((text) => text.includes(secret))).toEqual([]);
      }
    }
  });

  test('unknown is empty, never 0', async () => {
    const [header, ...rows] = await rowsOf(await goldenFiles(), 'unknown-users.csv');
    const lost = Object.fromEntries(
      (header ?? []).map((name, at) => [name, rows.find(([id]) => id === userId('Lost'))?.[at]]),
    );
    expect(lost).toMatchObject({
      verdict: 'unknown',
      scenario: '',
      daysInactive: '',
      exchangeLastActivity: '',
      reportRefreshDate: '',
      managerName: '',
      activations: 'none',
      windows: '',
      why:
        'usage report: no row in the usage report of 2026-11-21;email report: no row in the email activity report of 2026-11-21;' +
        'Teams report: no row in the Teams activity report of 2026-11-21;SharePoint report: no row in the SharePoint activity report of 2026-11-21',
    });
  });

  test('with semicolons are the same but for the decimals of amounts and of megabytes', async () => {
    const [usual, other] = [await goldenFiles(), await goldenFiles('semicolon')];
    const decimals = new Set<string>();
    for (const name of NAMES.filter((each) => each.endsWith('.csv'))) {
      const [points, commas] = [parsed(textOf(usual, name), ','), parsed(textOf(other, name), ';')];
      const header = points[0] ?? [];
      expect(commas.map((row) => row.length)).toEqual(points.map((row) => row.length));
      for (const [at, row] of points.entries())
        for (const [column, cell] of row.entries()) {
          const same = commas[at]?.[column];
          if (same === cell) continue;
          expect([same, cell]).toEqual([cell.replace('.', ','), expect.stringMatching(/^\d+\.\d\d$/)]);
          decimals.add(header[column] ?? '');
        }
    }
    expect([...decimals].sort()).toEqual([
      'annualBought',
      'annualCost',
      'annualIdle',
      'annualPrice',
      'annualReclaimable',
      'mailStorageMB',
      'oneDriveStorageMB',
    ]);
    for (const name of ['plan.json', 'summary.json', 'report.html'])
      expect(textOf(other, name)).toBe(textOf(usual, name));
  });

  test('can be read twice', async () => {
    const [first] = await goldenFiles();
    expect([...(first?.content ?? [])]).toEqual([...(first?.content ?? [])]);
  });
});

test('a stopped audit gives the summary alone, with the reason', async () => {
  const result = await audit([aPerson('Worker')], { concealed: true });
  const files = auditFiles(result, policyOf(), 'abc');
  expect(files.map(({ name }) => name)).toEqual(['summary.json']);
  expect(JSON.parse(textOf(files, 'summary.json'))).toMatchObject({
    result: 'stopped',
    policyHash: 'abc',
    why: [expect.stringContaining('conceals names')],
  });
});

let once: Promise<AuditResult> | undefined;
async function goldenFiles(form?: CsvForm): Promise<readonly OutputFile[]> {
  once ??= audit(GOLDEN_PEOPLE);
  return auditFiles(await once, GOLDEN_POLICY, 'sha256-of-the-policy', form);
}

function audit(people: typeof GOLDEN_PEOPLE, options = {}): Promise<AuditResult> {
  return auditOnce(graphWorld(people, options), GOLDEN_POLICY);
}

function textOf(files: readonly OutputFile[], name: string): string {
  return [...(files.find((file) => file.name === name)?.content ?? [])].join('');
}

function parsed(text: string, delimiter: string): readonly (readonly string[])[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\r\n' });
  expect(errors).toEqual([]);
  return data;
}

async function rowsOf(files: readonly OutputFile[], name: string): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  await readCsv(pieces(textOf(files, name), 10_000), (cells) => {
    rows.push(cells);
    return 'go on';
  });
  return rows;
}
