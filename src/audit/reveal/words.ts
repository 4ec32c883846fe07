import type { HistoryEvent } from '../../store/history.js';
import type { NamesEvent } from './record.js';

const WORDS: Readonly<Record<NamesEvent['type'], (facts: Facts) => string>> = {
  namesNoted: () => 'About to show names in usage reports for an audit; the tenant conceals them.',
  namesShown: () => 'Names in usage reports are shown.',
  namesConcealed: (facts) =>
    facts['by'] === 'recovery'
      ? `Names in usage reports are concealed again, after an audit that did not end; shown for ${atMost(facts)}.`
      : `Names in usage reports are concealed again; shown for ${atMost(facts)}.`,
  namesFoundConcealed: (facts) =>
    `Names in usage reports were found concealed, as before the audit; shown for ${atMost(facts)}, if at all.`,
  namesLeftToOthers: () =>
    'Somebody else showed names in usage reports meanwhile; the setting was left alone.',
  namesShownLate: () =>
    'A call that shows names in usage reports may have come after they were concealed; they are concealed once more.',
};

type Facts = Readonly<Record<string, unknown>>;

/** One entry about the tenant's settings as a sentence. */
export function settingsWords({ type, public: facts }: Pick<HistoryEvent, 'type' | 'public'>): string {
  return Object.hasOwn(WORDS, type)
    ? WORDS[type as NamesEvent['type']](facts as Facts)
    : `Unknown entry "${type}".`;
}

export function atMost({ minutes }: { readonly minutes?: unknown }): string {
  return `at most ${String(minutes)} ${minutes === 1 ? 'minute' : 'minutes'}`;
}
