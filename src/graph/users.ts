import type { Person } from '../audit/person.js';
import { readBatches } from './batch.js';
import { segment, withQuery } from './odata.js';
import { readPages } from './pages.js';
import { ONE_PERSON_SELECT, PERSON_ROW, PERSON_SELECT } from './person-row.js';
import { plainPerson } from './plain-person.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

/** The condition of both big passes. It is an advanced query: it needs `$count=true` and the consistency header. */
export const LICENSED = 'assignedLicenses/$count ne 0';
export const ADVANCED = { ConsistencyLevel: 'eventual' } as const;
/** Audits step back when the tenant's quota gets short; people's clicks do not. */
export const LOW_PRIORITY = { 'x-ms-throttle-priority': 'low' } as const;

const LARGEST_PAGE = 999;

/** Everyone with at least one license, guests included, page by page. */
export function readLicensedPeople(
  wire: Wire,
  options: { readonly leaveDates?: boolean } = {},
): AsyncIterable<readonly Person[]> {
  return readPages(wire, {
    operation: options.leaveDates ? 'users.list.employeeLeaveDateTime' : 'users.list',
    path: withQuery('/users', {
      $filter: LICENSED,
      $count: true,
      $select: withLeaveDates(PERSON_SELECT, options),
      $top: LARGEST_PAGE,
    }),
    headers: { ...ADVANCED, ...LOW_PRIORITY },
    row: PERSON_ROW,
    plainRow: plainPerson,
    asTheyArrive: true,
    keyOf: (person) => person.id,
    counted: true,
  });
}

/**
 * Some people in batches.
 * @param keys object ids or user principal names
 * @returns by the keys asked for; who is not there is absent
 */
export async function readPeople(
  wire: Wire,
  keys: readonly string[],
  options: { readonly leaveDates?: boolean } = {},
): Promise<ReadonlyMap<string, Person>> {
  const asked = keys.flatMap((key) => {
    const path = pathOf(key, options);
    return path === undefined ? [] : [{ key, path }];
  });
  const answers = await readBatches(wire, { operation: 'users.get', paths: asked.map(({ path }) => path) });
  const people = new Map<string, Person>();
  for (const [at, { key }] of asked.entries()) {
    const answer = answers[at];
    if (answer?.kind === 'found') people.set(key, parseAnswer('users.get', PERSON_ROW, answer.json));
  }
  return people;
}

/** @param key object id or user principal name */
export async function readPerson(
  wire: Wire,
  key: string,
  options: { readonly leaveDates?: boolean } = {},
): Promise<Person | undefined> {
  const address = pathOf(key, options);
  if (address === undefined) return undefined;
  const answer = await wire.send({
    operation: 'users.get',
    family: 'identity',
    method: 'GET',
    address,
    alsoAccept: [404],
  });
  return answer.status === 404 ? undefined : parseAnswer('users.get', PERSON_ROW, answer.json);
}

/** undefined: nobody can have this key */
function pathOf(key: string, options: { readonly leaveDates?: boolean }): string | undefined {
  const part = segment(key.trim());
  if (part === undefined) return undefined;
  return withQuery(`/users/${part}`, { $select: withLeaveDates(ONE_PERSON_SELECT, options) });
}

function withLeaveDates(select: string, { leaveDates }: { readonly leaveDates?: boolean }): string {
  return leaveDates ? `${select},employeeLeaveDateTime` : select;
}
