import type { CardJson } from '../bot/messenger.js';
import type { Case, CaseIn, StateName } from '../cases/case.js';
import { byAt, isForReviewer, whenText, type CaseView } from './case-view.js';
import { archivedAfter } from '../cases/answering/files-plan.js';
import { licenseNames, who } from './case-parts.js';
import { later } from './dates.js';
import { filesRow } from './files-text.js';
import { noticeRow } from './notice-text.js';
import { box, button, card, facts, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { proposalCard } from './hr-cards.js';
import { cancelled, closed, undone } from './ended-cases.js';
import { questionCard, questionSummary } from './question-card.js';
import { stepLines } from './step-text.js';

/** A case as it stands, in every state: the question while it waits for an answer, else what became of it. */
export function caseCard(c: Case, view: CaseView): CardJson {
  if (c.state === 'asked' || (c.state === 'adminReview' && view.reader === 'admin'))
    return questionCard(c, view);
  if (c.state === 'hrReview' && isForReviewer(view)) return questionCard(c, view);
  if (c.state === 'hrProposed' && isForReviewer(view)) return proposalCard(c, view);
  const { headline, body } = standing(c, view);
  const undo = view.reader === 'onlooker' ? undefined : undoTitle(c);
  return card(
    [title(headline), box('emphasis', who(c)), ...body],
    undo ? [button({ title: undo, verb: 'undo', data: { caseId: c.caseId, version: c.version } })] : [],
  );
}

/** The card in the chat of the person to whom the question went: with buttons only while they may use them. */
export function chatCard(c: Case, view: CaseView): CardJson {
  const to = c.message?.to;
  const askedOf = 'askedOf' in c ? c.askedOf : undefined;
  const reader = to === undefined || to === askedOf ? 'asked' : 'onlooker';
  return caseCard(c, { ...view, reader });
}

/** In place of a question that was sent once more: so that only one of them can be answered. */
export function pointerCard(): CardJson {
  return card([line('This question was sent to you once more: please answer it there, further down.')], []);
}

/** In place of a card of HR's lane for somebody who is not of HR any more. */
export function closedCard(): CardJson {
  return card([line('This question is closed. You need not do anything.')], []);
}

/** One line for notifications and lists; names nobody. */
export function caseSummary(c: Case, view: CaseView): string {
  if (c.state === 'asked') return questionSummary(c, view);
  return standing(c, view).headline;
}

/** What is said of a case as it stands. */
export interface Standing {
  readonly headline: string;
  readonly body: readonly Part[];
}

/** What the button that takes it back says; undefined where nothing can be taken back. */
function undoTitle(c: Case): string | undefined {
  switch (c.state) {
    case 'decided':
    case 'scheduled':
      return c.decision.kind === 'give' ? 'Do not give it' : 'Take my answer back';
    case 'acting':
    case 'needsPerson':
      return 'Stop and undo';
    case 'holding':
      return `Undo: ${c.decision.kind === 'give' ? 'take' : 'give'} the license back`;
    default:
      return undefined;
  }
}

type Said = Exclude<StateName, 'asked'>;

function standing(c: Exclude<Case, { state: 'asked' }>, view: CaseView): Standing {
  // One function per state; the table is complete by its type.
  const table = {
    escalated: () => ({
      headline: 'Passed on to somebody else',
      body: [line('Nothing has been removed. The question was passed on; you need not do anything.')],
    }),
    opened: () => ({ headline: 'Found, nobody has been asked yet', body: [] }),
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
  } satisfies { readonly [S in Said]: (c: CaseIn<S>, view: CaseView) => Standing };
  return (table[c.state] as (c: Case, view: CaseView) => Standing)(c, view);
}

/** Nobody but HR learns what it is about. */
function sealed(c: CaseIn<'hrReview' | 'hrProposed'>, view: CaseView): Standing {
  if (!isForReviewer(view))
    return {
      headline: 'This question is closed',
      body: [line('Nothing was removed. You need not do anything.')],
    };
  const headline =
    c.state === 'hrReview' ? 'A case waits for HR' : 'A proposal waits for a second person of HR';
  return { headline, body: [] };
}

function adminReview(c: CaseIn<'adminReview'>, view: CaseView): Standing {
  const why = view.reader === 'admin' ? ` ${cardText(c.why, 300)}` : '';
  return {
    headline: 'Your administrators decide',
    body: [line(`Nothing has been removed. The question was passed on to the IT administrators.${why}`)],
  };
}

function kept(c: CaseIn<'kept'>, view: CaseView): Standing {
  const { by, at, until } = c.decision;
  const reason = 'reason' in c.decision ? c.decision.reason : undefined;
  return {
    headline: `Kept until ${whenText(until, view)}`,
    body: [
      line(`Decided ${byAt(cardText(by.displayName), at, view)}. Nothing was removed.`),
      facts([
        ...(reason === undefined ? [] : [['Reason', cardText(reason, 500)] as const]),
        ['License', licenseNames(c.licenses)],
        ['Next', `The question comes again after ${whenText(until, view)}, if it is still unused then.`],
      ]),
    ],
  };
}

type Decided = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

/** What a decision is called on its way, by its kind. */
const WORDS: Readonly<
  Record<Decided['decision']['kind'], { verb: string; acting: string; held: string; undoing: string }>
> = {
  reclaim: {
    verb: 'Reclaim',
    acting: 'Taking the license back',
    held: 'License taken back',
    undoing: 'Giving it back',
  },
  reassign: {
    verb: 'Reassign',
    acting: 'Reassigning the license',
    held: 'License reassigned',
    undoing: 'Giving it back',
  },
  give: { verb: 'Give', acting: 'Giving the license', held: 'License given', undoing: 'Taking it back' },
};

/** What was decided, by whom and when, and for whom. */
function decision(c: Decided, view: CaseView): readonly Part[] {
  const { decision: made } = c;
  const rows: (readonly [string, string])[] = [];
  if (made.kind === 'reassign') rows.push(['Goes to', cardText(made.receiver.displayName)]);
  if (made.reason) rows.push(['Reason', cardText(made.reason, 500)]);
  rows.push(['License', licenseNames(c.licenses)]);
  if (made.kind === 'reclaim' && made.approvedBy !== undefined)
    rows.push(['Agreed', cardText(made.approvedBy.displayName)]);
  rows.push(...noticeRow(c, view));
  const archived = archivedAfter(c.steps);
  if (made.files !== undefined && archived !== undefined)
    rows.push(['OneDrive', filesRow(made.files, archived, view)]);
  return [
    line(`**${WORDS[made.kind].verb}** was decided ${byAt(cardText(made.by.displayName), made.at, view)}.`),
    facts(rows),
  ];
}

function decided(c: CaseIn<'decided'>, view: CaseView): Standing {
  return {
    headline: `Decided: ${c.decision.kind}`,
    body: [...decision(c, view), ...stepLines(c, view), line(notYet(c, view))],
  };
}

/** Until when it can be taken back, and undone after that. */
function notYet(c: CaseIn<'decided' | 'scheduled'>, view: CaseView): string {
  const last = c.steps
    .map((step) => step.notBefore)
    .sort()
    .at(-1);
  if (c.decision.kind === 'give') return 'Nothing has been given yet, and it need not be: stop it here.';
  if (view.reader === 'onlooker') return 'Nothing has been removed yet.';
  if (last === undefined) return 'Nothing has been removed yet; you can take your answer back.';
  const until = whenText(later(last, view.policy.timetable.hold), view);
  return `Nothing has been removed yet; you can take your answer back. Once it is done, you can undo it until **${until}**.`;
}

function scheduled(c: CaseIn<'scheduled'>, view: CaseView): Standing {
  return {
    headline: `Scheduled: ${c.decision.kind}`,
    body: [...decision(c, view), ...stepLines(c, view), line(notYet(c, view))],
  };
}

function acting(c: CaseIn<'acting'>, view: CaseView): Standing {
  return {
    headline: WORDS[c.decision.kind].acting,
    body: [
      ...decision(c, view),
      ...stepLines(c, view),
      quiet('Microsoft 365 can take some minutes to carry out a change.'),
    ],
  };
}

function holding(c: CaseIn<'holding'>, view: CaseView): Standing {
  const condition = c.decision.kind === 'reassign' ? ' Undo needs another free seat.' : '';
  const mayUndo = view.reader === 'onlooker' ? 'An administrator' : 'You';
  return {
    headline: WORDS[c.decision.kind].held,
    body: [
      ...decision(c, view),
      ...stepLines(c, view),
      line(
        `${mayUndo} can undo this until **${whenText(c.holdUntil, view)}**: everything comes back as it was.${condition}`,
      ),
    ],
  };
}

function undoing(c: CaseIn<'undoing'>, view: CaseView): Standing {
  return {
    headline: WORDS[c.decision.kind].undoing,
    body: [
      ...decision(c, view),
      line(`Undo was asked for by ${cardText(c.undoneBy.displayName)}.`),
      ...stepLines(c, view),
      quiet('Microsoft 365 can take some minutes to carry out a change.'),
    ],
  };
}

function needsPerson(c: CaseIn<'needsPerson'>, view: CaseView): Standing {
  const mayBeSeen = isForReviewer(view)
    ? [line('Administrators do not see this case: ask one of them for exactly this.')]
    : [];
  return {
    headline: 'An administrator has to help',
    body: [
      ...decision(c, view),
      ...stepLines(c, view),
      box('warning', [line(`**To do:** ${cardText(c.task, 500)}`)]),
      ...mayBeSeen,
    ],
  };
}
