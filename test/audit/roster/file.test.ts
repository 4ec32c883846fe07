import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readRosterFile } from '../../../src/audit/roster/file.js';
import { day } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { rosterFile, STATUSES } from './roster-world.js';

const ID = '1b2c3d4e-0000-4000-8000-00000000000a';
const one = (cells: string, header = 'EmployeeId,Status,LeaveFrom,LeaveUntil') =>
  rosterFile(`${header}\n${cells}\n`);

describe('the status of a row', () => {
  test.each<[string, string]>([
    ['active', 'active'],
    [' AKTIV ', 'active'],
    ['Inactive', 'left'],
    ['retired', 'left'],
    ['On Leave', 'onLeave'],
    ['on \u00a0 leave', 'onLeave'],
    ['Inactive (leave)', 'unknown'],
    ['inactiv', 'unknown'],
    ['', 'unknown'],
    ['constructor', 'unknown'],
  ])('"%s" is %s', (word, status) => {
    expect(one(`E1,"${word}",,`).rows).toMatchObject([{ status }]);
  });

  test('follows the policy’s words in any Unicode form', () => {
    const statuses = policyOf('roster: { statuses: { left: ["Ausgeschieden für immer"] } }').roster.statuses;
    const text = 'EmployeeId,Status\nE1,ausgeschieden fu\u0308r immer\nE2,retired\n';
    const file = readRosterFile(Buffer.from(text), statuses);
    expect(file).toMatchObject({ rows: [{ status: 'left' }, { status: 'unknown' }] });
  });

  test('is unknown where the policy gives a word two meanings', () => {
    const statuses = { active: ['on hold'], left: ['ON HOLD'], onLeave: [] };
    expect(readRosterFile(Buffer.from('EmployeeId,Status\nE1,on hold\n'), statuses)).toMatchObject({
      rows: [{ status: 'unknown' }],
      unknownWords: [{ word: 'on hold', rows: 1 }],
    });
  });

  test('that nobody mapped is counted by word, the commonest first', () => {
    const file = rosterFile('EmployeeId,Status\nE1,zzz\nE2,On hold\nE3,on  HOLD\nE4,active\nE5,\n');
    expect(file.unknownWords).toEqual([
      { word: 'on hold', rows: 2 },
      { word: '', rows: 1 },
      { word: 'zzz', rows: 1 },
    ]);
    expect(file.problems.map(({ kind, line, says }) => [kind, line, says])).toEqual([
      ['unknownStatus', 2, 'the policy does not know the status "zzz"'],
      ['unknownStatus', 3, 'the policy does not know the status "On hold"'],
      ['unknownStatus', 4, 'the policy does not know the status "on  HOLD"'],
      ['unknownStatus', 6, 'the status is empty'],
    ]);
  });
});

describe('the leave of a row', () => {
  test('has two days, of which either may be open', () => {
    expect(one('E1,on leave,2026-11-01,30.11.2026').rows).toMatchObject([
      { status: 'onLeave', leaveFrom: day('2026-11-01'), leaveUntil: day('2026-11-30') },
    ]);
    expect(one('E1,active,,2026-11-30').rows).toMatchObject([
      { status: 'active', leaveFrom: undefined, leaveUntil: day('2026-11-30') },
    ]);
  });

  test.each<[string, string, string]>([
    ['left', '03/04/2026,', 'unknown'],
    ['active', ',03/04/2026', 'unknown'],
    ['on leave', '2026-11-01,soon', 'onLeave'],
    ['left', '2026-11-30,2026-11-01', 'unknown'],
  ])('that cannot be read makes %s with %s %s', (word, leave, status) => {
    const file = one(`E1,${word},${leave}`);
    expect(file.rows).toMatchObject([{ status, leaveFrom: undefined, leaveUntil: undefined }]);
    expect(file.problems).toMatchObject([{ kind: 'leaveRejected', line: 2 }]);
  });

  test('is rejected with a sentence that shows the date', () => {
    expect(one('E1,left,03/04/2026,').problems[0]?.says).toBe(
      'the begin of the leave is "03/04/2026", which can be read in more than one way or in none: use 2026-12-31',
    );
  });

  test('is never taken from a column that may mean the day of leaving', () => {
    expect(one('E1,left,2026-11-01', 'EmployeeId,Status,LeaveDate').rows).toMatchObject([
      { status: 'left', leaveFrom: undefined, leaveUntil: undefined },
    ]);
  });
});

describe('the keys of a row', () => {
  test.each<[string, string, object]>([
    ['ObjectId', ID.toUpperCase(), { objectId: ID }],
    ['object id', `{${ID}}`, { objectId: ID }],
    ['User Principal Name', 'ADA@Harbor.example', { userPrincipalName: 'ada@harbor.example' }],
    ['UPN', 'ada@harbor.example', { userPrincipalName: 'ada@harbor.example' }],
    ['Employee ID', ' 00E1 ', { employeeId: '00e1' }],
  ])('%s %s', (column, cell, expected) => {
    expect(one(`${cell},left`, `${column},Status`).rows).toMatchObject([expected]);
  });

  test.each<[string, string]>([
    ['12345,,left', 'its ObjectId is no GUID'],
    ['12345,ada@harbor.example,left', 'its ObjectId is no GUID'],
    [',,left', 'it names nobody'],
  ])('%s makes the row unreadable', (cells, says) => {
    const file = one(cells, 'ObjectId,UPN,Status');
    expect(file.rows).toEqual([]);
    expect(file.problems).toMatchObject([{ kind: 'unreadable', line: 2, says }]);
  });
});

describe('a whole file', () => {
  test.each<[string, string]>([
    ['', 'is empty'],
    ['Name,Status\nAda,left\n', 'has no column ObjectId, UserPrincipalName or EmployeeId in its first line'],
    ['UPN,State\na@b,left\n', 'has no column Status in its first line'],
    ['UPN,Status\n\n', 'has a header and no rows'],
  ])('%j is unusable', (text, why) => {
    expect(readRosterFile(Buffer.from(text), STATUSES)).toEqual({ kind: 'unusable', why });
  });

  test('of any bytes is read or refused, and never says that somebody left by a word nobody mapped', () => {
    const left = new Set(STATUSES.left);
    const piece = fc.constantFrom(
      'E1',
      'left',
      'Left ',
      'leftover',
      '"',
      ',',
      ';',
      '\n',
      '\r',
      ' ',
      '\0',
      '\uFEFF',
      'ü',
      '=',
    );
    const text = fc
      .tuple(
        fc.constantFrom('', 'EmployeeId,Status\n', 'UPN;Status;LeaveFrom\r\n'),
        fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }),
      )
      .map(([header, parts]) => header + parts.join(''));
    const anyBytes = fc.oneof(
      text.map((each) => Buffer.from(each)),
      fc.uint8Array({ maxLength: 200 }),
    );
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const file = readRosterFile(bytes, STATUSES);
        if (file.kind === 'unusable') return;
        const words = Buffer.from(bytes).toString('utf8').toLowerCase();
        for (const { status } of file.rows)
          if (status === 'left') expect([...left].some((word) => words.includes(word))).toBe(true);
      }),
    );
  });

  test('maps a word only when it is one of the policy’s, whatever is around it', () => {
    const word = fc.stringMatching(/^[a-zäöü -]{0,12}$/);
    const known = new Set(Object.values(STATUSES).flat());
    fc.assert(
      fc.property(word, (text) => {
        const [row] = one(`E1,"${text}",,`).rows;
        const key = text.trim().replace(/ +/g, ' ');
        expect(row?.status === 'unknown').toBe(!known.has(key));
      }),
    );
  });
});
