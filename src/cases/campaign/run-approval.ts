import { changeDocument } from '../../store/change-document.js';
import { AlreadyExists, type Doc, type Store } from '../../store/store.js';

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

interface RunApproval extends Doc {
  readonly kind: 'runApproval';
  readonly by: readonly string[];
}

function runApprovalId(runId: string): string {
  return `approval-of-${runId}`;
}

/** Who approved that a run opens its cases, however many. */
export async function readRunApprovals(store: Store, runId: string): Promise<readonly string[]> {
  const id = runApprovalId(runId);
  return (await store.read<RunApproval>('meta', id, id))?.doc.by ?? [];
}

/** Safe to repeat: nobody counts twice. */
export async function recordRunApproval(store: Store, runId: string, by: string): Promise<void> {
  const id = runApprovalId(runId);
  await changeDocument<RunApproval>(store, 'meta', id, (stored) => {
    const before = stored?.by ?? [];
    return before.includes(by) ? undefined : { id, kind: 'runApproval', by: [...before, by] };
  });
}
