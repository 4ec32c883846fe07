import type { Table } from './meaning.js';

/** An adjective with what it may end in before a noun. */
export function formsOf(word: string): readonly string[] {
  return ['', 'e', 'en', 'er', 'es', 'em'].map((end) => `${word}${end}`);
}

/** All forms of adjectives, as phrases. */
export function forms(...adjectives: readonly string[]): string {
  return adjectives.flatMap(formsOf).join('|');
}

/** With the spelling of keyboards that have no umlauts. */
export function typed<T>(table: Table<T>): Table<T> {
  return table.map(([meaning, phrases]) => {
    const plain = phrases.split('|').map(withoutUmlauts);
    return [meaning, [...new Set([...phrases.split('|'), ...plain])].join('|')];
  });
}

/** @param word in small letters */
export function withoutUmlauts(word: string): string {
  return word.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss');
}
