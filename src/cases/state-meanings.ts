import { ENGLISH } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import type { StateName } from './case.js';

/**
 * What a state means, in half a sentence: for `states`, and wherever somebody is told how a case stands. In English, as
 * such sentences are written down; a reader of another language gets the message `part.state.…` of theirs.
 */
export function meaningOf(state: StateName): ReadyText {
  return text(ENGLISH, `part.state.${state}`);
}
