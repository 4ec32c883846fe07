import { AlreadyExists, type Doc, type Store } from '../store/store.js';

interface Approval extends Doc {
  readonly kind: 'approval';
  readonly by: string;
  readonly at: string;
}

const ID = 'approval-first-run';

/** The approval of the first acting run (safety rule 1); undefined when nobody gave it yet. */
export async function readApproval(store: Store): Promise<Approval | undefined> {
  return (await store.read<Approval>('meta', ID, ID))?.doc;
}

/** The first approval stands; a second one changes nothing. */
export async function recordApproval(store: Store, by: string, at: string): Promise<void> {
  const doc: Approval = { id: ID, kind: 'approval', by, at };
  try {
    await store.create('meta', doc);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
}
