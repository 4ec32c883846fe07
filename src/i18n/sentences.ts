import { CATALOGS, type Language, type MessageKey } from './locale.js';
import { text, type ReadyText } from './text.js';

/**
 * A sentence of ours that was written down in English, such as why a case was handed to the admins, in the language of
 * its reader. Anything else, what people wrote included, stays as it is. What comes out is not escaped, as what goes in.
 */
export function sentenceIn(reader: Language, sentence: string): string {
  if (reader.locale === 'en' || sentence.length > LONGEST) return sentence;
  const exact = known().exact.get(sentence);
  if (exact !== undefined) return text(reader, exact);
  for (const { key, pattern, names } of known().patterns) {
    const [, ...found] = pattern.exec(sentence) ?? [];
    // Not a pattern again, whatever was found: values are put in as they are.
    if (found.length > 0)
      return text(reader, key, Object.fromEntries(names.map((name, at) => [name, found[at] as ReadyText])));
  }
  return sentence;
}

/** Our own are shorter; of what is longer only the beginning would be shown anyway. */
const LONGEST = 1_000;

interface Known {
  readonly exact: ReadonlyMap<string, MessageKey>;
  readonly patterns: readonly Pattern[];
}

interface Pattern {
  readonly key: MessageKey;
  readonly pattern: RegExp;
  /** Of the places, in order. */
  readonly names: readonly string[];
}

let read: Known | undefined;

/** What may be written down: messages named `said.…`. */
function known(): Known {
  if (read !== undefined) return read;
  const ours = Object.entries(CATALOGS.en).filter(([key]) => key.startsWith('said.')) as [
    MessageKey,
    string,
  ][];
  const hasPlaces = ([, english]: readonly [MessageKey, string]): boolean => english.includes('{');
  const exact = new Map(ours.filter((each) => !hasPlaces(each)).map(([key, english]) => [english, key]));
  read = { exact, patterns: ours.filter(hasPlaces).map(patternOf) };
  return read;
}

function patternOf([key, english]: readonly [MessageKey, string]): Pattern {
  const parts = english.split(/\{(\w+)\}/u);
  const source = parts.map((part, at) => (at % 2 === 1 ? '(.+?)' : literal(part))).join('');
  return {
    key,
    pattern: new RegExp(`^${source}$`, 'su'),
    names: parts.filter((_, at) => at % 2 === 1),
  };
}

function literal(part: string): string {
  return part.replaceAll(/[.*+?^${}()|[\]\\/]/gu, (mark) => `\\${mark}`);
}
