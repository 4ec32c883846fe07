import type { EvidenceLine } from '../cases/case.js';
import { dayText } from './dates.js';

const SOURCES = {
  signIn: 'Sign-in',
  exchange: 'Mail',
  teams: 'Teams',
  oneDrive: 'OneDrive',
  sharePoint: 'SharePoint',
  yammer: 'Viva Engage',
  skype: 'Skype',
  apps: 'Microsoft 365 Apps',
  activations: 'Installed apps',
} as const satisfies Record<EvidenceLine['source'], string>;

const ORDER = Object.keys(SOURCES);

/**
 * One row per fact: sources that say the same share a row, so that nine sources stay readable.
 * Dates of last use come first, what is not known comes last and is said.
 */
export function evidenceRows(lines: readonly EvidenceLine[]): readonly (readonly [string, string])[] {
  const inOrder = [...lines].sort(
    (a, b) => weight(a) - weight(b) || ORDER.indexOf(a.source) - ORDER.indexOf(b.source),
  );
  const rows = new Map<string, string[]>();
  for (const each of inOrder) {
    const text = factText(each);
    rows.set(text, [...(rows.get(text) ?? []), SOURCES[each.source]]);
  }
  return [...rows].map(([text, sources]) => [sources.join(', '), text]);
}

/** The same in one line, for lists: `Sign-in: last used 14 Jul 2026 · Teams: no data`. */
export function evidenceSentence(lines: readonly EvidenceLine[]): string {
  return evidenceRows(lines)
    .map(([sources, text]) => `${sources}: ${text}`)
    .join(' · ');
}

/** Which day the reports describe. */
export function dataDateText(evidenceDate: string | undefined): string {
  return evidenceDate
    ? `Microsoft 365 usage data of ${dayText(evidenceDate)}`
    : 'There is no usage report to go by';
}

function weight({ fact }: EvidenceLine): number {
  return { on: 0, none: 1, unknown: 2 }[fact.kind];
}

function factText({ source, fact }: EvidenceLine): string {
  switch (fact.kind) {
    case 'on':
      return `last ${source === 'activations' ? 'activated' : 'used'} ${dayText(fact.date)}`;
    case 'none':
      if (source === 'activations') return 'never activated on a device; use on the web is not recorded';
      if (fact.since !== undefined) return `no use since ${dayText(fact.since)}`;
      return source === 'signIn' ? 'never' : 'no use on record';
    case 'unknown':
      return 'no data';
    default:
      return fact satisfies never;
  }
}
