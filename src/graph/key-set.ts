import { flatArray } from '../audit/flat-array.js';

/** Keys that were met, exactly. */
export interface KeySet {
  readonly size: number;
  /** @returns false when it was there before */
  add(key: string): boolean;
}

/** A GUID is four words of 32 bits. */
const WORDS = 4;
const GUID_LENGTH = 36;
const HYPHENS: ReadonlySet<number> = new Set([8, 13, 18, 23]);
const HYPHEN = 0x2d;
const NO_DIGIT = 16;
/** Values of hexadecimal digits by character; capital letters are left out, since keys differ in case. */
const DIGITS = new Uint8Array(128).fill(NO_DIGIT);
for (let value = 0; value < NO_DIGIT; value += 1) DIGITS[value.toString(NO_DIGIT).charCodeAt(0)] = value;

/**
 * A set for the ids of a whole directory: GUIDs in lower case lie in one flat array of at most 70 % taken places, at a
 * third of the memory of a Set of strings. Other keys lie in a Set.
 */
export function keySet(): KeySet {
  const others = new Set<string>();
  const guid = new Uint32Array(WORDS);
  let places = flatArray(Uint32Array, WORDS * 1_024);
  let taken = 0;

  /** The place that holds the GUID, or the free one where it belongs. */
  const placeOf = (words: Uint32Array, from: number): number => {
    const mask = places.length / WORDS - 1;
    for (let place = hashOf(words, from) & mask; ; place = (place + 1) & mask) {
      const at = place * WORDS;
      if (isFree(places, at) || isSame(places, at, words, from)) return at;
    }
  };
  const enlarge = (): void => {
    const before = places;
    places = flatArray(Uint32Array, before.length * 2);
    for (let at = 0; at < before.length; at += WORDS)
      if (!isFree(before, at)) places.set(before.subarray(at, at + WORDS), placeOf(before, at));
  };

  return {
    get size() {
      return taken + others.size;
    },
    add(key) {
      if (!readGuid(key, guid)) return others.size < others.add(key).size;
      const at = placeOf(guid, 0);
      if (!isFree(places, at)) return false;
      places.set(guid, at);
      taken += 1;
      if (taken * WORDS * 10 > places.length * 7) enlarge();
      return true;
    },
  };
}

/** Lays a GUID into `words`; false for any other text, and for the GUID of zeros, which marks a free place. */
function readGuid(text: string, words: Uint32Array): boolean {
  if (text.length !== GUID_LENGTH) return false;
  let word = 0;
  let digits = 0;
  for (let at = 0; at < GUID_LENGTH; at += 1) {
    const code = text.charCodeAt(at);
    if (code === HYPHEN && HYPHENS.has(at)) continue;
    const digit = DIGITS[code] ?? NO_DIGIT;
    if (digit === NO_DIGIT) return false;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % 8 === 0) words[digits / 8 - 1] = word;
  }
  return digits === 32 && !isFree(words, 0);
}

function isFree(words: Uint32Array, at: number): boolean {
  return ((words[at] ?? 0) | (words[at + 1] ?? 0) | (words[at + 2] ?? 0) | (words[at + 3] ?? 0)) === 0;
}

function isSame(some: Uint32Array, at: number, others: Uint32Array, from: number): boolean {
  for (let word = 0; word < WORDS; word += 1) if (some[at + word] !== others[from + word]) return false;
  return true;
}

function hashOf(words: Uint32Array, at: number): number {
  let hash = 0;
  for (let word = 0; word < WORDS; word += 1) {
    hash = Math.imul(hash ^ (words[at + word] ?? 0), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
