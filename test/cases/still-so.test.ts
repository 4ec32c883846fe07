import { expect, test } from '@jest/globals';
import type { Verdict } from '../../src/audit/evidence.js';
import type { Finding, Scenario } from '../../src/audit/finding.js';
import type { RosterFact } from '../../src/audit/roster/roster.js';
import type { CaseLicense, Instant } from '../../src/cases/case.js';
import { outdatedBy } from '../../src/cases/outdated.js';
import { stillSo } from '../../src/cases/still-so.js';
import { aLicense, CASES } from '../cards/a-case.js';
import { day } from '../world/people.js';
import { SKUS } from '../world/skus.js';
import { aFinding, aLicenseFinding, INACTIVE } from './a-finding.js';

const ACTIVE: Verdict = { kind: 'active', lastUse: undefined };
const UNKNOWN: Verdict = { kind: 'unknown', why: ['x'] };
const visio = aLicense({ skuId: SKUS.VISIO.skuId as CaseLicense['skuId'] });

function about(scenario: Scenario | undefined, verdict: Verdict, unusedVisio = true): Finding {
  return aFinding('Ada', {
    scenario,
    verdict,
    licenses: [
      aLicenseFinding('E3', { verdict }),
      aLicenseFinding('VISIO', { verdict: unusedVisio ? { kind: 'neverUsed' } : ACTIVE }),
    ],
  });
}

function fact(status: RosterFact['status']): RosterFact {
  return { status, asOf: day('2026-11-22'), origin: 'hr.csv', leaveFrom: undefined, leaveUntil: undefined };
}

test.each([
  ['nothing was found', 'inactive', undefined, 'active'],
  ['still inactive', 'inactive', about('inactive', INACTIVE), 'candidate'],
  [
    'inactive, and the account was disabled since',
    'inactive',
    about('disabledButLicensed', INACTIVE),
    'candidate',
  ],
  ['active again, with Visio that is not used', 'inactive', about('unusedLicense', ACTIVE), 'active'],
  ['the audit could not tell', 'inactive', about(undefined, UNKNOWN), 'unknown'],
  ['left the company, whatever they do', 'inactive', about('leftCompany', ACTIVE), 'candidate'],
  ['left the company, and nothing is known', 'leftCompany', about('leftCompany', UNKNOWN), 'candidate'],
  ['came back to the company', 'leftCompany', about('unusedLicense', ACTIVE), 'active'],
  [
    'idle for all that, but did not leave',
    'leftCompany',
    { ...about('inactive', INACTIVE), roster: fact('active') },
    'active',
  ],
  ['idle, and no source says any more that they left', 'leftCompany', about('inactive', INACTIVE), 'active'],
  ['the audit can tell neither use nor leaving', 'leftCompany', about(undefined, UNKNOWN), 'unknown'],
  [
    'the audit can tell no use, but that they did not leave',
    'leftCompany',
    { ...about(undefined, UNKNOWN), roster: fact('active') },
    'active',
  ],
  ['the license is not used still', 'unusedLicense', about('unusedLicense', ACTIVE), 'candidate'],
  [
    'the license is used now, another one is not',
    'unusedLicense',
    about('unusedLicense', ACTIVE, false),
    'active',
  ],
  ['the person became inactive as a whole', 'unusedLicense', about('inactive', INACTIVE), 'candidate'],
  ['the source of the license broke', 'unusedLicense', about(undefined, UNKNOWN), 'unknown'],
] as const)('%s', (_what, scenario, found, expected) => {
  expect(stillSo({ scenario, licenses: [visio] }, found)).toBe(expected);
});

test('a case of a leaver does not go on as such when they are idle only', () => {
  const c = { ...CASES.adminReview, scenario: 'leftCompany' } as const;
  expect(outdatedBy(c, about('inactive', INACTIVE))).toEqual({
    cause: 'reasonGone',
    why: 'The person did not leave, is protected, or is out of scope.',
  });
  expect(outdatedBy(c, about('leftCompany', INACTIVE))).toBeUndefined();
});

test('leave that is found after HR decided to park licenses because of it ends nothing', () => {
  const onLeave = { kind: 'onLeave', route: 'hr', rule: 'roster: on leave' } as const;
  const found = { ...about('inactive', INACTIVE), protections: [onLeave] };
  const { by, at } = CASES.decided.decision;
  const until = '2027-02-01T00:00:00.000Z' as Instant;
  const decision = { kind: 'park', by, at, until, returnsOn: '2027-02-01', skuIds: [] } as const;
  const parked = { ...CASES.decided, decision };
  expect(outdatedBy(parked, found)).toBeUndefined();
  expect(outdatedBy(CASES.decided, found)).toMatchObject({ cause: 'reasonGone' });
  const { proposal: _before, ...proposed } = CASES.hrProposed;
  expect(outdatedBy({ ...proposed, proposal: decision }, found)).toBeUndefined();
});
