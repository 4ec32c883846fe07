import type { UserId } from '../audit/person.js';
import { hasDate, SUCCESSES_SINCE } from '../audit/sign-ins/sign-in.js';
import type { GraphDoor, SignInRow } from '../graph/graph-door.js';

/** Nobody in the tenant has a date of sign-in just now. */
export class SignInsBlank extends Error {
  override readonly name = 'SignInsBlank';
}

/**
 * Sign-in dates of some people. `blank`: nobody in the tenant has a date just now, so that a row without one is not that of
 * somebody who never signed in (unknown is never inactive). One more request where no row has a date.
 * @throws GraphFailure
 */
export async function provenSignInsOf(
  graph: Pick<GraphDoor, 'signInsOf' | 'anySignInSince'>,
  userIds: readonly UserId[],
): Promise<readonly SignInRow[] | 'blank'> {
  const rows = await graph.signInsOf(userIds);
  const isShown = showsDates(rows) || (await graph.anySignInSince(SUCCESSES_SINCE));
  return isShown ? rows : 'blank';
}

/** true: dates are shown at all. */
export function showsDates(rows: readonly SignInRow[]): boolean {
  return rows.some(hasDate);
}
