import type { Token } from './tokens.js';

/** Verbs of use, of which the `not` comes last. */
export const USES: ReadonlySet<string> = new Set(
  'nutzt nutzen benutzt benutzen verwendet verwenden braucht brauchen'.split(' '),
);
/** With these another clause begins, of which the `not` may be. */
const OTHERS: ReadonlySet<string> = new Set(
  'und oder aber nicht kein keine keinen nur ohne außer schon ist sind war waren wurde wurden hat haben'.split(
    ' ',
  ),
);
const FURTHEST = 8;

/**
 * In German the `not` comes last: "wer nutzt Visio nicht mehr" says what "who does not use Visio any more" says, and is read
 * as "wer ungenutzt Visio". Only at the end of the text: elsewhere nobody can tell what it denies. As many tokens as before,
 * each where it was. Pure.
 */
export function withVerbFirst(tokens: readonly Token[]): readonly Token[] {
  const verb = tokens.findIndex(({ key, isQuoted }) => !isQuoted && USES.has(key));
  const not = tokens.length - (tokens.at(-1)?.key === 'mehr' ? 2 : 1);
  const isLast = tokens[not]?.key === 'nicht' && !tokens[not].isQuoted;
  const between = tokens.slice(verb + 1, not);
  // "nutzt nicht" is a phrase of its own.
  if (verb === -1 || !isLast || between.length === 0 || between.length > FURTHEST) return tokens;
  if (between.some(({ key, isQuoted }) => !isQuoted && OTHERS.has(key))) return tokens;
  return tokens.map((token, index) => {
    if (index === verb) return { ...token, key: 'ungenutzt' };
    return index >= not ? { ...token, key: 'noch' } : token;
  });
}
