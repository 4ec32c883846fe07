import type { UserId } from '../audit/person.js';
import { userPath } from './accounts.js';
import { errorOf } from './classify.js';
import type { ChangeAnswer } from './graph-door.js';
import { withQuery } from './odata.js';
import { accountRefusal } from './refusals.js';
import type { Wire } from './wire.js';

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
    return (await readIsDeleted(wire, userId)) ? { kind: 'unchanged' } : { kind: 'personGone' };
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

/** Whether the account lies in the deleted items. */
export async function readIsDeleted(wire: Wire, userId: UserId): Promise<boolean> {
  return found(wire, 'directory.deletedItems.get', deletedPath(userId));
}

/** Whether there is such an account, not a deleted one. */
export async function exists(wire: Wire, userId: UserId): Promise<boolean> {
  return found(wire, 'users.get', userPath(userId));
}

async function found(
  wire: Wire,
  operation: 'users.get' | 'directory.deletedItems.get',
  path: string,
): Promise<boolean> {
  const answer = await wire.send({
    operation,
    family: 'identity',
    method: 'GET',
    address: withQuery(path, { $select: 'id' }),
    alsoAccept: [404],
  });
  return answer.status !== 404;
}

function deletedPath(userId: UserId): string {
  return `/directory/deletedItems/${encodeURIComponent(userId)}`;
}
