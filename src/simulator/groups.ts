import { badRequest, notFound, ok } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { NAMED, NAMED_COUNT } from './named-people.js';
import type { NamedKey } from './named-people.js';
import { nextLink, pageStart } from './paging.js';
import { checkOptions, collectionQuery, listOf } from './query.js';
import { GROUPS, groupById, withNested } from './sim-groups.js';
import type { SimGroup } from './sim-groups.js';
import type { SimPerson } from './sim-person.js';
import { findPerson, peopleOf } from './tenant.js';
import { objectOf, selected, userOf } from './users.js';
import { groupProperties, wireGroup } from './wire-group.js';
import { userProperties, wireUser } from './wire-user.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

const MEMBER_RULES = { allowed: ['$count', '$select', '$top', '$filter'], defaultTop: 100, maxTop: 999 };
const MAX_GROUPS_TO_CHECK = 20;

/** GET /groups: all of them, on one page. */
export function listGroups(_world: World, call: GraphCall): GraphAnswer {
  const query = collectionQuery(call, {
    allowed: ['$count', '$select', '$top'],
    defaultTop: 100,
    maxTop: 999,
  });
  return groupCollection(call, query.select, Object.values(GROUPS));
}

/** GET /groups/{id} */
export function getGroup(_world: World, call: GraphCall): GraphAnswer {
  checkOptions(call, ['$select', '$expand']);
  const group = groupOf(call.segments[1] ?? '');
  const select = listOf(call.query.get('$select'));
  const context = `${call.origin}/${call.version}/$metadata#groups${selected(select)}/$entity`;
  return ok({ '@odata.context': context, ...wireGroup(group, groupProperties(select)) });
}

/** GET /users/{id}/memberOf/microsoft.graph.group: direct memberships. */
export function listMemberOf(world: World, call: GraphCall): GraphAnswer {
  const query = collectionQuery(call, MEMBER_RULES);
  const person = userOf(world, call.segments[1] ?? '');
  return groupCollection(
    call,
    query.select,
    person.groups.flatMap((id) => groupById(id) ?? []),
  );
}

/** POST /users/{id}/checkMemberGroups: which of up to 20 groups the person is in, nested groups included. */
export function checkMemberGroups(world: World, call: GraphCall): GraphAnswer {
  const { groupIds } = objectOf(call.body);
  if (!Array.isArray(groupIds))
    throw badRequest("The parameter 'groupIds' is missing from the request payload.");
  if (groupIds.length > MAX_GROUPS_TO_CHECK) {
    throw badRequest(`The number of groups to check exceeds the maximum of ${String(MAX_GROUPS_TO_CHECK)}.`);
  }
  const person = userOf(world, call.segments[1] ?? '');
  const value = groupIds.filter((id: unknown) => {
    const group = typeof id === 'string' ? groupById(id) : undefined;
    return group !== undefined && isIn(person, withNested(group));
  });
  return ok({ '@odata.context': `${call.origin}/${call.version}/$metadata#Collection(Edm.String)`, value });
}

/** GET /groups/{id}/members */
export function listMembers(world: World, call: GraphCall): GraphAnswer {
  const group = groupOf(call.segments[1] ?? '');
  return memberPage(world, call, group, new Set([group.id]), group.nested);
}

/** GET /groups/{id}/transitiveMembers: people of nested groups, too, and the nested groups themselves. */
export function listTransitiveMembers(world: World, call: GraphCall): GraphAnswer {
  const group = groupOf(call.segments[1] ?? '');
  const all = withNested(group);
  return memberPage(
    world,
    call,
    group,
    all,
    [...all].filter((id) => id !== group.id),
  );
}

/** GET /groups/{id}/owners */
export function listOwners(world: World, call: GraphCall): GraphAnswer {
  const query = collectionQuery(call, MEMBER_RULES);
  const owners = ownersOf(world, groupOf(call.segments[1] ?? ''));
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#directoryObjects${selected(query.select)}`,
    value: owners.slice(0, query.top).map((each) => userMember(world, each, query.select)),
  });
}

/** GET /users/{id}/ownedObjects/microsoft.graph.group */
export function listOwnedGroups(world: World, call: GraphCall): GraphAnswer {
  const query = collectionQuery(call, MEMBER_RULES);
  const person = userOf(world, call.segments[1] ?? '');
  const owned = Object.values<SimGroup>(GROUPS).filter((group) =>
    ownersOf(world, group).some(({ id }) => id === person.id),
  );
  return groupCollection(call, query.select, owned.slice(0, query.top));
}

/** Whoever is gone owns nothing until they are restored. */
function ownersOf(world: World, group: SimGroup): readonly SimPerson[] {
  const time = tenantTime(world);
  return group.owners.flatMap((key) => {
    const id = key in NAMED ? NAMED[key as NamedKey].id : '';
    return findPerson(world.tenant, id, time) ?? [];
  });
}

export function groupOf(id: string): SimGroup {
  const group = groupById(id);
  if (!group) throw notFound(id);
  return group;
}

function memberPage(
  world: World,
  call: GraphCall,
  group: SimGroup,
  groupIds: ReadonlySet<string>,
  nested: readonly string[],
): GraphAnswer {
  const query = collectionQuery(call, MEMBER_RULES);
  const start = pageStart(world, query);
  const last = group.namedOnly ? NAMED_COUNT : world.tenant.facts.people;
  const people: SimPerson[] = [];
  let next: number | undefined;
  for (const person of peopleOf(world.tenant, tenantTime(world), start, last)) {
    if (!isIn(person, groupIds)) continue;
    if (people.length === query.top) {
      next = person.index;
      break;
    }
    people.push(person);
  }
  const groups = start === 0 ? nested.flatMap((id) => groupById(id) ?? []) : [];
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#directoryObjects${selected(query.select)}`,
    ...(next === undefined ? {} : { '@odata.nextLink': nextLink(world, call, query, next) }),
    value: [
      ...groups.map((each) => groupMember(each, query.select)),
      ...people.map((each) => userMember(world, each, query.select)),
    ],
  });
}

function groupMember(group: SimGroup, select: readonly string[] | undefined): unknown {
  const properties = groupProperties(
    select?.filter((name) => name in wireGroup(group, groupProperties(undefined))),
  );
  return { '@odata.type': '#microsoft.graph.group', ...wireGroup(group, properties) };
}

function userMember(world: World, person: SimPerson, select: readonly string[] | undefined): unknown {
  return {
    '@odata.type': '#microsoft.graph.user',
    ...wireUser(person, userProperties(select), world.tenant.products),
  };
}

function groupCollection(
  call: GraphCall,
  select: readonly string[] | undefined,
  groups: readonly SimGroup[],
): GraphAnswer {
  const properties = groupProperties(select);
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#groups${selected(select)}`,
    value: groups.map((group) => wireGroup(group, properties)),
  });
}

function isIn(person: SimPerson, groupIds: ReadonlySet<string>): boolean {
  return person.groups.some((id) => groupIds.has(id));
}
