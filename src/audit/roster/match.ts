import type { DirectoryKey } from '../../graph/graph-door.js';
import type { Day } from '../day.js';
import { nameKey } from '../name-key.js';
import type { UserId } from '../person.js';
import type { RosterFile, RosterRow } from './file.js';
import { PROBLEM_KINDS, type RosterProblem } from './problem.js';
import type { RosterCounts, RosterDoubt, RosterEntry, RosterStatus } from './roster.js';

/** Everybody in the directory, found by any key. `shared`: more than one account has it. */
export interface Directory {
  readonly size: number;
  add(keys: readonly DirectoryKey[]): void;
  byId(id: UserId): DirectoryKey | undefined;
  byName(key: string): DirectoryKey | 'shared' | undefined;
  byEmployeeId(key: string): DirectoryKey | 'shared' | undefined;
}

export interface RosterMatch {
  readonly people: ReadonlyMap<UserId, RosterEntry>;
  readonly counts: RosterCounts;
  /** By kind, then by line. */
  readonly problems: readonly RosterProblem[];
}

/** Keys are added page by page, so that a page may be let go. */
export function emptyDirectory(): Directory {
  const ids = new Map<UserId, DirectoryKey>();
  const names = new Map<string, DirectoryKey | 'shared'>();
  const employees = new Map<string, DirectoryKey | 'shared'>();
  const put = (map: typeof names, key: string, person: DirectoryKey): void => {
    const before = map.get(key);
    map.set(key, before === undefined || before === person ? person : 'shared');
  };
  return {
    get size() {
      return ids.size;
    },
    add(keys) {
      for (const person of keys) {
        if (ids.has(person.userId)) continue;
        ids.set(person.userId, person);
        put(names, nameKey(person.userPrincipalName), person);
        const employeeId = nameKey(person.employeeId ?? '');
        if (employeeId !== '') put(employees, employeeId, person);
      }
    },
    byId: (id) => ids.get(id),
    byName: (key) => names.get(key),
    byEmployeeId: (key) => employees.get(key),
  };
}

type Found =
  | { readonly kind: 'one'; readonly userId: UserId }
  | { readonly kind: 'unmatched' | 'sharedKey'; readonly says: string }
  | { readonly kind: 'keysDisagree'; readonly says: string; readonly userIds: readonly UserId[] };

/** Finds out whom each row is about and what the file, as a whole, says of everybody in it. Pure. */
export function matchRoster(
  file: Extract<RosterFile, { readonly kind: 'roster' }>,
  directory: Directory,
): RosterMatch {
  const problems: RosterProblem[] = [...file.problems];
  const rowsOf = new Map<UserId, RosterRow[]>();
  const doubtful = new Set<UserId>();
  for (const row of file.rows) {
    const found = find(row, directory);
    if (found.kind !== 'one')
      problems.push({ kind: found.kind, line: row.line, otherLines: [], key: row.key, says: found.says });
    const named = found.kind === 'one' ? [found.userId] : found.kind === 'keysDisagree' ? found.userIds : [];
    for (const userId of named) {
      const others = rowsOf.get(userId);
      if (others === undefined) rowsOf.set(userId, [row]);
      else others.push(row);
      if (found.kind === 'keysDisagree') doubtful.add(userId);
    }
  }
  const people = new Map<UserId, RosterEntry>();
  for (const [userId, rows] of rowsOf) {
    const isAgreed = new Set(rows.map(factsOf)).size === 1;
    const doubt = doubtful.has(userId) ? 'keysDisagree' : isAgreed ? undefined : 'contradictory';
    people.set(userId, doubt === undefined ? entryOf(rows) : doubtfulEntry(rows, doubt));
    if (!doubtful.has(userId)) problems.push(...repeatProblems(rows, isAgreed));
  }
  const order = (kind: RosterProblem['kind']): number => PROBLEM_KINDS.indexOf(kind);
  problems.sort((a, b) => order(a.kind) - order(b.kind) || a.line - b.line);
  return { people, problems, counts: countsOf(file, people, problems) };
}

/**
 * Why a file says too little about this tenant to be kept; undefined when it may be. Rows that name nobody are normal
 * (people who left long ago), but when they are most of the file, the file or the key is a wrong one.
 */
export function refusalOf({ counts }: Pick<RosterMatch, 'counts'>): string | undefined {
  const lost = counts.unmatched + counts.unreadable;
  if (lost * 2 <= counts.rows) return undefined;
  return `${lost} of ${counts.rows} rows name nobody whom this directory knows (${counts.unreadable} cannot be read)`;
}

/** More people, and more percentage points of all people in the file, who left at once are looked at first. */
const MOST_MORE_LEFT = 5;

/**
 * Why so many more people than before have left that a column or a word may have been mistaken; undefined when it is
 * nothing unusual, or there is no file before to compare with.
 */
export function leaversJump(
  { counts }: Pick<RosterMatch, 'counts'>,
  before: Pick<RosterCounts, 'left' | 'people'> | undefined,
): string | undefined {
  if (before === undefined || before.people === 0 || counts.people === 0) return undefined;
  const share = ({ left, people }: typeof before): number => (100 * left) / people;
  const isMany = counts.left - before.left > MOST_MORE_LEFT;
  if (!isMany || share(counts) - share(before) <= MOST_MORE_LEFT) return undefined;
  const words = (of: typeof before): string =>
    `${of.left} of ${of.people} people (${share(of).toFixed(1)} %)`;
  return `${words(counts)} left, and ${words(before)} in the file before`;
}

/**
 * An object id names one account for ever, so a row with the id of an account that is gone is about nobody, whoever has
 * the name now. Names and employee ids are given anew: where two keys of a row, or a row and the directory, disagree,
 * the row may be about either.
 */
function find(row: RosterRow, directory: Directory): Found {
  const byId = row.objectId && directory.byId(row.objectId);
  if (row.objectId !== undefined && byId === undefined)
    return { kind: 'unmatched', says: 'no account has this ObjectId' };
  const byName = row.userPrincipalName && directory.byName(row.userPrincipalName);
  const byEmployeeId = row.employeeId && directory.byEmployeeId(row.employeeId);
  const found = [byId, byName, byEmployeeId].filter((one) => typeof one === 'object');
  const [first] = found;
  if (first === undefined) return nobody(byName === 'shared' || byEmployeeId === 'shared', row);
  const userIds = [...new Set(found.map(({ userId }) => userId))];
  if (userIds.length > 1)
    return { kind: 'keysDisagree', userIds, says: 'its keys belong to different accounts' };
  const known = nameKey(first.employeeId ?? '');
  if (row.employeeId !== undefined && known !== '' && known !== row.employeeId)
    return { kind: 'keysDisagree', userIds, says: 'the account has another EmployeeId in the directory' };
  return { kind: 'one', userId: first.userId };
}

function nobody(isShared: boolean, row: RosterRow): Found {
  if (!isShared) return { kind: 'unmatched', says: 'no account has this key' };
  const column = row.employeeId === undefined ? 'UserPrincipalName' : 'EmployeeId';
  return {
    kind: 'sharedKey',
    says: `more than one account has this ${column}: name the account by its ObjectId`,
  };
}

function factsOf({ status, leaveFrom, leaveUntil }: RosterEntry): string {
  return [status, leaveFrom, leaveUntil].join();
}

/** Called with rows that agree. */
function entryOf(rows: readonly RosterRow[]): RosterEntry {
  const { status = 'unknown', leaveFrom, leaveUntil } = rows[0] ?? {};
  // Of several doubts the same one, whatever the order of the rows.
  const [doubt] = rows.flatMap((each) => each.doubt ?? []).sort();
  return { status, leaveFrom, leaveUntil, ...(doubt === undefined ? {} : { doubt }) };
}

/**
 * Of rows that disagree only the leave is kept, from the first begin to the last end: leave protects. One of them that
 * says "on leave" is enough, and without dates leaves it open.
 */
function doubtfulEntry(rows: readonly RosterRow[], doubt: RosterDoubt): RosterEntry {
  const leaves = rows.filter(
    ({ status, leaveFrom, leaveUntil }) =>
      status === 'onLeave' || leaveFrom !== undefined || leaveUntil !== undefined,
  );
  const isOnLeave = rows.some(({ status }) => status === 'onLeave');
  return {
    ...(isOnLeave ? { status: 'onLeave' } : { status: 'unknown', doubt }),
    leaveFrom: outermost(
      leaves.map(({ leaveFrom }) => leaveFrom),
      Math.min,
    ),
    leaveUntil: outermost(
      leaves.map(({ leaveUntil }) => leaveUntil),
      Math.max,
    ),
  };
}

/** Open as soon as one of them is. */
function outermost(
  days: readonly (Day | undefined)[],
  pick: (...days: readonly number[]) => number,
): Day | undefined {
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 || known.length < days.length ? undefined : (pick(...known) as Day);
}

function repeatProblems(rows: readonly RosterRow[], isAgreed: boolean): readonly RosterProblem[] {
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return [];
  const otherLines = others.map(({ line }) => line);
  const says = isAgreed ? 'says the same' : 'says something else about the same person';
  return [
    { kind: isAgreed ? 'duplicate' : 'contradictory', line: first.line, otherLines, key: first.key, says },
  ];
}

function countsOf(
  file: Extract<RosterFile, { readonly kind: 'roster' }>,
  people: ReadonlyMap<UserId, RosterEntry>,
  problems: readonly RosterProblem[],
): RosterCounts {
  const of: Record<RosterStatus, number> = { active: 0, left: 0, onLeave: 0, unknown: 0 };
  for (const { status } of people.values()) of[status] += 1;
  const rows = (...kinds: readonly RosterProblem['kind'][]): number =>
    problems.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    rows: file.count,
    people: people.size,
    ...of,
    unmatched: rows('unmatched', 'sharedKey', 'keysDisagree'),
    unreadable: rows('unreadable'),
  };
}
