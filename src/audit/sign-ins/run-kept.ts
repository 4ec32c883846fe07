import { DAY_MS } from '../../config/durations.js';
import { instant, type Instant } from '../../cases/case.js';
import type { SignInRow } from '../../graph/graph-door.js';
import type { Doc, Store } from '../../store/store.js';
import type { UserId } from '../person.js';
import { atTheBeginning } from './place.js';
import { hasDate } from './sign-in.js';
import { keptPlace, type KeptPlace } from './run-place.js';

/** A row with the moment from which on it may be out of date. */
export type KeptSignInRow = SignInRow & { readonly readAt: Date };

/** Sign-in rows between runs: ids and dates only, and no longer than a day. */
export interface KeptSignIns {
  /** Rows that are young enough to be used again. */
  load(now: Date): Promise<ReadonlyMap<UserId, KeptSignInRow>>;
  /**
   * @param readAt when the oldest of them was asked for
   * @param dates absent: nobody had a date yet, so that those without one are read anew
   */
  save(rows: readonly SignInRow[], readAt: Date, dates?: 'shown'): Promise<void>;
  /** Where the reading stood that they are of. */
  readonly place: KeptPlace;
}

/** Every run reads all that it needs. */
export const NOTHING_KEPT: KeptSignIns = {
  load: () => Promise.resolve(new Map()),
  save: () => Promise.resolve(),
  place: {
    load: ({ olderThan }) => Promise.resolve(atTheBeginning(olderThan)),
    save: () => Promise.resolve(),
    forget: () => Promise.resolve(),
  },
};

export interface KeptSignInDoors {
  readonly store: Store;
  readonly newId: () => string;
  /** Milliseconds until a row is read again; default a day, as late as the dates themselves may be. */
  readonly maxAgeMs?: number;
}

const KIND = 'signIns';
/** About 40 KB: a fiftieth of what a document may hold. */
const ROWS_PER_PIECE = 500;

/** Id, and seconds since 1970 of the successful, interactive and non-interactive one; null: none. */
type CompactRow = readonly [id: UserId, number | null, number | null, number | null];

interface PieceDoc extends Doc {
  readonly kind: typeof KIND;
  /** Of the oldest row. */
  readonly startedAt: Instant;
  readonly rows: readonly CompactRow[];
  /** Somebody's date was shown by then; absent: of nobody. */
  readonly dates?: 'shown';
}

/** Keeps rows in the store, piece by piece as they are read: each piece is a document of its own that never changes. */
export function keptSignIns({ store, newId, maxAgeMs = DAY_MS }: KeptSignInDoors): KeptSignIns {
  return {
    load: async (now) => {
      const kept = new Map<UserId, KeptSignInRow>();
      const useless: string[] = [];
      for await (const { doc } of store.query<PieceDoc>({ container: 'meta', where: [ALL] })) {
        const readAt = new Date(doc.startedAt);
        const age = now.getTime() - readAt.getTime();
        // A piece from the future is of a clock that was put back: nobody knows how old it is.
        if (age >= maxAgeMs || age < 0 || Number.isNaN(age)) useless.push(doc.id);
        else addPiece(kept, doc, { readAt, provesNone: doc.dates === 'shown' });
      }
      for (const id of useless) await store.remove('meta', id, id);
      return kept;
    },
    save: async (rows, readAt, dates) => {
      for (let from = 0; from < rows.length; from += ROWS_PER_PIECE) {
        const doc: PieceDoc = {
          id: `sign-ins-${newId()}`,
          kind: KIND,
          startedAt: instant(readAt),
          rows: rows.slice(from, from + ROWS_PER_PIECE).map(compact),
          ...(dates === undefined ? {} : { dates }),
        };
        await store.create('meta', doc);
      }
    },
    place: keptPlace({ store, newId, maxAgeMs }),
  };
}

const ALL = { field: 'kind', is: '=', value: KIND } as const;

/** @param provesNone a row without a date still says that there was none */
function addPiece(
  kept: Map<UserId, KeptSignInRow>,
  { rows }: PieceDoc,
  { readAt, provesNone }: { readonly readAt: Date; readonly provesNone: boolean },
): void {
  for (const [userId, successful, interactive, nonInteractive] of rows) {
    const before = kept.get(userId);
    if (before !== undefined && before.readAt >= readAt) continue;
    const row = {
      userId,
      successful: fromSeconds(successful),
      interactive: fromSeconds(interactive),
      nonInteractive: fromSeconds(nonInteractive),
      readAt,
    };
    if (provesNone || hasDate(row)) kept.set(userId, row);
  }
}

function compact({ userId, successful, interactive, nonInteractive }: SignInRow): CompactRow {
  return [userId, toSeconds(successful), toSeconds(interactive), toSeconds(nonInteractive)];
}

function toSeconds(at: Date | undefined): number | null {
  return at === undefined ? null : Math.floor(at.getTime() / 1000);
}

function fromSeconds(seconds: number | null): Date | undefined {
  return seconds === null ? undefined : new Date(seconds * 1000);
}
