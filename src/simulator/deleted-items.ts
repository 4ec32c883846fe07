import { checkSensitive } from './account-change.js';
import { isoTime } from './dates.js';
import { notFound, ok } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { nextLink, pageStart } from './paging.js';
import { checkOptions, collectionQuery, listOf } from './query.js';
import type { SimPerson } from './sim-person.js';
import { deletedPerson, findPerson } from './tenant.js';
import { selected } from './users.js';
import { userProperties, userWriter } from './wire-user.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

interface Deleted {
  readonly person: SimPerson;
  readonly at: number;
}

/** GET /directory/deletedItems/microsoft.graph.user */
export function listDeletedUsers(world: World, call: GraphCall): GraphAnswer {
  const query = collectionQuery(call, {
    allowed: ['$count', '$select', '$top'],
    defaultTop: 100,
    maxTop: 999,
  });
  const time = tenantTime(world);
  const everyone = [...world.tenant.book.byPerson.keys()]
    .flatMap((id) => deletedPerson(world.tenant, id, time) ?? [])
    .toSorted((a, b) => a.person.index - b.person.index);
  const start = pageStart(world, query);
  const next = start + query.top;
  const write = writer(world, query.select);
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#users${selected(query.select)}`,
    ...(next < everyone.length ? { '@odata.nextLink': nextLink(world, call, query, next) } : {}),
    value: everyone.slice(start, next).map(write),
  });
}

/** GET /directory/deletedItems/{id} */
export function getDeletedItem(world: World, call: GraphCall): GraphAnswer {
  checkOptions(call, ['$select', '$expand']);
  const select = listOf(call.query.get('$select'));
  return ok({ ...directoryObject(call, select), ...writer(world, select)(deletedOf(world, call)) });
}

/** POST /directory/deletedItems/{id}/restore: everything is as it was, licenses and groups included. */
export function restoreDeletedItem(world: World, call: GraphCall): GraphAnswer {
  const { person } = deletedOf(world, call);
  checkSensitive(person);
  world.tenant.book.append({ kind: 'restored', userId: person.id, at: world.now().getTime() });
  const restored = findPerson(world.tenant, person.id, tenantTime(world));
  if (!restored) throw notFound(person.id);
  const write = userWriter(userProperties(undefined), world.tenant.products);
  return ok({ ...directoryObject(call, undefined), ...write(restored) });
}

function deletedOf(world: World, call: GraphCall): Deleted {
  const id = call.segments[2] ?? '';
  const deleted = deletedPerson(world.tenant, id, tenantTime(world));
  if (!deleted) throw notFound(id);
  return deleted;
}

function writer(
  world: World,
  select: readonly string[] | undefined,
): (deleted: Deleted) => Record<string, unknown> {
  const properties = userProperties(select);
  const write = userWriter(properties, world.tenant.products);
  const isDated = select === undefined || properties.includes('deletedDateTime');
  return ({ person, at }) => ({ ...write(person), ...(isDated ? { deletedDateTime: isoTime(at) } : {}) });
}

function directoryObject(
  { origin, version }: GraphCall,
  select: readonly string[] | undefined,
): Record<string, unknown> {
  return {
    '@odata.context': `${origin}/${version}/$metadata#directoryObjects${selected(select)}/$entity`,
    '@odata.type': '#microsoft.graph.user',
  };
}
