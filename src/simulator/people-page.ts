import { unsupportedQuery } from './graph-call.js';
import type { CollectionQuery } from './query.js';
import type { SimPerson, TenantTime } from './sim-person.js';
import { indexOf, licensesAt, ordinaryFrom, personAt, signInAt } from './tenant.js';
import type { Tenant } from './tenant.js';
import type { UserFilter } from './user-filter.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

export interface Page {
  readonly people: readonly SimPerson[];
  /** Where the next page goes on; undefined: nobody is left. */
  readonly next: number | undefined;
}

/** Those who pass, from a position on; goes on looking until the page is full. */
export function scan(world: World, filter: UserFilter, start: number, top: number): Page {
  const people: SimPerson[] = [];
  for (const person of matching(world.tenant, tenantTime(world), filter, start)) {
    if (people.length === top) return { people, next: person.index };
    people.push(person);
  }
  return { people, next: undefined };
}

/** Those who pass in another order than the directory's. `start` counts rows. */
export function sorted(
  world: World,
  query: CollectionQuery,
  filter: UserFilter,
  start: number,
  top: number,
): Page {
  const [name = '', direction = 'asc'] = (query.orderBy ?? '').split(' ');
  if (name !== 'displayName' && name !== 'userPrincipalName') {
    throw unsupportedQuery(`Sorting not supported for current query.`);
  }
  const everyone = [...matching(world.tenant, tenantTime(world), filter, 0)];
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  everyone.sort((a, b) => sign * (a[name] < b[name] ? -1 : a[name] > b[name] ? 1 : a.index - b.index));
  const next = start + top;
  return { people: everyone.slice(start, next), next: next < everyone.length ? next : undefined };
}

/** How many pass. Counted once per filter, and again only after something changed. */
export function countMatches(world: World, filter: UserFilter): number {
  const { tenant } = world;
  const now = world.now().getTime();
  const revision = tenant.book.all.length;
  const known = tenant.counts.get(filter.text);
  const settled = !filter.dated && known !== undefined && known.at >= tenant.book.settledAt();
  if (known?.revision === revision && (known.at === now || settled)) return known.count;
  const count = countNow(tenant, tenantTime(world), filter);
  if (tenant.counts.size >= MOST_COUNTS) tenant.counts.clear();
  tenant.counts.set(filter.text, { revision, at: now, count });
  return count;
}

const MOST_COUNTS = 500;

function countNow(tenant: Tenant, time: TenantTime, filter: UserFilter): number {
  let count = 0;
  for (const index of indicesFor(tenant, filter, 0)) {
    const glimpsed = glimpse(tenant, index, time, filter, 'count');
    const passes = glimpsed ?? matchesAt(tenant, index, time, filter);
    if (passes) count += 1;
  }
  return count;
}

function matchesAt(tenant: Tenant, index: number, time: TenantTime, filter: UserFilter): boolean {
  const person = personAt(tenant, index, time);
  return person !== undefined && filter.matches(person);
}

function* matching(
  tenant: Tenant,
  time: TenantTime,
  filter: UserFilter,
  start: number,
): Generator<SimPerson> {
  for (const index of indicesFor(tenant, filter, start)) {
    if (glimpse(tenant, index, time, filter, 'list') === false) continue;
    const person = personAt(tenant, index, time);
    if (person && filter.matches(person)) yield person;
  }
}

/** Everybody in order; for a filter by id only those who are named in it. */
function* indicesFor(tenant: Tenant, filter: UserFilter, start: number): Generator<number> {
  if (filter.ids) {
    const indices = filter.ids.flatMap((id) => indexOf(tenant, id) ?? []);
    yield* [...new Set(indices)].filter((index) => index >= start).toSorted((a, b) => a - b);
    return;
  }
  for (let index = start; index < tenant.size; index++) yield index;
}

/**
 * Whether somebody passes, as far as can be told without making the whole person; undefined: make them. For a list,
 * ordinary licenses are not looked at ahead: most people have some, and are then made anyway.
 */
function glimpse(
  tenant: Tenant,
  index: number,
  time: TenantTime,
  filter: UserFilter,
  purpose: 'count' | 'list',
): boolean | undefined {
  if (index < ordinaryFrom(tenant) || tenant.changedIndices().has(index)) return undefined;
  if (filter.bySignIn) return filter.bySignIn(signInAt(tenant, index, time));
  if (filter.byLicenses && (purpose === 'count' || index >= tenant.facts.people)) {
    return filter.byLicenses(licensesAt(tenant, index));
  }
  return undefined;
}
