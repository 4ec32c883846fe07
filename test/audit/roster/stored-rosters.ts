import type { UserId } from '../../../src/audit/person.js';
import type { RosterCounts, RosterEntry } from '../../../src/audit/roster/roster.js';
import type { NewRoster } from '../../../src/audit/roster/run-store.js';
import type { Doc, Store } from '../../../src/store/store.js';
import { day, NOW } from '../../world/people.js';

export const AS_OF = day('2026-11-20');
export const LEFT: RosterEntry = { status: 'left', leaveFrom: undefined, leaveUntil: undefined };
export const ACTIVE: RosterEntry = { ...LEFT, status: 'active' };

export function rosterOf(people: ReadonlyMap<UserId, RosterEntry>, more: Partial<NewRoster> = {}): NewRoster {
  const counts: RosterCounts = {
    rows: people.size,
    people: people.size,
    active: [...people.values()].filter(({ status }) => status === 'active').length,
    left: [...people.values()].filter(({ status }) => status === 'left').length,
    onLeave: 0,
    unknown: 0,
    unmatched: 0,
    unreadable: 0,
  };
  return { asOf: AS_OF, origin: 'hr.csv', sha256: 'abc', counts, people, ...more };
}

/** The first `left` of `size` people have left; the others are active. */
export function crowd(size: number, left: number): ReadonlyMap<UserId, RosterEntry> {
  return new Map(Array.from({ length: size }, (_, n) => [numbered(n), n < left ? LEFT : ACTIVE]));
}

export function numbered(n: number): UserId {
  return `${(n * 2_654_435_761).toString(16).padStart(12, '0').slice(-8)}-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as UserId;
}

export const at = (importId: string, now = NOW) => ({ importId, now });

export async function pieceIds(store: Store): Promise<readonly string[]> {
  const ids: string[] = [];
  const where = [{ field: 'kind', is: '=', value: 'rosterPiece' }] as const;
  for await (const { doc } of store.query<Doc & { readonly runId: string }>({ container: 'runs', where }))
    ids.push(`${doc.runId}/${doc.id}`);
  return ids.sort();
}

/** A store that dies after so many writes. */
export function failingAfter(real: Store, writes: number): Store {
  let left = writes;
  const spend = (): void => {
    if (left === 0) throw new Error('crashed');
    left -= 1;
  };
  return {
    ...real,
    create: async (container, doc) => {
      spend();
      return real.create(container, doc);
    },
    replace: async (container, doc, etag) => {
      spend();
      return real.replace(container, doc, etag);
    },
    remove: async (container, partition, id, etag) => {
      spend();
      return real.remove(container, partition, id, etag);
    },
  };
}
