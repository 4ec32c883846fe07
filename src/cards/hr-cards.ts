import { promiseOf } from '../cases/answering/promise.js';
import type { CardJson } from '../bot/messenger.js';
import type { HrQueue } from '../cases/answering/desk.js';
import type { Case, CaseIn } from '../cases/case.js';
import { parkingOf } from '../cases/decision.js';
import { alsoProtectedBy, CANNOT_RECLAIM } from '../cases/hr/sealed.js';
import type { Language } from '../i18n/locale.js';
import { sentenceIn, sentencesIn } from '../i18n/sentences.js';
import { text, type ReadyText } from '../i18n/text.js';
import { evidenceInShort, licenseNames, who } from './case-parts.js';
import { byAt, type CaseView } from './case-view.js';
import { effectsOf } from './effects.js';
import { box, button, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { mailWarning } from './mail-warning.js';
import { yearlyText } from './money-text.js';
import { licensesOf, parkingText, returnText, whyNotParkable } from './parking-text.js';

/** What HR's answers do, as rows; `effect`: what a reclaim does once it is decided. */
export function effectsForHr(
  c: CaseIn<'hrReview'>,
  effect: ReadyText,
  view: CaseView,
): readonly (readonly [string, string])[] {
  const isHeld = alsoProtectedBy(c).length > 0;
  return [
    [text(view, 'answer.keep'), text(view, 'question.keepDoes')],
    [text(view, 'answer.onLeave'), text(view, 'hr.onLeaveDoes')],
    ...(isHeld ? [] : parkingRow(c, view)),
    [
      text(view, 'answer.reclaim'),
      isHeld ? sentenceIn(view, CANNOT_RECLAIM) : text(view, agreedBy(view), { effect }),
    ],
    [text(view, 'answer.none'), text(view, 'hr.noAnswerDoes')],
  ];
}

/** Why it cannot be is said where the policy lets somebody expect it. */
function parkingRow(c: CaseIn<'hrReview'>, view: CaseView): readonly (readonly [string, string])[] {
  const parked = parkingText(c, view);
  const says =
    parked === undefined ? whyNotParkable(c, view) : text(view, agreedBy(view), { effect: parked });
  return says === undefined ? [] : [[text(view, 'answer.park'), says]];
}

function agreedBy({ policy }: CaseView): 'hr.reclaimDoes' | 'hr.reclaimDoesIfAny' {
  return policy.approvals.second === 'required' ? 'hr.reclaimDoes' : 'hr.reclaimDoesIfAny';
}

/** A proposal that waits for a second person; whoever made it can only take it back. */
export function proposalCard(
  c: CaseIn<'hrProposed'>,
  view: CaseView,
  problems: readonly string[] = [],
): CardJson {
  const { proposal } = c;
  const isMine = view.reader === 'hrAsker';
  const by = byAt(cardText(proposal.by.displayName), proposal.at, view);
  const about = licensesOf(c);
  const licenses = licenseNames(about.licenses, view);
  const cost = yearlyText(about.annualCost, view.locale);
  return card(
    [
      title(text(view, isMine ? 'hr.titleMine' : 'hr.title')),
      line(text(view, `hr.proposed.${proposal.kind}`, { by })),
      ...(proposal.reason === undefined
        ? []
        : [line(text(view, 'hr.reason', { reason: cardText(proposal.reason, 500) }))]),
      box('emphasis', [...who(c), line(text(view, 'license.nameAndCost', { licenses, cost }))]),
      ...evidenceInShort(c, view),
      ...(isMine || proposal.kind === 'park' ? [] : mailWarning(c, view)),
      heading(text(view, 'question.effects')),
      facts([
        ...(isMine ? [] : [[text(view, 'hr.agree'), effectOf(c, view)] as const]),
        [text(view, isMine ? 'hr.takeBack' : 'hr.decline'), text(view, 'hr.declineDoes')],
        [text(view, 'answer.none'), text(view, 'hr.silence')],
      ]),
      ...(problems.length === 0 ? [] : [notSent(problems, view)]),
    ],
    secondButtons(c, view),
  );
}

/** What it does to agree. */
function effectOf(c: CaseIn<'hrProposed'>, view: CaseView): ReadyText {
  if (c.proposal.kind === 'reclaim') return effectsOf(c, view).reclaim;
  return parkingText(c, view, c.proposal) ?? text(view, 'effect.parkedNoMore');
}

function notSent(problems: readonly string[], view: CaseView): Part {
  const lines = problems.map((problem) => line(cardText(sentencesIn(view, problem), 300)));
  return box('attention', [heading(text(view, 'hr.notSent')), ...lines]);
}

function secondButtons(c: CaseIn<'hrProposed'>, view: CaseView): readonly Part[] {
  const { caseId, version } = c;
  const isMine = view.reader === 'hrAsker';
  const data = (answer: 'approve' | 'decline') => ({ caseId, version, answer });
  const promise = promiseOf(c, view.policy);
  const agree = {
    title: text(view, 'hr.agree'),
    verb: 'answer',
    data: { ...data('approve'), promise },
  } as const;
  const decline = text(view, isMine ? 'hr.takeBack' : 'hr.decline');
  return [
    ...(isMine || !canBeAgreedTo(c, view) ? [] : [button({ ...agree, style: 'destructive' })]),
    button({ title: decline, verb: 'answer', data: data('decline') }),
  ];
}

function canBeAgreedTo(c: CaseIn<'hrProposed'>, view: CaseView): boolean {
  return c.proposal.kind !== 'park' || parkingText(c, view, c.proposal) !== undefined;
}

/** What waits for HR, and what is parked until somebody's return. */
export function hrQueueCard({ cases, more, parked, moreParked }: HrQueue, view: CaseView): CardJson {
  const after = parked.length === 0 ? [] : [quiet(text(view, 'hr.parkedNote'))];
  return card([
    title(hrQueueHeadline(cases.length + more, view)),
    ...cases.map((c) => line(rowText(c, view))),
    ...(more > 0 ? [line(text(view, 'hr.queueMore', { count: more }))] : []),
    ...parked.map((c) => line(rowText(c, view))),
    ...(moreParked > 0 ? [line(text(view, 'hr.parkedMore', { count: moreParked }))] : []),
    ...after,
    quiet(text(view, 'hr.queueNote')),
  ]);
}

export function hrQueueHeadline(count: number, reader: Language): ReadyText {
  return text(reader, 'hr.queue', { count });
}

function rowText(c: Case, view: CaseView): ReadyText {
  const about = licensesOf(c);
  const row = {
    name: cardText(c.subject.displayName, 80),
    licenses: licenseNames(about.licenses, view),
    cost: yearlyText(about.annualCost, view.locale),
  };
  const todo = toDo(c, view);
  return todo === undefined ? text(view, 'hr.rowDone', row) : text(view, 'hr.row', { ...row, todo });
}

function toDo(c: Case, view: CaseView): ReadyText | undefined {
  switch (c.state) {
    case 'hrReview':
      return text(view, 'hr.toDecide');
    case 'hrProposed':
      return text(view, `hr.toAgree.${c.proposal.kind}`, { name: cardText(c.proposal.by.displayName) });
    case 'needsPerson':
      return text(view, 'hr.toDo', { task: cardText(sentencesIn(view, c.task), 200) });
    case 'holding': {
      const parking = parkingOf(c);
      return parking && text(view, 'hr.parkedUntil', { date: returnText(parking, view) });
    }
    default:
      return undefined;
  }
}
