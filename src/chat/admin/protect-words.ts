import { dayIn } from './dates.js';
import type { AdminRequest } from './request.js';

const LONGEST_NAME = 120;
const BEFORE: ReadonlySet<string> = new Set(
  'please pls kindly can could would you i want to now hi hello hey'.split(' '),
);
const VERBS = { protect: 'protect', exempt: 'exempt' } as const;
const LIFTS: readonly string[] = ['unprotect', 'unexempt'];

/**
 * "protect Ada Lovelace because she is on a project until 31 January 2027", "exempt Ada until 2027-01-31 because ...",
 * "unprotect Ada". It has to be said whole; nothing is guessed.
 * @param words as typed, without marks around them
 * @param said the same in small letters
 * @param because where the reason begins, -1: nowhere; `reason`: in the words of the message
 */
export function protectIn(
  words: readonly string[],
  said: readonly string[],
  { because, reason }: { readonly because: number; readonly reason: string },
): AdminRequest | undefined {
  const at = said.findIndex((word) => !BEFORE.has(word));
  const verb = said[at] ?? '';
  const end = because === -1 ? said.length : because;
  if (LIFTS.includes(verb)) {
    const who = words.slice(at + 1, end).join(' ');
    return who === '' || who.length > LONGEST_NAME ? { do: 'protectUnclear' } : { do: 'unprotect', who };
  }
  if (!Object.hasOwn(VERBS, verb)) return undefined;
  const how = VERBS[verb as keyof typeof VERBS];
  const untilAt = said.indexOf('until');
  const isBefore = untilAt !== -1 && untilAt < end;
  const who = words.slice(at + 1, isBefore ? untilAt : end).join(' ');
  const until = isBefore ? dayIn(said.slice(untilAt + 1, end)) : lastDayIn(said.slice(end));
  const isDateMissing = until === undefined && (isBefore || how === 'exempt');
  if (who === '' || who.length > LONGEST_NAME || reason === '' || isDateMissing)
    return { do: 'protectUnclear' };
  return { do: 'protect', how, who, reason, until };
}

/** The date at the end of a reason: "because she is on a project until 31.1.2027"; "until further notice" is none. */
function lastDayIn(said: readonly string[]): string | undefined {
  const at = said.lastIndexOf('until');
  return at === -1 ? undefined : dayIn(said.slice(at + 1));
}
