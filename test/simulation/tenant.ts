import { dayOf } from '../../src/audit/day.js';
import type { GroupId, License, MailboxPurpose, Person, Sku, SkuId, UserId } from '../../src/audit/person.js';
import type { MailboxState } from '../../src/graph/exchange-door.js';
import type { GroupFacts, LicenseChangeAnswer, OwnedThing } from '../../src/graph/graph-door.js';
import type { Cast } from './cast.js';
import type { Damage } from './damages.js';
import type { StepLicense } from '../../src/cases/step.js';
import { changed, directly, isSame, refusalOf } from './tenant-licenses.js';

/** What the directory says of one account at one moment. */
export interface Account {
  readonly person: Person;
  readonly manager: UserId | undefined;
  /** What Graph shows of it, which follows Exchange after minutes. */
  readonly mailbox: MailboxPurpose;
  /** What only Exchange tells of it. */
  readonly mailboxState: Pick<MailboxState, 'litigationHold' | 'hasArchive' | 'bytes'>;
  readonly groups: ReadonlySet<GroupId>;
  /** What the Active Directory from which the account comes says; undefined: it lives in the cloud alone. */
  readonly ad: { readonly enabled: boolean; readonly exists: boolean } | undefined;
  /** Groups and teams that nobody else owns. */
  readonly owned: readonly OwnedThing[];
  /** Holds a directory role. */
  readonly isAdmin: boolean;
  /** false: deleted. */
  readonly exists: boolean;
}

/** When somebody used what they have. */
export interface Use {
  /** Signs in and works every day from then on; undefined: not any more. */
  readonly activeSince: number | undefined;
  /** Of who is not active: the last time; undefined: never. */
  readonly last: number | undefined;
  /** Signs in without using anything that the reports date, or the other way round. */
  readonly only: 'signIn' | 'workload' | undefined;
}

export interface Someone {
  readonly id: UserId;
  account: Account;
  use: Use;
  /** The account as it was, and until when; the newest last. */
  readonly pasts: { readonly account: Account; readonly until: number }[];
}

/** One license that somebody directly holds. */
export type Holding = Pick<StepLicense, 'skuId' | 'disabledPlans'>;

/** Who brings an effect about: the number of a process, or a person's hand. */
export type Hand = number | 'hand';

/** Something that was really changed in the tenant. */
export interface Effect {
  readonly number: number;
  readonly at: number;
  /** The method of the door, such as `changeLicenses`. */
  readonly kind: string;
  readonly userId: UserId;
  readonly by: Hand;
  /** Of a change of direct licenses: what is gone because of it, as it was. */
  readonly took: readonly Holding[];
  readonly gave: readonly Holding[];
}

export type NewEffect = Pick<Effect, 'kind' | 'userId' | 'by'> & Partial<Pick<Effect, 'took' | 'gave'>>;

/** A group that gives licenses to its members. */
export interface SimGroup extends Pick<GroupFacts, 'id' | 'displayName' | 'kind'> {
  licenses: readonly SkuId[];
  /** When somebody has last changed what it gives. */
  changedAt: number;
}

export interface Tenant {
  readonly people: ReadonlyMap<UserId, Someone>;
  readonly skus: readonly Sku[];
  readonly groups: ReadonlyMap<GroupId, SimGroup>;
  readonly effects: readonly Effect[];
  /** Called after each effect. */
  onEffect: (effect: Effect) => void;
  /** Every license call is refused so, while it is set. */
  refusing: LicenseChangeAnswer | undefined;
  /** A product whose subscription has run out: whoever holds it keeps it for now, and nobody gets it. */
  ended: SkuId | undefined;
  /** Names in reports are concealed; `shownSince`: they were at first, and are not since then. */
  isConcealed: boolean;
  shownSince: number | undefined;
  conceal(isConcealed: boolean): void;
  /** Reports that have no dates now. */
  blank: 'usage' | 'signIns' | 'both' | undefined;
  /** What sources lacked so far, the newest last. */
  readonly damages: Damage[];
  someone(id: UserId): Someone;
  /** Changes an account at this moment; the old one can still be read for a while. */
  change(id: UserId, change: Partial<Account>): void;
  /** Notes that something was changed. */
  note(effect: NewEffect): void;
  /** Changes licenses as Graph does. */
  changeLicenses(
    id: UserId,
    change: { readonly add: readonly Holding[]; readonly remove: readonly SkuId[] },
    by: Hand,
  ): LicenseChangeAnswer;
  seatsFree(skuId: SkuId): number;
  /** Seats go back to Microsoft at a renewal, until no more than so many are free. */
  keepFree(skuId: SkuId, free: number): void;
}

export function tenantOf(
  { everybody, skus, groups }: Pick<Cast, 'everybody' | 'skus' | 'groups'>,
  clock: { now(): number },
): Tenant {
  const people = new Map(everybody.map((someone) => [someone.id, someone]));
  const effects: Effect[] = [];
  const products = [...skus];
  const assigned = new Map<SkuId, number>();
  for (const { account } of everybody) count(account.person.licenses, 1);

  function count(licenses: readonly License[], by: number): void {
    for (const { skuId } of licenses) assigned.set(skuId, (assigned.get(skuId) ?? 0) + by);
  }

  const tenant: Tenant = {
    people,
    skus: products,
    groups: new Map(groups.map((group) => [group.id, group])),
    effects,
    onEffect: () => {},
    refusing: undefined,
    ended: undefined,
    blank: undefined,
    damages: [],
    isConcealed: false,
    shownSince: undefined,
    conceal: (isConcealed) => {
      if (tenant.isConcealed && !isConcealed) tenant.shownSince = clock.now();
      if (isConcealed) tenant.shownSince = undefined;
      tenant.isConcealed = isConcealed;
    },
    someone: (id) => {
      const someone = people.get(id);
      if (someone === undefined) throw new Error(`There is nobody ${id}.`);
      return someone;
    },
    change: (id, change) => {
      const someone = tenant.someone(id);
      const before = someone.account;
      someone.pasts.push({ account: before, until: clock.now() });
      someone.account = { ...before, ...change };
      if (before.exists) count(before.person.licenses, -1);
      if (someone.account.exists) count(someone.account.person.licenses, 1);
    },
    note: ({ took = [], gave = [], ...rest }) => {
      const effect: Effect = { number: effects.length, at: clock.now(), took, gave, ...rest };
      effects.push(effect);
      tenant.onEffect(effect);
    },
    changeLicenses: (id, { add, remove }, by) => {
      const someone = people.get(id);
      if (someone === undefined || !someone.account.exists) return { kind: 'personGone' };
      const { person } = someone.account;
      const refused = tenant.refusing ?? refusalOf(person, add, remove, (skuId) => tenant.seatsFree(skuId));
      if (refused !== undefined && by !== 'hand') return refused;
      const after = changed(person.licenses, add, remove, dayOf(new Date(clock.now())));
      const took = lost(person.licenses, after);
      const gave = lost(after, person.licenses);
      if (took.length === 0 && gave.length === 0) return { kind: 'accepted' };
      tenant.change(id, { person: { ...person, licenses: after } });
      tenant.note({ kind: 'changeLicenses', userId: id, by, took, gave });
      return { kind: 'accepted' };
    },
    seatsFree: (skuId) => {
      if (skuId === tenant.ended) return 0;
      const sku = products.find((each) => each.skuId === skuId);
      return (sku?.bought ?? 0) - (assigned.get(skuId) ?? 0);
    },
    keepFree: (skuId, free) => {
      const index = products.findIndex((each) => each.skuId === skuId);
      const sku = products[index];
      if (sku === undefined || tenant.seatsFree(skuId) <= free) return;
      products[index] = { ...sku, bought: (assigned.get(skuId) ?? 0) + free };
    },
  };
  return tenant;
}

function lost(before: readonly License[], after: readonly License[]): readonly Holding[] {
  const held = directly(after);
  return directly(before).filter((one) => !held.some((other) => isSame(one, other)));
}
