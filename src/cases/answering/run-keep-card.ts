import type { UserId } from '../../audit/person.js';
import { withFurther } from '../asking/copies.js';
import { instant, type Case, type CaseId, type MessageRef } from '../case.js';
import type { Doors } from '../doors.js';
import { withLook } from '../transition.js';
import { mayLook, readCase, rightsOf } from './run-rights.js';

/**
 * Remembers a card of a case in somebody's chat, so that the worker edits it when the case moves on. Nothing moves by it,
 * and nothing is lost but an edit where it fails.
 * @returns `held`: the worker has the case, and would lose its step by a write of ours
 * @throws ChangedMeanwhile, GraphFailure
 */
export async function keepCard(
  doors: Doors,
  request: {
    readonly caseId: CaseId;
    readonly by: UserId;
    readonly message: MessageRef;
    readonly shows: number;
  },
): Promise<'done' | 'held'> {
  const { caseId, by: to, message, shows } = request;
  const stored = await readCase(doors, caseId);
  if (stored === undefined) return 'done';
  const kept = withFurther(stored.doc, { to, message, shows });
  if (kept === undefined || !mayLook(await rightsOf(doors, kept, to))) return 'done';
  if (kept.lease !== undefined) return 'held';
  await doors.store.replace<Case>('cases', withLook(kept, instant(doors.clock.now())), stored.etag);
  return 'done';
}
