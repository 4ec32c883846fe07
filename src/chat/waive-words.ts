import type { ChatRequest } from './request.js';

/** Politeness before the request. */
const BEFORE: ReadonlySet<string> = new Set(
  'please pls hi hello hey can could would you i want to now bitte hallo ich'.split(' '),
);
const MAX_NAME = 120;
const BECAUSE: readonly string[] = ['because', '--reason', 'reason', 'weil'];
const FOR: readonly string[] = ['for', 'für'];
/** What stands between the verb and what is waived. */
const AFTER: ReadonlySet<string> = new Set(['bitte', 'auf']);
/** The verb, in English and German. */
const VERBS: readonly string[] = ['waive', 'verzichte'];

/** true: somebody may want to waive something. */
export function saysWaive(said: readonly string[]): boolean {
  return said.some((word) => VERBS.includes(word));
}

/**
 * "waive the team Harbor crew for Ada Lovelace because it is archived": an admin takes upon themself what stands in the way
 * of a case; in German "verzichte auf das Team Harbor crew für Ada Lovelace weil es archiviert ist". It has to be said whole;
 * nothing is guessed.
 * @returns undefined: the words are about something else
 */
export function waiveIn(words: readonly string[], said: readonly string[]): ChatRequest | undefined {
  const verb = said.findIndex((word) => VERBS.includes(word));
  if (verb === -1 || !said.slice(0, verb).every((word) => BEFORE.has(word))) return undefined;
  const at = verb + said.slice(verb + 1).findIndex((word) => !AFTER.has(word));
  const because = said.findIndex((word, index) => index > at && BECAUSE.includes(word));
  const end = because === -1 ? said.length : because;
  // The name of a team may have the word, the name of a person hardly.
  const about = said.findLastIndex((word, index) => index < end && FOR.includes(word));
  const isNamed = about > at;
  const thing = words.slice(at + 1, isNamed ? about : end).join(' ');
  const who = isNamed ? words.slice(about + 1, end).join(' ') : '';
  const isTooLong = who.length > MAX_NAME || thing.length > MAX_NAME;
  const reason = because === -1 ? '' : words.slice(because + 1).join(' ');
  return isTooLong || thing === '' || who === '' || reason === ''
    ? { kind: 'waiveUnclear' }
    : { kind: 'waive', who, thing, reason };
}
