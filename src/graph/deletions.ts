import { z } from 'zod';
import type { UserId } from '../audit/person.js';
import { userPath } from './accounts.js';
import { errorOf } from './classify.js';
import type { ChangeAnswer, DeletedItem } from './graph-door.js';
import { withQuery } from './odata.js';
import { accountRefusal } from './refusals.js';
import { parseAnswer, type Wire } from './wire.js';

/** Moves an account to the deleted items, where it stays for 30 days. */
export async function deletePerson(wire: Wire, userId: UserId): Promise<ChangeAnswer> {
  const operation = 'users.delete';
  const answer = await wire.send({
    operation,
    family: 'identityWrites',
    method: 'DELETE',
    address: userPath(userId),
    write: 'repeatable',
    alsoAccept: [400, 403, 404],
  });
  if (answer.status < 300) return { kind: 'accepted' };
  if (answer.status === 404)
    return (await readDeletedItem(wire, userId)) ? { kind: 'unchanged' } : { kind: 'personGone' };
  return accountRefusal(wire, operation, userId, answer);
}

const CONFLICT =
  'Another account has taken the address in the meantime: free it, then restore the deleted account in the admin center.';

/** Brings an account back with its licenses, groups and mailbox. */
export async function restorePerson(wire: Wire, userId: UserId): Promise<ChangeAnswer> {
  const operation = 'directory.deletedItems.restore';
  const answer = await wire.send({
    operation,
    family: 'identityWrites',
    method: 'POST',
    address: `${deletedPath(userId)}/restore`,
    write: 'repeatable',
    alsoAccept: [400, 403, 404, 409],
  });
  if (answer.status < 300) return { kind: 'accepted' };
  if (answer.status === 404)
    return (await exists(wire, userId)) ? { kind: 'unchanged' } : { kind: 'personGone' };
  const words = errorOf(answer.json).message?.toLowerCase() ?? '';
  const isTaken = ['conflict', 'already exists', 'same value', 'proxyaddress'].some((word) =>
    words.includes(word),
  );
  if (answer.status !== 403 && isTaken) return { kind: 'refused', message: CONFLICT };
  return accountRefusal(wire, operation, userId, answer);
}

const DELETED = z.object({ deletedDateTime: z.iso.datetime({ offset: true }).nullish() });

/** What the deleted items tell of an account; undefined: it is not among them. */
export async function readDeletedItem(wire: Wire, userId: UserId): Promise<DeletedItem | undefined> {
  const operation = 'directory.deletedItems.get';
  const answer = await read(wire, operation, deletedPath(userId), 'id,deletedDateTime');
  if (answer.status === 404) return undefined;
  const { deletedDateTime } = parseAnswer(operation, DELETED, answer.json);
  return { at: deletedDateTime ? new Date(deletedDateTime) : undefined };
}

/** Whether there is such an account, not a deleted one. */
export async function exists(wire: Wire, userId: UserId): Promise<boolean> {
  return (await read(wire, 'users.get', userPath(userId), 'id')).status !== 404;
}

function read(
  wire: Wire,
  operation: 'users.get' | 'directory.deletedItems.get',
  path: string,
  $select: string,
): ReturnType<Wire['send']> {
  const address = withQuery(path, { $select });
  return wire.send({ operation, family: 'identity', method: 'GET', address, alsoAccept: [404] });
}

function deletedPath(userId: UserId): string {
  return `/directory/deletedItems/${encodeURIComponent(userId)}`;
}
