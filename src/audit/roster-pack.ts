import type { Day } from './day.js';
import type { UserId } from './person.js';
import type { RosterEntry, RosterStatus } from './roster.js';

/** One person in a stored piece; days are numbers, null is open. */
export type PackedEntry = readonly [UserId, RosterStatus, Day | null, Day | null];

/** Ids as 16 bytes each, sorted, in base64: most people of a roster are active, and of them no more is kept. */
export interface RosterPieces {
  readonly active: readonly string[];
  readonly others: readonly (readonly PackedEntry[])[];
}

const ID_BYTES = 16;
/** Pieces of at most about 220 kB: far below what a document may hold, and cheap to write one by one. */
const ACTIVE_PER_PIECE = 10_000;
const OTHERS_PER_PIECE = 1_500;

/** Cuts a roster into pieces of a size that every store takes. */
export function packRoster(people: ReadonlyMap<UserId, RosterEntry>): RosterPieces {
  const active: UserId[] = [];
  const others: PackedEntry[] = [];
  for (const [userId, entry] of people) {
    if (isPlainlyActive(entry)) active.push(userId);
    else others.push([userId, entry.status, entry.leaveFrom ?? null, entry.leaveUntil ?? null]);
  }
  active.sort();
  return {
    active: piecesOf(active, ACTIVE_PER_PIECE).map((ids) =>
      Buffer.concat(ids.map(bytesOf)).toString('base64'),
    ),
    others: piecesOf(others, OTHERS_PER_PIECE),
  };
}

/**
 * The other way round: makes the look-up.
 * @param pieces in the order in which they were cut
 */
export function unpackRoster({ active, others }: RosterPieces): {
  readonly size: number;
  readonly entryOf: (userId: UserId) => RosterEntry | undefined;
} {
  const ids = Buffer.concat(active.map((piece) => Buffer.from(piece, 'base64')));
  const entries = new Map(others.flat().map((entry) => [entry[0], entry]));
  return {
    size: ids.length / ID_BYTES + entries.size,
    entryOf(userId) {
      const entry = entries.get(userId);
      if (entry !== undefined) {
        const [, status, from, until] = entry;
        return { status, leaveFrom: from ?? undefined, leaveUntil: until ?? undefined };
      }
      return holds(ids, bytesOf(userId))
        ? { status: 'active', leaveFrom: undefined, leaveUntil: undefined }
        : undefined;
    },
  };
}

function isPlainlyActive({ status, leaveFrom, leaveUntil }: RosterEntry): boolean {
  return status === 'active' && leaveFrom === undefined && leaveUntil === undefined;
}

function bytesOf(userId: UserId): Buffer {
  return Buffer.from(userId.replaceAll('-', ''), 'hex');
}

/** Binary search: hexadecimal digits sort as their bytes do. */
function holds(ids: Buffer, wanted: Buffer): boolean {
  let low = 0;
  let high = ids.length / ID_BYTES - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const start = middle * ID_BYTES;
    const order = wanted.compare(ids, start, start + ID_BYTES);
    if (order === 0) return true;
    if (order < 0) high = middle - 1;
    else low = middle + 1;
  }
  return false;
}

function piecesOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}
