import { messageText } from '../cards/escape.js';
import type { WaiveOutcome } from '../cases/answering/desk.js';
import type { Language } from '../i18n/locale.js';
import { sentencesIn } from '../i18n/sentences.js';
import { text } from '../i18n/text.js';
import type { Shown } from './answer.js';

/** How a waiver has to be said. */
export function howToWaive(reader: Language): Shown {
  return { kind: 'text', text: text(reader, 'chat.howToWaive') };
}

/** What came of a waiver, in words. */
export function waived(outcome: WaiveOutcome, reader: Language): Shown {
  switch (outcome.kind) {
    case 'waived':
    case 'refused':
      return { kind: 'text', text: messageText(sentencesIn(reader, outcome.says), 600) };
    case 'noSuchCase':
      return { kind: 'text', text: text(reader, 'chat.nothingWaived') };
    default:
      return outcome satisfies never;
  }
}
