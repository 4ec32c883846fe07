import { badRequest, GraphRefusal } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { objectOf, userOf } from './users.js';
import type { World } from './world.js';

const BIND = /\/appCatalogs\/teamsApps\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** POST /users/{id}/teamwork/installedApps: the catalog has every app that is asked for. */
export function installApp(world: World, call: GraphCall): GraphAnswer {
  const { id } = userOf(world, call.segments[1] ?? '');
  const bind = objectOf(call.body)['teamsApp@odata.bind'];
  const appId = typeof bind === 'string' ? BIND.exec(bind)?.[1]?.toLowerCase() : undefined;
  if (appId === undefined) throw badRequest('The bind for teamsApp is missing or no app of the catalog.');
  const { book } = world.tenant;
  const has = book.byPerson
    .get(id)
    ?.some((change) => change.kind === 'appInstalled' && change.appId === appId);
  if (has) throw new GraphRefusal(409, 'Conflict', 'The app is already installed for the user.');
  book.append({ kind: 'appInstalled', userId: id, appId, at: world.now().getTime() });
  return { status: 201 };
}
