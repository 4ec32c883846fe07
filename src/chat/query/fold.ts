import { nameKey } from '../../audit/name-key.js';

/** The form in which words and values are compared: case, Unicode form, blanks and the kind of apostrophe do not count. */
export function fold(text: string): string {
  return nameKey(text.replaceAll(/[’‘]/gu, "'").replaceAll(/\s+/gu, ' '));
}
