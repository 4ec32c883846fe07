import type { UnmatchedPerson } from '../audit/scope/people.js';
import { clean, counted } from './terminal.js';

const SHOWN = 20;

/** Rows of a list of people that name nobody with a license; undefined when each names somebody. */
export function unmatchedText(unmatched: readonly UnmatchedPerson[]): string | undefined {
  if (unmatched.length === 0) return undefined;
  const more = unmatched.length - SHOWN;
  return [
    `The list of people has ${counted(unmatched.length, 'row')} that ${unmatched.length === 1 ? 'names' : 'name'} nobody with a license:`,
    ...unmatched.slice(0, SHOWN).map(({ line, key }) => `  line ${line} (${clean(key)})`),
    ...(more > 0 ? [`  and ${more.toLocaleString('en')} more`] : []),
  ].join('\n');
}
