import { smallWords } from './phrases.js';
import type { Token } from './tokens.js';

const NEITHER = smallWords('neither');
const NOR = smallWords('nor');

/** Where "neither" stands before a "nor": alone it is somebody's name, and the other means something else in German. */
export function neitherAt(words: readonly string[]): number | undefined {
  const first = words.findIndex((word) => NEITHER.has(word));
  return first !== -1 && words.slice(first).some((word) => NOR.has(word)) ? first : undefined;
}

/**
 * "Neither Sales nor Finance" denies both, as "except Sales or Finance" does, and is read so. As many tokens as before, each
 * where it was. Pure.
 */
export function withNeither(tokens: readonly Token[]): readonly Token[] {
  const first = neitherAt(tokens.map(({ key, isQuoted }) => (isQuoted ? '' : key)));
  if (first === undefined) return tokens;
  return tokens.map((token, index) => {
    if (index === first) return { ...token, key: 'except' };
    return index > first && !token.isQuoted && NOR.has(token.key) ? { ...token, key: 'or' } : token;
  });
}
