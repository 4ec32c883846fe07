import type { ReportName } from '../../src/audit/reports/names.js';
import type { License, MailboxPurpose, Manager, Person, Sku, SkuId, UserId } from '../../src/audit/person.js';
import type {
  GraphDoor,
  LicenseChange,
  LicenseChangeAnswer,
  SignInPage,
  SignInRow,
  SignInsFrom,
} from '../../src/graph/graph-door.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { directoryWorld, type DirectoryOptions, type DirectoryTurns } from './directory-world.js';
import type { ExchangeWorld } from './exchange-world.js';
import { REFRESHED, TODAY, type Dates, type PersonSpec, type WorldPerson } from './people.js';
import { SKUS } from './skus.js';
import { reportText, type ReportRow } from './report-texts.js';
import { pieces, usageText } from './usage-report-text.js';

export interface WorldOptions extends DirectoryOptions {
  readonly skus?: readonly Sku[];
  readonly hasEntraP1?: boolean;
  readonly concealed?: boolean;
  /** The whole report as text; made from the people without. */
  readonly report?: string;
  readonly refreshed?: string;
  /** Refresh date of the further reports. */
  readonly furtherRefreshed?: string;
  /** Whole reports as text, or how they fail. */
  readonly reports?: Partial<Record<ReportName, string | Error>>;
  readonly chunkSize?: number;
  readonly pageSize?: number;
  /** Whose mailboxes the people have, where they can be converted; as their `mailbox` says without. */
  readonly exchange?: Pick<ExchangeWorld, 'purposeOf'>;
  /** The methods that fail, and how. */
  readonly failing?: Partial<Record<keyof GraphDoor, Error>>;
}

/** A Graph that holds a small tenant in memory. `calls` counts what was asked of it. */
export interface GraphWorld extends GraphDoor, DirectoryTurns {
  readonly calls: Map<keyof GraphDoor, number>;
  /** What Graph says from now on of the mailbox of somebody. */
  purposeIsNow(userId: UserId, purpose: MailboxPurpose): void;
  /** How Graph answers every change of somebody's licenses from now on; undefined: it makes them. */
  refuse(userId: UserId, answer: LicenseChangeAnswer | undefined): void;
  /** Somebody in the admin center gives a license, today. */
  giveByHand(userId: UserId, skuId: SkuId): void;
}

export function graphWorld(people: readonly WorldPerson[], options: WorldOptions = {}): GraphWorld {
  const state = new Map(people.map(({ person }) => [person.id, person]));
  const specs = new Map(people.map(({ person, spec }) => [person.id, spec]));
  const calls = new Map<keyof GraphDoor, number>();
  const called = (method: keyof GraphDoor): void => {
    calls.set(method, (calls.get(method) ?? 0) + 1);
    const failure = options.failing?.[method];
    if (failure) throw failure;
  };
  const licensed = (): readonly Person[] => [...state.values()].filter(({ licenses }) => licenses.length > 0);
  const rows = (): readonly SignInRow[] =>
    licensed().flatMap(({ id }) => {
      const signIn = specs.get(id)?.signIn ?? { successful: REFRESHED, interactive: REFRESHED };
      return signIn === 'notSelected' ? [] : [signInRow(id, signIn)];
    });

  const purposes = new Map<UserId, MailboxPurpose>();
  const refused = new Map<UserId, LicenseChangeAnswer | undefined>();
  return {
    refuse: (id, answer) => void refused.set(id, answer),
    purposeIsNow: (id, purpose) => void purposes.set(id, purpose),
    giveByHand: (id, skuId) => {
      const person = state.get(id);
      if (person === undefined) return;
      const given = changed([], { add: [{ skuId, disabledPlans: [] }], remove: [] });
      const dated = given.map((license) => ({
        ...license,
        paths: license.paths.map((path) => ({ ...path, since: TODAY })),
      }));
      state.set(id, { ...person, licenses: [...person.licenses, ...dated] });
    },
    ...directoryWorld(people, state, options, called),
    calls,
    tenant: async () => {
      called('tenant');
      return { tenantId: 'harbor', displayName: 'Harbor', hasEntraP1: options.hasEntraP1 ?? true };
    },
    skus: async () => {
      called('skus');
      return (
        options.skus ??
        Object.values(SKUS).map((sku) => ({ ...sku, assigned: holders(licensed(), sku.skuId) }))
      );
    },
    async *licensedPeople() {
      called('licensedPeople');
      yield* pages(licensed(), options.pageSize ?? 7);
    },
    async *signIns(from) {
      called('signIns');
      yield* signInPages(rows(), options.pageSize ?? 7, from);
    },
    async *signInsUntil(until, from) {
      called('signInsUntil');
      const old = rows().filter(({ successful }) => successful !== undefined && successful <= until);
      yield* signInPages(old, options.pageSize ?? 7, from);
    },
    anySignInSince: async (since) => {
      called('anySignInSince');
      return rows().some(({ successful }) => successful !== undefined && successful >= since);
    },
    async *directoryKeys() {
      called('directoryKeys');
      const keys = [...state.values()].map(({ id, userPrincipalName, employeeId }) => ({
        userId: id,
        userPrincipalName,
        employeeId,
      }));
      yield* pages(keys, options.pageSize ?? 7);
    },
    signInsOf: async (ids) => {
      called('signInsOf');
      return rows().filter(({ userId }) => ids.includes(userId));
    },
    signInLogOf: async (id, since, limit) => {
      called('signInLogOf');
      const events = (specs.get(id)?.signInLog ?? []).filter((event) => (event.at ?? since) >= since);
      return { events: events.slice(0, limit), hasMore: events.length > limit };
    },
    async *report(name) {
      called('report');
      const refreshed = options.refreshed ?? REFRESHED;
      const text =
        options.reports?.[name] ??
        (name === 'activeUsers'
          ? (options.report ?? reportOf(people, refreshed))
          : reportText(name, furtherRows(people), options.furtherRefreshed ?? REFRESHED));
      if (text instanceof Error) throw text;
      yield* pieces(text, options.chunkSize ?? 1_000);
    },
    namesConcealed: async () => {
      called('namesConcealed');
      return options.concealed ?? false;
    },
    managersOf: async (ids) => {
      called('managersOf');
      return new Map(ids.flatMap((id) => managerEntry(id)));
    },
    mailboxPurposesOf: async (ids) => {
      called('mailboxPurposesOf');
      return new Map(
        ids.flatMap((id) => {
          const mailbox = purposes.get(id) ?? specs.get(id)?.mailbox ?? 'user';
          if (mailbox === 'unknown' || !state.has(id)) return [];
          return [[id, purposes.get(id) ?? options.exchange?.purposeOf(id) ?? mailbox] as const];
        }),
      );
    },
    roleHolders: async () => {
      called('roleHolders');
      const active = new Set(people.filter(({ spec }) => spec.role).map(({ person }) => person.id));
      return { active, eligible: new Set(), globalAdministrators: new Set() };
    },
    sponsorsOf: async (ids) => {
      called('sponsorsOf');
      return new Map(ids.map((id) => [id, []]));
    },
    grantedPermissions: async () => {
      called('grantedPermissions');
      return undefined;
    },
    setNamesConcealed: async () => {
      called('setNamesConcealed');
    },
    person: async (key) => {
      called('person');
      return [...state.values()].find(({ id, userPrincipalName }) => id === key || userPrincipalName === key);
    },
    findPeople: async (text, limit, { bySurname = false } = {}) => {
      called('findPeople');
      return [...state.values()].filter((person) => begins(person, text, bySurname)).slice(0, limit);
    },
    directReports: async (id) => {
      called('directReports');
      return [...state.values()].filter(
        (person) => isUnder(specs.get(person.id), id) && person.accountEnabled && person.kind === 'member',
      );
    },
    changeLicenses: async (id, change) => {
      called('changeLicenses');
      const person = state.get(id);
      if (person === undefined) return { kind: 'personGone' };
      const answer = refused.get(id) ?? refusal(person, change);
      if (answer === undefined) state.set(id, { ...person, licenses: changed(person.licenses, change) });
      return answer ?? { kind: 'accepted' };
    },
  };

  function managerEntry(id: UserId): readonly (readonly [UserId, Manager | 'none'])[] {
    const manager = specs.get(id)?.manager;
    if (manager === 'unknown') return [];
    return [[id, manager === undefined ? 'none' : managerOf(manager.person)]];
  }
}

/** A failure as the door throws it. */
export function graphFailure(kind: GraphFailure['kind']): GraphFailure {
  return new GraphFailure(kind, 'Graph could not be used.', { operation: 'test' });
}

function reportOf(people: readonly WorldPerson[], refreshed: string): string {
  return usageText(
    people.flatMap(({ person, spec }) => {
      const usage = spec.usage ?? { exchange: refreshed, teams: refreshed };
      if (usage === 'absent' || person.licenses.length === 0) return [];
      return [{ upn: person.userPrincipalName, displayName: person.displayName, refreshed, usage }];
    }),
  );
}

/** An active person uses everything that the report dates; an idle one did so last when `usage` says. */
function furtherRows(people: readonly WorldPerson[]): readonly ReportRow[] {
  return people.flatMap(({ person, spec }) => {
    const usage = spec.usage ?? { exchange: REFRESHED, teams: REFRESHED };
    if (person.licenses.length === 0 || spec.reports === 'absent') return [];
    if (usage === 'absent' && spec.reports === undefined) return [];
    const dates = usage === 'absent' ? {} : usage;
    return [
      {
        upn: person.userPrincipalName,
        email: dates.exchange ?? '',
        teams: dates.teams ?? '',
        sharePoint: dates.sharePoint ?? (spec.usage === undefined ? REFRESHED : ''),
        apps: spec.usage === undefined ? REFRESHED : '',
        platforms: [],
        activations: activationsOf(person, spec.usage === undefined),
        mailBytes: '1000',
        oneDriveBytes: '2000',
        sites: spec.usage === undefined ? ['https://harbor.example/sites/team'] : [],
        ...spec.reports,
      },
    ];
  });
}

const COUNTED: readonly SkuId[] = [SKUS.APPS, SKUS.VISIO, SKUS.PROJECT].map(({ skuId }) => skuId);

/** Whoever holds a product whose activations are counted has a row, without a date before the first one. */
function activationsOf({ licenses }: Person, isActive: boolean): ReportRow['activations'] {
  if (!isActive && !licenses.some(({ skuId }) => COUNTED.includes(skuId))) return {};
  return { 'MICROSOFT 365 APPS FOR ENTERPRISE': isActive ? '2024-02-01' : '' };
}

function signInRow(userId: UserId, signIn: Dates | 'absent'): SignInRow {
  const dates = signIn === 'absent' ? {} : signIn;
  return {
    userId,
    successful: at(dates.successful),
    interactive: at(dates.interactive),
    nonInteractive: at(dates.nonInteractive),
  };
}

function at(date: string | undefined): Date | undefined {
  return date === undefined ? undefined : new Date(`${date}T09:30:00Z`);
}

function managerOf({ id, displayName, userPrincipalName, mail, accountEnabled }: Person): Manager {
  return { id, displayName, userPrincipalName, mail, accountEnabled };
}

function* pages<T>(values: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < values.length; from += size) yield values.slice(from, from + size);
}

/** A link is the number of its page. */
function* signInPages(
  rows: readonly SignInRow[],
  size: number,
  from: SignInsFrom | undefined,
): Generator<SignInPage> {
  const all = [...pages(rows, size)];
  for (const [at, page] of all.entries()) {
    if (at < Number(from?.next ?? 0)) continue;
    yield { rows: page, total: rows.length, next: at + 1 < all.length ? String(at + 1) : undefined };
  }
}

function holders(people: readonly Person[], skuId: SkuId): number {
  return people.filter(({ licenses }) => licenses.some((license) => license.skuId === skuId)).length;
}

function refusal(person: Person, { remove }: LicenseChange): LicenseChangeAnswer | undefined {
  const paths = remove.map(
    (skuId) => person.licenses.find((license) => license.skuId === skuId)?.paths ?? [],
  );
  if (paths.some((ways) => ways.length === 0)) return { kind: 'notHeld' };
  if (paths.some((ways) => ways.every(({ kind }) => kind === 'group'))) return { kind: 'inheritedFromGroup' };
  return undefined;
}

function changed(licenses: readonly License[], { add, remove }: LicenseChange): readonly License[] {
  // What is given to somebody who has it directly replaces that.
  const gone = [...remove, ...add.map(({ skuId }) => skuId)];
  const left = licenses.flatMap((license): License[] => {
    if (!gone.includes(license.skuId)) return [license];
    const paths = license.paths.filter(({ kind }) => kind === 'group');
    return paths.length > 0 ? [{ ...license, paths }] : [];
  });
  const added = add.map(({ skuId, disabledPlans }): License => {
    const path = {
      kind: 'direct',
      state: 'active',
      error: undefined,
      disabledPlans,
      since: undefined,
    } as const;
    return { skuId, disabledPlans, paths: [path] };
  });
  return [...left, ...added];
}

/** Whatever the case, as Graph compares; the surname is the last word of a name. */
function begins({ displayName, userPrincipalName, mail }: Person, text: string, bySurname: boolean): boolean {
  const surname = bySurname ? (displayName.split(' ').at(-1) ?? '') : displayName;
  return [displayName, surname, userPrincipalName, mail ?? ''].some((key) =>
    key.toLowerCase().startsWith(text.toLowerCase()),
  );
}

function isUnder(spec: PersonSpec | undefined, id: UserId): boolean {
  return typeof spec?.manager === 'object' && spec.manager.person.id === id;
}
