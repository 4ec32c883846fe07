import { describe, expect, test } from '@jest/globals';
import type { RosterFact } from '../../src/audit/roster/roster.js';
import { scenarioOf, whyNeverSignedIn } from '../../src/audit/scenario.js';
import { aPerson, daysAgo, day, TODAY } from '../world/people.js';

const inactive = { kind: 'inactive', days: 100, lastUse: undefined } as const;
const neverUsed = { kind: 'neverUsed' } as const;
const active = { kind: 'active', lastUse: undefined } as const;
const unknown = { kind: 'unknown', why: ['x'] } as const;

test.each([
  [true, inactive, 'inactive'],
  [true, neverUsed, 'neverSignedIn'],
  [false, inactive, 'disabledButLicensed'],
  [false, neverUsed, 'disabledButLicensed'],
  [true, active, undefined],
  [false, active, undefined],
  [true, unknown, undefined],
  [false, unknown, undefined],
] as const)('enabled %s, %j: %s', (accountEnabled, verdict, expected) => {
  expect(scenarioOf({ accountEnabled }, { verdict, hasUnusedLicense: false, roster: undefined })).toBe(
    expected,
  );
});

test.each([
  [true, active, 'unusedLicense'],
  [false, active, undefined],
  [true, inactive, 'inactive'],
  [true, unknown, undefined],
] as const)('with a license that is not used: enabled %s, %j: %s', (accountEnabled, verdict, expected) => {
  expect(scenarioOf({ accountEnabled }, { verdict, hasUnusedLicense: true, roster: undefined })).toBe(
    expected,
  );
});

test.each([
  ['left', 'leftCompany'],
  ['active', undefined],
  ['onLeave', undefined],
  ['unknown', undefined],
] as const)('an active person of whom the roster says %s: %s', (status, expected) => {
  const roster: RosterFact = {
    status,
    asOf: TODAY,
    origin: 'hr.csv',
    leaveFrom: undefined,
    leaveUntil: undefined,
  };
  for (const verdict of [active, unknown])
    expect(scenarioOf({ accountEnabled: true }, { verdict, hasUnusedLicense: false, roster })).toBe(expected);
});

test('nobody whose state the user source leaves open is a candidate', () => {
  const dates = { asOf: TODAY, leaveFrom: undefined, leaveUntil: undefined };
  const roster: RosterFact = { status: 'unknown', origin: 'hr.csv', ...dates };
  for (const verdict of [active, inactive, neverUsed])
    for (const accountEnabled of [true, false])
      expect(scenarioOf({ accountEnabled }, { verdict, hasUnusedLicense: true, roster })).toBeUndefined();
});

describe('never signed in is told apart by dates alone', () => {
  const why = (created: string, since: string, hired?: string): string => {
    const { person } = aPerson('New', { created, licenses: [{ sku: 'E3', since }] });
    return whyNeverSignedIn(
      { created: person.created, hired: hired === undefined ? undefined : day(hired) },
      person.licenses,
      TODAY,
    );
  };

  test.each([
    ['an account and license of two months ago', why(daysAgo(60), daysAgo(60)), 'onboarding'],
    ['an old account with a license of half a year ago', why(daysAgo(900), daysAgo(180)), 'onboarding'],
    ['everything is more than half a year old', why(daysAgo(181), daysAgo(181)), 'unclear'],
    ['everything is a year old', why(daysAgo(900), daysAgo(365)), 'unclear'],
    ['everything is older than a year', why(daysAgo(900), daysAgo(366)), 'offboarding'],
    [
      'an old account of somebody who begins next month',
      why(daysAgo(900), daysAgo(400), '2026-12-15'),
      'onboarding',
    ],
    ['no date at all', whyNeverSignedIn({ created: undefined, hired: undefined }, [], TODAY), 'unclear'],
  ])('%s', (_what, found, expected) => {
    expect(found).toBe(expected);
  });
});
