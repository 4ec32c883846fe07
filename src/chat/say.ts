import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import type { Shown } from './answer.js';
import { listed } from './query-text.js';

export function say(words: ReadyText): Extract<Shown, { kind: 'text' }> {
  return { kind: 'text', text: words };
}

/** For whatever was not understood, or may not be known to whoever asks. */
export function unknown(suggestions: readonly string[], reader: Language): Extract<Shown, { kind: 'text' }> {
  if (suggestions.length === 0) return say(text(reader, 'chat.unknown'));
  const meant = listed(text(reader, 'chat.unknownPerhaps'), suggestions, reader);
  return suggesting(joined([meant, text(reader, 'chat.seeHelp')], '\n\n'), suggestions);
}

/** A text that lists requests, of which those can be sent by a touch that have no place to fill in. */
export function suggesting(words: ReadyText, requests: readonly string[]): Extract<Shown, { kind: 'text' }> {
  const suggestions = requests.filter(isWhole);
  return suggestions.length === 0 ? say(words) : { ...say(words), suggestions };
}

const PLACE = /\b(?:NAME|THING|REASON|DATE)\b/u;

/** true: nothing is left to fill in. */
export function isWhole(request: string): boolean {
  return !PLACE.test(request);
}
