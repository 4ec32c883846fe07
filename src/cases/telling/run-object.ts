import type { UserId } from '../../audit/person.js';
import { LONGEST_REASON } from '../answering/answer-rules.js';
import type { ObjectionOutcome } from '../answering/desk.js';
import { nameOf, readCase } from '../answering/run-rights.js';
import { withOwned } from '../asking/run-owned.js';
import type { CaseId } from '../case.js';
import type { Doors } from '../doors.js';
import { isSealed } from '../hr/sealed.js';
import { move } from '../run-move.js';
import { takesObjection } from './notice.js';

/**
 * Stops the steps because the person still needs the license. Only they themself, by their object id, and only what they
 * were told about (safety rule 10); for everybody else there is no such case.
 */
export async function object(
  doors: Doors,
  { caseId, by, reason }: { readonly caseId: CaseId; readonly by: UserId; readonly reason: string },
): Promise<ObjectionOutcome> {
  const stored = await readCase(doors, caseId);
  if (stored === undefined) return { kind: 'noSuchCase' };
  const { doc: c } = stored;
  if (c.userId !== by || c.notice === undefined || isSealed(c)) return { kind: 'noSuchCase' };
  if (reason.trim().length > LONGEST_REASON) return { kind: 'tooLong' };
  if (!takesObjection(c)) return { kind: 'movedOn', case: c };
  const person = await nameOf(doors, by);
  const event = { type: 'objected', by: person, reason: reason.trim() } as const;
  // Admins decide, and see what is so now.
  const looked = { doc: await withOwned(doors, c), etag: stored.etag };
  const moved = await move(doors, looked, event, { actor: person, lease: 'release' });
  return { kind: 'accepted', case: moved.doc };
}
