import { messageText } from '../cards/escape.js';
import type { Shown } from './answer.js';

export function say(text: string): Extract<Shown, { kind: 'text' }> {
  return { kind: 'text', text };
}

/** For whatever was not understood, or may not be known to whoever asks. */
export function unknown(suggestions: readonly string[]): Extract<Shown, { kind: 'text' }> {
  if (suggestions.length === 0)
    return say('I did not understand that. Write **help** to see what you can ask.');
  const list = suggestions.map((text) => `- **${messageText(text, 140)}**`).join('\n');
  return say(`I did not understand that. Did you mean:\n\n${list}\n\nWrite **help** to see everything.`);
}
