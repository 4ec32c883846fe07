import type { Token } from './tokens.js';

const USES: ReadonlySet<string> = new Set(
  'nutzt nutzen benutzt benutzen verwendet verwenden braucht brauchen'.split(' '),
);
/** What a `not` at the end does not reach over. */
const ENDS: ReadonlySet<string> = new Set('und oder aber nicht kein keine keinen nur ohne außer'.split(' '));
const FURTHEST = 8;

/**
 * In German the `not` comes last: "wer nutzt Visio nicht mehr" says what "who does not use Visio any more" says, and is read
 * as "wer ungenutzt Visio". As many tokens as before, each where it was. Pure.
 */
export function withVerbFirst(tokens: readonly Token[]): readonly Token[] {
  const verb = tokens.findIndex(({ key, isQuoted }) => !isQuoted && USES.has(key));
  if (verb === -1) return tokens;
  const rest = tokens.slice(verb + 1, verb + 1 + FURTHEST);
  const end = rest.findIndex(({ key, isQuoted }) => !isQuoted && ENDS.has(key));
  // "nutzt nicht", and "nutzt es aber nicht", are phrases of their own.
  if (end < 1 || rest[end]?.key !== 'nicht') return tokens;
  const not = verb + 1 + end;
  return tokens.map((token, index) => {
    if (index === verb) return { ...token, key: 'ungenutzt' };
    const isAfter = index === not || (index === not + 1 && token.key === 'mehr');
    return isAfter ? { ...token, key: 'noch' } : token;
  });
}
