import type { UserId } from '../../audit/person.js';
import type { Json } from '../../store/history.js';
import type { Stored } from '../../store/store.js';
import { instant, type Case, type CaseIn, type MessageRef } from '../case.js';
import type { Doors } from '../doors.js';
import { MOST_ON_A_CARD } from './outbox.js';
import { createDigest } from './run-digest.js';
import { forCase } from './run-for-case.js';
import { keepInTheEnd, keepSoon } from './run-kept-cards.js';
import { letterOf, seenAbout, type MessageFacts } from './run-letter.js';
import { move } from '../run-move.js';

/**
 * Sends questions that wait for somebody once more, for a chat that was emptied; their clocks run on.
 * @param waiting oldest first; as many as fit on a card are sent
 * @returns how many were sent
 */
export async function sendAgain(doors: Doors, userId: UserId, waiting: readonly Case[]): Promise<number> {
  const cases = await stillAsked(doors, userId, waiting.slice(0, MOST_ON_A_CARD));
  const [first] = cases;
  if (first === undefined) return 0;
  const digestId = `digest-${doors.random.id()}`;
  const drawnAt = instant(doors.clock.now());
  const locale = await doors.localeOf(userId);
  const facts = { digestId, userId, drawnAt, answerDue: first.answerDue, locale };
  const { card, summary } = letterOf(doors, { ...facts, cases });
  // Looked up before, so that nothing but the store can fail once the card is there.
  const askedOf = (await doors.graph.person(userId))?.displayName ?? userId;
  const delivery = await doors.messenger.send(userId, card, summary);
  if (delivery.kind !== 'delivered') return 0;
  const message: MessageRef = cases.length > 1 ? { ...delivery.message, digestId } : delivery.message;
  try {
    return await tellCases(doors, cases, { displayName: askedOf, message, facts });
  } catch (error) {
    for (const { caseId } of cases) await keepSoon(doors, caseId, { to: userId, message });
    throw error;
  }
}

/** @returns how many of them are still asked about */
async function tellCases(
  doors: Doors,
  cases: readonly CaseIn<'asked'>[],
  to: { readonly displayName: string; readonly message: MessageRef; readonly facts: MessageFacts },
): Promise<number> {
  const { displayName, message, facts } = to;
  const { userId } = facts;
  if (message.digestId !== undefined) {
    const shown = cases.map(({ caseId, version }) => ({ caseId, shows: version + 1 }));
    const row = {
      id: message.digestId,
      kind: 'digest',
      userId,
      message,
      cases: shown,
      lease: undefined,
    } as const;
    await createDigest(doors, row);
  }
  let sent = 0;
  for (const { caseId, version, message: earlier } of cases) {
    const replaces = earlier === undefined ? [] : [earlier];
    const moved = await forCase(doors, caseId, async (stored) => {
      if (!isAsked(stored, userId) || stored.doc.version !== version) {
        await keepInTheEnd(doors, stored, { to: userId, message, replaces });
        return false;
      }
      const card = seenAbout(doors, stored.doc, facts, cases.length) as Json;
      const by = { actor: 'system', lease: 'release', details: { askedOf: displayName, card } } as const;
      await move(doors, stored, { type: 'askedAgain', message }, by);
      return true;
    });
    if (moved === true) sent += 1;
  }
  return sent;
}

async function stillAsked(
  doors: Doors,
  userId: UserId,
  waiting: readonly Case[],
): Promise<readonly CaseIn<'asked'>[]> {
  const cases: CaseIn<'asked'>[] = [];
  for (const { caseId } of waiting) {
    const c = await forCase(doors, caseId, async (stored) =>
      isAsked(stored, userId) ? stored.doc : undefined,
    );
    if (c !== undefined) cases.push(c);
  }
  return cases;
}

function isAsked(stored: Stored<Case>, userId: UserId): stored is Stored<CaseIn<'asked'>> {
  return stored.doc.state === 'asked' && stored.doc.askedOf === userId;
}
