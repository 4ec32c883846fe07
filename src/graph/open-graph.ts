import type { UserId } from '../audit/person.js';
import type { Clock } from './clock.js';
import type { GraphDoor } from './graph-door.js';
import { silentLog, type Log } from '../telemetry/log.js';
import { revokeSessions, setAccountEnabled, setUsageLocation } from './accounts.js';
import { deletePerson, readDeletedItem, restorePerson } from './deletions.js';
import { readDirectReports } from './direct-reports.js';
import { readDirectoryKeys } from './directory-keys.js';
import { gatheredReads } from './gathered.js';
import { readGroupFacts } from './group-facts.js';
import { readGroupsContaining, readMembers } from './groups.js';
import { changeLicenses } from './licenses.js';
import { readMailboxPurposes } from './mailboxes.js';
import { readManagers } from './managers.js';
import { joinGroup, leaveGroup } from './memberships.js';
import { readTenant } from './organization.js';
import { readOwnedThings, readOwnedThingsOf } from './owned-things.js';
import { DEFAULT_RETRY } from './patience.js';
import type { RetryLimits } from './patience.js';
import { searchPeople } from './people-search.js';
import { changeNamesConcealed, readNamesConcealed } from './report-settings.js';
import { readReport } from './reports.js';
import { readRoleHolders } from './roles.js';
import { readSignInLogOf } from './sign-in-log.js';
import { readAnySignInSince, readSignIns, readSignInsOf, readSignInsUntil } from './sign-ins.js';
import { readSkus } from './skus.js';
import { readSponsors } from './sponsors.js';
import { installApp } from './teams-app.js';
import { assertTokenMayGoTo } from './tokens.js';
import type { ServiceName, TokenSource } from './tokens.js';
import { readLicensedPeople, readPeople, readPerson } from './users.js';
import { openWire } from './wire.js';
import type { Wire } from './wire.js';

export interface GraphOptions {
  /** `https://graph.microsoft.com`, or an http address on this machine for a simulated tenant. Without the version. */
  readonly baseUrl: string;
  readonly token: TokenSource;
  readonly clock: Clock;
  readonly log?: Log;
  readonly retry?: Partial<RetryLimits>;
  /** Sign-in reads in any 60 seconds; Graph publishes 10, and 9 leaves room for clocks that differ. */
  readonly signInPerMinute?: number;
  readonly batchesAtOnce?: number;
  /** Milliseconds in which reads of single people wait for others, to go out with them in batches; default: none do. */
  readonly gatherMs?: number;
  readonly requestTimeoutMs?: number;
  /** For the jitter of retries. */
  readonly random?: () => number;
}

const SIGN_INS_PER_MINUTE = 9;
const BATCHES_AT_ONCE = 4;
const REQUEST_TIMEOUT_MS = 100_000;

/**
 * The line to Graph or to Exchange Online: token, bounded retry, timeout and throttling.
 * @throws Error with a sentence when the token may not go to `baseUrl`
 */
export function openLine(options: GraphOptions, service: ServiceName): Wire {
  return openWire({
    base: assertTokenMayGoTo(options.baseUrl, options.token.kind, service),
    token: options.token,
    clock: options.clock,
    log: options.log ?? silentLog,
    random: options.random ?? Math.random,
    limits: { ...DEFAULT_RETRY, ...options.retry },
    signInPerMinute: options.signInPerMinute ?? SIGN_INS_PER_MINUTE,
    batchesAtOnce: options.batchesAtOnce ?? BATCHES_AT_ONCE,
    requestTimeoutMs: options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
  });
}

/**
 * Opens the one door to Microsoft Graph. Nothing is sent before the first method is called.
 * @throws Error with a sentence when the token may not go to `baseUrl`
 */
export function openGraph(options: GraphOptions): GraphDoor {
  const wire = openLine(options, 'Graph');
  const { gatherMs } = options;
  if (gatherMs === undefined) return doorOver(wire);
  const many = {
    people: (keys: readonly string[], how: { readonly leaveDates: boolean }) => readPeople(wire, keys, how),
    ownedThingsOf: (userIds: readonly UserId[]) => readOwnedThingsOf(wire, userIds),
  };
  return gatheredReads(doorOver(wire), many, () => options.clock.sleep(gatherMs));
}

function doorOver(wire: Wire): GraphDoor {
  return {
    tenant: () => readTenant(wire),
    skus: () => readSkus(wire),
    licensedPeople: (options) => readLicensedPeople(wire, options),
    directoryKeys: () => readDirectoryKeys(wire),
    signIns: (from) => readSignIns(wire, from),
    signInsUntil: (until, from) => readSignInsUntil(wire, until, from),
    anySignInSince: (since) => readAnySignInSince(wire, since),
    signInsOf: (userIds) => readSignInsOf(wire, userIds),
    signInLogOf: (userId, since, limit) => readSignInLogOf(wire, userId, since, limit),
    report: (name) => readReport(wire, name),
    namesConcealed: () => readNamesConcealed(wire),
    setNamesConcealed: (concealed) => changeNamesConcealed(wire, concealed),
    managersOf: (userIds) => readManagers(wire, userIds),
    mailboxPurposesOf: (userIds) => readMailboxPurposes(wire, userIds),
    membersOf: (groupId) => readMembers(wire, groupId),
    roleHolders: () => readRoleHolders(wire),
    sponsorsOf: (userIds) => readSponsors(wire, userIds),
    grantedPermissions: () => wire.granted(),
    groupsContaining: (userId, groupIds) => readGroupsContaining(wire, userId, groupIds),
    person: (key, how) => readPerson(wire, key, how),
    findPeople: (text, limit, how) => searchPeople(wire, text, limit, how),
    directReports: (userId) => readDirectReports(wire, userId),
    changeLicenses: (userId, change) => changeLicenses(wire, userId, change),
    setAccountEnabled: (userId, enabled) => setAccountEnabled(wire, userId, enabled),
    revokeSessions: (userId) => revokeSessions(wire, userId),
    setUsageLocation: (userId, country) => setUsageLocation(wire, userId, country),
    groupFacts: (groupIds) => readGroupFacts(wire, groupIds),
    joinGroup: (groupId, userId) => joinGroup(wire, groupId, userId),
    leaveGroup: (groupId, userId) => leaveGroup(wire, groupId, userId),
    ownedThings: (userId) => readOwnedThings(wire, userId),
    deletePerson: (userId) => deletePerson(wire, userId),
    restorePerson: (userId) => restorePerson(wire, userId),
    deletedItem: (userId) => readDeletedItem(wire, userId),
    installApp: (userId, appId) => installApp(wire, userId, appId),
  };
}
