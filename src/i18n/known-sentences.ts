import { CATALOGS, type MessageKey } from './locale.js';

/**
 * With what the names of messages begin by which sentences that are written down are found again.
 *
 * `said.`: such as why a case was handed to the admins. `stepped.`: what a step does. `ordered.`: what became of an audit or
 * an approval. `guarded.`: why a guard has stopped an audit. `planned.`: what an audit is going to read. `part.`: what stands
 * in others. They are apart because some have words that people write as well: of their own reasons only those that they
 * chose from a list, `said.keepReason.`, are ours.
 */
export type Family =
  | `said.${'' | 'keepReason.'}`
  | 'stepped.'
  | 'ordered.'
  | 'guarded.'
  | 'planned.'
  | 'entry.scenario.'
  | `part.${'' | 'product.' | 'state.' | 'group.' | 'thing.' | 'does.' | 'source.'}`;

/** Places for something of ours that is no sentence, and the family that has it. */
export const PARTS: Readonly<Partial<Record<string, Family>>> = {
  step: 'stepped.',
  scenario: 'entry.scenario.',
  state: 'part.state.',
  thing: 'part.thing.',
  does: 'part.does.',
  source: 'part.source.',
  part: 'part.',
  requests: 'planned.',
  time: 'planned.',
  way: 'planned.',
  sweep: 'planned.',
  ids: 'planned.',
};

export interface Known {
  readonly exact: ReadonlyMap<string, MessageKey>;
  readonly patterns: readonly Pattern[];
}

export interface Pattern {
  readonly key: MessageKey;
  readonly pattern: RegExp;
  /** The longest text beside the places, which every match has. */
  readonly landmark: string;
  /** Of the places, in order. */
  readonly names: readonly string[];
}

const known = new Map<Family, Known>();

/** The English messages of a family as what they are found by. */
export function knownOf(family: Family): Known {
  const before = known.get(family);
  if (before !== undefined) return before;
  const ours = Object.entries(CATALOGS.en).filter(([key]) => key.startsWith(family)) as [
    MessageKey,
    string,
  ][];
  const whole = ours.filter(([, english]) => !english.includes('{'));
  const exact = new Map(
    whole.flatMap(([key, english]) => [
      [english, key],
      [english.replaceAll(APOSTROPHE, "'"), key],
    ]),
  );
  const patterns = ours
    .filter(([, english]) => english.includes('{'))
    .sort(([, a], [, b]) => Number(endsInPeoplesWords(b)) - Number(endsInPeoplesWords(a)))
    .map(patternOf);
  const made = { exact, patterns };
  known.set(family, made);
  return made;
}

/** These are looked for first: what people wrote may end like any other of ours. */
function endsInPeoplesWords(english: string): boolean {
  return english.endsWith('{reason}');
}

function patternOf([key, english]: readonly [MessageKey, string]): Pattern {
  const parts = english.split(/\{(\w+)\}/u);
  const source = parts.map((part, at) => (at % 2 === 1 ? placeFor(part) : literal(part))).join('');
  const between = parts.filter((_, at) => at % 2 === 0).flatMap((part) => part.split(APOSTROPHE));
  return {
    key,
    pattern: new RegExp(`^${source}$`, 'su'),
    landmark: between.reduce((longest, part) => (part.length > longest.length ? part : longest)),
    names: parts.filter((_, at) => at % 2 === 1),
  };
}

/** Places in which a sentence may end: those for sentences, and for what people have named or written. */
const FREE: ReadonlySet<string> = new Set([
  ...['sentence', 'message', 'detail', 'reason', 'typed', 'name', 'group', 'thing', 'things'],
]);

function placeFor(name: string): string {
  if (name.startsWith('count')) return String.raw`(\d+(?:,\d{3})*)`;
  return FREE.has(name) ? '(.+?)' : String.raw`((?:(?!\. ).)+?)`;
}

/** In a message the other one is an escape; sentences are written with either. */
const APOSTROPHE = '’';

function literal(part: string): string {
  return part
    .replaceAll(/[.*+?^${}()|[\]\\/]/gu, (mark) => `\\${mark}`)
    .replaceAll(APOSTROPHE, `[${APOSTROPHE}']`);
}
