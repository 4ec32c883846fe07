import { expect, test } from '@jest/globals';
import { auditFiles } from '../../../src/audit/files/files.js';
import { missingSources, missingText } from '../../../src/audit/sources/state.js';
import { anAudit, POLICY, SOURCES } from '../report-html/report-world.js';

/** What `summary.json` says. */
function summaryWith(sources?: typeof SOURCES): Readonly<Record<string, unknown>> {
  const files = auditFiles(anAudit(5, sources ? { sources } : {}), POLICY, 'abc');
  const text = [...(files.find(({ name }) => name === 'summary.json')?.content ?? [])].join('');
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

test('a source that was not needed is not missed', () => {
  const notNeeded = { source: 'signIn', state: 'notNeeded' } as const;
  expect(missingSources([...SOURCES, notNeeded]).map(({ source }) => source)).toEqual([
    'activations',
    'roster',
    'sites',
  ]);
});

test('a missing source says why and what to do, as sentences', () => {
  expect(SOURCES.slice(3).map(missingText)).toEqual([
    'Activation report: not usable. The report has no rows. Run the audit again tomorrow.',
    'HR roster: never imported. No roster was imported. npm run steward -- import-roster FILE.',
    'SharePoint site report: not available. Sites.Read.All is not granted. Grant it, or leave sites out.',
  ]);
  expect(missingText({ source: 'apps', state: 'off' })).toBe(
    'Microsoft 365 Apps report: left out by the policy.',
  );
});

test('the summary has every source with its date, and the names of those that are missing', () => {
  const { sources, sourcesMissing, schemaVersion } = summaryWith(SOURCES);
  expect(schemaVersion).toBe(2);
  expect(sourcesMissing).toEqual(['activations', 'roster', 'sites']);
  expect(sources).toHaveLength(SOURCES.length);
  expect(sources).toEqual(
    expect.arrayContaining([
      { source: 'activeUsers', state: 'read', refreshed: '2026-11-21', rows: 1204 },
      {
        source: 'activations',
        state: 'unknown',
        why: 'The report has no rows.',
        fix: 'Run the audit again tomorrow.',
      },
    ]),
  );
});
