import { bulkIndexOfUpn, bulkPaths, bulkPerson, bulkSignIn } from './bulk-people.js';
import type { ChangeBook } from './changes.js';
import { extraPerson, extraSignIn } from './extra-people.js';
import type { ExtraTenant } from './extra-people.js';
import { NAMED_COUNT, namedIndexOfId, namedIndexOfUpn, namedPerson } from './named-people.js';
import { deletedSince, lastState, withChanges } from './overlay.js';
import { productsOf } from './products.js';
import type { Product } from './products.js';
import { guidFor, indexOfGuid } from './random.js';
import { DAY_MS, isHeld } from './sim-person.js';
import type { SimPath, SimPerson, SimSignIn, TenantTime } from './sim-person.js';

/** What a tenant is made from. The same facts always make the same tenant. */
export interface TenantFacts {
  readonly seed: number;
  /** 10 to 500,000. */
  readonly people: number;
  /** Further members without any license, behind `people`. */
  readonly unlicensed: number;
  /** Further guests without any license, behind those. */
  readonly dormantGuests: number;
  /** 0 to 1: how common idle people and products that were never activated are among ordinary people; 1 as usual. */
  readonly idleness: number;
  readonly createdAt: Date;
  /** Entra ID P1 or P2 present. */
  readonly premium: boolean;
  /** How many days the usage reports lag behind. */
  readonly reportLagDays: number;
  /** From one sync with AD to the next; the first one was when the tenant was made. */
  readonly syncCycleMs: number;
}

/** A simulated tenant: made from facts, person by person on demand, under a book of changes. */
export interface Tenant {
  readonly facts: TenantFacts;
  /** Accounts in the directory when the tenant was made: people and extras. */
  readonly size: number;
  /** The facts as the makers of people take them. */
  readonly made: ExtraTenant;
  readonly id: string;
  readonly products: ReadonlyMap<string, Product>;
  readonly book: ChangeBook;
  /** Seats in use per SKU before any change; counted once, when first asked for. */
  readonly seatsAtStart: () => ReadonlyMap<string, number>;
  /** How many pass a filter of /users, by its text, as counted at some moment. */
  readonly counts: Map<string, { readonly revision: number; readonly at: number; readonly count: number }>;
  /** Indices of everybody about whom something was changed. */
  readonly changedIndices: () => ReadonlySet<number>;
}

export function makeTenant(facts: TenantFacts, book: ChangeBook): Tenant {
  const products = productsOf(facts.premium);
  let seats: ReadonlyMap<string, number> | undefined;
  let indices: ReadonlySet<number> = new Set();
  const { seed, people, unlicensed, dormantGuests, idleness } = facts;
  const tenant: Tenant = {
    facts,
    size: people + unlicensed + dormantGuests,
    made: { seed, people, unlicensed, dormantGuests, idleness, createdAt: facts.createdAt.getTime() },
    id: guidFor(facts.seed, 1, 900),
    products,
    book,
    seatsAtStart: () => (seats ??= countSeats(tenant)),
    counts: new Map(),
    changedIndices: () => {
      if (indices.size < book.byPerson.size) {
        indices = new Set([...book.byPerson.keys()].flatMap((id) => indexOf(tenant, id) ?? []));
      }
      return indices;
    },
  };
  return tenant;
}

export function timeOf(tenant: Tenant, now: Date): TenantTime {
  const day = Math.floor(now.getTime() / DAY_MS) - tenant.facts.reportLagDays;
  const at = now.getTime();
  return { now: at, reportEnd: (day + 1) * DAY_MS - 1, syncedAt: syncsFrom(tenant, at).last };
}

/** The sync cycles around a moment, in whole seconds: the last one not after it, and the next. */
export function syncsFrom(tenant: Tenant, at: number): { readonly last: number; readonly next: number } {
  const { createdAt, syncCycleMs } = tenant.facts;
  const first = Math.floor(createdAt.getTime() / 1000) * 1000;
  const last = first + Math.floor((at - first) / syncCycleMs) * syncCycleMs;
  return { last, next: last + syncCycleMs };
}

/** The person at an index as reads see them; undefined when deleted or outside the tenant. */
export function personAt(tenant: Tenant, index: number, time: TenantTime): SimPerson | undefined {
  return changed(tenant, index, time, time.now);
}

/** Finds by object id or user principal name, whatever their case. */
export function findPerson(tenant: Tenant, key: string, time: TenantTime): SimPerson | undefined {
  const index = indexOf(tenant, key.toLowerCase());
  return index === undefined ? undefined : personAt(tenant, index, time);
}

/** The person with everything that was accepted, even if reads do not show it yet. Writes are judged by this. */
export function acceptedPerson(tenant: Tenant, id: string, time: TenantTime): SimPerson | undefined {
  const index = indexOf(tenant, id.toLowerCase());
  return index === undefined ? undefined : changed(tenant, index, time, Infinity);
}

/** Somebody in the deleted items, and since when; undefined when they are not there, or were there for too long. */
export function deletedPerson(
  tenant: Tenant,
  id: string,
  time: TenantTime,
): { readonly person: SimPerson; readonly at: number } | undefined {
  const index = indexOf(tenant, id.toLowerCase());
  if (index === undefined) return undefined;
  const changes = tenant.book.byPerson.get(id.toLowerCase()) ?? [];
  const at = deletedSince(changes);
  if (at === undefined || at + KEPT_MS <= time.now) return undefined;
  const person = lastState(original(tenant, index, time), changes, time.now, time.now);
  return { person, at };
}

const KEPT_MS = 30 * DAY_MS;

/** Everyone from one index to another, in order; without the extras unless `to` says otherwise. */
export function* peopleOf(
  tenant: Tenant,
  time: TenantTime,
  from = 0,
  to = tenant.facts.people,
): Generator<SimPerson> {
  for (let index = from; index < Math.min(to, tenant.size); index++) {
    const person = personAt(tenant, index, time);
    if (person) yield person;
  }
}

/** Sign-in dates of somebody who is neither named nor changed, without making the whole person. */
export function signInAt(tenant: Tenant, index: number, time: TenantTime): SimSignIn | null {
  const ordinary = index < tenant.facts.people;
  return ordinary ? bulkSignIn(tenant.made, index, time) : extraSignIn(tenant.made, index, time);
}

/** Licenses of somebody who is neither named nor changed, without their right dates. */
export function licensesAt(tenant: Tenant, index: number): readonly SimPath[] {
  return index < tenant.facts.people ? bulkPaths(tenant.made, index) : [];
}

/** Seats in use per SKU; with `accepted`, also counting what reads do not show yet. */
export function seatsInUse(
  tenant: Tenant,
  time: TenantTime,
  which: 'visible' | 'accepted',
): ReadonlyMap<string, number> {
  const seats = new Map(tenant.seatsAtStart());
  for (const userId of tenant.book.byPerson.keys()) {
    const index = indexOf(tenant, userId);
    if (index === undefined) continue;
    const now = which === 'visible' ? personAt(tenant, index, time) : acceptedPerson(tenant, userId, time);
    for (const skuId of heldBy(original(tenant, index, time))) seats.set(skuId, (seats.get(skuId) ?? 0) - 1);
    for (const skuId of now ? heldBy(now) : []) seats.set(skuId, (seats.get(skuId) ?? 0) + 1);
  }
  return seats;
}

/** Seats bought for a product: fixed when the tenant was made. */
export function seatsBought(tenant: Tenant, product: Product): number {
  if ('fixed' in product.seats) return product.seats.fixed;
  const used = tenant.seatsAtStart().get(product.skuId) ?? 0;
  return product.seats.spare === 0 ? used : Math.ceil(used * (1 + product.seats.spare)) + 2;
}

/** The SKUs that a person holds on at least one working path, in the order of the paths. */
export function heldBy(person: Pick<SimPerson, 'licenses'>): ReadonlySet<string> {
  return new Set(person.licenses.filter(isHeld).map((path) => path.skuId));
}

function changed(tenant: Tenant, index: number, time: TenantTime, at: number): SimPerson | undefined {
  if (index < 0 || index >= tenant.size) return undefined;
  const base = original(tenant, index, time);
  const changes = tenant.book.byPerson.get(base.id);
  return changes ? withChanges(base, changes, at, time.now) : base;
}

function original(tenant: Tenant, index: number, time: TenantTime): SimPerson {
  const { made } = tenant;
  if (index >= made.people) return extraPerson(made, index, time);
  const person = index < NAMED_COUNT ? namedPerson(index, { ...time, createdAt: made.createdAt }) : undefined;
  return owned(tenant, person ?? bulkPerson(made, index, time));
}

/** Without products that the tenant does not have. */
function owned(tenant: Tenant, person: SimPerson): SimPerson {
  if (tenant.facts.premium) return person;
  return { ...person, licenses: person.licenses.filter((path) => tenant.products.has(path.skuId)) };
}

/** The index behind an object id or user principal name in lower case; undefined when it is nobody's. */
export function indexOf(tenant: Tenant, key: string): number | undefined {
  const named = namedIndexOfId(key) ?? namedIndexOfUpn(key);
  const index = named ?? bulkIndexOf(tenant, key);
  const end = named === undefined ? tenant.size : tenant.facts.people;
  return index !== undefined && index < end ? index : undefined;
}

/** Where ordinary people begin: a small tenant has not all named people, but may have extras. */
export function ordinaryFrom(tenant: Tenant): number {
  return Math.min(NAMED_COUNT, tenant.facts.people);
}

function bulkIndexOf(tenant: Tenant, key: string): number | undefined {
  const byId = indexOfGuid(tenant.facts.seed, key);
  if (byId !== undefined) return byId >= ordinaryFrom(tenant) ? byId : undefined;
  const index = bulkIndexOfUpn(key);
  if (index === undefined || index < ordinaryFrom(tenant) || index >= tenant.size) return undefined;
  const time = timeOf(tenant, tenant.facts.createdAt);
  const { userPrincipalName } = original(tenant, index, time);
  return userPrincipalName.toLowerCase() === key ? index : undefined;
}

function countSeats(tenant: Tenant): ReadonlyMap<string, number> {
  const seats = new Map<string, number>();
  const time = timeOf(tenant, tenant.facts.createdAt);
  for (let index = 0; index < tenant.facts.people; index++) {
    const licenses =
      index < ordinaryFrom(tenant) ? original(tenant, index, time).licenses : licensesAt(tenant, index);
    for (const skuId of heldBy({ licenses })) seats.set(skuId, (seats.get(skuId) ?? 0) + 1);
  }
  return seats;
}
