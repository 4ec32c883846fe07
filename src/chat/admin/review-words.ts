import type { AdminRequest } from './request.js';

const LONGEST_NAME = 120;
const BEFORE: ReadonlySet<string> = new Set('please pls kindly can could would you i want to now'.split(' '));
const VERBS: readonly string[] = ['release', 'veto'];
/** Without a name they ask for the list. */
const ALL: ReadonlySet<string> = new Set('the a all everything decisions decision reviews review'.split(' '));

/**
 * "release Ada Lovelace", "veto Ada because she is back": shows the decision with its choices; on a message alone nothing is
 * released or vetoed.
 * @param because where the reason begins, -1: nowhere
 */
export function reviewIn(
  words: readonly string[],
  said: readonly string[],
  { because, reason }: { readonly because: number; readonly reason: string },
): AdminRequest | undefined {
  const at = said.findIndex((word) => !BEFORE.has(word));
  if (!VERBS.includes(said[at] ?? '')) return undefined;
  const end = because === -1 ? said.length : because;
  const named = words.slice(at + 1, end);
  const who = named.every((word) => ALL.has(word.toLowerCase())) ? '' : named.join(' ');
  if (who.length > LONGEST_NAME) return undefined;
  return {
    do: 'review',
    who: who === '' ? undefined : who,
    reason: reason === '' ? undefined : reason,
  };
}
