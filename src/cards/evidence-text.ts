import type { EvidenceLine } from '../cases/evidence-lines.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { dayText } from './dates.js';

/** Of rows that say the same, the sources in this order. */
const ORDER = [
  'signIn',
  'exchange',
  'teams',
  'oneDrive',
  'sharePoint',
  'yammer',
  'skype',
  'apps',
  'activations',
] as const satisfies readonly EvidenceLine['source'][];

/**
 * One row per fact: sources that say the same share a row, so that nine sources stay readable.
 * Dates of last use come first, what is not known comes last and is said.
 */
export function evidenceRows(
  lines: readonly EvidenceLine[],
  reader: Language,
): readonly (readonly [sources: ReadyText, fact: ReadyText])[] {
  const inOrder = [...lines].sort(
    (a, b) => weight(a) - weight(b) || ORDER.indexOf(a.source) - ORDER.indexOf(b.source),
  );
  const rows = new Map<ReadyText, ReadyText[]>();
  for (const each of inOrder) {
    const fact = factText(each, reader);
    rows.set(fact, [...(rows.get(fact) ?? []), text(reader, `evidence.source.${each.source}`)]);
  }
  return [...rows].map(([fact, sources]) => [joined(sources, ', '), fact]);
}

/** The same in one line, for lists: `Sign-in: last used 14 Jul 2026 · Teams: no data`. */
export function evidenceSentence(lines: readonly EvidenceLine[], reader: Language): ReadyText {
  const parts = evidenceRows(lines, reader).map(([sources, fact]) =>
    text(reader, 'evidence.row', { sources, fact }),
  );
  return joined(parts, ' · ');
}

/** Which day the reports describe. */
export function dataDateText(evidenceDate: string | undefined, reader: Language): ReadyText {
  return evidenceDate
    ? text(reader, 'evidence.dataOf', { date: dayText(evidenceDate, reader) })
    : text(reader, 'evidence.noReport');
}

function weight({ fact }: EvidenceLine): number {
  return { on: 0, none: 1, unknown: 2 }[fact.kind];
}

function factText({ source, fact }: EvidenceLine, reader: Language): ReadyText {
  switch (fact.kind) {
    case 'on': {
      const date = dayText(fact.date, reader);
      return text(reader, source === 'activations' ? 'evidence.activated' : 'evidence.used', { date });
    }
    case 'none':
      if (source === 'activations') return text(reader, 'evidence.neverActivated');
      if (fact.since !== undefined)
        return text(reader, 'evidence.noneSince', { date: dayText(fact.since, reader) });
      return text(reader, source === 'signIn' ? 'evidence.never' : 'evidence.none');
    case 'unknown':
      return text(reader, 'evidence.unknown');
    default:
      return fact satisfies never;
  }
}
