import type { CardJson } from '../bot/messenger.js';
import type { Case, CaseIn } from '../cases/case.js';
import type { DigestEntry, DigestView } from '../cases/asking/digest.js';
import { KEEP_DAYS } from './answer-forms.js';
import { caseSummary } from './case-card.js';
import { licenseCost, licenseNames, totalCost, who } from './case-parts.js';
import { scenarioText, whenText, type CaseView } from './case-view.js';
import { DAY, inputDate, later } from './dates.js';
import { effectsOf } from './effects.js';
import { box, button, buttons, card, heading, line, quiet, title, type Part } from './elements.js';
import { cardText, plainText } from './escape.js';
import { evidenceSentence } from './evidence-text.js';
import { losesMail } from './question-card.js';

/** Why somebody's licenses are kept: a choice, so that five answers take no typing. The words are what is stored. */
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

/**
 * Several questions on one card: one choice per person, nothing chosen beforehand, one button that sends them all.
 * The rarer answers are on the card that Details opens.
 * @param said what became of the answers just sent; for the eyes of whoever sent them
 */
export function digestCard(digest: DigestView, view: CaseView, said: Said = []): CardJson {
  const questions = questionsOf(digest);
  return card(
    [
      title(headline(questions.length, digest.entries.length)),
      ...(said.length > 0 ? [box('accent', said.map(line))] : []),
      ...(questions.length > 0 ? [line(intro(questions, view))] : []),
      ...digest.entries.map((entry) => entryBox(digest.digestId, entry, view)),
      ...(questions.length > 0 ? footer(view) : []),
    ],
    questions.length > 0 ? [sendButton(digest.digestId, questions)] : [],
  );
}

/** What a digest shows about some of its cases. @param size how many the whole has */
export function digestPart(digest: DigestView, size: number, view: CaseView): CardJson {
  const whole = digestCard(digest, view);
  const others = size - digest.entries.length;
  const note = quiet(`On the same card: ${others === 1 ? '1 other person' : `${others} other people`}.`);
  return {
    ...whole,
    body: [title(headline(size, size)), ...(whole['body'] as readonly Part[]).slice(1), note],
  };
}

/** Text of the notification. It can appear on a locked screen, so it names nobody. */
export function digestSummary(questions: readonly CaseIn<'asked'>[], view: CaseView): string {
  return `Licenses of ${questions.length} people in your team look unused. Please answer by ${firstDue(questions, view)}.`;
}

function questionsOf({ entries }: DigestView): readonly CaseIn<'asked'>[] {
  return entries.flatMap(({ case: c, as }) => (as === 'question' && c.state === 'asked' ? [c] : []));
}

function headline(open: number, all: number): string {
  if (open === 0) return 'All of these are settled';
  const what = open === 1 ? 'Is the license of 1 person' : `Are the licenses of ${open} people`;
  return open === all ? `${what} still needed?` : `${what} still needed? ${all - open} settled`;
}

function intro(questions: readonly CaseIn<'asked'>[], view: CaseView): string {
  const why = questions.every((c) => c.manager?.id === c.askedOf)
    ? 'as the manager named in the directory'
    : 'because you are the one who can answer';
  return `Your IT department asks you ${why}. Please answer by **${firstDue(questions, view)}**.`;
}

function firstDue(questions: readonly CaseIn<'asked'>[], view: CaseView): string {
  const [first] = questions.map(({ answerDue }) => answerDue).toSorted();
  return first === undefined ? '' : whenText(first, view);
}

function entryBox(digestId: string, { case: c, as }: DigestEntry, view: CaseView): Part {
  const details = button({
    title: `Details: ${plainText(c.subject.displayName, 40)}`,
    verb: 'details',
    data: { caseId: c.caseId, digestId },
    inputs: 'none',
  });
  if (as === 'question' && c.state === 'asked')
    return box('emphasis', [...question(c, view), ...inputs(c), buttons([details])]);
  const standing =
    as === 'sentAnew'
      ? 'This question was sent to you once more: please answer it there, further down.'
      : settled(c, view);
  const subject = `**${cardText(c.subject.displayName, 80)}** · ${licenseNames(c.licenses)}`;
  return box('default', [line(subject), line(standing), ...(as === 'settled' ? [buttons([details])] : [])]);
}

/** Somebody else was asked: to whom the digest was sent learns no more than that. */
function settled(c: Case, view: CaseView): string {
  if (c.state === 'asked') return 'Passed on to somebody else';
  const why = c.state === 'cancelled' && c.cause === 'vetoed' ? `. ${cardText(c.why, 300)}` : '';
  return `${caseSummary(c, view)}${why}`;
}

function question(c: CaseIn<'asked'>, view: CaseView): readonly Part[] {
  const [only] = c.licenses;
  const license =
    only !== undefined && c.licenses.length === 1
      ? `**${cardText(only.name)}** · ${licenseCost(only, view)}`
      : `**${licenseNames(c.licenses)}** · ${totalCost(c, view)}`;
  return [
    ...who(c),
    line(license),
    line(scenarioText(c)),
    quiet(evidenceSentence(c.evidence)),
    quiet(`Reclaim: ${effectsOf(c, view).reclaim}`),
    ...(losesMail(c, view) ? [line('**If it is taken back, mail is lost** after 30 days, for good.')] : []),
  ];
}

function inputs(c: CaseIn<'asked'>): readonly Part[] {
  const name = plainText(c.subject.displayName, 60);
  return [
    choice(DIGEST_INPUTS.answer(c.caseId), `Your answer for ${name}`, [
      ['Keep', 'keep'],
      ['Reassign to somebody else (opens a card)', 'reassign'],
      ['Reclaim', 'reclaim'],
    ]),
    choice(
      DIGEST_INPUTS.reason(c.caseId),
      `If you keep it, why? (${name})`,
      KEEP_REASONS.map((reason) => [reason, reason]),
    ),
  ];
}

function choice(id: string, label: string, choices: readonly (readonly [string, string])[]): Part {
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'compact',
    placeholder: 'Choose',
    choices: choices.map(([text, value]) => ({ title: text, value })),
  };
}

function footer(view: CaseView): readonly Part[] {
  return [
    heading('For everybody whose license you keep'),
    {
      type: 'Input.Date',
      id: DIGEST_INPUTS.keepUntil,
      label: 'Ask again after',
      value: inputDate(later(view.now, KEEP_DAYS * DAY), view),
      min: inputDate(later(view.now, DAY), view),
      isRequired: true,
      errorMessage: 'Please choose a date after today.',
    },
    line(
      '**For whom you choose nothing, nothing is removed.** The next manager is asked instead, or your IT administrators.',
    ),
    quiet(
      'Details has everything that is known, and further answers: on leave, not my report, ask someone else.',
    ),
  ];
}

function sendButton(digestId: string, questions: readonly CaseIn<'asked'>[]): Part {
  const cases = questions.map(({ caseId, version }) => ({ caseId, version }));
  return button({ title: 'Send', verb: 'answerAll', data: { digestId, cases } });
}
