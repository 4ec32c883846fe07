import { dayOf, type Day } from '../../src/audit/day.js';
import type { GroupId, License, MailboxPurpose, Person, Sku, SkuId, UserId } from '../../src/audit/person.js';
import type { LicenseChangeAnswer } from '../../src/graph/graph-door.js';
import type { StepLicense } from '../../src/cases/step.js';

/** What the directory says of one account at one moment. */
export interface Account {
  readonly person: Person;
  readonly manager: UserId | undefined;
  readonly mailbox: MailboxPurpose;
  readonly groups: ReadonlySet<GroupId>;
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
  /** What is gone because of it, as it was. */
  readonly took: readonly Holding[];
  readonly gave: readonly Holding[];
}

export interface Tenant {
  readonly people: ReadonlyMap<UserId, Someone>;
  readonly skus: readonly Sku[];
  readonly effects: readonly Effect[];
  /** Called after each effect. */
  onEffect: (effect: Effect) => void;
  /** Every license call is refused so, while it is set. */
  refusing: LicenseChangeAnswer | undefined;
  /** Names in reports are concealed; `shownSince`: they were at first, and are not since then. */
  isConcealed: boolean;
  shownSince: number | undefined;
  conceal(isConcealed: boolean): void;
  /** Reports that have no dates now. */
  blank: 'usage' | 'signIns' | 'both' | undefined;
  someone(id: UserId): Someone;
  /** Changes an account at this moment; the old one can still be read for a while. */
  change(id: UserId, change: Partial<Account>): void;
  /** Changes licenses as Graph does. */
  changeLicenses(
    id: UserId,
    change: { readonly add: readonly Holding[]; readonly remove: readonly SkuId[] },
    by: Hand,
  ): LicenseChangeAnswer;
  seatsFree(skuId: SkuId): number;
}

export function tenantOf(
  everybody: readonly Someone[],
  skus: readonly Sku[],
  clock: { now(): number },
): Tenant {
  const people = new Map(everybody.map((someone) => [someone.id, someone]));
  const effects: Effect[] = [];
  const assigned = new Map<SkuId, number>();
  for (const { account } of everybody) count(account.person.licenses, 1);

  function count(licenses: readonly License[], by: number): void {
    for (const { skuId } of licenses) assigned.set(skuId, (assigned.get(skuId) ?? 0) + by);
  }

  const tenant: Tenant = {
    people,
    skus,
    effects,
    onEffect: () => {},
    refusing: undefined,
    blank: undefined,
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
      count(before.person.licenses, -1);
      if (someone.account.exists) count(someone.account.person.licenses, 1);
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
      const effect = {
        number: effects.length,
        at: clock.now(),
        kind: 'changeLicenses',
        userId: id,
        by,
        took,
        gave,
      };
      effects.push(effect);
      tenant.onEffect(effect);
      return { kind: 'accepted' };
    },
    seatsFree: (skuId) => {
      const sku = skus.find((each) => each.skuId === skuId);
      return (sku?.bought ?? 0) - (assigned.get(skuId) ?? 0);
    },
  };
  return tenant;
}

/** Licenses that somebody holds without a group. */
export function directly(licenses: readonly License[]): readonly Holding[] {
  return licenses.flatMap(({ skuId, paths }) => {
    const direct = paths.find(({ kind }) => kind === 'direct');
    return direct === undefined ? [] : [{ skuId, disabledPlans: direct.disabledPlans }];
  });
}

export function isSame(a: Holding, b: Holding): boolean {
  return a.skuId === b.skuId && plansOf(a) === plansOf(b);
}

function plansOf({ disabledPlans }: Holding): string {
  return [...disabledPlans].sort().join();
}

function lost(before: readonly License[], after: readonly License[]): readonly Holding[] {
  const held = directly(after);
  return directly(before).filter((one) => !held.some((other) => isSame(one, other)));
}

function refusalOf(
  person: Person,
  add: readonly Holding[],
  remove: readonly SkuId[],
  seatsFree: (skuId: SkuId) => number,
): LicenseChangeAnswer | undefined {
  const held = new Map(person.licenses.map((license) => [license.skuId, license]));
  for (const skuId of remove) {
    const license = held.get(skuId);
    if (license === undefined) return { kind: 'notHeld' };
    if (license.paths.every(({ kind }) => kind === 'group')) return { kind: 'inheritedFromGroup' };
  }
  if (add.length > 0 && person.usageLocation === undefined) return { kind: 'noUsageLocation' };
  const short = add.find(({ skuId }) => !held.has(skuId) && seatsFree(skuId) < 1);
  return short && { kind: 'noFreeSeat', skuId: short.skuId };
}

function changed(
  licenses: readonly License[],
  add: readonly Holding[],
  remove: readonly SkuId[],
  today: Day,
): readonly License[] {
  const left = licenses.flatMap((license): License[] => {
    const isAdded = add.some(({ skuId }) => skuId === license.skuId);
    if (!isAdded && !remove.includes(license.skuId)) return [license];
    const paths = license.paths.filter(({ kind }) => kind === 'group');
    return paths.length > 0 ? [{ ...license, paths }] : [];
  });
  const added = add.map(({ skuId, disabledPlans }): License => {
    const path = {
      kind: 'direct',
      state: 'active',
      error: undefined,
      disabledPlans,
      since: today,
    } as const;
    const others = left.find((license) => license.skuId === skuId)?.paths ?? [];
    return { skuId, disabledPlans, paths: [...others, path] };
  });
  const renewed = new Set(added.map(({ skuId }) => skuId));
  return [...left.filter(({ skuId }) => !renewed.has(skuId)), ...added];
}
