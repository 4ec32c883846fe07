import type { UserId } from '../audit/person.js';
import { userPath } from './accounts.js';
import { errorOf, failureOf } from './classify.js';
import type { GraphAnswer } from './graph-call.js';
import type { InstallAnswer } from './graph-door.js';
import { addressBelow } from './wire.js';
import type { Wire } from './wire.js';

/**
 * Installs an app of the tenant's catalog for somebody. One that is there already stays as it is: 409 is success
 * (microsoft-graph.md 9).
 */
export async function installApp(wire: Wire, userId: UserId, appId: string): Promise<InstallAnswer> {
  const operation = 'teamwork.installedApps.add';
  const app = addressBelow(wire.base, `/appCatalogs/teamsApps/${encodeURIComponent(appId)}`);
  const answer = await wire.send({
    operation,
    family: 'teams',
    method: 'POST',
    address: `${userPath(userId)}/teamwork/installedApps`,
    body: { 'teamsApp@odata.bind': app },
    write: 'repeatable',
    alsoAccept: [403, 404, 409],
  });
  if (answer.status < 300 || answer.status === 409) return { kind: 'installed' };
  if (answer.status === 404 || isBlockedByPolicy(answer))
    return { kind: 'refused', code: errorOf(answer.json).code ?? `Http${answer.status}` };
  throw failureOf(operation, answer);
}

/** A missing permission gets the same 403 and code; only Graph's words tell that it is about the person. */
function isBlockedByPolicy({ json }: GraphAnswer): boolean {
  return /blocked by app permission policy/i.test(errorOf(json).message ?? '');
}
