import { DAY_MS } from '../../src/config/durations.js';
import { dayOf, type Day } from '../../src/audit/day.js';
import type { GroupId, License, LicensePath, Person, Sku, UserId } from '../../src/audit/person.js';
import type { OwnedThing } from '../../src/graph/graph-door.js';
import { SKUS, type SkuName } from '../world/skus.js';
import type { Crowd } from './policies.js';
import type { Chance } from './random.js';
import type { Account, SimGroup, Someone, Use } from './tenant.js';
import { pathThrough } from './tenant-groups.js';

const PEOPLE = 200;
const DEPARTMENTS = ['Sales', 'Finance', 'Legal', 'Operations', 'Research', 'Support'] as const;
export const EXECUTIVE_TITLE = 'Chief Operating Officer';

const group = (n: number): GroupId => `99999999-0000-4000-8000-00000000000${n}` as GroupId;
export const GROUPS = {
  /** Members are admins of the product. */
  admins: group(1),
  /** Members are executives by the policy. */
  board: group(2),
  exempt: group(3),
  /** Gives its members one license. */
  licensed: group(4),
  /** Gives its members two. */
  bundle: group(5),
  /** Takes its members by a rule. */
  byRule: group(6),
  /** Comes from Active Directory. */
  fromAd: group(7),
  /** Members decide about executives and leave. */
  hr: group(8),
} as const satisfies Record<string, GroupId>;

/** Everybody in the tenant, and whom the policy names. */
export interface Cast {
  readonly everybody: readonly Someone[];
  readonly skus: readonly Sku[];
  /** Those that give licenses. */
  readonly groups: readonly SimGroup[];
  /** Admins of the product: the first is named by the policy, the others are in its group. */
  readonly admins: readonly UserId[];
  /** Who may be HR reviewers: the first is named by the policy, one of the others is in its group at a time. */
  readonly hr: readonly UserId[];
  readonly managers: readonly UserId[];
  /** People whom the HR roster says to have left. */
  readonly leavers: readonly UserId[];
}

export function idOf(n: number): UserId {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as UserId;
}

/** `Person 017`, for stories. */
export function nameOf(id: string): string {
  return `Person ${id.slice(-3)}`;
}

const ADMINS = [1, 2, 3];
const LAST_MANAGER = 31;
/** The last is no reviewer at first. */
const HR = [4, 9, LAST_MANAGER];
const EXECUTIVES = [5, 6, 7, 8];
const FIRST_MANAGER = 10;
/** Managers up to this one have an executive above them, and others below. */
const LAST_UPPER_MANAGER = 14;

function groupsThatGive(): readonly SimGroup[] {
  const giving = (
    id: GroupId,
    displayName: string,
    kind: SimGroup['kind'],
    ...names: readonly SkuName[]
  ): SimGroup => ({ id, displayName, kind, licenses: names.map((name) => SKUS[name].skuId), changedAt: 0 });
  return [
    giving(GROUPS.licensed, 'Office', 'assigned', 'OFFICE_E3'),
    giving(GROUPS.bundle, 'Office and Visio', 'assigned', 'OFFICE_E3', 'VISIO'),
    giving(GROUPS.byRule, 'Everybody in Sales', 'dynamic', 'OFFICE_E3'),
    giving(GROUPS.fromAd, 'Windows', 'synced', 'E3'),
  ];
}

/** Two hundred people; who is idle, and how, is decided by chance. Of a narrow crowd the idle hold a Visio beside the rest. */
export function castOf(chance: Chance, now: number, crowd: Crowd): Cast {
  const leavers: UserId[] = [];
  const everybody: Someone[] = [];
  const groups = groupsThatGive();
  const idlePercent = crowd === 'leaving' ? LEAVING_PERCENT : chance.pick(IDLE_PERCENTS);
  for (let n = 1; n <= PEOPLE; n += 1) {
    const role = roleOf(n);
    const kind = role === 'report' ? kindOf(chance, idlePercent, KINDS[crowd]) : 'active';
    if (kind === 'leaver') leavers.push(idOf(n));
    everybody.push(someoneOf(n, kind, { chance, now, groups, crowd }));
  }
  const held = (name: SkuName): number =>
    everybody.filter(({ account }) => account.person.licenses.some(({ skuId }) => skuId === SKUS[name].skuId))
      .length;
  const skus = (Object.keys(SKUS) as SkuName[]).map((name) => ({
    ...SKUS[name],
    // Nobody holds the cheaper suite yet.
    bought: held(name) + (name === 'F3' ? chance.whole(0, 9) : chance.whole(0, 6)),
  }));
  return {
    everybody,
    skus,
    groups,
    admins: ADMINS.map(idOf),
    hr: HR.map(idOf),
    managers: everybody.slice(FIRST_MANAGER - 1, LAST_MANAGER).map(({ id }) => id),
    leavers,
  };
}

type Kind = 'active' | 'idle' | 'neverSignedIn' | 'disabled' | 'leaver' | 'unusedLicense' | 'twoSuites';

/** Of people who are no managers: in most lives a case meets few others, in some the limits bind all the time. */
const IDLE_PERCENTS = [1, 1, 1, 2, 2, 2, 3, 10] as const;

const LEAVING_PERCENT = 3;

/** Of people who are not idle so many use nothing that the reports date. */
const ONLY_SIGNS_IN = 0.02;

/** Of sixteen people of whom something is idle. */
const ANY_KIND: readonly Kind[] = [
  ...Array<Kind>(7).fill('idle'),
  ...Array<Kind>(2).fill('neverSignedIn'),
  ...Array<Kind>(2).fill('disabled'),
  ...Array<Kind>(3).fill('leaver'),
  'unusedLicense',
  'twoSuites',
];

const KINDS: Readonly<Record<Crowd, readonly Kind[]>> = {
  usual: ANY_KIND,
  narrow: ANY_KIND,
  leaving: ['leaver', 'leaver', 'disabled', 'idle'],
};

function kindOf(chance: Chance, idlePercent: number, kinds: readonly Kind[]): Kind {
  return chance.happens(idlePercent / 100) ? chance.pick(kinds) : 'active';
}

function roleOf(n: number): 'top' | 'manager' | 'report' {
  if (n < FIRST_MANAGER) return 'top';
  return n <= LAST_MANAGER ? 'manager' : 'report';
}

interface Casting {
  readonly chance: Chance;
  readonly now: number;
  readonly groups: readonly SimGroup[];
  readonly crowd: Crowd;
}

function someoneOf(n: number, kind: Kind, casting: Casting): Someone {
  const { chance, now } = casting;
  const id = idOf(n);
  const { licenses, through } = licensesFor(kind, casting);
  const isOfAd = roleOf(n) === 'report' && chance.happens(kind === 'leaver' ? 0.5 : 0.15);
  const person: Person = {
    id,
    userPrincipalName: `person${String(n).padStart(3, '0')}@harbor.example`,
    displayName: nameOf(id),
    mail: `person${String(n).padStart(3, '0')}@harbor.example`,
    accountEnabled: kind !== 'disabled',
    kind: 'member',
    licenses,
    department: roleOf(n) === 'top' ? undefined : DEPARTMENTS[n % DEPARTMENTS.length],
    jobTitle: EXECUTIVES.includes(n) ? EXECUTIVE_TITLE : 'Clerk',
    country: 'Germany',
    usageLocation: chance.happens(0.02) ? undefined : 'DE',
    employeeId: `E${n}`,
    employeeType: 'Employee',
    hired: undefined,
    leaves: undefined,
    created: dayOf(new Date(now - 900 * DAY_MS)),
    onPremisesSync: isOfAd ? true : undefined,
    onPremisesDomain: isOfAd ? 'corp.harbor.example' : undefined,
    onPremisesDistinguishedName: isOfAd ? `CN=${nameOf(id)},DC=corp,DC=harbor,DC=example` : undefined,
    lastSynced: undefined,
  };
  const account: Account = {
    person,
    manager: managerFor(n, chance),
    mailbox: chance.happens(0.02) ? 'shared' : chance.happens(0.2) ? 'noMailbox' : 'user',
    mailboxState: {
      litigationHold: chance.happens(0.05),
      hasArchive: chance.happens(0.03),
      bytes: chance.happens(0.1) ? undefined : chance.whole(1, chance.happens(0.4) ? 2 : 55) * 1024 ** 3,
    },
    ad: isOfAd ? { enabled: person.accountEnabled, exists: true } : undefined,
    owned: chance.happens(0.06) ? [teamOf(n)] : [],
    groups: new Set([
      ...(through === undefined ? [] : [through]),
      ...(ADMINS.slice(1).includes(n) ? [GROUPS.admins] : []),
      ...(n === EXECUTIVES[0] ? [GROUPS.board] : []),
      ...(n === HR[1] ? [GROUPS.hr] : []),
      ...(chance.happens(0.02) ? [GROUPS.exempt] : []),
    ]),
    isAdmin: n === 9 || chance.happens(0.01),
    exists: true,
  };
  return { id, account, use: useFor(kind, chance, now), pasts: [] };
}

function managerFor(n: number, chance: Chance): UserId | undefined {
  const role = roleOf(n);
  if (role === 'top') return n === EXECUTIVES[0] ? undefined : idOf(5);
  if (role === 'manager' && (n <= LAST_UPPER_MANAGER || chance.happens(0.2)))
    return idOf(chance.pick(EXECUTIVES));
  if (role === 'manager') return idOf(chance.whole(FIRST_MANAGER, LAST_UPPER_MANAGER));
  if (chance.happens(0.02)) return undefined;
  // Somebody may be named as their own manager.
  return chance.happens(0.01) ? idOf(n) : idOf(chance.whole(FIRST_MANAGER, LAST_MANAGER));
}

function useFor(kind: Kind, chance: Chance, now: number): Use {
  switch (kind) {
    case 'idle':
    case 'disabled':
      return { activeSince: undefined, last: now - chance.whole(95, 170) * DAY_MS, only: undefined };
    case 'neverSignedIn':
      return { activeSince: undefined, last: undefined, only: undefined };
    default:
      return { activeSince: 0, last: undefined, only: chance.happens(ONLY_SIGNS_IN) ? 'signIn' : undefined };
  }
}

const SUITES: readonly SkuName[] = ['OFFICE_E3', 'OFFICE_E3', 'OFFICE_E3', 'E3', 'E5', 'EXCHANGE'];

export function teamOf(n: number): OwnedThing {
  const id = `88888888-0000-4000-8000-${String(n).padStart(12, '0')}` as GroupId;
  return { id, displayName: `Team of ${nameOf(idOf(n))}`, isTeam: true, isSole: true };
}

/** What somebody holds, and the group through which a part of it comes. */
function licensesFor(
  kind: Kind,
  { chance, now, groups, crowd }: Casting,
): { readonly licenses: readonly License[]; readonly through: GroupId | undefined } {
  const since = dayOf(new Date(now - chance.whole(60, 800) * DAY_MS));
  const names: SkuName[] = [chance.pick(SUITES)];
  const isIdle = crowd === 'narrow' && kind !== 'active';
  if (kind === 'unusedLicense' || isIdle || chance.happens(0.1)) names.push('VISIO');
  if (kind === 'twoSuites') names.splice(0, 1, 'OFFICE_E3', 'EXCHANGE');
  if (chance.happens(0.05)) names.push('FLOW_FREE');
  const direct = names.map((name) => directly(name, since, chance));
  if (kind === 'twoSuites' || !chance.happens(0.2)) return { licenses: direct, through: undefined };
  const group = chance.pick(groups);
  // Some hold the same directly as well, or another suite: of those who use it, few.
  const kept = chance.happens(kind === 'active' ? 0.05 : 0.3) ? direct : direct.slice(1);
  const given = group.licenses.map((skuId): License => {
    const held = kept.find((license) => license.skuId === skuId);
    return {
      skuId,
      disabledPlans: [],
      paths: [...(held?.paths ?? []), pathThrough(group.id, since)],
    };
  });
  const others = kept.filter(({ skuId }) => !group.licenses.includes(skuId));
  return { licenses: [...given, ...others], through: group.id };
}

function directly(name: SkuName, since: Day, chance: Chance): License {
  const { skuId, plans } = SKUS[name];
  const off = plans.length > 2 && chance.happens(0.3) ? [chance.pick(plans).id] : [];
  const path: LicensePath = {
    kind: 'direct',
    state: 'active',
    error: undefined,
    disabledPlans: off,
    since,
  };
  return { skuId, disabledPlans: off, paths: [path] };
}
