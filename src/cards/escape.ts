import type { ReadyText } from '../i18n/text.js';

const MAX_NAME = 120;
/** UTF-8 bytes: enough for names of every script, and what is made of many signs does not make a card too large for Teams. */
const BYTES_A_CHARACTER = 2.5;
const MARGIN = 40;

// Control characters, line breaks, and the marks that override or isolate the writing direction.
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const RIGHT_TO_LEFT =
  /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}/u;

/**
 * A name, title or reason on one line, as plain text: for inputs, choices, button titles and notifications,
 * where no Markdown is read. At most `max` characters as people count them, fewer where they are of very many bytes.
 */
export function plainText(text: string, max = MAX_NAME): ReadyText {
  const oneLine = text.replaceAll(UNSAFE, ' ').replaceAll(/\s+/gu, ' ').trim();
  // Code units are never fewer than characters, so a short text needs no slow count.
  if (oneLine.length <= max) return oneLine as ReadyText;
  const characters = Array.from(
    new Intl.Segmenter('en').segment(oneLine.slice(0, max * 12)),
    (part) => part.segment,
  );
  const most = max * BYTES_A_CHARACTER + MARGIN;
  if (characters.length <= max && Buffer.byteLength(oneLine) <= most) return oneLine as ReadyText;
  return `${within(characters.slice(0, max - 1), most).trimEnd()}…` as ReadyText;
}

/** The first characters that have so many UTF-8 bytes together. */
function within(characters: readonly string[], most: number): string {
  let text = '';
  let bytes = 0;
  for (const character of characters) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    text += character;
  }
  return text;
}

/**
 * The same for a TextBlock or a fact of a card, which read Markdown: what others have written stays text.
 * Right-to-left text is isolated so that it does not turn the sentence around it.
 */
export function cardText(text: string, max = MAX_NAME): ReadyText {
  const escaped = plainText(text, max)
    .replaceAll(/[\\*`~[\]<]/gu, (mark) => `\\${mark}`)
    // Inside a word an underscore is harmless, and addresses such as `ann_lee@...` stay readable everywhere.
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    // A list, heading or quotation can only begin a line.
    .replace(/^([#>+-]|\d+(?=[.)]))/u, (start) => (/^\d/u.test(start) ? `${start}\\` : `\\${start}`));
  return (RIGHT_TO_LEFT.test(escaped) ? `\u2068${escaped}\u2069` : escaped) as ReadyText;
}

/** The same for a text message, where Teams reads Markdown and some HTML. */
export function messageText(text: string, max = MAX_NAME): ReadyText {
  return cardText(plainText(text, max).replaceAll('&', '&amp;').replaceAll('<', '&lt;'), max * 5);
}
