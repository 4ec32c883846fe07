import type { Case } from '../cases/case.js';
import type { UndoOutcome } from '../cases/answering/desk.js';
import { isSealed } from '../cases/hr/sealed.js';
import { caseCard, caseSummary, standingText } from '../cards/case-card.js';
import { isForReviewer, readerOf, type CaseView } from '../cards/case-view.js';
import { messageText } from '../cards/escape.js';
import { explainCard, historyCard } from '../cards/history-cards.js';
import { text } from '../i18n/text.js';
import type { Answer, Asker, ChatSources, Shown } from './answer.js';
import { noCase } from './not-found.js';
import { say } from './say.js';

/** What somebody asked about one case. */
export async function aboutCase(
  about: 'case' | 'history' | 'explain' | 'undo',
  c: Case,
  asker: Asker,
  { readModel }: ChatSources,
  view: CaseView,
): Promise<Answer> {
  if (about === 'undo') return { kind: 'undo', caseId: c.caseId };
  if (about === 'case') return caseAnswer(c, asker, view);
  const theirs = viewFor(c, asker, view);
  const eyes = isForReviewer(theirs) ? 'hr' : asker.userId;
  const lines = await readModel.historyOf(c.caseId, view, eyes);
  const card = about === 'explain' ? explainCard(c, lines, theirs) : historyCard(c, lines, theirs);
  return { kind: 'card', card, summary: text(view, `summary.${about}`) };
}

/** The card of a case, which is edited when that moves on. */
export function caseAnswer(c: Case, asker: Asker, view: CaseView): Shown {
  const theirs = viewFor(c, asker, view);
  return { kind: 'card', card: caseCard(c, theirs), summary: caseSummary(c, theirs), case: c };
}

/** How a case is drawn for somebody who may look at it. */
export function viewFor(c: Case, asker: Asker, view: CaseView): CaseView {
  const decides = asker.roles.includes(isSealed(c) ? 'hr' : 'admin');
  return { ...view, reader: readerOf(c, asker.userId, decides) };
}

/** What came of an undo, in words or as the card of the case. */
export function undone(outcome: UndoOutcome, asker: Asker, view: CaseView): Shown {
  switch (outcome.kind) {
    case 'accepted':
      return caseAnswer(outcome.case, asker, view);
    case 'nothingToUndo':
      return say(
        text(view, 'chat.nothingToUndo', {
          name: messageText(outcome.case.subject.displayName),
          standing: standingText(outcome.case, viewFor(outcome.case, asker, view)),
        }),
      );
    case 'notYours':
    case 'noSuchCase':
      return noCase(view);
    default:
      return outcome satisfies never;
  }
}
