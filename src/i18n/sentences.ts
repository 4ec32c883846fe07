import { CATALOGS, type Language, type MessageKey } from './locale.js';
import { text, type ReadyText } from './text.js';

/**
 * `said.`: sentences, such as why a case was handed to the admins. `stepped.`: what a step does. `ordered.`: what became of
 * an audit or an approval. `planned.`: what an audit is going to read. The last two are apart because they have words that
 * people write as well.
 */
type Family = 'said.' | 'stepped.' | 'ordered.' | 'planned.';

/**
 * What we have written down in English, in the language of its reader. Anything else, what people wrote included, stays as
 * it is. What comes out is not escaped, as what goes in.
 */
export function sentenceIn(reader: Language, sentence: string, family: Family = 'said.'): string {
  if (reader.locale === 'en' || sentence.length > LONGEST) return sentence;
  const { exact, patterns } = knownOf(family);
  const whole = exact.get(sentence);
  if (whole !== undefined) return text(reader, whole);
  for (const { key, pattern, names } of patterns) {
    const [, ...found] = pattern.exec(sentence) ?? [];
    if (found.length === 0) continue;
    const values = names.map((name, at) => [name, partIn(reader, family, name, found[at] ?? '')]);
    return text(reader, key, Object.fromEntries(values) as Readonly<Record<string, ReadyText>>);
  }
  return sentence;
}

/** What was found is put in as it is, and never as a pattern; in some sentences there is another one of ours. */
function partIn(reader: Language, family: Family, name: string, part: string): string {
  if (name === 'step') return sentenceIn(reader, part, 'stepped.');
  if (family === 'planned.')
    return FIGURE.test(part) ? figureIn(reader, part) : sentenceIn(reader, part, family);
  return name === 'sentence' ? sentenceIn(reader, part, family) : part;
}

/** `4,512` */
const FIGURE = /^\d{1,3}(,\d{3})+$/u;

function figureIn({ locale }: Language, figure: string): string {
  return Number(figure.replaceAll(',', '')).toLocaleString(locale);
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

const known = new Map<Family, Known>();

function knownOf(family: Family): Known {
  const before = known.get(family);
  if (before !== undefined) return before;
  const ours = Object.entries(CATALOGS.en).filter(([key]) => key.startsWith(family)) as [
    MessageKey,
    string,
  ][];
  const whole = ours.filter(([, english]) => !english.includes('{'));
  const exact = new Map(whole.map(([key, english]) => [english, key]));
  const patterns = ours.filter(([, english]) => english.includes('{')).map(patternOf);
  const made = { exact, patterns };
  known.set(family, made);
  return made;
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
