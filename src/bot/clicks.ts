import { caseCard } from '../cards/case-card.js';
import type { CaseView } from '../cards/case-view.js';
import { problemCard } from '../cards/question-card.js';
import { viewFor, type Asker } from '../chat/answer.js';
import type { Case } from '../cases/case.js';
import type { Desk } from '../cases/desk.js';
import type { CardJson } from './messenger.js';
import { readAnswerClick, readUndoClick } from './click-data.js';

/** What a click is answered with. */
export type ClickReply =
  /** The case as it now stands, for the person who clicked and for everybody who has the card. */
  | { readonly kind: 'case'; readonly case: Case; readonly card: CardJson }
  /** The same card again with what is wrong; only for the person who clicked. */
  | { readonly kind: 'problem'; readonly card: CardJson }
  | { readonly kind: 'text'; readonly text: string };

export const TEXTS = {
  notYours: 'This question was put to somebody else. Nothing was changed.',
  noSuchCase: 'This question no longer exists. Nothing was changed.',
  strange:
    'This button belongs to another version of the card. Nothing was changed; write **waiting** to get your questions again.',
  failed: 'Something went wrong on our side. Nothing was lost; please try again in a minute.',
  later: 'Thank you, this takes a moment. The card changes by itself when it is done.',
} as const;

/** Puts an answer to the desk, which checks who may and whether the card is current. */
export async function answerClick(
  desk: Desk,
  asker: Asker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readAnswerClick(data);
  if (!click) return { kind: 'text', text: TEXTS.strange };
  const outcome = await desk.answer({ ...click, by: asker.userId });
  switch (outcome.kind) {
    case 'accepted':
    case 'movedOn':
      return shown(outcome.case, asker, view);
    case 'incomplete': {
      const { case: c } = outcome;
      if (c.state !== 'asked' && c.state !== 'adminReview') return shown(c, asker, view);
      return {
        kind: 'problem',
        card: problemCard({ ...outcome, case: c }, click.answer, viewFor(c, asker, view)),
      };
    }
    case 'notYours':
      return { kind: 'text', text: TEXTS.notYours };
    case 'noSuchCase':
      return { kind: 'text', text: TEXTS.noSuchCase };
    default:
      return outcome satisfies never;
  }
}

export async function undoClick(
  desk: Desk,
  asker: Asker,
  data: unknown,
  view: CaseView,
): Promise<ClickReply> {
  const click = readUndoClick(data);
  if (!click) return { kind: 'text', text: TEXTS.strange };
  const outcome = await desk.undo({ ...click, by: asker.userId });
  switch (outcome.kind) {
    case 'accepted':
    case 'nothingToUndo':
      return shown(outcome.case, asker, view);
    case 'notYours':
      return { kind: 'text', text: TEXTS.notYours };
    case 'noSuchCase':
      return { kind: 'text', text: TEXTS.noSuchCase };
    default:
      return outcome satisfies never;
  }
}

/** The newest card after an edit, if the case moved on while Teams was busy with it. */
export async function newerCard(
  desk: Desk,
  asker: Asker,
  shownCase: Case,
  view: CaseView,
): Promise<CardJson | undefined> {
  const now = await desk.show({ caseId: shownCase.caseId, by: asker.userId });
  if (typeof now !== 'object' || now.version <= shownCase.version) return undefined;
  return caseCard(now, viewFor(now, asker, view));
}

function shown(c: Case, asker: Asker, view: CaseView): ClickReply {
  return { kind: 'case', case: c, card: caseCard(c, viewFor(c, asker, view)) };
}
