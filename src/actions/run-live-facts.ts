import { dayOf } from '../audit/day.js';
import { rosterFactFor } from '../audit/roster/facts.js';
import { openRosterSource } from '../audit/roster/run-store.js';
import { isHrKind, protectionsOf, type Memberships } from '../audit/protection/protection.js';
import { isoDayIn } from '../audit/day.js';
import { chatRules } from '../audit/protection/chat-protection.js';
import { readProtection } from '../audit/protection/run-chat-protections.js';
import { protectedGroups } from '../audit/protection/lists.js';
import { readUnderTop } from '../audit/protection/run-under-top.js';
import type { Protection, ProtectionKind } from '../audit/finding.js';
import type { GroupId, MailboxPurpose, Person, SkuId, UserId } from '../audit/person.js';
import type { RosterFact } from '../audit/roster/roster.js';
import type { Case } from '../cases/case.js';
import type { CaseStep, Step } from '../cases/step.js';
import type { Doors } from '../cases/doors.js';
import { isKnown } from '../cases/outdated.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { isHeldAgainst, readHeldSeats } from '../cases/campaign/run-held-seats.js';
import { isAboutSignIns } from './about-sign-ins.js';
import { switchedSince } from './licenses.js';
import type { LiveFacts } from './recheck.js';
import { readInside } from './run-inside.js';
import { readLatest } from './run-latest-audit.js';
import { SignInsBlank } from './run-proven-sign-ins.js';

type LiveDoors = Pick<Doors, 'graph' | 'exchange' | 'store' | 'policy' | 'clock' | 'roster' | 'heldSeats'>;

/** What the newest user source and the directory say of somebody; undefined: nothing that holds today. */
export type RosterFactOf = (person: Person) => Promise<RosterFact | undefined>;

/** What the newest user source and the directory say of people, by the rules of the audit. */
export async function rosterNow(doors: LiveDoors): Promise<RosterFactOf> {
  const { store, policy, roster: source = openRosterSource(store) } = doors;
  const now = doors.clock.now();
  const roster = await source(now);
  return async (person) => rosterFactFor(person, roster, policy, dayOf(now));
}

/**
 * Reads what safety rule 5 wants to know just before a step: the account, its licenses, its protection and its mailbox.
 * Complete or thrown.
 * @param signIn as `readSignIn` told it before: its pace is the slowest of all, and it may be older than the rest
 * @throws GraphFailure
 */
export async function readLiveFacts(
  doors: LiveDoors,
  c: Case,
  step: Exclude<Step, { kind: 'assignLicenses' }>,
  signIn: LiveFacts['signIn'],
  rosterFactOf: RosterFactOf = async () => undefined,
): Promise<LiveFacts> {
  const { leaveDates } = doors.policy.evidence;
  const person = await doors.graph.person(c.userId, { leaveDates });
  if (person === undefined) return { ...GONE, person };
  const roster = await rosterFactOf(person);
  const needsSkus =
    isAboutCover(c) || knowsTooLittle(c) || isSwitched(c, person) || step.kind === 'deleteAccount';
  // At once: the time of many steps is that of their answers.
  const [mailboxes, memberships, inChat, latest, skus, heldSeats, aboutStep] = await Promise.all([
    doors.graph.mailboxPurposesOf([c.userId]),
    readMemberships(doors, person),
    chatRulesNow(doors, c.userId),
    readLatest(doors, c, person),
    needsSkus ? doors.graph.skus() : [],
    givesSomething(step) ? readHeldSeats(doors, (held) => isHeldAgainst(c, held)) : NO_SEATS,
    readAboutStep(doors, c, step),
  ]);
  const mailbox = mailboxes.get(c.userId);
  const found = { mailbox: mailbox ?? 'user', skus };
  const inside = await readInside(doors, c, step, found);
  const live = { person, mailbox: mailbox ?? { unknown: 'Graph gave no answer' }, roster, inChat };
  return {
    person,
    ...found,
    signIn,
    protections: newProtections(doors, c, live, memberships).filter(({ kind }) => !isNoReason(kind, step)),
    ...latest,
    ...(roster?.status === 'unknown' ? { latest: 'unknown' } : {}),
    roster,
    heldSeats,
    ...aboutStep,
    exchange: inside ?? 'noDoor',
  };
}

/** What only some kinds of steps want to know. */
async function readAboutStep(
  doors: LiveDoors,
  c: Case,
  step: Step,
): Promise<Pick<LiveFacts, 'groups' | 'soleOwned'>> {
  const { graph, policy } = doors;
  const looks = policy.reclaim.owned === 'check' && (isFirstOfAll(c) || step.kind === 'deleteAccount');
  return {
    groups: step.kind === 'leaveGroup' ? await graph.groupFacts([step.groupId]) : new Map(),
    soleOwned: looks ? await readSoleOwned(doors, c) : [],
  };
}

/** A tenant may not let us see it, which is not the same as none. */
async function readSoleOwned({ graph }: LiveDoors, c: Case): Promise<LiveFacts['soleOwned']> {
  try {
    return (await graph.ownedThings(c.userId)).filter(({ isSole }) => isSole);
  } catch (error) {
    if (!(error instanceof GraphFailure) || !CANNOT_SEE.has(error.kind)) throw error;
    return { unknown: error.message };
  }
}

const CANNOT_SEE: ReadonlySet<GraphFailure['kind']> = new Set(['forbidden', 'badRequest', 'notFound']);

/**
 * Somebody active goes on owning things; of others it is looked at before anything is taken, and weeks later before the
 * account goes.
 */
function isFirstOfAll(c: Case): boolean {
  if (c.scenario === 'unusedLicense' || !('steps' in c)) return false;
  return c.steps.every(({ step, progress }) => step.userId !== c.userId || !isBegun(progress));
}

const GONE: Omit<LiveFacts, 'person'> = {
  signIn: 'unreadable',
  protections: [],
  mailbox: 'noMailbox',
  latest: 'unknown',
  mailboxReport: undefined,
  roster: undefined,
  skus: [],
  heldSeats: new Map(),
  exchange: 'noDoor',
  groups: new Map(),
  soleOwned: [],
};

function isSwitched({ licenses }: Case, person: Person): boolean {
  return licenses.some((license) => switchedSince(person, license) !== undefined);
}

const NO_SEATS: ReadonlyMap<SkuId, number> = new Map();

function givesSomething(step: Step): boolean {
  return step.kind === 'removeLicenses' && step.instead !== undefined;
}

/** Something is given instead, or the case is of an earlier version and does not know what its licenses hold. */
function knowsTooLittle({ licenses }: Case): boolean {
  return licenses.some(
    ({ replacement, parking, holdsFiles }) =>
      replacement !== undefined || parking !== undefined || holdsFiles === undefined,
  );
}

function isAboutCover({ scenario, licenses }: Case): boolean {
  return scenario === 'unusedLicense' && licenses.some(({ coveredBy }) => coveredBy !== undefined);
}

interface LivePerson {
  readonly person: Person;
  readonly mailbox: MailboxPurpose | { readonly unknown: string };
  readonly roster: RosterFact | undefined;
  readonly inChat: readonly string[];
}

/** By which rule an admin protects somebody in chat at this moment. */
export async function chatRulesNow(
  { store, policy, clock }: Pick<LiveDoors, 'store' | 'policy' | 'clock'>,
  userId: UserId,
): Promise<readonly string[]> {
  const protection = await readProtection(store, userId);
  return chatRules(protection, isoDayIn(clock.now(), policy.audit.timeZone));
}

async function readMemberships({ graph, policy, clock }: LiveDoors, { id }: Person): Promise<Memberships> {
  const groups = protectedGroups(policy, dayOf(clock.now()));
  const [inGroups, placed, roles] = await Promise.all([
    groups.length > 0 ? graph.groupsContaining(id, groups) : new Set<GroupId>(),
    readUnderTop(graph, policy.protect.executives, [id], new Map()),
    graph.roleHolders(),
  ]);
  return {
    roles,
    groups: new Map(groups.map((group) => [group, new Set(inGroups.has(group) ? [id] : [])])),
    ...placed,
  };
}

/**
 * Protections that hold now and about which HR did not decide, by the rules of the audit. The signals of a service
 * account are left to the audits: they tell whom to ask a person about, and by now a person has answered. A new audit
 * that finds them ends the case before its first step.
 */
function newProtections(
  { policy, clock }: LiveDoors,
  c: Case,
  live: LivePerson,
  memberships: Memberships,
): readonly Protection[] {
  const concerned = new Set(c.licenses.map((license) => license.skuId));
  const licenses = live.person.licenses.filter((license) => concerned.has(license.skuId));
  const facts = { ...live, licenses, memberships, use: undefined };
  // HR has decided about these; whatever else protects somebody holds.
  const isDecided = (kind: ProtectionKind): boolean => isHrKind(kind) && isKnown(c, kind);
  return protectionsOf(facts, policy, dayOf(clock.now())).filter(
    ({ kind }) => !isDecided(kind) && !isOfOurMaking(c, kind),
  );
}

/** Where the account is to go, a mailbox that somebody made shared keeps it, and speaks against nothing else. */
function isNoReason(kind: Protection['kind'], { kind: step }: Step): boolean {
  return kind === 'sharedMailbox' && step === 'deleteAccount';
}

/** A mailbox that the case itself made shared is no reason against the rest of it. */
function isOfOurMaking(c: Case, kind: Protection['kind']): boolean {
  if (kind !== 'sharedMailbox' || !('steps' in c)) return false;
  return c.steps.some(({ step, progress }) => step.kind === 'convertMailbox' && isBegun(progress));
}

function isBegun({ is }: CaseStep['progress']): boolean {
  return is !== 'planned' && is !== 'skipped';
}

/**
 * Sign-in dates of the person of a case, where a step asks for them. It may wait for minutes, because Graph tells them
 * to few. A tenant without Entra P1 has none; whether that matters is the policy's business. One that does not require
 * them need not permit to read them either. `blank`: nobody in the tenant has one just now.
 * @throws GraphFailure
 */
export async function readSignIn(
  doors: Pick<LiveDoors, 'graph' | 'policy'>,
  c: Case,
  step: Step,
): Promise<LiveFacts['signIn']> {
  if (!isAboutSignIns(c) || step.kind === 'assignLicenses') return 'unreadable';
  try {
    const rows = await doors.graph.signInsOf([c.userId]);
    return rows.find((row) => row.userId === c.userId) ?? 'unreadable';
  } catch (error) {
    if (error instanceof SignInsBlank) return 'blank';
    const isRequired = doors.policy.evidence.require.includes('signIn');
    const passes =
      error instanceof GraphFailure &&
      (error.kind === 'noPremium' || (error.kind === 'forbidden' && !isRequired));
    if (passes) return 'unreadable';
    throw error;
  }
}
