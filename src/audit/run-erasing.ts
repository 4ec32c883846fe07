import type { Instant } from '../cases/case.js';
import { removeMany } from '../store/remove-many.js';
import { ChangedMeanwhile, type Doc, type Store, type Stored } from '../store/store.js';
import type { DoneRunDoc, RunDoc } from './run-record.js';
import { latestRun } from './run-store.js';

/**
 * Removes the findings and the evidence of audits that ended before a time; their figures stay. The newest complete
 * audit is kept as a whole, however old it is: cases rest on it.
 * @returns how many audits were erased
 */
export async function eraseRuns(store: Store, before: Instant): Promise<number> {
  const newest = await latestRun(store);
  const old: Stored<DoneRunDoc>[] = [];
  const where = [{ field: 'kind', is: '=', value: 'run' }] as const;
  for await (const { doc, etag } of store.query<RunDoc>({ container: 'runs', where })) {
    const isOld = doc.state === 'done' && doc.finishedAt <= before && doc.isErased !== true;
    if (isOld && doc.runId !== newest?.runId) old.push({ doc, etag });
  }
  let count = 0;
  for (const run of old) if (await eraseRun(store, run)) count += 1;
  return count;
}

/**
 * Removes what tries of an audit left behind that ended before it was stored whole; those that are whole stay.
 * @param attempts how often the audit was tried; a try is named for its order and its number
 */
export async function removeParts(store: Store, commandId: string, attempts: number): Promise<void> {
  for (let number = 1; number <= attempts; number += 1) {
    const runId = `${commandId}-${number}`;
    if ((await store.read<RunDoc>('runs', runId, runId)) !== undefined) continue;
    for (const kind of ['finding', 'idle']) await removeAll(store, runId, kind);
  }
}

/** First nobody is told of evidence any more that is about to go; marked last, so that a crash leaves it to be found. */
async function eraseRun(store: Store, { doc, etag }: Stored<DoneRunDoc>): Promise<boolean> {
  try {
    const { idle: _idle, ...figures } = doc;
    const bare = await store.replace<DoneRunDoc>('runs', figures, etag);
    for (const kind of ['finding', 'idle']) await removeAll(store, doc.runId, kind);
    await store.replace<DoneRunDoc>('runs', { ...bare.doc, isErased: true }, bare.etag);
    return true;
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    return false;
  }
}

async function removeAll(store: Store, runId: string, kind: string): Promise<void> {
  const ids: string[] = [];
  const where = [{ field: 'kind', is: '=', value: kind }] as const;
  for await (const { doc } of store.query<Doc>({ container: 'runs', partition: runId, where }))
    ids.push(doc.id);
  await removeMany(store, 'runs', runId, ids);
}
