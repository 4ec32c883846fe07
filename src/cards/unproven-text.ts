import type { Unproven } from '../audit/licenses/unproven.js';
import type { Language } from '../i18n/locale.js';
import { sentencesIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { cardText } from './escape.js';

/** Products of a kind that are named. */
const MOST_NAMED = 3;

/** Why some licenses cannot be shown to be unused, and what changes that: a sentence or two for each kind of reason. */
export function whyUnprovenText(
  unproven: readonly Unproven[],
  reader: Language,
  escaped: (words: string, max?: number) => ReadyText,
): ReadyText {
  const kinds = [...new Set(unproven.map(({ why }) => why.kind))];
  const sentences = kinds.map((kind) => {
    const these = unproven.filter(({ why }) => why.kind === kind);
    const licenses = joined(
      these.slice(0, MOST_NAMED).map(({ name }) => escaped(name, 80)),
      ', ',
    );
    const why = these[0]?.why;
    if (why?.kind !== 'unusable') return text(reader, `unproven.${kind}`, { licenses });
    const says = escaped(sentencesIn(reader, why.says, ['guarded.', 'said.']), 300);
    return text(reader, 'unproven.unusable', { licenses, says });
  });
  return joined(sentences, ' ');
}

/** For an answer that has some people: others are missing in it. */
export function unprovenNote(
  unproven: readonly Unproven[],
  reader: Language,
  escaped: typeof cardText = cardText,
): ReadyText {
  return text(reader, 'query.unproven', { why: whyUnprovenText(unproven, reader, escaped) });
}
