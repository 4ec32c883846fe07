import type { Day } from '../day.js';
import type { UserId } from '../person.js';
import type { RosterDoubt, RosterEntry, RosterStatus } from './roster.js';

/** One person in a stored piece; days are numbers, null is open. */
export type PackedEntry = readonly [UserId, RosterStatus, Day | null, Day | null, RosterDoubt?];

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
    else others.push(packed(userId, entry));
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
  const isActive = idTest(ids);
  const entries = new Map(others.flat().map((entry) => [entry[0], entry]));
  return {
    size: ids.length / ID_BYTES + entries.size,
    entryOf(userId) {
      const entry = entries.get(userId);
      if (entry !== undefined) {
        const [, status, from, until, doubt] = entry;
        const leave = { leaveFrom: from ?? undefined, leaveUntil: until ?? undefined };
        return { status, ...leave, ...(doubt === undefined ? {} : { doubt }) };
      }
      return isActive(userId) ? { status: 'active', leaveFrom: undefined, leaveUntil: undefined } : undefined;
    },
  };
}

function packed(userId: UserId, { status, leaveFrom, leaveUntil, doubt }: RosterEntry): PackedEntry {
  const facts = [userId, status, leaveFrom ?? null, leaveUntil ?? null] as const;
  return doubt === undefined ? facts : [...facts, doubt];
}

function isPlainlyActive({ status, leaveFrom, leaveUntil }: RosterEntry): boolean {
  return status === 'active' && leaveFrom === undefined && leaveUntil === undefined;
}

function bytesOf(userId: UserId): Buffer {
  return Buffer.from(userId.replaceAll('-', ''), 'hex');
}

/** The first four bytes find the place by binary search; only there whole ids are compared. */
function idTest(ids: Buffer): (userId: UserId) => boolean {
  const starts = new Uint32Array(ids.length / ID_BYTES);
  for (let n = 0; n < starts.length; n += 1) starts[n] = ids.readUInt32BE(n * ID_BYTES);
  return (userId) => {
    const wanted = Number.parseInt(userId.slice(0, 8), 16);
    let at = firstNotBelow(starts, wanted);
    for (; starts[at] === wanted; at += 1) {
      const id = ids.toString('hex', at * ID_BYTES, (at + 1) * ID_BYTES);
      if (id === userId.replaceAll('-', '')) return true;
    }
    return false;
  };
}

function firstNotBelow(sorted: Uint32Array, wanted: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function piecesOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}
