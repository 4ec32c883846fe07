import { byteTable } from './byte-table.js';

/** A number for each text, from 0 on in the order in which they are met. */
export interface TextTable {
  readonly size: number;
  find(text: string): number | undefined;
  /** The number of a text, a new one when it is met first. */
  take(text: string): number;
}

/** Visible ASCII: one byte a character, no blanks to trim, one Unicode form. */
const FIRST = 0x21;
const LAST = 0x7e;
const [UPPER_A, UPPER_Z, TO_LOWER] = [0x41, 0x5a, 0x20];

/**
 * Keeps hundreds of thousands of names or ids, at half the memory of a Map and with nothing for the garbage collector
 * to copy. The few with other characters than visible ASCII lie in a Map.
 * @param keyOf the form in which texts are compared; of visible ASCII it is the lower case
 */
export function textTable(keyOf: (text: string) => string): TextTable {
  const others = new Map<string, number>();
  const table = byteTable();
  let word = new Uint8Array(256);

  /** Lays a text into `word` in lower case; false when it has other characters. */
  const isPlain = (text: string): boolean => {
    if (text.length > word.length) word = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code < FIRST || code > LAST) return false;
      word[at] = code >= UPPER_A && code <= UPPER_Z ? code + TO_LOWER : code;
    }
    return text !== '';
  };

  return {
    get size() {
      return table.size;
    },
    find(text) {
      if (isPlain(text)) return table.find(word, text.length);
      const key = keyOf(text);
      return isPlain(key) ? table.find(word, key.length) : others.get(key);
    },
    take(text) {
      if (isPlain(text)) return table.take(word, text.length);
      const key = keyOf(text);
      if (isPlain(key)) return table.take(word, key.length);
      const known = others.get(key);
      if (known !== undefined) return known;
      const number = table.skip();
      others.set(ownCopy(key), number);
      return number;
    },
  };
}

/** A text of its own: a slice would keep the whole chunk of the report in memory from which it was cut. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}
