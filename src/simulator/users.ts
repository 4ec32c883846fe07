import { badRequest, GraphRefusal, notFound, ok, unsupportedQuery } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { nextLink, pageStart } from './paging.js';
import { countMatches, scan, sorted } from './people-page.js';
import { checkOptions, collectionQuery, expandOf, listOf } from './query.js';
import type { CollectionQuery } from './query.js';
import type { SimPerson } from './sim-person.js';
import { acceptedPerson, findPerson, peopleOf } from './tenant.js';
import { userFilter } from './user-filter.js';
import { NOT_IN_COLLECTION, userProperties, userWriter, wireUser } from './wire-user.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

const LIST_RULES = {
  allowed: ['$count', '$expand', '$filter', '$orderby', '$search', '$select', '$top'],
  defaultTop: 100,
  maxTop: 999,
};
const SIGN_IN_PAGE = 500;

/** GET /users */
export function listUsers(world: World, call: GraphCall): GraphAnswer {
  const query = collectionQuery(call, LIST_RULES);
  if (query.advanced && query.expand !== undefined) {
    throw unsupportedQuery('$expand is not supported with advanced query capabilities.');
  }
  if (call.query.has('$search'))
    throw unsupportedQuery('The specified $search clause is not supported here.');
  const properties = userProperties(query.select);
  refuseForeign(properties);
  const top = pageSize(world, query, properties);
  const filter = userFilter(query);
  const start = pageStart(world, query);
  const page =
    query.orderBy === undefined ? scan(world, filter, start, top) : sorted(world, query, filter, start, top);
  const total = query.count && query.skipToken === undefined ? countMatches(world, filter) : undefined;
  const write = userWriter(properties, world.tenant.products);
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#users${selected(query.select)}`,
    ...(total === undefined ? {} : { '@odata.count': total }),
    ...(page.next === undefined ? {} : { '@odata.nextLink': nextLink(world, call, query, page.next) }),
    value: page.people.map((person) =>
      query.expand === undefined
        ? write(person)
        : { ...write(person), ...expanded(world, query.expand, person) },
    ),
  });
}

/** GET /users/$count */
export function countUsers(world: World, call: GraphCall): GraphAnswer {
  checkOptions(call, ['$filter', '$search']);
  if (call.headers['consistencylevel']?.toLowerCase() !== 'eventual') {
    throw badRequest('$count is not currently supported.');
  }
  const filter = userFilter({ filter: call.query.get('$filter'), advanced: true, orderBy: undefined });
  return { status: 200, body: { text: String(countMatches(world, filter)), type: 'text/plain' } };
}

/** GET /users/{id or user principal name} */
export function getUser(world: World, call: GraphCall): GraphAnswer {
  checkOptions(call, ['$select', '$expand']);
  const key = call.segments[1] ?? '';
  const select = listOf(call.query.get('$select'));
  const properties = userProperties(select);
  refuseForeign(properties);
  if (properties.includes('signInActivity') && !isGuid(key)) {
    throw new GraphRefusal(
      400,
      'BadRequest',
      'Get By Key only supports UserId and the key has to be a valid Guid',
    );
  }
  const person = userOf(world, key);
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#users${selected(select)}/$entity`,
    ...wireUser(person, properties, world.tenant.products),
    ...expanded(world, call.query.get('$expand'), person),
  });
}

/** GET /users/{id}/manager */
export function getManager(world: World, call: GraphCall): GraphAnswer {
  checkOptions(call, ['$select', '$expand']);
  const person = userOf(world, call.segments[1] ?? '');
  const manager =
    person.managerId === null ? undefined : findPerson(world.tenant, person.managerId, tenantTime(world));
  if (!manager) throw notFound('manager');
  const select = listOf(call.query.get('$select'));
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#directoryObjects${selected(select)}/$entity`,
    '@odata.type': '#microsoft.graph.user',
    ...wireUser(manager, userProperties(select), world.tenant.products),
  });
}

/** GET /users/{id}/directReports */
export function listDirectReports(world: World, call: GraphCall): GraphAnswer {
  const query = collectionQuery(call, {
    allowed: ['$count', '$select', '$top'],
    defaultTop: 100,
    maxTop: 999,
  });
  const { id } = userOf(world, call.segments[1] ?? '');
  const { tenant } = world;
  const write = userWriter(userProperties(query.select), tenant.products);
  const value: object[] = [];
  for (const person of peopleOf(tenant, tenantTime(world))) {
    if (value.length === query.top) break;
    if (person.managerId === id) value.push({ '@odata.type': '#microsoft.graph.user', ...write(person) });
  }
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#directoryObjects${selected(query.select)}`,
    value,
  });
}

/** GET /users/{id}/sponsors: who answers for a guest, in the order of the directory. */
export function listSponsors(world: World, call: GraphCall): GraphAnswer {
  const query = collectionQuery(call, {
    allowed: ['$count', '$select', '$top'],
    defaultTop: 100,
    maxTop: 999,
  });
  const person = userOf(world, call.segments[1] ?? '');
  const time = tenantTime(world);
  const sponsors = person.sponsorIds.flatMap((id) => findPerson(world.tenant, id, time) ?? []);
  const properties = userProperties(query.select);
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#users${selected(query.select)}`,
    value: sponsors.slice(0, query.top).map(userWriter(properties, world.tenant.products)),
  });
}

/** GET /users/{id}/mailboxSettings/userPurpose */
export function getUserPurpose(world: World, call: GraphCall): GraphAnswer {
  const person = userOf(world, call.segments[1] ?? '');
  if (person.mailbox === null) {
    throw new GraphRefusal(
      404,
      'MailboxNotEnabledForRESTAPI',
      'REST API is not yet supported for this mailbox.',
    );
  }
  const context = `${call.origin}/${call.version}/$metadata#users('${person.id}')/mailboxSettings/userPurpose`;
  return ok({ '@odata.context': context, value: person.mailbox });
}

/** The person a path speaks of, as reads see them. */
export function userOf(world: World, key: string): SimPerson {
  const person = findPerson(world.tenant, key, tenantTime(world));
  if (!person) throw notFound(key);
  return person;
}

/** The person a write is judged by: with all that was accepted so far. */
export function writableUserOf(world: World, key: string): SimPerson {
  const seen = userOf(world, key);
  return acceptedPerson(world.tenant, seen.id, tenantTime(world)) ?? seen;
}

export function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw new GraphRefusal(
    400,
    'BadRequest',
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
}

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

export function selected(select: readonly string[] | undefined): string {
  return select && select.length > 0 ? `(${select.join(',')})` : '';
}

function pageSize(world: World, query: CollectionQuery, properties: readonly string[]): number {
  const signIn =
    properties.includes('signInActivity') || (query.filter?.includes('signInActivity/') ?? false);
  if (!signIn || query.top <= SIGN_IN_PAGE) return query.top;
  if (world.rules.capSignInPages) return SIGN_IN_PAGE;
  throw badRequest(`Cannot query data for more than ${String(SIGN_IN_PAGE)} users at a time.`);
}

function refuseForeign(properties: readonly string[]): void {
  if (properties.some((name) => NOT_IN_COLLECTION.has(name))) {
    throw new GraphRefusal(501, 'NotImplemented', 'This operation target is not yet supported.');
  }
}

function expanded(world: World, expand: string | undefined, person: SimPerson): Record<string, unknown> {
  if (expand === undefined) return {};
  const { name, select } = expandOf(expand);
  if (name !== 'manager') throw badRequest(`Property '${name}' cannot be expanded here.`);
  const manager =
    person.managerId === null ? undefined : findPerson(world.tenant, person.managerId, tenantTime(world));
  if (!manager) return {};
  const properties = userProperties(select);
  return {
    manager: {
      '@odata.type': '#microsoft.graph.user',
      ...wireUser(manager, properties, world.tenant.products),
    },
  };
}
