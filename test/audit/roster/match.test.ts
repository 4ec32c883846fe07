import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { leaversJump, refusalOf } from '../../../src/audit/roster/match.js';
import { day, userId } from '../../world/people.js';
import { key, KEYS, linesOf, matched } from './roster-world.js';

const statusOf = (text: string, name: string): string | undefined =>
  matched(text).people.get(userId(name))?.status;

describe('a row finds its person', () => {
  test.each<[string, string]>([
    ['by object id in any case', `ObjectId,Status\n${userId('Ada').toUpperCase()},left\n`],
    ['by name in any case', 'UPN,Status\nADA@harbor.EXAMPLE,left\n'],
    ['by employee id', 'EmployeeId,Status\ne1,left\n'],
    ['by employee id after a new name', 'UPN,EmployeeId,Status\nada.maiden@harbor.example,E1,left\n'],
    ['by name where the directory has no employee id', 'UPN,EmployeeId,Status\nada@harbor.example,,left\n'],
    ['by object id after a new name', `ObjectId,UPN,Status\n${userId('Ada')},old@harbor.example,left\n`],
  ])('%s', (_name, text) => {
    expect(statusOf(text, 'Ada')).toBe('left');
  });

  test('by name in another Unicode form', () => {
    expect(statusOf('UPN,Status\nbe\u0301la@harbor.example,left\n', 'Béla')).toBe('left');
  });

  test('by name although two accounts share the employee id', () => {
    const match = matched('UPN,EmployeeId,Status\nemil@harbor.example,E5,left\n');
    expect([...match.people]).toEqual([[userId('Emil'), expect.objectContaining({ status: 'left' })]]);
    expect(match.problems).toEqual([]);
  });

  test('or nobody, which says nothing about anybody', () => {
    const match = matched('EmployeeId,Status\nE1,active\nE99,left\n00E1,left\n');
    expect([...match.people.keys()]).toEqual([userId('Ada')]);
    expect(linesOf(match)).toEqual(['unmatched 3', 'unmatched 4']);
  });

  test('or nobody, when the account of its object id is gone and somebody new has the name', () => {
    const match = matched(`ObjectId,UPN,Status\n${userId('gone')},ada@harbor.example,left\n`);
    expect(match.people.size).toBe(0);
    expect(linesOf(match)).toEqual(['unmatched 2']);
  });

  test('or nobody, when two accounts share the employee id', () => {
    const match = matched('EmployeeId,Status\nE5,left\n');
    expect(match.people.size).toBe(0);
    expect(match.problems).toMatchObject([
      {
        kind: 'sharedKey',
        line: 2,
        key: 'E5',
        says: 'more than one account has this EmployeeId: name the account by its ObjectId',
      },
    ]);
  });
});

describe('keys that disagree', () => {
  test.each<[string, string, readonly string[]]>([
    ['name and employee id', 'UPN,EmployeeId,Status\nada@harbor.example,E2,left\n', ['Ada', 'Béla']],
    [
      'object id and name',
      `ObjectId,UPN,Status\n${userId('Ada')},dana@harbor.example,left\n`,
      ['Ada', 'Dana'],
    ],
    [
      'a name that was given to somebody else',
      'UPN,EmployeeId,Status\nada@harbor.example,E77,left\n',
      ['Ada'],
    ],
  ])('%s make everybody unknown whom they may mean', (_name, text, names) => {
    const match = matched(text);
    expect([...match.people]).toEqual(
      names.map((name) => [userId(name), expect.objectContaining({ status: 'unknown' })]),
    );
    expect(linesOf(match)).toEqual(['keysDisagree 2']);
  });

  test('outweigh a good row about the same person', () => {
    expect(
      statusOf('UPN,EmployeeId,Status\nada@harbor.example,E1,left\nada@harbor.example,E2,left\n', 'Ada'),
    ).toBe('unknown');
  });
});

describe('several rows about one person', () => {
  test('that say the same are one fact, and said', () => {
    const match = matched(
      'UPN,EmployeeId,Status\nada@harbor.example,,left\n,E1,Retired\nADA@harbor.example,,left\n',
    );
    expect(match.people.get(userId('Ada'))?.status).toBe('left');
    expect(linesOf(match)).toEqual(['duplicate 2,3,4']);
  });

  test.each<[string, string]>([
    ['statuses', 'EmployeeId,Status,LeaveUntil\nE1,left,\nE1,active,\n'],
    ['dates', 'EmployeeId,Status,LeaveUntil\nE1,left,2026-12-01\nE1,left,\n'],
    ['a word that nobody knows', 'EmployeeId,Status,LeaveUntil\nE1,left,\nE1,gone fishing,\n'],
  ])('with different %s make them unknown and name both lines', (_name, text) => {
    const match = matched(text);
    expect(match.people.get(userId('Ada'))?.status).toBe('unknown');
    expect(linesOf(match)[0]).toBe('contradictory 2,3');
  });

  test('keep the whole of their leaves', () => {
    const match = matched(
      'EmployeeId,Status,LeaveFrom,LeaveUntil\nE1,active,2026-01-01,2026-03-31\nE1,active,2026-10-01,2026-12-31\nE1,active,,\n',
    );
    expect(match.people.get(userId('Ada'))).toEqual({
      status: 'unknown',
      doubt: 'contradictory',
      leaveFrom: day('2026-01-01'),
      leaveUntil: day('2026-12-31'),
    });
  });

  test('keep a leave open where one of them is', () => {
    const match = matched(
      'EmployeeId,Status,LeaveFrom,LeaveUntil\nE1,left,2026-01-01,\nE1,left,2026-02-01,2026-03-31\n',
    );
    expect(match.people.get(userId('Ada'))).toEqual({
      status: 'unknown',
      doubt: 'contradictory',
      leaveFrom: day('2026-01-01'),
      leaveUntil: undefined,
    });
  });
});

test.each([
  ['contradictory', 'EmployeeId,Status\nE1,left\nE1,active\n'],
  ['keysDisagree', 'UPN,EmployeeId,Status\nada@harbor.example,E2,left\n'],
  ['unknownStatus', 'EmployeeId,Status\nE1,gone fishing\n'],
  ['leaveRejected', 'EmployeeId,Status,LeaveFrom\nE1,active,03/04/2026\n'],
])('whoever is unknown is so for a reason: %s', (doubt, text) => {
  expect(matched(text).people.get(userId('Ada'))).toMatchObject({ status: 'unknown', doubt });
});

test('one row that says on leave is enough, and one without dates leaves it open', () => {
  const text = 'EmployeeId,Status,LeaveFrom,LeaveUntil\nE1,on leave,,\nE1,active,2026-01-01,2026-02-01\n';
  expect(matched(text).people.get(userId('Ada'))).toEqual({
    status: 'onLeave',
    leaveFrom: undefined,
    leaveUntil: undefined,
  });
});

describe('the figures', () => {
  const text = [
    'ObjectId,UPN,EmployeeId,Status,LeaveFrom,LeaveUntil',
    `${userId('Ada')},,,active,,`,
    ',béla@harbor.example,,retired,,',
    ',,E4,on leave,2026-11-01,',
    ',cleo@harbor.example,,sleeping,,',
    ',,E5,left,,',
    ',,E99,left,,',
    'not-a-guid,,,left,,',
    ',,E1,active,,',
  ].join('\n');

  test('count people by status and rows by what became of them', () => {
    expect(matched(text).counts).toEqual({
      rows: 8,
      people: 4,
      active: 1,
      left: 1,
      onLeave: 1,
      unknown: 1,
      unmatched: 2,
      unreadable: 1,
    });
    expect(linesOf(matched(text))).toEqual([
      'unreadable 8',
      'unmatched 7',
      'sharedKey 6',
      'unknownStatus 5',
      'duplicate 2,9',
    ]);
  });

  test('refuse a file of which more than half names nobody', () => {
    expect(refusalOf(matched('EmployeeId,Status\nE1,left\nE98,left\n'))).toBeUndefined();
    expect(refusalOf(matched('ObjectId,EmployeeId,Status\n,E1,left\n,E98,left\nx,,left\n'))).toBe(
      '2 of 3 rows name nobody whom this directory knows (1 cannot be read)',
    );
  });
});

test.each<[left: number, people: number, before: [number, number] | undefined, isRefused: boolean]>([
  [90, 100, [1, 100], true],
  [90, 100, undefined, false],
  [90, 100, [0, 0], false],
  [7, 100, [1, 100], true],
  [6, 100, [1, 100], false],
  [7, 10, [1, 10], true],
  [6, 10, [1, 10], false],
  [60, 1000, [10, 1000], false],
  [61, 1000, [10, 1000], true],
  [20, 2000, [10, 100], false],
])('%i of %i people left, %j in the file before: refused %s', (left, people, before, isRefused) => {
  const counts = { ...matched('UPN,Status\nada@harbor.example,left\n').counts, left, people };
  const why = leaversJump({ counts }, before && { left: before[0], people: before[1] });
  expect(why !== undefined).toBe(isRefused);
  if (left === 61)
    expect(why).toBe('61 of 1000 people (6.1 %) left, and 10 of 1000 people (1.0 %) in the file before');
});

describe('whatever the file', () => {
  const cell = fc.constantFrom('E1', 'e1', 'E2', 'E4', 'E5', 'E99', '');
  const name = fc.constantFrom('ada@harbor.example', 'BÉLA@harbor.example', 'cleo@harbor.example', '');
  const status = fc.constantFrom('active', 'left', 'Retired', 'on leave', 'what?', '');
  const date = fc.constantFrom('', '2026-11-01', '2026-11-30', '03/04/2026');
  const row = fc.tuple(name, cell, status, date, date).map((cells) => cells.join(','));
  const fileOf = (rows: readonly string[]): string =>
    `UPN,EmployeeId,Status,LeaveFrom,LeaveUntil\n${rows.join('\n')}`;
  const facts = (text: string, keys = KEYS as Parameters<typeof matched>[1]) =>
    [...matched(text, keys).people].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = fc
    .array(row, { minLength: 1, maxLength: 8 })
    .filter((all) => all.some((each) => each !== ',,,,'));

  test('the order of rows and of the directory never matters', () => {
    const shuffled = rows.chain((all) =>
      fc.record({
        all: fc.constant(all),
        mixed: fc.shuffledSubarray(all, { minLength: all.length }),
        keys: fc.shuffledSubarray([...KEYS], { minLength: KEYS.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ all, mixed, keys }) => {
        expect(facts(fileOf(mixed), keys)).toEqual(facts(fileOf(all)));
      }),
    );
  });

  test('two rows that say different unclear things give the same doubt in either order', () => {
    const leave = 'ada@harbor.example,E1,active,,03/04/2026';
    const status = 'ada@harbor.example,E1,what?,,';
    const doubtsOf = (...lines: readonly string[]) => {
      const { people } = matched(['UPN,EmployeeId,Status,LeaveFrom,LeaveUntil', ...lines, ''].join('\n'));
      return people.get(userId('Ada'));
    };
    expect(doubtsOf(leave, status)).toBeDefined();
    expect(doubtsOf(leave, status)).toEqual(doubtsOf(status, leave));
  });

  test('the case and Unicode form of keys never matter', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const expected = facts(fileOf(all));
        const shouted = all.map((each) => {
          const [upn = '', id = '', ...rest] = each.split(',');
          return [upn.toUpperCase().normalize('NFD'), id.toUpperCase(), ...rest].join(',');
        });
        expect(facts(fileOf(shouted))).toEqual(expected);
      }),
    );
  });

  test('one more row never makes somebody leave whom another row does not call so', () => {
    fc.assert(
      fc.property(rows, row, (all, more) => {
        const before = matched(fileOf(all)).people;
        for (const [userIdOf, { status: after }] of matched(fileOf([...all, more])).people) {
          if (before.has(userIdOf) && before.get(userIdOf)?.status !== 'left') expect(after).not.toBe('left');
        }
      }),
    );
  });
});

test('a directory of two pages finds people of both', () => {
  expect(matched('UPN,Status\nzoe@harbor.example,left\n', [...KEYS, key('Zoe', undefined)]).people.size).toBe(
    1,
  );
});
