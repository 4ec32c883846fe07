import { z } from 'zod';
import type { Head, HistoryEvent, HistorySide } from './history.js';
import { NO_HEAD, detailsDigest, eventHash, eventId, sideId } from './history.js';

export type Fault =
  /** Not where it belongs in the chain: one is missing, too many, or out of order. */
  | { readonly kind: 'outOfPlace'; readonly seq: number; readonly id: string }
  | { readonly kind: 'unreadable'; readonly seq: number; readonly id: string }
  | { readonly kind: 'changed'; readonly seq: number; readonly id: string }
  /** Says that another event came before it than the one that does. */
  | { readonly kind: 'wrongPrevious'; readonly seq: number; readonly id: string }
  /** The names and texts are not those that were recorded. */
  | { readonly kind: 'detailsChanged'; readonly seq: number; readonly id: string }
  /** Details without an event, or twice. */
  | { readonly kind: 'strayDetails'; readonly seq: number; readonly id: string }
  /** The chain ends before a head that is known of. */
  | { readonly kind: 'truncated'; readonly seq: number }
  /** The chain goes on after the head in the case document. */
  | { readonly kind: 'surplus'; readonly seq: number }
  /** The history is of a case that is not in the store (any more). */
  | { readonly kind: 'caseMissing'; readonly seq: number }
  /** At this length the chain had another head. */
  | { readonly kind: 'wrongHead'; readonly seq: number };

export interface ChainReport extends Head {
  readonly caseId: string;
  /** Entries whose details were erased; that is allowed. */
  readonly erased: readonly number[];
  /** Empty: the history is what was written. */
  readonly faults: readonly Fault[];
}

export interface ExpectedHeads {
  /** From the case document: the chain ends exactly there. */
  readonly current?: Head | 'caseMissing' | undefined;
  /** Exported earlier: the chain goes at least so far, through that head. */
  readonly exported?: readonly Head[];
}

const Event = z.strictObject({
  id: z.string(),
  kind: z.literal('event'),
  caseId: z.string(),
  seq: z.int().nonnegative(),
  at: z.string(),
  type: z.string(),
  subjectKey: z.string(),
  actorKey: z.string(),
  public: z.json(),
  digest: z.string(),
  previous: z.string(),
  hash: z.string(),
});

const Side = z.strictObject({
  id: z.string(),
  kind: z.literal('side'),
  caseId: z.string(),
  seq: z.int().nonnegative(),
  salt: z.string(),
  details: z.json(),
});

/**
 * Compares a chain with what it says of itself and with the heads that are known of. Finds every change, removal,
 * insertion and exchange; a chain rewritten from some point on is found by a head that was exported before.
 * @param events in the order of the chain
 */
export function verifyChain(
  caseId: string,
  events: readonly HistoryEvent[],
  sides: readonly HistorySide[],
  expected: ExpectedHeads = {},
): ChainReport {
  const sideOf = new Map(sides.map((side) => [side.id, side]));
  const present = events.map((_, seq) => sideOf.get(sideId(seq)));
  return {
    caseId,
    seq: events.length,
    head: events.at(-1)?.hash ?? NO_HEAD,
    erased: present.flatMap((side, seq) => (side === undefined ? [seq] : [])),
    faults: [
      ...events.flatMap((event, seq) => eventFaults(caseId, event, seq, events[seq - 1])),
      ...events.flatMap((event, seq) => detailFaults(caseId, event, seq, present[seq])),
      ...strays(events.length, sides),
      ...headFaults(events, expected),
    ],
  };
}

function eventFaults(
  caseId: string,
  event: HistoryEvent,
  seq: number,
  before: HistoryEvent | undefined,
): readonly Fault[] {
  const { id } = event;
  if (!Event.safeParse(event).success) return [{ kind: 'unreadable', seq, id }];
  const faults: Fault[] = [];
  if (event.seq !== seq || id !== eventId(seq) || event.caseId !== caseId)
    faults.push({ kind: 'outOfPlace', seq, id });
  if (event.hash !== eventHash(event)) faults.push({ kind: 'changed', seq, id });
  if (event.previous !== (before?.hash ?? NO_HEAD)) faults.push({ kind: 'wrongPrevious', seq, id });
  return faults;
}

function detailFaults(
  caseId: string,
  event: HistoryEvent,
  seq: number,
  side: HistorySide | undefined,
): readonly Fault[] {
  if (side === undefined) return [];
  const fits =
    Side.safeParse(side).success &&
    side.caseId === caseId &&
    side.seq === seq &&
    event.digest === detailsDigest(side.salt, side.details);
  return fits ? [] : [{ kind: 'detailsChanged', seq, id: side.id }];
}

function strays(length: number, sides: readonly HistorySide[]): readonly Fault[] {
  const belonging = new Set(Array.from({ length }, (_, seq) => sideId(seq)));
  // Each id may stand once: the second finds its place taken.
  return sides.flatMap(({ id, seq }) =>
    belonging.delete(id) ? [] : [{ kind: 'strayDetails' as const, seq, id }],
  );
}

function headFaults(
  events: readonly HistoryEvent[],
  { current, exported = [] }: ExpectedHeads,
): readonly Fault[] {
  const faults: Fault[] = exported.flatMap((head) => headFault(events, head));
  if (current === undefined) return faults;
  if (current === 'caseMissing') return [...faults, { kind: 'caseMissing', seq: events.length }];
  const surplus: readonly Fault[] =
    events.length > current.seq ? [{ kind: 'surplus', seq: current.seq }] : [];
  return [...faults, ...headFault(events, current), ...surplus];
}

function headFault(events: readonly HistoryEvent[], { seq, head }: Head): readonly Fault[] {
  if (seq > events.length) return [{ kind: 'truncated', seq }];
  return (seq === 0 ? NO_HEAD : events[seq - 1]?.hash) === head ? [] : [{ kind: 'wrongHead', seq }];
}
