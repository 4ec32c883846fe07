import type { UserId } from '../../audit/person.js';
import { isSameMessage } from '../asking/copies.js';
import { keepInTheEnd, keepSoon } from '../asking/run-kept-cards.js';
import type { CardJson } from '../../bot/messenger.js';
import type { Case, CaseId, MessageRef, PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { mayLook, nameOf, readCase, rightsOf } from './run-rights.js';

/**
 * Remembers a card of a case in somebody's chat, so that the worker edits it when the case moves on. Nothing moves by it,
 * and nothing is lost but an edit where it fails. While somebody has the case in hand, it waits for the end of that.
 * @throws ChangedMeanwhile
 */
export async function keepCard(
  doors: Doors,
  request: {
    readonly caseId: CaseId;
    readonly by: UserId;
    readonly message: MessageRef;
    readonly shows: number;
    readonly card?: CardJson;
  },
): Promise<void> {
  const { caseId, by: to, message, shows, card } = request;
  const stored = await readCase(doors, caseId);
  if (stored === undefined) return;
  try {
    if (!isTheirNotice(stored.doc, request) && !mayLook(await rightsOf(doors, stored.doc, to))) return;
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    // They have just seen it; whoever edits it looks what they may see by then.
    return keepSoon(doors, caseId, { to, message, shows });
  }
  const seen = card === undefined ? undefined : { by: await namedOrNot(doors, to), card };
  await keepInTheEnd(doors, stored, { to, message, shows, ...(seen && { seen }) });
}

/** Whose name Graph does not tell now is known by their id. */
async function namedOrNot(doors: Doors, userId: UserId): Promise<PersonRef> {
  try {
    return await nameOf(doors, userId);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return { id: userId, displayName: userId };
  }
}

/** The card that tells the person themself, who may not look at the case. */
function isTheirNotice(
  { userId, notice }: Case,
  { by, message }: { readonly by: UserId; readonly message: MessageRef },
): boolean {
  return by === userId && notice?.message !== undefined && isSameMessage(notice.message, message);
}
