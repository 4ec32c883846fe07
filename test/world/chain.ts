import type { Head, HistoryEvent, HistorySide, Json } from '../../src/store/history.js';
import { historyOperations, NO_HEAD } from '../../src/store/history.js';

export interface Chain extends Head {
  readonly events: readonly HistoryEvent[];
  readonly sides: readonly HistorySide[];
}

/** A chain of `length` entries, as the program writes it. */
export function aChain(
  length: number,
  options: { readonly caseId?: string; readonly details?: Json } = {},
): Chain {
  const caseId = options.caseId ?? 'case-1';
  let head: Head = { seq: 0, head: NO_HEAD };
  const events: HistoryEvent[] = [];
  const sides: HistorySide[] = [];
  for (let n = 0; n < length; n += 1) {
    const next = historyOperations(
      { ...head, caseId, subjectKey: 'subject-7f' },
      {
        type: n === 0 ? 'opened' : 'asked',
        at: `2026-03-01T08:00:${String(n).padStart(2, '0')}.000Z`,
        actorKey: 'system',
        public: { state: 'asked', n },
        private: options.details ?? { name: 'Ada Lovelace', to: ['Grace'] },
      },
      n.toString(16).padStart(32, '0'),
    );
    for (const operation of next.operations) {
      if (operation.kind !== 'create') continue;
      if (operation.doc.kind === 'event') events.push(operation.doc as HistoryEvent);
      else sides.push(operation.doc as HistorySide);
    }
    head = next;
  }
  return { ...head, events, sides };
}
