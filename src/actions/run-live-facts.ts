import { dayOf } from '../audit/day.js';
import { findingOfPerson, latestRun } from '../audit/run-store.js';
import { protectionsOf } from '../audit/protection.js';
import { protectedGroups } from '../audit/protection-lists.js';
import { readUnderTop } from '../audit/run-under-top.js';
import type { Protection } from '../audit/finding.js';
import type { MailboxPurpose, Person, UserId } from '../audit/person.js';
import type { RosterFact } from '../audit/roster.js';
import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { stillSo } from '../cases/still-so.js';
import type { SignInRow } from '../graph/graph-door.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { LiveFacts } from './recheck.js';

type LiveDoors = Pick<Doors, 'graph' | 'store' | 'policy' | 'clock'>;

/** What the newest user source says of somebody; undefined: nothing that holds today. */
export type RosterFactOf = (userId: UserId) => Promise<RosterFact | undefined>;

/**
 * Reads what safety rule 5 wants to know just before a step: the account, its licenses, its protection, its mailbox
 * and its sign-ins. Complete or thrown.
 * @throws GraphFailure
 */
export async function readLiveFacts(
  doors: LiveDoors,
  c: Case,
  rosterFactOf: RosterFactOf = async () => undefined,
): Promise<LiveFacts> {
  const person = await doors.graph.person(c.userId);
  if (person === undefined)
    return { person, signIn: 'unreadable', protections: [], mailbox: 'noMailbox', latest: 'unknown' };
  const roster = await rosterFactOf(c.userId);
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
    latest: roster?.status === 'unknown' ? 'unknown' : await latestVerdict(doors, c),
  };
}

/** Whoever is in scope, holds a managed license and is in no finding was shown to be active. */
async function latestVerdict(doors: LiveDoors, c: Case): Promise<LiveFacts['latest']> {
  const run = await latestRun(doors.store);
  if (run === undefined) return 'unknown';
  const found = await findingOfPerson(doors.store, run.runId, c.userId);
  return stillSo(c, found?.finding);
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
  return protections.filter((protection) => !c.protections.includes(protection.kind));
}

/** A tenant without Entra P1 has no sign-in dates; whether that matters is the policy's business. */
async function readSignIn(doors: LiveDoors, c: Case): Promise<SignInRow | 'unreadable'> {
  if (!doors.policy.evidence.require.includes('signIn')) return 'unreadable';
  try {
    const rows = await doors.graph.signInsOf([c.userId]);
    return rows.find((row) => row.userId === c.userId) ?? 'unreadable';
  } catch (error) {
    if (error instanceof GraphFailure && error.kind === 'noPremium') return 'unreadable';
    throw error;
  }
}
