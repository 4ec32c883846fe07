import { leavableIn } from '../cases/answering/letting-be.js';
import type { CaseIn } from '../cases/case.js';
import { text } from '../i18n/text.js';
import { isForReviewer, type CaseView } from './case-view.js';
import { quiet, type Part } from './elements.js';
import { cardText } from './escape.js';
import { returnWaits } from './parking-text.js';

/** An admin may let be what nobody does, and HR all that is left of its own cases. */
export function mayLetBe(c: CaseIn<'needsPerson'>, view: CaseView): readonly Part[] {
  const isOnlooker = view.reader !== 'admin' && !isForReviewer(view);
  if (isOnlooker || leavableIn(c, 'rest').is !== 'leavable') return [];
  const name = cardText(c.subject.displayName);
  const undo = returnWaits(c) === undefined ? 'case.mayLetBeUndone' : 'case.mayLeaveRest';
  if (c.undoneBy !== undefined) return [quiet(text(view, undo, { name }))];
  const isAlone = view.reader === 'admin' && leavableIn(c, 'task').is === 'leavable';
  return [quiet(text(view, isAlone ? 'case.mayLetBe' : 'case.mayLeaveRest', { name }))];
}
