import { promiseOf } from '../cases/answering/promise.js';
import type { CardJson } from '../bot/messenger.js';
import { LONGEST_KEEP } from '../cases/answering/answer-rules.js';
import type { Case, CaseId, CaseIn } from '../cases/case.js';
import type { DigestEntry, DigestView } from '../cases/asking/digest.js';
import type { Language } from '../i18n/locale.js';
import { sentenceIn, sentencesIn } from '../i18n/sentences.js';
import { text, type ReadyText } from '../i18n/text.js';
import { KEEP_DAYS } from './answer-forms.js';
import { caseSummary } from './case-card.js';
import { licenseCost, licenseNames, totalCost, who, USUAL_LENGTHS, type WhoLengths } from './case-parts.js';
import { scenarioText, whenText, type CaseView } from './case-view.js';
import { choosable, DAY, inputDate, later } from './dates.js';
import { effectsOf } from './effects.js';
import { box, button, buttons, card, heading, line, quiet, title, type Part } from './elements.js';
import { cardText, plainText } from './escape.js';
import { evidenceSentence } from './evidence-text.js';
import { firstThatFits } from './fitting.js';
import { losesMail, mailNeedsLicense } from './mail-warning.js';
import { ownsAlone } from './please-note.js';
import { whyReader } from './why-reader.js';

/**
 * Why somebody's licenses are kept: a choice, so that five answers take no typing. The words are what is stored; cards show
 * them in the language of their reader.
 */
export const KEEP_REASONS = [
  'Needed for current work',
  'Needed for a project or a season',
  'A handover is not finished',
  'Another reason',
] as const;

/** The names under which the inputs of a digest arrive. */
export const DIGEST_INPUTS = {
  answer: (caseId: string) => `answer-${caseId}`,
  reason: (caseId: string) => `reason-${caseId}`,
  keepUntil: 'keepUntil',
} as const;

/** What became of the answers that somebody has just sent, one sentence each. */
export type Said = readonly string[];

/** Answers just sent that were not taken, as they were chosen: so that only what was wrong has to be put right. */
export interface NotTaken {
  readonly choices: ReadonlyMap<CaseId, { readonly answer: string; readonly reason: string }>;
  readonly keepUntil: string;
}

/**
 * Several questions on one card: one choice per person, nothing chosen beforehand, one button that sends them all.
 * The rarer answers are on the card that Details opens.
 * @param said what became of the answers just sent; for the eyes of whoever sent them
 * @param notTaken absent: nothing is chosen beforehand
 */
export function digestCard(
  digest: DigestView,
  view: CaseView,
  said: Said = [],
  notTaken?: NotTaken,
): CardJson {
  const questions = questionsOf(digest);
  const isShared = reclaimsAlike(questions, view);
  return firstThatFits([USUAL_LENGTHS, SHORT_LENGTHS], (lengths) =>
    card(
      [
        title(headline(questions.length, digest.entries.length, view)),
        ...(said.length > 0 ? [box('accent', said.map(line))] : []),
        ...(questions.length > 0 ? [line(intro(questions, view))] : []),
        ...(isShared ? reclaimParts('digest.reclaimEach', questions.slice(0, 1), view) : []),
        ...digest.entries.map((entry) =>
          entryBox(digest.digestId, entry, { view, lengths, isShared, notTaken }),
        ),
        ...(questions.length > 0 ? footer(view, notTaken?.keepUntil) : []),
      ],
      questions.length > 0 ? [sendButton(digest.digestId, questions, view)] : [],
    ),
  );
}

/** Of five people whose names are of very many bytes. */
const SHORT_LENGTHS: WhoLengths = { name: 60, detail: 40 };

/** What a digest shows about some of its cases. @param size how many the whole has */
export function digestPart(digest: DigestView, size: number, view: CaseView): CardJson {
  const whole = digestCard(digest, view);
  const others = size - digest.entries.length;
  const note = quiet(text(view, 'digest.others', { count: others }));
  return {
    ...whole,
    body: [title(headline(size, size, view)), ...(whole['body'] as readonly Part[]).slice(1), note],
  };
}

/** Text of the notification. It can appear on a locked screen, so it names nobody. */
export function digestSummary(questions: readonly CaseIn<'asked'>[], view: CaseView): ReadyText {
  return text(view, 'summary.digest', { count: questions.length, due: firstDue(questions, view) });
}

function questionsOf({ entries }: DigestView): readonly CaseIn<'asked'>[] {
  return entries.flatMap(({ case: c, as }) => (as === 'question' && c.state === 'asked' ? [c] : []));
}

function headline(open: number, all: number, reader: Language): ReadyText {
  if (open === 0) return text(reader, 'digest.allSettled');
  return open === all
    ? text(reader, 'digest.title', { open })
    : text(reader, 'digest.titleSomeSettled', { open, settled: all - open });
}

function intro(questions: readonly CaseIn<'asked'>[], view: CaseView): ReadyText {
  return whyReader(questions, firstDue(questions, view), view, 'digest.asAnswerer');
}

function firstDue(questions: readonly CaseIn<'asked'>[], view: CaseView): ReadyText {
  const [first] = questions.map(({ answerDue }) => answerDue).toSorted();
  return first === undefined ? plainText('') : whenText(first, view);
}

/** How the entries of one card are drawn. */
interface Look {
  readonly view: CaseView;
  readonly lengths: WhoLengths;
  /** What a reclaim does is said once for all of them. */
  readonly isShared: boolean;
  readonly notTaken: NotTaken | undefined;
}

function entryBox(digestId: string, { case: c, as }: DigestEntry, look: Look): Part {
  const { view } = look;
  const details = button({
    title: text(view, 'digest.details', { name: plainText(c.subject.displayName, 40) }),
    verb: 'details',
    data: { caseId: c.caseId, digestId },
    inputs: 'none',
  });
  if (as === 'question' && c.state === 'asked')
    return box('emphasis', [...question(c, look), ...inputs(c, look), buttons([details])]);
  const standing = as === 'sentAnew' ? text(view, 'case.sentAnew') : settled(c, view);
  const subject = text(view, 'digest.subject', {
    name: cardText(c.subject.displayName, 80),
    licenses: licenseNames(c.licenses, view),
  });
  return box('default', [line(subject), line(standing), ...(as === 'settled' ? [buttons([details])] : [])]);
}

/** Somebody else was asked: to whom the digest was sent learns no more than that. */
function settled(c: Case, view: CaseView): ReadyText {
  if (c.state === 'asked') return text(view, 'case.escalated');
  const standing = caseSummary(c, view);
  if (c.state !== 'cancelled' || c.cause !== 'vetoed') return standing;
  return text(view, 'digest.vetoed', { standing, why: cardText(sentencesIn(view, c.why), 300) });
}

/** true: a reclaim of any of them does the same, so that nobody has to read it for each. */
function reclaimsAlike(questions: readonly CaseIn<'asked'>[], view: CaseView): boolean {
  const [first, ...others] = questions.map((c) => `${losesMail(c, view)} ${effectsOf(c, view).reclaim}`);
  return others.length > 0 && others.every((each) => each === first);
}

function reclaimParts(
  key: 'digest.reclaim' | 'digest.reclaimEach',
  of: readonly CaseIn<'asked'>[],
  view: CaseView,
): readonly Part[] {
  return of.flatMap((c) => [
    quiet(text(view, key, { effect: effectsOf(c, view).reclaim })),
    ...(losesMail(c, view) ? [line(text(view, 'digest.mailLost'))] : []),
  ]);
}

function mailNeeds(c: CaseIn<'asked'>, view: CaseView): readonly Part[] {
  const needs = mailNeedsLicense(c, view);
  return needs === undefined ? [] : [line(needs)];
}

function question(c: CaseIn<'asked'>, { view, lengths, isShared }: Look): readonly Part[] {
  const [only] = c.licenses;
  const isAlone = only !== undefined && c.licenses.length === 1;
  const license = text(view, 'license.nameAndCost', {
    licenses: licenseNames(c.licenses, view),
    cost: isAlone ? licenseCost(only, view) : totalCost(c, view),
  });
  return [
    ...who(c, lengths),
    line(license),
    line(scenarioText(c, view)),
    ...mailNeeds(c, view),
    ...ownsAlone(c, view).map(line),
    quiet(evidenceSentence(c.evidence, view)),
    ...(isShared ? [] : reclaimParts('digest.reclaim', [c], view)),
  ];
}

function inputs(c: CaseIn<'asked'>, { view, notTaken }: Look): readonly Part[] {
  const chosen = notTaken?.choices.get(c.caseId);
  const name = plainText(c.subject.displayName, 60);
  const answers = {
    id: DIGEST_INPUTS.answer(c.caseId),
    label: text(view, 'digest.answerFor', { name }),
    choices: [
      [text(view, 'answer.keep'), 'keep'],
      [text(view, 'digest.reassign'), 'reassign'],
      [text(view, 'answer.reclaim'), 'reclaim'],
    ],
    value: chosen?.answer,
  } as const;
  const reasons = {
    id: DIGEST_INPUTS.reason(c.caseId),
    label: text(view, 'digest.reasonFor', { name }),
    choices: KEEP_REASONS.map((reason) => [sentenceIn(view, reason, 'said.keepReason.'), reason] as const),
    value: chosen?.reason,
  };
  return [choice(answers, view), choice(reasons, view)];
}

interface Choice {
  readonly id: string;
  readonly label: string;
  readonly choices: readonly (readonly [title: string, value: string])[];
  /** What was chosen before; empty or undefined: nothing. */
  readonly value: string | undefined;
}

function choice({ id, label, choices, value = '' }: Choice, reader: Language): Part {
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'compact',
    placeholder: text(reader, 'digest.choose'),
    choices: choices.map(([name, each]) => ({ title: name, value: each })),
    ...(value === '' ? {} : { value }),
  };
}

/** @param keepUntil as it was chosen before, `YYYY-MM-DD`; empty or undefined: as usual */
function footer(view: CaseView, keepUntil = ''): readonly Part[] {
  return [
    heading(text(view, 'digest.forKept')),
    {
      type: 'Input.Date',
      id: DIGEST_INPUTS.keepUntil,
      label: text(view, 'form.keep.until'),
      value: keepUntil === '' ? inputDate(later(view.now, KEEP_DAYS * DAY), view) : keepUntil,
      // Not required: whoever keeps nothing may leave it empty, and the bot says so of those who are kept.
      ...choosable(view.now, LONGEST_KEEP, view),
    },
    line(text(view, 'digest.silence')),
    quiet(text(view, 'digest.more')),
  ];
}

function sendButton(digestId: string, questions: readonly CaseIn<'asked'>[], view: CaseView): Part {
  const cases = questions.map((c) => {
    const { caseId, version } = c;
    return { caseId, version, promise: promiseOf(c, view.policy) };
  });
  return button({ title: text(view, 'digest.send'), verb: 'answerAll', data: { digestId, cases } });
}
