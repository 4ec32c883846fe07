import { caseSummary } from '../cards/case-card.js';
import { whenText, type CaseView } from '../cards/case-view.js';
import { timeText } from '../cards/dates.js';
import { messageText } from '../cards/escape.js';
import type { RemindOutcome } from '../cases/answering/desk.js';
import { text } from '../i18n/text.js';
import type { Shown } from './answer.js';
import { say } from './say.js';

/** What came of wanting somebody reminded, in words. */
export function reminded(outcome: RemindOutcome, view: CaseView): Extract<Shown, { kind: 'text' }> {
  if (outcome.kind === 'noSuchCase') return say(text(view, 'remind.noSuchCase'));
  if (outcome.kind === 'held') return say(text(view, `admin.brake.${outcome.brake}`));
  const subject = messageText(outcome.case.subject.displayName);
  if (outcome.kind === 'notAsked') {
    const standing = messageText(caseSummary(outcome.case, { ...view, reader: 'admin' }), 400);
    return say(text(view, 'remind.notAsked', { subject, standing }));
  }
  if (outcome.kind === 'yourself') return say(text(view, 'remind.yourself', { subject }));
  const name = messageText(outcome.askedOf);
  const due = whenText(outcome.case.answerDue, view);
  switch (outcome.kind) {
    case 'reminds':
      return outcome.isNow
        ? say(text(view, 'remind.now', { name, subject, due }))
        : say(text(view, 'remind.at', { name, subject, due, at: timeText(outcome.at, view) }));
    case 'comesAnyway':
      return say(text(view, 'remind.comesAnyway', { name, subject, at: timeText(outcome.at, view) }));
    case 'tooSoon':
      return say(text(view, 'remind.tooSoon', { name, subject, from: timeText(outcome.from, view) }));
    case 'tooLate':
      return say(text(view, 'remind.tooLate', { name, subject, due }));
    default:
      return outcome satisfies never;
  }
}
