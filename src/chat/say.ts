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
  return say(joined([meant, text(reader, 'chat.seeHelp')], '\n\n'));
}
