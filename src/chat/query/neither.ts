import { smallWords } from './phrases.js';
import type { Token } from './tokens.js';

const NEITHER = smallWords('neither');
const NOR = smallWords('nor');

/**
 * "Neither Sales nor Finance" denies both, as "not Sales or Finance" does, and is read so; without the first word the second
 * means something else in German. As many tokens as before, each where it was. Pure.
 */
export function withNeither(tokens: readonly Token[]): readonly Token[] {
  const first = tokens.findIndex(({ key, isQuoted }) => !isQuoted && NEITHER.has(key));
  if (first === -1) return tokens;
  return tokens.map((token, index) => {
    if (index === first) return { ...token, key: 'not' };
    return index > first && !token.isQuoted && NOR.has(token.key) ? { ...token, key: 'or' } : token;
  });
}
