import type { UserId } from '../audit/person.js';
import { errorOf, failureOf } from './classify.js';
import type { GraphAnswer } from './graph-call.js';
import type { ChangeAnswer } from './graph-door.js';
import { GraphFailure } from './graph-failure.js';
import { OPERATIONS } from './permissions.js';
import type { Operation } from './permissions.js';
import { readRoleHolders } from './roles.js';
import type { Wire } from './wire.js';

const ROLE_HOLDER =
  'Microsoft Graph changes no account that holds a directory role, or is in a group that may hold one.';
const IN_AD = 'The account is mastered in AD: change it there.';

/**
 * Tells apart the refusals of a change of an account. A missing permission and a protected account get the same 403,
 * so the token and, where it does not tell, the directory roles decide which of the two it was.
 * @throws GraphFailure for a missing permission and for what we do not know
 */
export async function accountRefusal(
  wire: Wire,
  operation: Operation,
  userId: UserId,
  answer: GraphAnswer,
): Promise<Extract<ChangeAnswer, { kind: 'refused' }>> {
  if (isMasteredInAd(answer)) return { kind: 'refused', message: IN_AD };
  if (answer.status === 403 && (await isProtected(wire, operation, userId)))
    return { kind: 'refused', message: ROLE_HOLDER };
  throw failureOf(operation, answer);
}

/** Graph writes that an object belongs to AD; codes do not tell it from other bad requests. */
export function isMasteredInAd({ status, json }: GraphAnswer): boolean {
  const text = errorOf(json).message?.toLowerCase() ?? '';
  return status === 400 && text.includes('on-premises') && text.includes('directory sync');
}

async function isProtected(wire: Wire, operation: Operation, userId: UserId): Promise<boolean> {
  const granted = await wire.granted();
  if (granted !== undefined) return isGranted(granted, operation);
  try {
    return (await readRoleHolders(wire)).active.has(userId);
  } catch (error) {
    // Whoever may not read roles cannot say that it was one.
    if (error instanceof GraphFailure && error.kind === 'forbidden') return false;
    throw error;
  }
}

/** `User.ReadWrite.All` allows every change of an account. */
function isGranted(granted: ReadonlySet<string>, operation: Operation): boolean {
  const [least = ''] = OPERATIONS[operation].permissions;
  return granted.has(least) || granted.has('User.ReadWrite.All') || granted.has('Directory.ReadWrite.All');
}
