import type { CardJson } from '../bot/messenger.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import { line } from './elements.js';
import { messageText } from './escape.js';

/** An answer to words that a language model read says so before anything else; the question that it read is below. */
export function cardByModel(card: CardJson, reader: Language): CardJson {
  const { body } = card;
  if (!Array.isArray(body)) return card;
  const [title, ...rest] = body as readonly unknown[];
  return { ...card, body: [title, line(text(reader, 'model.read')), ...rest] };
}

/** @param answer as it would be sent without the note */
export function textByModel(answer: string, question: string, reader: Language): ReadyText {
  return text(reader, 'model.readText', {
    answer: answer as ReadyText,
    question: messageText(question, 300),
  });
}
