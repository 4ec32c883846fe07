import { describe, expect, test } from '@jest/globals';
import type { Day } from '../../../src/audit/day.js';
import { leaveRules, newAccountRules, newLicenseRules } from '../../../src/audit/protection/dates.js';
import type { RosterFact, RosterStatus } from '../../../src/audit/roster/roster.js';
import { aPerson, day, daysAgo, TODAY, type LicenseSpec } from '../../world/people.js';

/** Today is 2026-11-23, the grace time 30 days. */
const maybe = (date: string | undefined): Day | undefined => (date === undefined ? undefined : day(date));

describe('new people', () => {
  test.each<[created: string | undefined, hired: string | undefined, readonly string[]]>([
    [undefined, undefined, []],
    ['2026-11-23', undefined, ['created 2026-11-23']],
    ['2026-10-25', undefined, ['created 2026-10-25']],
    ['2026-10-24', undefined, []],
    ['2026-11-24', undefined, ['created 2026-11-24']],
    ['2022-03-01', '2026-10-25', ['hired 2026-10-25']],
    ['2022-03-01', '2026-10-24', []],
    ['2022-03-01', '2026-11-23', ['hired 2026-11-23']],
    ['2022-03-01', '2026-11-24', ['begins 2026-11-24']],
    ['2022-03-01', '2027-09-01', ['begins 2027-09-01']],
    ['2026-11-01', '2027-09-01', ['created 2026-11-01', 'begins 2027-09-01']],
    [undefined, '2026-11-02', ['hired 2026-11-02']],
  ])('created %s, hired %s', (created, hired, expected) => {
    const rules = newAccountRules({ created: maybe(created), hired: maybe(hired) }, 30, TODAY);
    expect(rules).toEqual(expected.map((text) => `inactivity.newAccountGraceDays: ${text}`));
  });

  test('without a grace time only those who have not begun', () => {
    expect(newAccountRules({ created: TODAY, hired: TODAY }, 0, TODAY)).toEqual([]);
    expect(newAccountRules({ created: TODAY, hired: day('2026-11-24') }, 0, TODAY)).toEqual([
      'inactivity.newAccountGraceDays: begins 2026-11-24',
    ]);
  });
});

describe('new licenses', () => {
  test.each<[string, readonly LicenseSpec[], string | undefined]>([
    ['none', [], undefined],
    ['29 days', [{ sku: 'E3', since: daysAgo(29) }], daysAgo(29)],
    ['30 days', [{ sku: 'E3', since: daysAgo(30) }], undefined],
    [
      'the newest way counts',
      [
        { sku: 'E3', since: daysAgo(400) },
        { sku: 'E3', group: 'late', since: daysAgo(4) },
      ],
      daysAgo(4),
    ],
    [
      'the newest license counts',
      [
        { sku: 'E3', since: daysAgo(400) },
        { sku: 'VISIO', since: daysAgo(1) },
      ],
      daysAgo(1),
    ],
  ])('%s', (_what, licenses, newest) => {
    const rules = newLicenseRules(aPerson('Bob', { licenses }).person.licenses, 30, TODAY);
    expect(rules).toEqual(
      newest === undefined ? [] : [`inactivity.newLicenseGraceDays: license of ${newest}`],
    );
  });
});

describe('leave', () => {
  test.each<[RosterStatus, from: string | undefined, until: string | undefined, boolean]>([
    ['active', undefined, undefined, false],
    ['unknown', undefined, undefined, false],
    ['onLeave', undefined, undefined, true],
    ['onLeave', '2026-01-01', '2026-02-01', true],
    ['active', '2026-11-23', '2026-11-23', true],
    ['active', '2026-11-24', '2027-11-23', false],
    ['active', '2026-11-23', '2027-05-31', true],
    ['active', '2026-05-01', '2026-11-23', true],
    ['active', '2026-11-23', undefined, true],
    ['active', '2026-11-24', undefined, false],
    ['active', undefined, '2026-11-23', true],
    ['unknown', '2026-05-01', '2027-05-01', true],
    ['left', '2026-05-01', '2027-05-01', false],
    ['left', undefined, undefined, false],
  ])('status %s, from %s until %s', (status, from, until, expected) => {
    const fact: RosterFact = {
      status,
      asOf: day('2026-11-20'),
      origin: 'people.csv',
      leaveFrom: maybe(from),
      leaveUntil: maybe(until),
    };
    expect(leaveRules(fact, 30, TODAY)).toEqual(expected ? ['roster of 2026-11-20: on leave'] : []);
  });

  test.each<[RosterStatus, until: string, grace: number, back: string | undefined]>([
    ['active', '2026-11-22', 30, '2026-11-23'],
    ['active', '2026-10-24', 30, '2026-10-25'],
    ['active', '2026-10-23', 30, undefined],
    ['active', '2026-11-22', 0, undefined],
    ['unknown', '2026-11-22', 30, '2026-11-23'],
    ['left', '2026-11-22', 30, undefined],
  ])('status %s, until %s, %i days of grace', (status, until, grace, back) => {
    const dates = { asOf: day('2026-11-20'), leaveFrom: day('2026-05-01'), leaveUntil: day(until) };
    expect(leaveRules({ status, origin: 'people.csv', ...dates }, grace, TODAY)).toEqual(
      back === undefined ? [] : [`roster of 2026-11-20: back from leave on ${back}`],
    );
  });

  test('nothing is known without a user source', () => {
    expect(leaveRules(undefined, 30, TODAY)).toEqual([]);
  });
});
