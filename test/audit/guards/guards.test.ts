import { describe, expect, it, test } from '@jest/globals';
import {
  reportCoversDirectory,
  reportIsFresh,
  reportIsWhole,
  reportShowsUse,
  titleOf,
  type ReportCounts,
} from '../../../src/audit/guards/guards.js';
import { REPORT_NAMES } from '../../../src/audit/reports/names.js';
import { day, TODAY } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const POLICY = policyOf();

describe('a report', () => {
  test.each<[string, ReportCounts]>([
    ['it has nine tenths of the people', { expected: 1_000, rows: 900, used: 1 }],
    ['two people lack in a small tenant', { expected: 4, rows: 2, used: 2 }],
    ['it has more people than have the service', { expected: 10, rows: 12, used: 3 }],
    ['nobody has the service', { expected: 0, rows: 0, used: 0 }],
    ['nine people are all idle', { expected: 9, rows: 9, used: 0 }],
    ['it has no dates of use at all', { expected: 500, rows: 500, used: undefined }],
  ])('is whole when %s', (_what, counts) => {
    expect(reportIsWhole('teams', counts)).toBeUndefined();
  });

  it('that lacks more than a tenth of the people is unusable, with both numbers', () => {
    expect(reportIsWhole('email', { expected: 1_000, rows: 899, used: 500 })).toBe(
      'The email report has a readable row for only 899 of 1000 licensed people, so it is incomplete or of another tenant.',
    );
  });

  it('in which ten people or more have no date is blank', () => {
    expect(reportIsWhole('apps', { expected: 10, rows: 10, used: 0 })).toBe(
      'The report on Microsoft 365 Apps has no activity date for any of 10 licensed people, so it is blank.',
    );
  });

  it('is too old after maxReportAgeDays, or when it lies in the future', () => {
    expect(reportIsFresh('sites', day('2026-11-16'), POLICY, TODAY)).toBeUndefined();
    expect(reportIsFresh('sites', day('2026-11-15'), POLICY, TODAY)).toBe(
      'The report on SharePoint sites cannot be used: its refresh date 2026-11-15 is 8 days ago, more than 7.',
    );
    expect(reportIsFresh('sites', day('2026-11-25'), POLICY, TODAY)).toContain('lies in the future');
  });

  it.each(REPORT_NAMES)('%s has a name of its own in sentences', (name) => {
    expect(titleOf(name)).toMatch(/^The /);
    expect(REPORT_NAMES.filter((other) => titleOf(other) === titleOf(name))).toEqual([name]);
  });
});

describe('the report on active users', () => {
  it('stops the audit when it does not cover the directory', () => {
    expect(reportCoversDirectory({ members: 100, inReport: 90 })).toBeUndefined();
    expect(reportCoversDirectory({ members: 100, inReport: 89 })).toMatchObject({
      why: expect.stringMatching(/only 89 of 100 .* Nobody was judged; run the audit again later\./),
      figures: { members: 100, inReport: 89 },
    });
  });

  it('stops the audit when it is blank and the policy judges by it', () => {
    const counts = { inReport: 10, used: 0 };
    expect(reportShowsUse(counts, POLICY)).toMatchObject({ figures: counts });
    expect(reportShowsUse(counts, policyOf('evidence: { require: [signIn] }'))).toBeUndefined();
  });
});
