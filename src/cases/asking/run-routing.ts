import { findingOfPerson, latestRun } from '../../audit/run-store.js';
import type { GroupId, Person, UserId } from '../../audit/person.js';
import { titleRules } from '../../audit/protection/executives.js';
import { readUnderTop } from '../../audit/protection/run-under-top.js';
import type { Policy } from '../../config/policy.js';
import type { Finding } from '../../audit/finding.js';
import type { GraphDoor } from '../../graph/graph-door.js';
import type { Asking, Case, PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { wasAsked } from './hops.js';
import { awayPeople, CANNOT_BE_ASKED, type Routed } from './routing.js';

/** So far up a question goes; beyond that nobody knows the person any more. */
const MOST_LEVELS = 6;

/** What is read to find out whom a question goes to. */
export interface RoutingDoors extends Pick<Doors, 'policy'> {
  readonly graph: Pick<GraphDoor, 'person' | 'managersOf' | 'groupsContaining'>;
  /** What the newest audit found of somebody. */
  readonly findingOf: (userId: UserId) => Promise<Finding | undefined>;
}

/** As much of a case as decides whom it goes to. */
export interface ToRoute extends Pick<Case, 'userId' | 'hops'> {
  readonly subject: Pick<Case['subject'], 'department'>;
}

/** Everything is read when it is needed. */
export function routingDoors({
  graph,
  store,
  policy,
}: Pick<Doors, 'graph' | 'store' | 'policy'>): RoutingDoors {
  return {
    graph,
    policy,
    findingOf: async (userId) => {
      const run = await latestRun(store);
      return run && (await findingOfPerson(store, run.runId, userId))?.finding;
    },
  };
}

/**
 * Who gets the question of a case that is opened now, before it is on its way to anybody.
 * @throws GraphFailure
 */
export async function firstToAsk(doors: RoutingDoors, c: ToRoute, asking: Asking): Promise<Routed> {
  if (asking.kind === 'adminReview') return asking;
  const named = asking.kind === 'ask' ? asking.person : undefined;
  if (named !== undefined && (await canBeAsked(doors, c, named.id))) return { kind: 'ask', person: named };
  const person = await nextToAsk(doors, c, named);
  if (person !== undefined) return { kind: 'ask', person };
  return { kind: 'adminReview', why: asking.kind === 'ask' ? CANNOT_BE_ASKED : asking.why };
}

/**
 * Whom to ask next: the nearest manager above the person who can answer, then the owner of the department. Nobody is
 * asked twice, about themself, while disabled or idle, or as an executive (design 5). undefined: an admin has to look.
 * @param from who has the question now
 * @throws GraphFailure
 */
export async function nextToAsk(
  doors: RoutingDoors,
  c: ToRoute,
  from: PersonRef | undefined,
): Promise<PersonRef | undefined> {
  const canBeNext = async (userId: UserId): Promise<boolean> =>
    userId !== from?.id && (await canBeAsked(doors, c, userId));
  const passed = new Set<UserId>([c.userId]);
  let at = c.userId;
  for (let level = 0; level < MOST_LEVELS; level += 1) {
    const manager = (await doors.graph.managersOf([at])).get(at) ?? 'none';
    if (manager === 'none' || passed.has(manager.id)) break;
    if (await canBeNext(manager.id)) return { id: manager.id, displayName: manager.displayName };
    passed.add(manager.id);
    at = manager.id;
  }
  const owner = doors.policy.routing.departments[c.subject.department ?? ''];
  if (owner === undefined || !(await canBeNext(owner))) return undefined;
  const person = await doors.graph.person(owner);
  return person && { id: person.id, displayName: person.displayName };
}

async function canBeAsked(doors: RoutingDoors, c: ToRoute, userId: UserId): Promise<boolean> {
  return mayBeAskedOf(c, userId) && (await canAnswer(doors, userId));
}

/** Whether a case may be somebody's question, whoever they are. */
export function mayBeAskedOf(c: Pick<Case, 'userId' | 'hops'>, userId: UserId): boolean {
  return userId !== c.userId && !wasAsked(c, userId);
}

/** Whether somebody can be asked at all. Why not stays here: it may be that they are away (safety rule 3). */
export async function canAnswer(doors: RoutingDoors, userId: UserId): Promise<boolean> {
  const person = await doors.graph.person(userId);
  if (person === undefined || !person.accountEnabled || person.kind === 'guest') return false;
  return !(await isExecutive(doors, person)) && !(await isAway(doors, userId));
}

async function isExecutive({ graph, policy }: RoutingDoors, person: Person): Promise<boolean> {
  const { executives } = policy.protect;
  if (isNamed(executives, person)) return true;
  // By their place as well, or whoever may be so: a manager above them could not be read.
  const { underTop, wayUnknown } = await readUnderTop(graph, executives, [person.id], new Map());
  if (underTop.has(person.id) || wayUnknown.has(person.id)) return true;
  if (executives.groups.length === 0) return false;
  const groups: ReadonlySet<GroupId> = await graph.groupsContaining(person.id, executives.groups);
  return groups.size > 0;
}

function isNamed({ users, top, titles }: Policy['protect']['executives'], person: Person): boolean {
  return users.includes(person.id) || top.includes(person.id) || titleRules(person, titles).length > 0;
}

/** By the newest audit: idle or gone. */
async function isAway({ findingOf }: RoutingDoors, userId: UserId): Promise<boolean> {
  const finding = await findingOf(userId);
  return finding !== undefined && awayPeople([finding]).has(userId);
}
