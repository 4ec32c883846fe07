import type { CaseIn } from '../cases/case.js';
import { mailBackUntil } from '../cases/mail-gone.js';
import { text } from '../i18n/text.js';
import type { Answerable, CaseView } from './case-view.js';
import { mailboxAtRisk } from './effects.js';
import { dateText } from './dates.js';
import { box, line, type Part } from './elements.js';

type Deciding = Answerable | CaseIn<'hrProposed'>;

/** Safety rule 7: what becomes of the mail is said before anybody answers, or agrees. */
export function mailWarning(c: Deciding, view: CaseView): readonly Part[] {
  if (!losesMail(c, view)) return [];
  const lostBy = mailboxAtRisk(c, 'reclaim') ? 'taken' : 'reassigned';
  // HR reassigns nothing.
  if (lostBy === 'reassigned' && (c.state === 'hrReview' || c.state === 'hrProposed')) return [];
  return [box('warning', [line(text(view, `question.mailLost.${lostBy}`))])];
}

/** An undo brings mail back for a shorter time than the rest. */
export function mailUntil(c: CaseIn<'holding'>, view: CaseView): readonly Part[] {
  const until = mailBackUntil(c);
  if (until === undefined || until >= c.holdUntil) return [];
  return [line(text(view, 'case.mailUntil', { date: dateText(until, view) }))];
}

/** The policy has accepted that mail goes with the license. */
export function losesMail(c: Deciding, view: CaseView): boolean {
  // What another license gives as well stays: the mailbox lives on under that one.
  const stays = c.licenses.every(
    ({ hasMailboxPlan, unused }) => !hasMailboxPlan || unused?.kind === 'covered',
  );
  return mailboxAtRisk(c, 'reassign') && !stays && view.policy.reclaim.mailbox === 'waive';
}
