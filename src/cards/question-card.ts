import type { CardJson } from '../bot/messenger.js';
import type { CaseIn } from '../cases/case.js';
import type { AnswerOutcome, CardAnswer } from '../cases/answering/desk.js';
import {
  answerForms,
  besideOthers,
  rarerForms,
  unchecked,
  type Form,
  type FormFill,
} from './answer-forms.js';
import { isForReviewer, whenText, type Answerable, type CaseView } from './case-view.js';
import type { Language } from '../i18n/locale.js';
import { sentencesIn } from '../i18n/sentences.js';
import { text, type ReadyText } from '../i18n/text.js';
import { effectsOf } from './effects.js';
import { effectsForHr } from './hr-cards.js';
import { evidence, evidenceInShort, licenseCost, licenseNames, licenses, who } from './case-parts.js';
import { box, card, facts, heading, line, opens, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { firstThatFits } from './fitting.js';
import { pleaseNote } from './please-note.js';
import { whyReader } from './why-reader.js';

/** The question as the manager gets it, or an admin to whom it was handed; nothing is chosen beforehand. */
export function questionCard(c: Answerable, view: CaseView): CardJson {
  const mayNow = mayAnswer(c, view);
  return withAsManyNear(view, (seen) =>
    card(
      [...question(c, seen), ...(mayNow ? [] : [quiet(text(seen, 'question.unanswered'))])],
      mayNow ? buttons(answerForms(c, seen), rarerForms(c, seen), seen) : [],
    ),
  );
}

/** Who is offered before anything is typed can be searched for as well: what the card says goes first. */
function withAsManyNear(view: CaseView, make: (view: CaseView) => CardJson): CardJson {
  const { near = [] } = view;
  return near.length === 0
    ? make(view)
    : firstThatFits([near.length, 5, 0], (most) => make({ ...view, near: near.slice(0, most) }));
}

function buttons(usual: readonly Form[], rarer: readonly Form[], reader: Language): readonly Part[] {
  return [...usual.map(alone), ...(rarer.length === 0 ? [] : [more(rarer, reader)])];
}

function alone({ title: name, body, send }: Form): Part {
  return opens(name, body, [send]);
}

function more(forms: readonly Form[], reader: Language): Part {
  const body = [line(text(reader, 'form.more')), ...forms.flatMap(besideOthers)];
  return opens(
    text(reader, 'answer.more'),
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
  return withAsManyNear(view, (seen) => problemIn(outcome, typed, seen));
}

function problemIn(
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
        heading(text(view, 'question.notSent')),
        ...outcome.problems.map((problem) => line(cardText(sentencesIn(view, problem), 300))),
      ]),
      ...(mine ? [heading(mine.title), ...unchecked(mine)] : []),
    ],
    [...(mine ? [mine.send] : []), ...buttons(others, seldom, view)],
  );
}

/** Text of the notification. It can appear on a locked screen, so it names nobody. */
export function questionSummary(c: CaseIn<'asked'>, view: CaseView): ReadyText {
  return text(view, 'summary.question', { count: c.licenses.length, due: whenText(c.answerDue, view) });
}

function question(c: Answerable, view: CaseView): readonly Part[] {
  const many = c.licenses.length > 1;
  return [
    title(text(view, 'question.title', { count: c.licenses.length })),
    line(whyYou(c, view)),
    box('emphasis', [...who(c), line(inShort(c, view))]),
    ...(c.state === 'hrReview' ? evidenceInShort(c, view) : evidence(c, view)),
    ...(many ? licenses(c, view) : []),
    ...pleaseNote(c, view),
    ...consequences(c, view),
  ];
}

/** What it is about at a glance: `Microsoft 365 E5 · $684 a year`. */
function inShort(c: Answerable, view: CaseView): ReadyText {
  const names = licenseNames(c.licenses, view);
  const [only] = c.licenses;
  if (only === undefined || c.licenses.length > 1) return text(view, 'license.names', { licenses: names });
  return text(view, 'license.nameAndCost', { licenses: names, cost: licenseCost(only, view) });
}

function whyYou(c: Answerable, view: CaseView): ReadyText {
  if (c.state === 'hrReview') return text(view, 'question.ofHr');
  if (c.state === 'adminReview')
    return text(view, 'question.ofAdmins', { why: cardText(sentencesIn(view, c.why), 300) });
  const due = whenText(c.answerDue, view);
  const { manager } = c;
  const byManager = manager !== undefined && manager.id === c.askedOf;
  if (view.reader === 'admin') {
    return byManager
      ? text(view, 'question.askedManager', { due, name: cardText(manager.displayName) })
      : text(view, 'question.askedOther', { due });
  }
  return whyReader([c], due, view, 'question.inPlace');
}

function consequences(c: Answerable, view: CaseView): readonly Part[] {
  const { reassign, reclaim } = effectsOf(c, view);
  const isReaders = mayAnswer(c, view);
  const effects = heading(text(view, isReaders ? 'question.effects' : 'question.effects.others'));
  const silence = isReaders ? 'question.silence' : 'question.silence.others';
  if (c.state === 'hrReview') return [effects, facts(effectsForHr(c, reclaim, view))];
  return [
    effects,
    facts([
      [text(view, 'answer.keep'), text(view, isReaders ? 'question.keepDoes' : 'question.keepDoes.others')],
      [text(view, 'answer.reassign'), reassign],
      [text(view, 'answer.reclaim'), reclaim],
    ]),
    ...(c.state === 'asked' ? [line(text(view, silence))] : []),
  ];
}
