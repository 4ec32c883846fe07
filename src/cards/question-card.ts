import type { CardJson } from '../bot/messenger.js';
import type { CaseIn } from '../cases/case.js';
import type { AnswerOutcome, CardAnswer } from '../cases/answering/desk.js';
import { answerForms, rarerForms, type Form, type FormFill } from './answer-forms.js';
import { isForReviewer, whenText, type Answerable, type CaseView } from './case-view.js';
import { effectsOf, mailboxAtRisk } from './effects.js';
import { effectsForHr } from './hr-cards.js';
import { evidence, evidenceInShort, licenseCost, licenseNames, licenses, who } from './case-parts.js';
import { box, card, facts, heading, line, opens, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';

/** The question as the manager gets it, or an admin to whom it was handed; nothing is chosen beforehand. */
export function questionCard(c: Answerable, view: CaseView): CardJson {
  const mayNow = mayAnswer(c, view);
  return card(
    [...question(c, view), ...(mayNow ? [] : [quiet('The person asked has not answered yet.')])],
    mayNow ? buttons(answerForms(c, view), rarerForms(c, view)) : [],
  );
}

function buttons(usual: readonly Form[], rarer: readonly Form[]): readonly Part[] {
  return [...usual.map(alone), ...(rarer.length === 0 ? [] : [more(rarer)])];
}

function alone({ title: text, body, send }: Form): Part {
  return opens(text, body, [send]);
}

function more(forms: readonly Form[]): Part {
  const body = [line('With each of these, nothing is removed.'), ...forms.flatMap((form) => form.body)];
  return opens(
    'More',
    body,
    forms.map(({ send }) => send),
  );
}

function mayAnswer(c: Answerable, view: CaseView): boolean {
  if (c.state === 'hrReview') return isForReviewer(view);
  return (c.state === 'adminReview') === (view.reader === 'admin');
}

/** An answer that could not be taken: says why, keeps what was typed, and lets it be corrected in place. */
export function problemCard(
  outcome: Extract<AnswerOutcome, { kind: 'incomplete' }> & { readonly case: Answerable },
  typed: CardAnswer,
  view: CaseView,
): CardJson {
  const fill: FormFill = { typed, choices: outcome.choices };
  const others = answerForms(outcome.case, view, fill).filter(({ kind }) => kind !== typed.kind);
  const seldom = rarerForms(outcome.case, view, fill).filter(({ kind }) => kind !== typed.kind);
  const mine = [...answerForms(outcome.case, view, fill), ...rarerForms(outcome.case, view, fill)].find(
    ({ kind }) => kind === typed.kind,
  );
  return card(
    [
      ...question(outcome.case, view),
      box('attention', [
        heading('Not sent yet'),
        ...outcome.problems.map((problem) => line(cardText(problem, 300))),
      ]),
      ...(mine ? [heading(mine.title), ...mine.body] : []),
    ],
    [...(mine ? [mine.send] : []), ...buttons(others, seldom)],
  );
}

/** Text of the notification. It can appear on a locked screen, so it names nobody. */
export function questionSummary(c: CaseIn<'asked'>, view: CaseView): string {
  const count = c.licenses.length;
  const what = count === 1 ? 'A license in your team looks' : `${count} licenses in your team look`;
  return `${what} unused. Please answer by ${whenText(c.answerDue, view)}.`;
}

function question(c: Answerable, view: CaseView): readonly Part[] {
  const many = c.licenses.length > 1;
  return [
    title(many ? 'Are these licenses still needed?' : 'Is this license still needed?'),
    line(whyYou(c, view)),
    box('emphasis', [...who(c), line(inShort(c, view))]),
    ...(c.state === 'hrReview' ? evidenceInShort(c) : evidence(c)),
    ...(many ? licenses(c, view) : []),
    ...mailbox(c, view),
    ...consequences(c, view),
  ];
}

/** What it is about at a glance: `Microsoft 365 E5 · $684 a year`. */
function inShort(c: Answerable, view: CaseView): string {
  const [only] = c.licenses;
  if (only === undefined || c.licenses.length > 1) return `**${licenseNames(c.licenses)}**`;
  return `**${cardText(only.name)}** · ${licenseCost(only, view)}`;
}

function whyYou(c: Answerable, view: CaseView): string {
  if (c.state === 'hrReview')
    return 'Only HR sees this, and every look at it is written down. The manager and the administrators are not told.';
  if (c.state === 'adminReview') return `An administrator has to decide. ${cardText(c.why, 300)}`;
  const due = whenText(c.answerDue, view);
  const { manager } = c;
  const byManager = manager !== undefined && manager.id === c.askedOf;
  if (view.reader === 'admin') {
    return `Asked: ${byManager ? `the manager, ${cardText(manager.displayName)}` : 'somebody other than the manager'}. Due ${due}.`;
  }
  const why = byManager ? 'as the manager named in the directory' : 'because the manager could not be asked';
  return `Your IT department asks you ${why}. Please answer by **${due}**.`;
}

/** Safety rule 7: what becomes of the mail is said before anybody answers. */
function mailbox(c: Answerable, view: CaseView): readonly Part[] {
  if (!losesMail(c, view)) return [];
  const lostBy = mailboxAtRisk(c, 'reclaim') ? 'taken back' : 'reassigned';
  return [
    box('warning', [
      line(
        `**If it is ${lostBy}, mail is lost.** The license includes a mailbox. 30 days after the license is gone, ` +
          'the mailbox and its mail are deleted for good. Your organization has accepted this.',
      ),
    ]),
  ];
}

/** The policy has accepted that mail goes with the license. */
export function losesMail(c: Answerable, view: CaseView): boolean {
  // What another license gives as well stays: the mailbox lives on under that one.
  const stays = c.licenses.every(
    ({ hasMailboxPlan, unused }) => !hasMailboxPlan || unused?.kind === 'covered',
  );
  return mailboxAtRisk(c, 'reassign') && !stays && view.policy.reclaim.mailbox === 'waive';
}

function consequences(c: Answerable, view: CaseView): readonly Part[] {
  const { reassign, reclaim } = effectsOf(c, view);
  if (c.state === 'hrReview')
    return [heading('What your answer does'), facts(effectsForHr(c, reclaim, view))];
  return [
    heading('What your answer does'),
    facts([
      ['Keep', 'Nothing changes. You give a reason and are asked again after a date that you choose.'],
      ['Reassign', reassign],
      ['Reclaim', reclaim],
    ]),
    ...(c.state === 'asked'
      ? [
          line(
            '**If you do not answer, nothing is removed.** The next manager is asked instead, or your IT administrators.',
          ),
        ]
      : []),
  ];
}
