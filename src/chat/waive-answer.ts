import { messageText } from '../cards/escape.js';
import type { WaiveOutcome } from '../cases/answering/desk.js';
import type { Shown } from './answer.js';

/** How a waiver has to be said. */
export const HOW_TO_WAIVE: Shown = {
  kind: 'text',
  text:
    'Please say what is waived, for whom and why, for example **waive the team Harbor crew for Adele Vance because it ' +
    'is archived**. Besides groups and teams it can be **OneDrive** or **notice**.',
};

/** What came of a waiver, in words. */
export function waived(outcome: WaiveOutcome): Shown {
  switch (outcome.kind) {
    case 'waived':
    case 'refused':
      return { kind: 'text', text: messageText(outcome.says, 600) };
    case 'noSuchCase':
      return { kind: 'text', text: 'There is no case about this person. Nothing was waived.' };
    default:
      return outcome satisfies never;
  }
}
