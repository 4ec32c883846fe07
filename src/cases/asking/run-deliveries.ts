import type { UserId } from '../../audit/person.js';
import type { Store } from '../../store/store.js';
import type { AdminTelling } from '../admin/admin-telling.js';
import { newestOf, type PersonDeliveries } from './deliveries.js';
import type { Outbox } from './outbox.js';

/** The ledger of everybody to whom something was sent: those who could not be reached first, then the newest. */
export async function readDeliveries(store: Store): Promise<readonly PersonDeliveries[]> {
  const people = new Map<UserId, PersonDeliveries>();
  for (const kind of ['outbox', 'adminTelling'] as const) {
    const where = [{ field: 'kind', is: '=', value: kind }] as const;
    for await (const { doc } of store.query<Outbox | AdminTelling>({ container: 'commands', where })) {
      const { userId, displayName, deliveries = [] } = doc;
      const notes = [...(people.get(userId)?.notes ?? []), ...deliveries];
      if (notes.length > 0) people.set(userId, { userId, displayName, notes: inOrder(notes) });
    }
  }
  return [...people.values()].toSorted((a, b) => rank(a) - rank(b) || (newest(a) > newest(b) ? -1 : 1));
}

function inOrder(notes: PersonDeliveries['notes']): PersonDeliveries['notes'] {
  return newestOf(notes.toSorted((a, b) => (a.at < b.at ? -1 : 1)));
}

function rank({ notes }: PersonDeliveries): number {
  return notes.at(-1)?.became === 'delivered' ? 1 : 0;
}

function newest({ notes }: PersonDeliveries): string {
  return notes.at(-1)?.at ?? '';
}
