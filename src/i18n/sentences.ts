import { dayText, timeText } from '../cards/dates.js';
import type { Instant } from '../cases/case.js';
import { knownOf, PARTS, type Family } from './known-sentences.js';
import type { Language } from './locale.js';
import { text, type ReadyText } from './text.js';

/**
 * One sentence that we have written down in English, in the language of its reader. Anything else, what people wrote
 * included, stays as it is. What comes out is not escaped, as what goes in.
 */
export function sentenceIn(reader: Language, sentence: string, family: Family = 'said.'): string {
  return known(reader, sentence, [family]) ?? sentence;
}

/** The same for what may be several sentences, of which each is looked for in the first family that has it. */
export function sentencesIn(
  reader: Language,
  sentences: string,
  families: readonly Family[] = ['said.'],
): string {
  return known(reader, sentences, families) ?? oneByOne(reader, sentences, families).words;
}

/** Our own are shorter; of what is longer only the beginning would be shown anyway. */
const LONGEST = 2_000;

/** undefined: it is none of ours. */
function known(reader: Language, sentence: string, families: readonly Family[]): string | undefined {
  if (staysAsItIs(reader, families) || sentence.length > LONGEST) return undefined;
  for (const family of families) {
    const { exact, patterns } = knownOf(family);
    const whole = exact.get(sentence);
    if (whole !== undefined) return text(reader, whole);
    for (const { key, pattern, landmark, names } of patterns) {
      // Far cheaper than the pattern, and says no to nearly all of them.
      if (!sentence.includes(landmark)) continue;
      const [, ...found] = pattern.exec(sentence) ?? [];
      if (found.length === 0) continue;
      const values = names.map((name, at) => [name, partIn(reader, families, name, found[at] ?? '')]);
      return text(reader, key, Object.fromEntries(values) as Readonly<Record<string, ReadyText>>);
    }
  }
  return undefined;
}

/** They are English already; what an audit is going to read has dates, which everybody gets in their own way. */
function staysAsItIs({ locale }: Language, families: readonly Family[]): boolean {
  return locale === 'en' && !families.includes('planned.');
}

/** More sentences are not looked at one by one, and so many together are one of ours at most. */
const MOST_PIECES = 40;
const MOST_TOGETHER = 8;

/** @returns `areOurs`: nothing is left as it was */
function oneByOne(
  reader: Language,
  sentences: string,
  families: readonly Family[],
): { readonly words: string; readonly areOurs: boolean } {
  if (staysAsItIs(reader, families)) return { words: sentences, areOurs: false };
  const pieces = sentences.split(/(?<=\.) (?=\S)/u, MOST_PIECES + 1);
  if (pieces.length > MOST_PIECES) return { words: sentences, areOurs: false };
  const words: string[] = [];
  let areOurs = true;
  for (let at = 0; at < pieces.length;) {
    const found = longestKnown(reader, pieces.slice(at, at + MOST_TOGETHER), families);
    words.push(found?.words ?? pieces[at] ?? '');
    areOurs &&= found !== undefined;
    at += found?.length ?? 1;
  }
  return { words: words.join(' '), areOurs };
}

/** What begins with the first piece, as long as it goes: a name may have a full stop, and one of ours several. */
function longestKnown(
  reader: Language,
  pieces: readonly string[],
  families: readonly Family[],
): { readonly words: string; readonly length: number } | undefined {
  for (let length = pieces.length; length > 0; length -= 1) {
    const words = known(reader, pieces.slice(0, length).join(' '), families);
    if (words !== undefined) return { words, length };
  }
  return undefined;
}

/** By the name of its place: in some there are words of ours, dates or figures. The rest is put in as it is. */
function partIn(reader: Language, families: readonly Family[], name: string, part: string): string {
  const family = PARTS[name];
  if (family !== undefined) return sentenceIn(reader, part, family);
  switch (name) {
    case 'sentence':
      return sentencesIn(reader, part, families);
    case 'message':
      return messageIn(reader, part, families);
    case 'things':
      return part
        .split(/, (?=(?:the )?(?:team|group) )/u)
        .map((thing) => sentenceIn(reader, thing, 'part.thing.'))
        .join(', ');
    default:
      return valueIn(reader, name, part);
  }
}

/** Words of Microsoft are quoted as they came, so that nobody takes them for ours, and they can be searched for. */
function messageIn(reader: Language, message: string, families: readonly Family[]): string {
  const ours = oneByOne(reader, message, families);
  return ours.areOurs ? ours.words : text(reader, 'quoted.microsoft', { words: message as ReadyText });
}

function valueIn(reader: Language, name: string, value: string): string {
  if (name.startsWith('date') && DAY.test(value)) return dayText(value, reader);
  if (name === 'moment' && MOMENT.test(value))
    return timeText(value as Instant, { ...reader, timeZone: 'UTC' });
  return /^(count|percent|points|factor)/u.test(name) && FIGURE.test(value) ? figureIn(reader, value) : value;
}

const DAY = /^\d{4}-\d\d-\d\d$/u;
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u;
/** `4,512`, `2.7` */
const FIGURE = /^\d{1,3}(,\d{3})+$|^\d+\.\d+$/u;

function figureIn({ locale }: Language, figure: string): string {
  const decimals = figure.split('.')[1]?.length ?? 0;
  return Number(figure.replaceAll(',', '')).toLocaleString(locale, { minimumFractionDigits: decimals });
}
