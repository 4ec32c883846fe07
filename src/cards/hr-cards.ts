import type { CardJson } from '../bot/messenger.js';
import type { Case, CaseIn } from '../cases/case.js';
import { alsoProtectedBy, CANNOT_RECLAIM } from '../cases/hr/sealed.js';
import { evidenceInShort, licenseNames, who } from './case-parts.js';
import { byAt, type CaseView } from './case-view.js';
import { effectsOf } from './effects.js';
import { box, button, card, facts, heading, line, quiet, title } from './elements.js';
import { cardText } from './escape.js';
import { yearlyText } from './money-text.js';

/** What HR's answers do, as rows; `reclaim`: what a reclaim does once it is decided. */
export function effectsForHr(
  c: CaseIn<'hrReview'>,
  reclaim: string,
  { policy }: CaseView,
): readonly (readonly [string, string])[] {
  const second =
    policy.approvals.second === 'required'
      ? 'Somebody else of HR has to agree first.'
      : 'Somebody else of HR has to agree first, where there is somebody.';
  const isHeld = alsoProtectedBy(c).length > 0;
  return [
    ['Keep', 'Nothing changes. You give a reason and are asked again after a date that you choose.'],
    ['On leave', 'Nothing changes. You are asked again after the day of the return; no reason is needed.'],
    ['Reclaim', isHeld ? CANNOT_RECLAIM : `${second} ${reclaim}`],
    ['No answer', 'Nothing changes. The case stays here.'],
  ];
}

/** A proposal that waits for a second person; whoever made it can only take it back. */
export function proposalCard(
  c: CaseIn<'hrProposed'>,
  view: CaseView,
  problems: readonly string[] = [],
): CardJson {
  const { proposal } = c;
  const isMine = view.reader === 'hrAsker';
  const data = (answer: 'approve' | 'decline') => ({ caseId: c.caseId, version: c.version, answer });
  return card(
    [
      title(isMine ? 'Waits for somebody else of HR' : 'Do you agree?'),
      line(`**Reclaim** was proposed ${byAt(cardText(proposal.by.displayName), proposal.at, view)}.`),
      ...(proposal.reason === undefined ? [] : [line(`Reason: ${cardText(proposal.reason, 500)}`)]),
      box('emphasis', [
        ...who(c),
        line(`**${licenseNames(c.licenses)}** · ${yearlyText(c.annualCost, view.locale)}`),
      ]),
      ...evidenceInShort(c),
      heading('What your answer does'),
      facts([
        ...(isMine ? [] : [['Agree', effectsOf(c, view).reclaim] as const]),
        [isMine ? 'Take it back' : 'Decline', 'Nothing is removed. The case waits for another answer of HR.'],
        ['No answer', 'Nothing is removed.'],
      ]),
      ...(problems.length === 0
        ? []
        : [
            box('attention', [
              heading('Not sent'),
              ...problems.map((problem) => line(cardText(problem, 300))),
            ]),
          ]),
    ],
    [
      ...(isMine
        ? []
        : [button({ title: 'Agree', verb: 'answer', data: data('approve'), style: 'destructive' })]),
      button({ title: isMine ? 'Take it back' : 'Decline', verb: 'answer', data: data('decline') }),
    ],
  );
}

/**
 * What waits for HR.
 * @param more how many there are beside those shown
 */
export function hrQueueCard(cases: readonly Case[], more: number, view: CaseView): CardJson {
  return card([
    title(hrQueueHeadline(cases.length + more)),
    ...cases.map((c) => line(rowText(c, view))),
    ...(more > 0 ? [line(`and ${more} more, which come up as these are answered.`)] : []),
    quiet('Only HR sees this, and every look at it is written down. Write **case NAME** to answer one.'),
  ]);
}

export function hrQueueHeadline(count: number): string {
  return count === 1 ? '1 case waits for HR' : `${count} cases wait for HR`;
}

function rowText(c: Case, view: CaseView): string {
  const about = `**${cardText(c.subject.displayName, 80)}**: ${licenseNames(c.licenses)}`;
  const cost = yearlyText(c.annualCost, view.locale);
  return `${about} · ${cost}. ${toDo(c)}`;
}

function toDo(c: Case): string {
  switch (c.state) {
    case 'hrReview':
      return 'To decide.';
    case 'hrProposed':
      return `To agree with: ${cardText(c.proposal.by.displayName)} wants to reclaim.`;
    case 'needsPerson':
      return `To do: ${cardText(c.task, 200)}`;
    default:
      return '';
  }
}
