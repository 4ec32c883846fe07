import { nameKey } from '../name-key.js';

/** Words of a status are compared without regard to case, Unicode form and kind or number of blanks. */
export function wordKey(word: string): string {
  return nameKey(word.replace(/\s+/g, ' '));
}
