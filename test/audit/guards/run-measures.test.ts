import { expect, test } from '@jest/globals';
import { measuresOf, measuresOfLast } from '../../../src/audit/guards/run-measures.js';
import { licenseScopeHash, scopeHash } from '../../../src/config/scope-hash.js';
import { aFinding } from '../../cases/a-finding.js';
import { day } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { MEASURES } from '../a-done-audit.js';

test('a run is measured by the people on the normal path, for their idleness, for leaving and for a license', () => {
  const policy = policyOf('inactivity: { days: 60 }');
  const findings = [
    aFinding('Ann'),
    aFinding('Never', { verdict: { kind: 'neverUsed' } }),
    aFinding('Active', {
      verdict: { kind: 'active', lastUse: day('2026-11-20') },
      scenario: 'unusedLicense',
    }),
    aFinding('Left', {
      verdict: { kind: 'active', lastUse: day('2026-11-20') },
      scenario: 'leftCompany',
    }),
    aFinding('Left unread', { verdict: { kind: 'unknown', why: ['no row'] }, scenario: 'leftCompany' }),
    aFinding('Left the board', {
      scenario: 'leftCompany',
      protections: [{ kind: 'executive', route: 'hr', rule: 'title' }],
    }),
    aFinding('Unknown', { verdict: { kind: 'unknown', why: ['no row'] } }),
    aFinding('Guest', { is: { kind: 'guest' } }),
    aFinding('Chief', { protections: [{ kind: 'executive', route: 'hr', rule: 'title' }] }),
    aFinding('Room', { protections: [{ kind: 'resource', route: 'excluded', rule: 'mailbox' }] }),
  ];
  const { sources } = MEASURES;
  expect(measuresOf({ people: 40, findings, sources }, policy)).toEqual({
    scopeHash: scopeHash(policy),
    licenseScopeHash: licenseScopeHash(policy),
    inactivityDays: 60,
    people: 40,
    flagged: 2,
    leavers: 2,
    unusedLicenses: 1,
    sources,
  });
  const ofFile = measuresOf({ people: 40, findings, sources, scopePeople: 'ObjectId' }, policy);
  expect(ofFile.scopeHash).toBe(scopeHash(policy, 'ObjectId'));
});

test('a date of the last run that lies beyond its own day is not compared with', () => {
  const report = (refreshed: string | undefined) => ({ rows: 20, used: undefined, refreshed });
  const sources = { teams: report('2026-11-23'), mailboxes: report('2026-11-24') };
  const finishedAt = '2026-11-23T06:00:00.000Z';
  expect(measuresOfLast({ finishedAt, measures: { ...MEASURES, sources } })).toEqual({
    ...MEASURES,
    sources: { teams: report('2026-11-23'), mailboxes: report(undefined) },
  });
  expect(measuresOfLast({ finishedAt, measures: undefined })).toBeUndefined();
  expect(measuresOfLast(undefined)).toBeUndefined();
});
