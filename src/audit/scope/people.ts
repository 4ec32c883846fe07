import { nameKey } from '../name-key.js';
import { readPeopleTable, type PeopleRow } from '../csv/people-table.js';
import type { Person } from '../person.js';

/** Who is in scope: object ids in small letters and names as `nameKey` gives them, each with the first line that has it. */
export type PeopleKeys = ReadonlyMap<string, number>;

export type PeopleFile =
  | { readonly kind: 'people'; readonly keys: PeopleKeys }
  | { readonly kind: 'errors'; readonly errors: readonly PeopleFileError[] };

/** `says` is the rest of a sentence about the file, or about one of its lines. */
export interface PeopleFileError {
  readonly line: number | undefined;
  readonly says: string;
}

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/;

/**
 * Reads a list of people: CSV with a column ObjectId or UserPrincipalName; of both the id counts. Blank rows and rows
 * that come again are harmless; every other row has to name somebody, or a slip would leave people out in silence.
 */
export function readPeopleFile(bytes: Uint8Array): PeopleFile {
  const table = readPeopleTable(bytes);
  if (table.kind === 'unusable') return wrong(table.why);
  if (!table.columns.has('objectId') && !table.columns.has('userPrincipalName'))
    return wrong('has no column ObjectId or UserPrincipalName in its first line');
  if (table.rows.length === 0)
    return wrong('names nobody, so that nobody would be in scope: add people to it');
  const keys = new Map<string, number>();
  const errors: PeopleFileError[] = [];
  for (const row of table.rows) {
    const read = keyOf(row);
    if (read.kind === 'fault') errors.push({ line: row.line, says: read.why });
    else if (!keys.has(read.key)) keys.set(read.key, row.line);
  }
  return errors.length === 0 ? { kind: 'people', keys } : { kind: 'errors', errors };
}

/** The keys by which a list may name a person. */
export function keysOf({
  id,
  userPrincipalName,
}: Pick<Person, 'id' | 'userPrincipalName'>): readonly string[] {
  return [id, nameKey(userPrincipalName)];
}

/** A row of the list that names nobody who was seen. */
export interface UnmatchedPerson {
  readonly key: string;
  readonly line: number;
}

/** @param seen keys of people who came by, whether they are on the list or not */
export function unmatchedPeople(keys: PeopleKeys, seen: ReadonlySet<string>): readonly UnmatchedPerson[] {
  return [...keys].filter(([key]) => !seen.has(key)).map(([key, line]) => ({ key, line }));
}

function keyOf({
  cells,
  fault,
}: PeopleRow):
  { readonly kind: 'key'; readonly key: string } | { readonly kind: 'fault'; readonly why: string } {
  const id = nameKey(cells.objectId ?? '');
  const name = nameKey(cells.userPrincipalName ?? '');
  if (fault !== undefined) return { kind: 'fault', why: fault };
  if (id !== '') {
    const key = GUID.exec(id)?.[1];
    return key === undefined ? { kind: 'fault', why: 'its ObjectId is no GUID' } : { kind: 'key', key };
  }
  if (name === '') return { kind: 'fault', why: 'it names nobody' };
  if (!name.includes('@')) return { kind: 'fault', why: 'its UserPrincipalName has no @' };
  return { kind: 'key', key: name };
}

function wrong(says: string): PeopleFile {
  return { kind: 'errors', errors: [{ line: undefined, says }] };
}
