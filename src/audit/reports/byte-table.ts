import { enlarged, flatArray } from '../flat-array.js';

/** Words of bytes, numbered from 0 on, in flat arrays. */
export interface ByteTable {
  readonly size: number;
  /** The number of the first `length` bytes; undefined when they are not in the table. */
  find(word: Uint8Array, length: number): number | undefined;
  /** The same, but a word that is not there yet gets the next number. */
  take(word: Uint8Array, length: number): number;
  /** Uses the next number for something that is kept elsewhere. */
  skip(): number;
}

const NONE = -1;

export function byteTable(): ByteTable {
  const words = wordList();
  /** Numbers by hash, at most half of the places taken. */
  let buckets = flatArray(Int32Array, 2_048).fill(NONE);
  /** The number of the word that was met last. */
  let last = 0;

  /** Lists of one tenant name people in much the same order: whoever comes next is looked for beside the last one. */
  const besideLast = (word: Uint8Array, length: number): boolean => {
    if (words.isAt(last, word, length)) return true;
    if (!words.isAt(last + 1, word, length)) return false;
    last += 1;
    return true;
  };
  /** The bucket that holds the word, or the free one where it belongs. */
  const bucketOf = (word: Uint8Array, length: number): number => {
    const mask = buckets.length - 1;
    for (let bucket = hashOf(word, 0, length) & mask; ; bucket = (bucket + 1) & mask) {
      const number = buckets[bucket] ?? NONE;
      if (number === NONE || words.isAt(number, word, length)) return bucket;
    }
  };
  const rebuild = (): void => {
    buckets = flatArray(Int32Array, buckets.length * 2).fill(NONE);
    const mask = buckets.length - 1;
    for (let number = 0; number < words.size; number += 1) {
      const hash = words.hashAt(number);
      if (hash === undefined) continue;
      let bucket = hash & mask;
      while (buckets[bucket] !== NONE) bucket = (bucket + 1) & mask;
      buckets[bucket] = number;
    }
  };

  return {
    get size() {
      return words.size;
    },
    find(word, length) {
      if (besideLast(word, length)) return last;
      const number = buckets[bucketOf(word, length)] ?? NONE;
      if (number === NONE) return undefined;
      last = number;
      return number;
    },
    take(word, length) {
      if (besideLast(word, length)) return last;
      const bucket = bucketOf(word, length);
      const known = buckets[bucket] ?? NONE;
      last = known === NONE ? words.append(word, length) : known;
      buckets[bucket] = last;
      if (words.size * 2 > buckets.length) rebuild();
      return last;
    },
    skip: () => words.append(NOTHING, 0),
  };
}

interface WordList {
  readonly size: number;
  /** Whether these bytes, at least one, are the word of that number. */
  isAt(number: number, word: Uint8Array, length: number): boolean;
  /** undefined: the number is used for something that is kept elsewhere. */
  hashAt(number: number): number | undefined;
  append(word: Uint8Array, length: number): number;
}

/** The words one behind the other. */
function wordList(): WordList {
  let bytes = flatArray(Uint8Array, 16_384);
  /** Where each word begins in `bytes`, and behind the last one where the next will. */
  let starts = flatArray(Uint32Array, 1_024);
  let size = 0;

  return {
    get size() {
      return size;
    },
    isAt(number, word, length) {
      if (number >= size) return false;
      const start = starts[number] ?? 0;
      if ((starts[number + 1] ?? 0) - start !== length) return false;
      for (let at = 0; at < length; at += 1) if (bytes[start + at] !== word[at]) return false;
      return true;
    },
    hashAt(number) {
      const [start, end] = [starts[number] ?? 0, starts[number + 1] ?? 0];
      return start === end ? undefined : hashOf(bytes, start, end);
    },
    append(word, length) {
      const start = starts[size] ?? 0;
      if (start + length > bytes.length) bytes = enlarged(Uint8Array, bytes, bytes.length * 2 + length);
      if (size + 2 > starts.length) starts = enlarged(Uint32Array, starts, starts.length * 2);
      bytes.set(word.subarray(0, length), start);
      starts[size + 1] = start + length;
      size += 1;
      return size - 1;
    },
  };
}

const NOTHING = new Uint8Array(0);

/** FNV-1a, its weak lower bits mixed with the upper ones. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
