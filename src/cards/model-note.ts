import type { CardJson } from '../bot/messenger.js';
import { line } from './elements.js';
import { messageText } from './escape.js';

/** An answer to words that a language model read says so before anything else; the question that it read is below. */
export function cardByModel(card: CardJson): CardJson {
  const { body } = card;
  if (!Array.isArray(body)) return card;
  const [title, ...rest] = body as readonly unknown[];
  return { ...card, body: [title, line(BY_MODEL), ...rest] };
}

const BY_MODEL =
  'A **language model** read your words, because I did not know all of them. Check that the question below is yours.';

export function textByModel(text: string, question: string): string {
  return `${text}\n\nA **language model** read your words, because I did not know all of them. Understood as: **${messageText(question, 300)}**`;
}
