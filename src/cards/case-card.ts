import type { CardJson } from '../bot/messenger.js';
import type { Case, CaseIn, PersonRef, StateName } from '../cases/case.js';
import { endOf, freed, givenOnIn, givenToNobodyIn, outcomeOf } from '../cases/step-progress.js';
import { byAt, isForReviewer, whenText, type CaseView } from './case-view.js';
import { letBeIn } from '../cases/answering/waiver.js';
import { licenseNames, who } from './case-parts.js';
import { later } from './dates.js';
import { mayLetBe } from './letting-be-text.js';
import { mailUntil } from './mail-warning.js';
import { filesRow, filesToDo } from './files-text.js';
import { noticeRow } from './notice-text.js';
import { box, button, card, facts, line, quiet, title, type Part } from './elements.js';
import { sentencesIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { cardText } from './escape.js';
import { licensesOf, returnText, returnWaits } from './parking-text.js';
import { proposalCard } from './hr-cards.js';
import { cancelled, closed, undone } from './ended-cases.js';
import { kept, reasonRow } from './kept-case.js';
import { questionCard, questionSummary } from './question-card.js';
import { waitingBack, whyUndone } from './not-given-text.js';
import { stepLines } from './step-text.js';

/** A case as it stands, in every state: the question while it waits for an answer, else what became of it. */
export function caseCard(c: Case, view: CaseView): CardJson {
  if (isQuestion(c, view)) return questionCard(c, view);
  if (c.state === 'hrReview' && isForReviewer(view)) return questionCard(c, view);
  if (c.state === 'hrProposed' && isForReviewer(view)) return proposalCard(c, view);
  const { headline, body } = standing(c, view);
  const undo = view.reader === 'onlooker' ? undefined : undoTitle(c, view);
  return card(
    [title(headline), box('emphasis', who(c)), ...body],
    undo ? [button({ title: undo, verb: 'undo', data: { caseId: c.caseId, version: c.version } })] : [],
  );
}

/** Who was asked before somebody else sees that it went on; managers, that the admins have it. */
function isQuestion(c: Case, { reader }: CaseView): c is CaseIn<'asked' | 'adminReview'> {
  return c.state === 'asked' ? reader !== 'onlooker' : c.state === 'adminReview' && reader === 'admin';
}

/** The card in the chat of the person to whom the question went: with buttons only while they may use them. */
export function chatCard(c: Case, view: CaseView): CardJson {
  const to = c.message?.to;
  const askedOf = 'askedOf' in c ? c.askedOf : undefined;
  const reader = to === undefined || to === askedOf ? 'asked' : 'onlooker';
  return caseCard(c, { ...view, reader });
}

/** In place of a question that was sent once more: so that only one of them can be answered. */
export function pointerCard(view: CaseView): CardJson {
  return card([line(text(view, 'case.sentAnew'))], []);
}

/** In place of the card of a case for somebody who may not look at it any more. */
export function closedCard(view: CaseView): CardJson {
  return card([line(text(view, 'case.closedToYou'))], []);
}

/** One line for notifications and lists; names nobody. */
export function caseSummary(c: Case, view: CaseView): ReadyText {
  if (c.state === 'asked' && isQuestion(c, view)) return questionSummary(c, view);
  return standing(c, view).headline;
}

/** The same for whoever looks at a case: a question is put to the person asked alone. */
export function standingText(c: Case, view: CaseView): ReadyText {
  return c.state === 'asked' && view.reader === 'admin'
    ? text(view, 'history.waits', { due: whenText(c.answerDue, view) })
    : caseSummary(c, view);
}

/** What is said of a case as it stands. */
export interface Standing {
  readonly headline: ReadyText;
  readonly body: readonly Part[];
}

/** What the button that takes it back says; undefined where nothing can be taken back. */
function undoTitle(c: Case, view: CaseView): ReadyText | undefined {
  switch (c.state) {
    case 'decided':
    case 'scheduled':
      return text(view, c.decision.kind === 'give' ? 'case.undo.given' : 'case.undo.decided');
    case 'acting':
    case 'needsPerson':
      return text(view, returnWaits(c) === undefined ? 'case.undo.acting' : 'case.undo.again');
    case 'holding':
      return text(view, c.decision.kind === 'give' ? 'case.undo.holdingGiven' : 'case.undo.holding');
    default:
      return undefined;
  }
}

export function standing(c: Case, view: CaseView): Standing {
  // One function per state; the table is complete by its type.
  const table = {
    asked: passedOn,
    escalated: passedOn,
    opened: () => ({ headline: text(view, 'case.opened'), body: [] }),
    adminReview,
    hrReview: sealed,
    hrProposed: sealed,
    kept,
    decided,
    scheduled,
    acting,
    holding,
    undoing,
    needsPerson,
    closed,
    cancelled,
    undone,
  } satisfies { readonly [S in StateName]: (c: CaseIn<S>, view: CaseView) => Standing };
  return (table[c.state] as (c: Case, view: CaseView) => Standing)(c, view);
}

/** The question is somebody else's by now. */
function passedOn(_c: CaseIn<'asked' | 'escalated'>, view: CaseView): Standing {
  return { headline: text(view, 'case.escalated'), body: [line(text(view, 'case.escalatedText'))] };
}

/** Nobody but HR learns what it is about. */
function sealed(c: CaseIn<'hrReview' | 'hrProposed'>, view: CaseView): Standing {
  return isForReviewer(view)
    ? { headline: text(view, `case.${c.state}`), body: [] }
    : { headline: text(view, 'case.sealed'), body: [line(text(view, 'case.sealedText'))] };
}

function adminReview(c: CaseIn<'adminReview'>, view: CaseView): Standing {
  const why = view.reader === 'admin' ? [cardText(sentencesIn(view, c.why), 300)] : [];
  return {
    headline: text(view, 'case.adminReview'),
    body: [line(joined([text(view, 'case.adminReviewText'), ...why], ' '))],
  };
}

type Row = readonly [name: string, value: string];

type Decided = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

/** What was decided, by whom and when, and for whom. */
function decision(c: Decided, view: CaseView): readonly Part[] {
  const { decision: made } = c;
  const rows: Row[] = [];
  if (made.kind === 'reassign') rows.push(...receiverRows(made.receiver, c, view));
  rows.push(...reasonRow(made.reason, view));
  rows.push([text(view, 'case.row.license'), licenseNames(licensesOf(c).licenses, view)]);
  if (made.kind === 'park') rows.push([text(view, 'case.row.return'), returnText(made, view)]);
  if (made.kind !== 'reassign' && made.kind !== 'give' && made.approvedBy !== undefined)
    rows.push([text(view, 'case.row.agreed'), cardText(made.approvedBy.displayName)]);
  rows.push(...noticeRow(c, view));
  const files = filesRow(c, view);
  if (files !== undefined) rows.push([text(view, 'case.row.files'), files]);
  const by = byAt(cardText(made.by.displayName), made.at, view);
  return [line(text(view, `case.made.${made.kind}`, { by })), facts(rows), ...filesToDo(c, view)];
}

/** Not all that is taken goes to the receiver, who may have had some of it. */
function receiverRows(
  { displayName }: PersonRef,
  { steps }: Pick<Decided, 'steps'>,
  view: CaseView,
): readonly Row[] {
  const nobodys = givenToNobodyIn(steps);
  const getsNothing = givenOnIn(steps)?.length === 0;
  return [
    ...(getsNothing ? [] : [[text(view, 'case.row.goesTo'), cardText(displayName)] as const]),
    ...(nobodys.length === 0
      ? []
      : [[text(view, 'case.row.goesToNobody'), licenseNames(nobodys, view)] as const]),
  ];
}

function decided(c: CaseIn<'decided'>, view: CaseView): Standing {
  return {
    headline: text(view, `case.decided.${c.decision.kind}`),
    body: [...decision(c, view), ...stepLines(c, view), line(notYet(c, view))],
  };
}

/** Until when it can be taken back, and undone after that. */
function notYet(c: CaseIn<'decided' | 'scheduled'>, view: CaseView): ReadyText {
  const last = c.steps
    .map((step) => step.notBefore)
    .sort()
    .at(-1);
  if (c.decision.kind === 'give') return text(view, 'case.notYet.give');
  if (view.reader === 'onlooker') return text(view, 'case.notYet.onlooker');
  if (c.decision.kind === 'park') return text(view, 'case.notYet.park');
  if (last === undefined) return text(view, 'case.notYet.noSteps');
  const date = whenText(later(last, view.policy.timetable.hold), view);
  return text(view, 'case.notYet.steps', { date });
}

function scheduled(c: CaseIn<'scheduled'>, view: CaseView): Standing {
  return {
    headline: text(view, `case.scheduled.${c.decision.kind}`),
    body: [...decision(c, view), ...stepLines(c, view), line(notYet(c, view))],
  };
}

function acting(c: CaseIn<'acting'>, view: CaseView): Standing {
  return {
    headline: text(view, `case.acting.${c.decision.kind}`),
    body: [...decision(c, view), ...stepLines(c, view), quiet(text(view, 'case.takesTime'))],
  };
}

function holding(c: CaseIn<'holding'>, view: CaseView): Standing {
  const outcome = outcomeOf(c);
  const { decision: made } = c;
  const date = made.kind === 'park' ? returnText(made, view) : whenText(c.holdUntil, view);
  return {
    headline: text(view, isLeft(c) ? 'case.holding.left' : `case.holding.${outcome}`, { date }),
    body: [
      ...decision(c, view),
      ...stepLines(c, view),
      line(untilText(outcome, date, view)),
      ...mailUntil(c, view),
    ],
  };
}

/** Until when it can be undone, or what was parked comes back by itself. */
function untilText(outcome: ReturnType<typeof outcomeOf>, date: ReadyText, view: CaseView): ReadyText {
  if (outcome === 'park') return text(view, 'case.parkedText', { date });
  const mayUndo = view.reader === 'onlooker' ? 'case.mayUndo.admin' : 'case.mayUndo.you';
  const condition = outcome === 'reassign' ? [text(view, 'case.undoNeedsSeat')] : [];
  return joined([text(view, mayUndo, { date }), ...condition], ' ');
}

/** No license was taken, because an admin let that be. */
function isLeft(c: CaseIn<'holding'>): boolean {
  return letBeIn(c).length > 0 && freed(endOf(c).took, c.steps).length === 0;
}

function undoing(c: CaseIn<'undoing'>, view: CaseView): Standing {
  return {
    headline: text(view, `case.undoing.${c.decision.kind}`),
    body: [
      ...decision(c, view),
      line(whyUndone(c, view)),
      ...stepLines(c, view),
      quiet(text(view, isSent(c) ? 'case.undoWaits' : 'case.takesTime')),
    ],
  };
}

/** A step may take effect yet: only then, or after long, is it known what there is to give back. */
function isSent({ steps }: CaseIn<'undoing'>): boolean {
  return steps.some(({ progress }) => progress.is === 'sent');
}

function needsPerson(c: CaseIn<'needsPerson'>, view: CaseView): Standing {
  const how = returnWaits(c);
  return {
    headline: text(view, how === undefined ? 'case.needsPerson' : `case.returnWaits.${how}`),
    body: [
      ...decision(c, view),
      ...(how === undefined ? [] : [line(text(view, `case.returnWaitsText.${how}`))]),
      ...stepLines(c, view),
      ...waitingBack(c, view),
      box('warning', [line(text(view, 'case.toDo', { task: cardText(sentencesIn(view, c.task), 500) }))]),
      ...mayLetBe(c, view),
      ...(isForReviewer(view) ? [line(text(view, 'case.onlyHrSees'))] : []),
    ],
  };
}
