import type { CaseIn } from '../cases/case.js';
import { mailBackUntil } from '../cases/mail-gone.js';
import { insideInWords, isBeyondShared } from '../cases/mailbox-use.js';
import { sentenceIn } from '../i18n/sentences.js';
import { text, type ReadyText } from '../i18n/text.js';
import { gigabytes, SHARED_ROOM } from '../spend/mailbox-room.js';
import type { Answerable, CaseView } from './case-view.js';
import { dateText, dayText } from './dates.js';
import { mailboxAtRisk } from './effects.js';
import { box, line, quiet, type Part } from './elements.js';

type Deciding = Answerable | CaseIn<'hrProposed'>;

/** Safety rule 7: what becomes of the mail, and what is in the mailbox, is said before anybody answers, or agrees. */
export function mailWarning(c: Deciding, view: CaseView): readonly Part[] {
  if (!losesMail(c, view)) return insideMailbox(c, view);
  const lostBy = mailboxAtRisk(c, 'reclaim') ? 'taken' : 'reassigned';
  // HR reassigns nothing.
  if (lostBy === 'reassigned' && isOfHr(c)) return [];
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
  return takesMailbox(c, 'reassign') && view.policy.reclaim.mailbox === 'waive';
}

/** What another license gives as well stays: the mailbox lives on under that one. */
function takesMailbox(c: Deciding, answer: 'reclaim' | 'reassign'): boolean {
  const stays = c.licenses.every(
    ({ hasMailboxPlan, unused }) => !hasMailboxPlan || unused?.kind === 'covered',
  );
  return mailboxAtRisk(c, answer) && !stays;
}

function isOfHr({ state }: Deciding): boolean {
  return state === 'hrReview' || state === 'hrProposed';
}

/** A mailbox is to do without a license, and was found with more than that allows; undefined: no such thing is known. */
export function mailNeedsLicense(c: Deciding, view: CaseView): ReadyText | undefined {
  const use = isToBeShared(c, view) ? c.mailboxUse : undefined;
  if (use === undefined || !isBeyondShared(use)) return undefined;
  return text(view, 'question.mailNeeds', { ...insideText(use, view), count: gigabytes(SHARED_ROOM) });
}

function isToBeShared(c: Deciding, view: CaseView): boolean {
  return takesMailbox(c, isOfHr(c) ? 'reclaim' : 'reassign') && view.policy.reclaim.mailbox === 'convert';
}

function insideMailbox(c: Deciding, view: CaseView): readonly Part[] {
  if (!isToBeShared(c, view)) return [];
  const needs = mailNeedsLicense(c, view);
  if (needs !== undefined) return [box('warning', [line(needs)])];
  const { mailboxUse: use } = c;
  return [
    quiet(
      use === undefined
        ? text(view, 'question.mailUnknown')
        : text(view, 'question.mailInside', insideText(use, view)),
    ),
  ];
}

function insideText(
  use: NonNullable<Deciding['mailboxUse']>,
  view: CaseView,
): { readonly inside: ReadyText; readonly date: ReadyText } {
  // Words and figures of ours.
  const inside = sentenceIn(view, insideInWords(use), 'part.') as ReadyText;
  return { inside, date: dayText(use.asOf, view) };
}
