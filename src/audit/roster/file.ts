import type { Policy } from '../../config/policy.js';
import type { Day } from '../day.js';
import { nameKey } from '../name-key.js';
import { KEY_COLUMNS, readPeopleTable, type PeopleRow } from '../csv/people-table.js';
import type { UserId } from '../person.js';
import { rosterDay } from './date.js';
import type { RosterProblem } from './problem.js';
import { wordKey } from './words.js';
import type { RosterEntry, RosterStatus } from './roster.js';

export type StatusWords = Policy['roster']['statuses'];

/** A row that can be read. At least one of the three keys is there. */
export interface RosterRow extends RosterEntry {
  readonly line: number;
  readonly objectId: UserId | undefined;
  /** As `nameKey` gives them. */
  readonly userPrincipalName: string | undefined;
  readonly employeeId: string | undefined;
  /** The key as it is written, for whoever looks into the file. */
  readonly key: string;
}

export type RosterFile =
  | {
      readonly kind: 'roster';
      readonly rows: readonly RosterRow[];
      /** Rows of any kind, blank ones left out. */
      readonly count: number;
      /** About single rows, in the order of the file. */
      readonly problems: readonly RosterProblem[];
      /** Words that the policy does not map, and how many rows have each; the commonest first. */
      readonly unknownWords: readonly { readonly word: string; readonly rows: number }[];
    }
  /** `why` is the rest of a sentence that begins with the file's name. */
  | { readonly kind: 'unusable'; readonly why: string };

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

/** Reads a file of another user source. Matches nobody yet. */
export function readRosterFile(bytes: Uint8Array, statuses: StatusWords): RosterFile {
  const table = readPeopleTable(bytes);
  if (table.kind === 'unusable') return table;
  const { columns } = table;
  if (!KEY_COLUMNS.some((column) => columns.has(column)))
    return unusable('has no column ObjectId, UserPrincipalName or EmployeeId in its first line');
  if (!columns.has('status')) return unusable('has no column Status in its first line');
  if (table.rows.length === 0) return unusable('has a header and no rows');

  const statusOf = statusReader(statuses);
  const problems: RosterProblem[] = [];
  const words = new Map<string, number>();
  const rows: RosterRow[] = [];
  for (const raw of table.rows) {
    const fault = raw.fault ?? keyFault(raw);
    if (fault !== undefined) {
      problems.push({ kind: 'unreadable', line: raw.line, otherLines: [], key: keyOf(raw), says: fault });
      continue;
    }
    const word = raw.cells.status ?? '';
    const status = statusOf(word);
    if (status === undefined) words.set(wordKey(word), (words.get(wordKey(word)) ?? 0) + 1);
    const row = rowOf(raw, status ?? 'unknown');
    rows.push(row);
    problems.push(...rowProblems(raw, status, word));
  }
  const unknownWords = [...words].map(([word, count]) => ({ word, rows: count }));
  unknownWords.sort((a, b) => b.rows - a.rows || (a.word < b.word ? -1 : 1));
  return { kind: 'roster', rows, count: table.rows.length, problems, unknownWords };
}

/** Makes the mapping of words; undefined for a word that the policy does not map, or maps in two ways. */
function statusReader(statuses: StatusWords): (word: string) => RosterStatus | undefined {
  const meanings = new Map<string, RosterStatus | undefined>();
  for (const status of ['active', 'left', 'onLeave'] as const) {
    for (const word of statuses[status].map(wordKey)) {
      const before = meanings.get(word);
      meanings.set(word, !meanings.has(word) || before === status ? status : undefined);
    }
  }
  return (word) => meanings.get(wordKey(word));
}

function keyFault({ cells }: PeopleRow): string | undefined {
  if (KEY_COLUMNS.every((column) => !cells[column])) return 'it names nobody';
  if (cells.objectId && !GUID.test(cells.objectId)) return 'its ObjectId is no GUID';
  return undefined;
}

function keyOf({ cells }: PeopleRow): string {
  return KEY_COLUMNS.map((column) => cells[column]).find(Boolean) ?? '';
}

/**
 * A leave that cannot be read may be under way today, so whoever has one is unknown unless the word itself says that
 * they are on leave.
 */
function rowOf(raw: PeopleRow, status: RosterStatus): RosterRow {
  const leave = leaveOf(raw);
  const isClear = leave.kind === 'days' || status === 'onLeave';
  const { objectId = '', userPrincipalName = '', employeeId = '' } = raw.cells;
  return {
    line: raw.line,
    objectId: GUID.exec(objectId)?.[1]?.toLowerCase() as UserId | undefined,
    userPrincipalName: userPrincipalName === '' ? undefined : nameKey(userPrincipalName),
    employeeId: employeeId === '' ? undefined : nameKey(employeeId),
    key: keyOf(raw),
    status: isClear ? status : 'unknown',
    leaveFrom: leave.kind === 'days' ? leave.from : undefined,
    leaveUntil: leave.kind === 'days' ? leave.until : undefined,
    ...(isClear && status !== 'unknown' ? {} : { doubt: isClear ? 'unknownStatus' : 'leaveRejected' }),
  };
}

type Leave =
  | { readonly kind: 'days'; readonly from: Day | undefined; readonly until: Day | undefined }
  | { readonly kind: 'rejected'; readonly why: string };

const NO_LEAVE: Leave = { kind: 'days', from: undefined, until: undefined };

function leaveOf({ cells: { leaveFrom = '', leaveUntil = '' } }: PeopleRow): Leave {
  if (leaveFrom === '' && leaveUntil === '') return NO_LEAVE;
  const from = rosterDay(leaveFrom);
  const until = rosterDay(leaveUntil);
  if (from === undefined && leaveFrom !== '') return rejected('begin', leaveFrom);
  if (until === undefined && leaveUntil !== '') return rejected('end', leaveUntil);
  if (from !== undefined && until !== undefined && until < from)
    return { kind: 'rejected', why: 'the leave ends before it begins' };
  return { kind: 'days', from, until };
}

function rejected(which: string, text: string): Leave {
  const why = `the ${which} of the leave is "${text.slice(0, 40)}", which can be read in more than one way or in none: use 2026-12-31`;
  return { kind: 'rejected', why };
}

function rowProblems(
  raw: PeopleRow,
  status: RosterStatus | undefined,
  word: string,
): readonly RosterProblem[] {
  const about = { line: raw.line, otherLines: [], key: keyOf(raw) } as const;
  const leave = leaveOf(raw);
  const says =
    word === '' ? 'the status is empty' : `the policy does not know the status "${word.slice(0, 40)}"`;
  return [
    ...(status === undefined ? [{ ...about, kind: 'unknownStatus' as const, says }] : []),
    ...(leave.kind === 'rejected' ? [{ ...about, kind: 'leaveRejected' as const, says: leave.why }] : []),
  ];
}

function unusable(why: string): RosterFile {
  return { kind: 'unusable', why };
}
