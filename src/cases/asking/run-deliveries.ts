import type { Store } from '../../store/store.js';
import type { PersonDeliveries } from './deliveries.js';
import type { Outbox } from './outbox.js';

/** The ledger of everybody to whom something was sent: those who could not be reached first, then the newest. */
export async function readDeliveries(store: Store): Promise<readonly PersonDeliveries[]> {
  const people: PersonDeliveries[] = [];
  const where = [{ field: 'kind', is: '=', value: 'outbox' }] as const;
  for await (const { doc } of store.query<Outbox>({ container: 'commands', where })) {
    const { userId, displayName, deliveries: notes = [] } = doc;
    if (notes.length > 0) people.push({ userId, displayName, notes });
  }
  return people.toSorted((a, b) => rank(a) - rank(b) || (newest(a) > newest(b) ? -1 : 1));
}

function rank({ notes }: PersonDeliveries): number {
  return notes.at(-1)?.became === 'delivered' ? 1 : 0;
}

function newest({ notes }: PersonDeliveries): string {
  return notes.at(-1)?.at ?? '';
}
