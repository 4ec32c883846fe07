import type { CaseIn } from '../cases/case.js';
import { sentencesIn } from '../i18n/sentences.js';
import { text, type ReadyText } from '../i18n/text.js';
import { whenText, type CaseView } from './case-view.js';
import { line, type Part } from './elements.js';
import { cardText } from './escape.js';

/** Why what was taken for a receiver goes back to its holder; undefined: that is not so. */
export function notGivenText(
  { notGiven }: { readonly notGiven?: string | undefined },
  view: CaseView,
): ReadyText | undefined {
  return notGiven === undefined
    ? undefined
    : text(view, 'case.notGiven', { why: cardText(sentencesIn(view, notGiven), 500) });
}

/** Why a case is undone, or who asked for it. */
export function whyUndone(c: CaseIn<'undoing'>, view: CaseView): ReadyText {
  if (c.leaveOver === true) return text(view, 'case.leaveOver');
  return notGivenText(c, view) ?? text(view, 'case.undoingText', { name: cardText(c.undoneBy.displayName) });
}

/** What was taken for a receiver is to go back to its holder, or will if they cannot get it. */
export function waitingBack(c: CaseIn<'needsPerson'>, view: CaseView): readonly Part[] {
  const why = notGivenText(c, view);
  if (why !== undefined) return [line(why)];
  const from = c.watch?.giveBackFrom;
  return from === undefined ? [] : [line(text(view, 'case.goesBack', { date: whenText(from, view) }))];
}
