import { z } from 'zod';
import type { UserId } from '../audit/person.js';
import { unexpectedAnswer } from './classify.js';
import type { GraphRequest } from './graph-call.js';
import type { ChangeAnswer } from './graph-door.js';
import { accountRefusal } from './refusals.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

/** `userPath` below the version, for requests about one account. */
export function userPath(userId: UserId): string {
  return `/users/${encodeURIComponent(userId)}`;
}

/** Enables or disables an account; Graph answers the same when it was so already. */
export async function setAccountEnabled(wire: Wire, userId: UserId, enabled: boolean): Promise<ChangeAnswer> {
  return update(wire, 'users.update.accountEnabled', userId, { accountEnabled: enabled });
}

/** Says in which country licenses are used, without which none can be assigned; undefined: nowhere. */
export async function setUsageLocation(
  wire: Wire,
  userId: UserId,
  country: string | undefined,
): Promise<ChangeAnswer> {
  return update(wire, 'users.update.usageLocation', userId, { usageLocation: country ?? null });
}

const REVOKED = z.object({ value: z.boolean() });

/** Ends all refresh tokens of somebody. */
export async function revokeSessions(wire: Wire, userId: UserId): Promise<ChangeAnswer> {
  const operation = 'users.revokeSignInSessions';
  const answer = await wire.send({
    operation,
    family: 'identityWrites',
    method: 'POST',
    address: `${userPath(userId)}/revokeSignInSessions`,
    write: 'repeatable',
    alsoAccept: [400, 403, 404],
  });
  if (answer.status === 404) return { kind: 'personGone' };
  if (answer.status >= 400) return accountRefusal(wire, operation, userId, answer);
  if (!parseAnswer(operation, REVOKED, answer.json).value)
    throw unexpectedAnswer(operation, 'it says that no session was ended');
  return { kind: 'accepted' };
}

async function update(
  wire: Wire,
  operation: GraphRequest['operation'],
  userId: UserId,
  body: Readonly<Record<string, unknown>>,
): Promise<ChangeAnswer> {
  const answer = await wire.send({
    operation,
    family: 'identityWrites',
    method: 'PATCH',
    address: userPath(userId),
    body,
    write: 'repeatable',
    alsoAccept: [400, 403, 404],
  });
  if (answer.status === 404) return { kind: 'personGone' };
  return answer.status < 300 ? { kind: 'accepted' } : accountRefusal(wire, operation, userId, answer);
}
