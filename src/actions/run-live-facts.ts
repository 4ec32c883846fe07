import { dayOf } from '../audit/day.js';
import { findingOfPerson, latestRun } from '../audit/run-store.js';
import { protectedGroups, protectionsOf } from '../audit/protection.js';
import type { Protection } from '../audit/finding.js';
import type { MailboxPurpose, Person } from '../audit/person.js';
import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { stillSo } from '../cases/still-so.js';
import type { SignInRow } from '../graph/graph-door.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { LiveFacts } from './recheck.js';

/**
 * Reads what safety rule 5 wants to know just before a step: the account, its licenses, its protection, its mailbox
 * and its sign-ins. Complete or thrown.
 * @throws GraphFailure
 */
export async function readLiveFacts(doors: Doors, c: Case): Promise<LiveFacts> {
  const person = await doors.graph.person(c.userId);
  if (person === undefined)
    return { person, signIn: 'unreadable', protections: [], mailbox: 'noMailbox', latest: 'unknown' };
  const mailbox = (await doors.graph.mailboxPurposesOf([c.userId])).get(c.userId) ?? 'user';
  return {
    person,
    mailbox,
    signIn: await readSignIn(doors, c),
    protections: await newProtections(doors, c, person, mailbox),
    latest: await latestVerdict(doors, c),
  };
}

/** Whoever is in scope, holds a managed license and is in no finding was shown to be active. */
async function latestVerdict(doors: Doors, c: Case): Promise<LiveFacts['latest']> {
  const run = await latestRun(doors.store);
  if (run === undefined) return 'unknown';
  const found = await findingOfPerson(doors.store, run.runId, c.userId);
  return stillSo(c, found?.finding);
}

/** Protections that hold now and did not when the case was opened. */
async function newProtections(
  doors: Doors,
  c: Case,
  person: Person,
  mailbox: MailboxPurpose,
): Promise<readonly Protection[]> {
  const groups = protectedGroups(doors.policy);
  const inGroups = groups.length > 0 ? await doors.graph.groupsContaining(person.id, groups) : new Set();
  const members = new Map(groups.map((group) => [group, new Set(inGroups.has(group) ? [person.id] : [])]));
  const concerned = new Set(c.licenses.map((license) => license.skuId));
  const protections = protectionsOf(
    {
      person,
      licenses: person.licenses.filter((license) => concerned.has(license.skuId)),
      mailbox,
      memberships: { roles: await doors.graph.roleHolders(), groups: members },
    },
    doors.policy,
    dayOf(doors.clock.now()),
  );
  return protections.filter((protection) => !c.protections.includes(protection.kind));
}

/** A tenant without Entra P1 has no sign-in dates; whether that matters is the policy's business. */
async function readSignIn(doors: Doors, c: Case): Promise<SignInRow | 'unreadable'> {
  if (!doors.policy.evidence.require.includes('signIn')) return 'unreadable';
  try {
    const rows = await doors.graph.signInsOf([c.userId]);
    return rows.find((row) => row.userId === c.userId) ?? 'unreadable';
  } catch (error) {
    if (error instanceof GraphFailure && error.kind === 'noPremium') return 'unreadable';
    throw error;
  }
}
