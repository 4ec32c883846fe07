import { dayOf } from '../audit/day.js';
import { findingOfPerson, latestRun } from '../audit/run-store.js';
import { protectionsOf } from '../audit/protection/protection.js';
import { protectedGroups } from '../audit/protection/lists.js';
import { readUnderTop } from '../audit/protection/run-under-top.js';
import type { Protection } from '../audit/finding.js';
import type { MailboxPurpose, Person } from '../audit/person.js';
import type { RosterFact } from '../audit/roster/roster.js';
import { DAY_MS } from '../config/durations.js';
import type { Case } from '../cases/case.js';
import type { CaseStep } from '../cases/step.js';
import type { Doors } from '../cases/doors.js';
import { stillSo } from '../cases/still-so.js';
import type { SignInRow } from '../graph/graph-door.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { switchedSince } from './licenses.js';
import type { LiveFacts, TakingStep } from './recheck.js';

type LiveDoors = Pick<Doors, 'graph' | 'exchange' | 'store' | 'policy' | 'clock'>;

/**
 * Older audits tell nothing of today. Audits run once a week unless the policy says otherwise, and the day on top lets
 * one be late; where they run less often, steps wait for the next one.
 */
const MOST_AUDIT_AGE_MS = 8 * DAY_MS;

/** Only these are about sign-ins: who left, is disabled or does not use one license may have signed in. */
const ABOUT_SIGN_INS: ReadonlySet<Case['scenario']> = new Set(['inactive', 'neverSignedIn']);

/** What the newest user source and the directory say of somebody; undefined: nothing that holds today. */
export type RosterFactOf = (person: Person) => Promise<RosterFact | undefined>;

/**
 * Reads what safety rule 5 wants to know just before a step: the account, its licenses, its protection, its mailbox
 * and its sign-ins. Complete or thrown.
 * @throws GraphFailure
 */
export async function readLiveFacts(
  doors: LiveDoors,
  c: Case,
  step: TakingStep,
  rosterFactOf: RosterFactOf = async () => undefined,
): Promise<LiveFacts> {
  const { leaveDates } = doors.policy.evidence;
  const person = await doors.graph.person(c.userId, { leaveDates });
  if (person === undefined) return { ...GONE, person };
  const roster = await rosterFactOf(person);
  const mailbox = (await doors.graph.mailboxPurposesOf([c.userId])).get(c.userId);
  return {
    person,
    mailbox: mailbox ?? 'user',
    signIn: await readSignIn(doors, c),
    protections: await newProtections(doors, c, {
      person,
      mailbox: mailbox ?? { unknown: 'Graph gave no answer' },
      roster,
    }),
    latest: roster?.status === 'unknown' ? 'unknown' : await latestVerdict(doors, c, person),
    roster,
    skus: isAboutCover(c) || isSwitched(c, person) ? await doors.graph.skus() : [],
    ...(await readAboutStep(doors, c, step)),
  };
}

/** What only some kinds of steps want to know. */
async function readAboutStep(
  doors: LiveDoors,
  c: Case,
  step: TakingStep,
): Promise<Pick<LiveFacts, 'exchange' | 'groups' | 'soleOwned'>> {
  const { graph, exchange, policy } = doors;
  const looks = policy.reclaim.owned === 'check' && isFirstOfAll(c);
  const asksExchange = step.kind === 'convertMailbox' && exchange !== undefined;
  return {
    exchange: asksExchange ? await exchange.mailbox(c.userId) : 'noDoor',
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

/** Somebody active goes on owning things; of others it is looked at once, before anything is done. */
function isFirstOfAll(c: Case): boolean {
  if (c.scenario === 'unusedLicense' || !('steps' in c)) return false;
  return c.steps.every(({ progress }) => progress.is === 'planned' || progress.is === 'skipped');
}

const GONE: Omit<LiveFacts, 'person'> = {
  signIn: 'unreadable',
  protections: [],
  mailbox: 'noMailbox',
  latest: 'unknown',
  roster: undefined,
  skus: [],
  exchange: 'noDoor',
  groups: new Map(),
  soleOwned: [],
};

function isSwitched({ licenses }: Case, person: Person): boolean {
  return licenses.some((license) => switchedSince(person, license) !== undefined);
}

function isAboutCover({ scenario, licenses }: Case): boolean {
  return scenario === 'unusedLicense' && licenses.some(({ coveredBy }) => coveredBy !== undefined);
}

/**
 * Whoever is in scope, holds a managed license and is in no finding was shown to be active. Audits do not look at people
 * without licenses, so of somebody from whom the case took them they say nothing: the live reads alone do.
 */
async function latestVerdict(doors: LiveDoors, c: Case, person: Person): Promise<LiveFacts['latest']> {
  const run = await latestRun(doors.store);
  if (run === undefined) return 'unknown';
  const found = await findingOfPerson(doors.store, run.runId, c.userId);
  if (found === undefined && isTaken(c, person)) return 'candidate';
  const so = stillSo(c, found?.finding);
  if (so === 'active') return so;
  const age = doors.clock.now().getTime() - Date.parse(run.finishedAt);
  return age > MOST_AUDIT_AGE_MS ? 'tooOld' : so;
}

function isTaken(c: Case, person: Person): boolean {
  if (!('steps' in c) || !c.steps.some(({ step, progress }) => 'licenses' in step && progress.is === 'done'))
    return false;
  return !person.licenses.some(({ skuId }) => c.licenses.some((license) => license.skuId === skuId));
}

interface LivePerson {
  readonly person: Person;
  readonly mailbox: MailboxPurpose | { readonly unknown: string };
  readonly roster: RosterFact | undefined;
}

/**
 * Protections that hold now and did not when the case was opened, by the rules of the audit. The signals of a service
 * account are left to the audits: they tell whom to ask a person about, and by now a person has answered. A new audit
 * that finds them ends the case before its first step.
 */
async function newProtections(doors: LiveDoors, c: Case, live: LivePerson): Promise<readonly Protection[]> {
  const { graph, policy } = doors;
  const { person } = live;
  const today = dayOf(doors.clock.now());
  const groups = protectedGroups(policy, today);
  const inGroups = groups.length > 0 ? await graph.groupsContaining(person.id, groups) : new Set();
  const members = new Map(groups.map((group) => [group, new Set(inGroups.has(group) ? [person.id] : [])]));
  const placed = await readUnderTop(graph, policy.protect.executives, [person.id], new Map());
  const concerned = new Set(c.licenses.map((license) => license.skuId));
  const protections = protectionsOf(
    {
      ...live,
      licenses: person.licenses.filter((license) => concerned.has(license.skuId)),
      memberships: { roles: await graph.roleHolders(), groups: members, ...placed },
      use: undefined,
    },
    policy,
    today,
  );
  return protections.filter(({ kind }) => !c.protections.includes(kind) && !isOfOurMaking(c, kind));
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
 * A tenant without Entra P1 has no sign-in dates; whether that matters is the policy's business. One that does not
 * require them need not permit to read them either.
 */
async function readSignIn(doors: LiveDoors, c: Case): Promise<SignInRow | 'unreadable'> {
  if (!ABOUT_SIGN_INS.has(c.scenario)) return 'unreadable';
  try {
    const rows = await doors.graph.signInsOf([c.userId]);
    return rows.find((row) => row.userId === c.userId) ?? 'unreadable';
  } catch (error) {
    const isRequired = doors.policy.evidence.require.includes('signIn');
    const passes =
      error instanceof GraphFailure &&
      (error.kind === 'noPremium' || (error.kind === 'forbidden' && !isRequired));
    if (passes) return 'unreadable';
    throw error;
  }
}
