import { caseCard } from '../../cards/case-card.js';
import { digestCard, digestPart, digestSummary } from '../../cards/digest-card.js';
import { questionSummary } from '../../cards/question-card.js';
import type { CardJson } from '../../bot/messenger.js';
import type { UserId } from '../../audit/person.js';
import type { Locale } from '../../i18n/locale.js';
import { text, type ReadyText } from '../../i18n/text.js';
import type { Case, CaseIn, Instant } from '../case.js';
import type { DigestView } from './digest.js';
import type { Doors } from '../doors.js';
import { viewIn } from './run-cards.js';

/** What a message is drawn from, beside its cases. */
export interface MessageFacts {
  readonly digestId: string;
  readonly userId: UserId;
  readonly drawnAt: Instant;
  readonly answerDue: Instant;
  /** In which language. */
  readonly locale: Locale;
}

export interface LetterFacts extends MessageFacts {
  /** After their intentions. */
  readonly cases: readonly Case[];
}

export interface Letter {
  readonly card: CardJson;
  /** The text of the notification. */
  readonly summary: string;
}

/** One question alone, or several on one card. */
export function letterOf(doors: Doors, facts: LetterFacts): Letter {
  const questions = facts.cases.map((c) => questionAfter(c, facts));
  const view = { ...viewIn(doors, facts.locale), now: facts.drawnAt };
  const [only] = questions;
  const isReminder = facts.cases.every(({ state }) => state === 'asked');
  const said = (summary: ReadyText): string =>
    isReminder ? text(view, 'summary.reminder', { summary }) : summary;
  if (only !== undefined && questions.length === 1)
    return { card: caseCard(only, view), summary: said(questionSummary(only, view)) };
  return {
    card: digestCard(digestOf(facts.digestId, questions), view),
    summary: said(digestSummary(questions, view)),
  };
}

/**
 * What was seen about one of its cases, for the history of that case: what a shared card said about others belongs to
 * theirs, and is erased with it.
 */
export function seenAbout(doors: Doors, c: Case, facts: MessageFacts, size: number): CardJson {
  const question = questionAfter(c, facts);
  const view = { ...viewIn(doors, facts.locale), now: facts.drawnAt };
  return size === 1 ? caseCard(question, view) : digestPart(digestOf(facts.digestId, [question]), size, view);
}

function digestOf(digestId: string, questions: readonly Case[]): DigestView {
  return { digestId, entries: questions.map((c) => ({ case: c, as: 'question' })) };
}

/** The case as it will be once the message is delivered, so that its card can be drawn before. */
function questionAfter(c: Case, { userId, drawnAt, answerDue }: MessageFacts): CaseIn<'asked'> {
  const version = c.version + 1;
  if (c.state === 'asked') return { ...c, version };
  return { ...c, state: 'asked', version, askedOf: userId, askedAt: drawnAt, answerDue } as CaseIn<'asked'>;
}
