import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Day } from '../../../src/audit/day.js';
import { directoryRoster, hiredOn, rosterFactFor } from '../../../src/audit/roster/facts.js';
import type { Roster, RosterEntry, RosterStatus } from '../../../src/audit/roster/roster.js';
import { aPerson, day, TODAY } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const { person } = aPerson('Ada');
const POLICY = policyOf();
/** Three days before today, which is 2026-11-23. */
const AS_OF = day('2026-11-20');

interface Dates {
  readonly hired?: string;
  readonly leaves?: string;
}

const employed = ({ hired, leaves }: Dates) => ({
  ...person,
  hired: hired === undefined ? undefined : day(hired),
  leaves: leaves === undefined ? undefined : day(leaves),
});

function rosterSaying(entry: RosterEntry | undefined, asOf: Day = AS_OF): Roster {
  return {
    asOf,
    origin: 'hr.csv',
    counts: { rows: 1, people: 1, active: 0, left: 0, onLeave: 0, unknown: 0, unmatched: 0, unreadable: 0 },
    factOf: () => entry && { ...entry, asOf, origin: 'hr.csv' },
    isFresh: (today, maxAgeDays) => asOf <= today && today - asOf <= maxAgeDays,
  };
}

function entry(status: RosterStatus, from?: string, until?: string): RosterEntry {
  return {
    status,
    leaveFrom: from === undefined ? undefined : day(from),
    leaveUntil: until === undefined ? undefined : day(until),
  };
}

describe('the directory’s own dates', () => {
  test.each<[string, Dates, RosterStatus | undefined]>([
    ['no date says nothing', {}, undefined],
    ['a last day that is over', { leaves: '2026-11-22' }, 'left'],
    ['a last day that is today', { leaves: '2026-11-23' }, undefined],
    ['a last day that is to come', { leaves: '2026-12-31' }, undefined],
    ['hired before the last day', { hired: '2020-01-01', leaves: '2026-11-22' }, 'left'],
    ['hired again after the last day', { hired: '2026-11-01', leaves: '2026-10-31' }, 'unknown'],
    ['hired again in the future', { hired: '2026-12-01', leaves: '2026-10-31' }, 'unknown'],
    ['the year that stands for no date', { leaves: '0001-01-01' }, undefined],
  ])('%s', (_name, dates, status) => {
    const fact = directoryRoster(employed(dates), TODAY);
    expect(fact?.status).toBe(status);
    if (fact !== undefined) expect(fact).toMatchObject({ asOf: TODAY, origin: 'directory' });
  });

  test('tell when somebody begins, in the future too', () => {
    expect(hiredOn(employed({ hired: '2026-12-01' }))).toBe(day('2026-12-01'));
    expect(hiredOn(employed({ hired: '0001-01-01' }))).toBeUndefined();
    expect(hiredOn(employed({}))).toBeUndefined();
  });
});

describe('the file and the directory together', () => {
  test.each<[string, RosterEntry | undefined, Dates, RosterStatus | undefined]>([
    ['neither says anything', undefined, {}, undefined],
    ['the file alone', entry('left'), {}, 'left'],
    ['the directory alone', undefined, { leaves: '2026-10-31' }, 'left'],
    ['both say left', entry('left'), { leaves: '2026-10-31' }, 'left'],
    ['both say employed', entry('active'), { leaves: '2027-01-31' }, 'active'],
    [
      'left in the file, at work until later in the directory',
      entry('left'),
      { leaves: '2026-12-31' },
      'unknown',
    ],
    ['left in the file, hired since', entry('left'), { hired: '2026-11-21' }, 'unknown'],
    ['left in the file, to be hired', entry('left'), { hired: '2026-12-01' }, 'unknown'],
    ['left in the file, hired long before', entry('left'), { hired: '2020-01-01' }, 'left'],
    [
      'left in the file, left and hired again',
      entry('left'),
      { leaves: '2026-01-31', hired: '2026-02-01' },
      'unknown',
    ],
    ['active in the file after the last day', entry('active'), { leaves: '2026-11-19' }, 'unknown'],
    ['active in the file on the last day', entry('active'), { leaves: '2026-11-20' }, 'left'],
    [
      'active in the file, hired again',
      entry('active'),
      { leaves: '2026-01-31', hired: '2026-02-01' },
      'active',
    ],
    ['unknown in the file, left in the directory', entry('unknown'), { leaves: '2026-11-22' }, 'unknown'],
    ['on leave without dates, left in the directory', entry('onLeave'), { leaves: '2026-11-22' }, 'unknown'],
    [
      'on leave today, left in the directory',
      entry('active', '2026-11-01', '2026-12-31'),
      { leaves: '2026-10-31' },
      'onLeave',
    ],
  ])('%s', (_name, says, dates, status) => {
    expect(rosterFactFor(employed(dates), rosterSaying(says), POLICY, TODAY)?.status).toBe(status);
  });

  test('name both where they contradict each other', () => {
    const fact = rosterFactFor(
      employed({ leaves: '2026-10-31' }),
      rosterSaying(entry('active')),
      POLICY,
      TODAY,
    );
    expect(fact).toMatchObject({ status: 'unknown', origin: 'hr.csv and directory' });
  });
});

describe('leave in the file', () => {
  test.each<[string, RosterEntry, RosterStatus]>([
    ['covers today', entry('active', '2026-11-01', '2026-11-30'), 'onLeave'],
    ['begins today', entry('active', '2026-11-23'), 'onLeave'],
    ['ends today', entry('active', undefined, '2026-11-23'), 'onLeave'],
    ['ended yesterday', entry('active', undefined, '2026-11-22'), 'active'],
    ['begins tomorrow', entry('active', '2026-11-24'), 'active'],
    ['wins over left', entry('left', '2026-11-01'), 'onLeave'],
    ['wins over unknown', entry('unknown', '2026-11-01'), 'onLeave'],
    ['in the past leaves left as it is', entry('left', '2026-01-01', '2026-02-01'), 'left'],
    ['without dates goes on', entry('onLeave'), 'onLeave'],
    ['ended since the file was made', entry('onLeave', '2026-11-01', '2026-11-21'), 'active'],
    [
      'ended before the file was made, and the file still says so',
      entry('onLeave', '2026-01-01', '2026-02-01'),
      'onLeave',
    ],
    ['is said before it begins', entry('onLeave', '2026-12-01'), 'onLeave'],
  ])('%s', (_name, says, status) => {
    expect(rosterFactFor(person, rosterSaying(says), POLICY, TODAY)?.status).toBe(status);
  });
});

describe('a file that is too old', () => {
  test.each<[number, RosterStatus | undefined]>([
    [14, 'left'],
    [15, undefined],
    [-1, undefined],
  ])('of %i days ago', (age, status) => {
    const roster = rosterSaying(entry('left'), (TODAY - age) as Day);
    expect(rosterFactFor(person, roster, POLICY, TODAY)?.status).toBe(status);
  });

  test.each<[string, RosterEntry, RosterStatus | undefined]>([
    ['without dates', entry('onLeave'), 'onLeave'],
    ['that covers today', entry('onLeave', '2026-06-01', '2027-05-31'), 'onLeave'],
    ['that covers today and is open', entry('active', '2026-06-01'), 'onLeave'],
    ['of somebody whose rows contradict', entry('unknown', '2026-06-01', '2026-11-23'), 'onLeave'],
    ['of somebody who was to go', entry('left', '2026-06-01', '2026-11-23'), 'onLeave'],
    ['that is over', entry('onLeave', '2026-01-01', '2026-09-15'), undefined],
    ['that ended a few days ago', entry('onLeave', '2026-01-01', '2026-11-15'), 'active'],
    ['that is to come', entry('active', '2026-11-24', '2027-11-23'), undefined],
  ])('still tells of a leave %s', (_name, says, status) => {
    const roster = rosterSaying(says, (TODAY - 100) as Day);
    const fact = rosterFactFor(person, roster, POLICY, TODAY);
    expect(fact?.status).toBe(status);
    if (fact !== undefined) expect(fact.asOf).toBe(TODAY - 100);
  });

  test('says no more, so that the directory alone is heard', () => {
    const roster = rosterSaying(entry('active'), (TODAY - 15) as Day);
    expect(rosterFactFor(employed({ leaves: '2026-10-31' }), roster, POLICY, TODAY)?.origin).toBe(
      'directory',
    );
  });

  test('is as old as the policy says', () => {
    const roster = rosterSaying(entry('left'), (TODAY - 15) as Day);
    expect(rosterFactFor(person, roster, policyOf('roster: { maxAgeDays: 15 }'), TODAY)?.status).toBe('left');
  });
});

test('nobody has left unless the file or the directory says so, and never while dates say that they are on leave', () => {
  const near = fc.option(
    fc.integer({ min: -40, max: 40 }).map((days) => (TODAY + days) as Day),
    { nil: undefined },
  );
  const says = fc.record({
    status: fc.constantFrom<RosterStatus>('active', 'left', 'onLeave', 'unknown'),
    leaveFrom: near,
    leaveUntil: near,
  });
  fc.assert(
    fc.property(says, near, near, (file, hired, leaves) => {
      const fact = rosterFactFor({ ...person, hired, leaves }, rosterSaying(file), POLICY, TODAY);
      if (fact?.status !== 'left') return;
      expect(file.status === 'left' || (leaves !== undefined && leaves < TODAY)).toBe(true);
      const hasLeave = file.leaveFrom !== undefined || file.leaveUntil !== undefined;
      const covers = (file.leaveFrom ?? TODAY) <= TODAY && (file.leaveUntil ?? TODAY) >= TODAY;
      expect(hasLeave && covers).toBe(false);
      expect(leaves === undefined || leaves < TODAY).toBe(true);
    }),
  );
});
