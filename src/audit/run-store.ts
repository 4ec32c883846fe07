import { instant } from '../cases/case.js';
import { AlreadyExists, type Doc, type Operation, type Store } from '../store/store.js';
import type { AuditResult, DoneAudit } from './audit-result.js';
import { isoDay } from './day.js';
import type { Finding } from './finding.js';
import { listOf } from './findings.js';
import type { UserId } from './person.js';
import type { DoneRunDoc, FindingDoc, RunDoc } from './run-record.js';

const BATCH_COUNT = 100;
/** Half of what a batch may hold: characters outside of ASCII take more than one byte. */
const BATCH_CHARACTERS = 600_000;

/**
 * Keeps one audit. The findings come first and the run last, so a crash in between leaves no run that looks complete;
 * storing the same run again finishes it.
 * @param runId ASCII without `/ \ ? #`; begins a partition of its own
 */
export async function storeRun(
  store: Store,
  result: AuditResult,
  runId: string,
  policyHash: string,
): Promise<RunDoc> {
  const stored = await store.read<RunDoc>('runs', runId, runId);
  if (stored !== undefined) return stored.doc;
  if (result.kind === 'done') {
    for (const docs of batches(result.findings.map((finding) => findingDoc(finding, runId)))) {
      await putAll(store, runId, docs);
    }
  }
  const { doc } = await store.create('runs', runDoc(result, runId, policyHash));
  return doc;
}

/** The newest complete run; undefined before the first. */
export async function latestRun(store: Store): Promise<DoneRunDoc | undefined> {
  const newest = store.query<DoneRunDoc>({
    container: 'runs',
    where: [
      { field: 'kind', is: '=', value: 'run' },
      { field: 'state', is: '=', value: 'done' },
    ],
    orderBy: { field: 'startedAt', direction: 'desc' },
    limit: 1,
  });
  for await (const { doc } of newest) return doc;
  return undefined;
}

/** All findings of a run, those for HR alone included: see `list`. */
export async function* findingsOf(store: Store, runId: string): AsyncIterable<FindingDoc> {
  const where = [{ field: 'kind', is: '=', value: 'finding' }] as const;
  for await (const { doc } of store.query<FindingDoc>({ container: 'runs', partition: runId, where }))
    yield doc;
}

export async function findingOfPerson(
  store: Store,
  runId: string,
  userId: UserId,
): Promise<FindingDoc | undefined> {
  return (await store.read<FindingDoc>('runs', runId, userId))?.doc;
}

/** All at once; one by one where an earlier try, broken off, left some of them. */
async function putAll(store: Store, runId: string, docs: readonly FindingDoc[]): Promise<void> {
  try {
    await store.batch(
      'runs',
      runId,
      docs.map((doc): Operation => ({ kind: 'create', doc })),
    );
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    for (const doc of docs) await put(store, runId, doc);
  }
}

async function put(store: Store, runId: string, doc: FindingDoc): Promise<void> {
  const stored = await store.read<FindingDoc>('runs', runId, doc.id);
  if (stored === undefined) await store.create('runs', doc);
  else await store.replace('runs', doc, stored.etag);
}

/** Pieces that fit into one batch. */
function* batches<T extends Doc>(docs: readonly T[]): Generator<readonly T[]> {
  let batch: T[] = [];
  let characters = 0;
  for (const doc of docs) {
    const size = JSON.stringify(doc).length;
    if (batch.length === BATCH_COUNT || (batch.length > 0 && characters + size > BATCH_CHARACTERS)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(doc);
    characters += size;
  }
  if (batch.length > 0) yield batch;
}

function findingDoc(finding: Finding, runId: string): FindingDoc {
  const { person, scenario } = finding;
  return {
    id: person.id,
    kind: 'finding',
    runId,
    userId: person.id,
    department: person.department,
    scenario,
    list: listOf(finding),
    finding,
  };
}

function runDoc(result: AuditResult, runId: string, policyHash: string): RunDoc {
  const facts = {
    id: runId,
    kind: 'run',
    runId,
    startedAt: instant(result.startedAt),
    finishedAt: instant(result.finishedAt),
    policyHash,
  } as const;
  if (result.kind === 'stopped')
    return { ...facts, state: 'stopped', why: result.why, figures: result.figures };
  return { ...facts, ...doneFacts(result) };
}

function doneFacts(
  result: DoneAudit,
): Omit<DoneRunDoc, 'id' | 'kind' | 'runId' | 'startedAt' | 'finishedAt' | 'policyHash'> {
  return {
    state: 'done',
    tenantId: result.tenantId,
    figures: result.figures,
    position: result.position,
    signInsReadAt: result.signInsReadAt && instant(result.signInsReadAt),
    reportRefreshed: result.reportRefreshed === undefined ? undefined : isoDay(result.reportRefreshed),
    caveats: result.caveats,
  };
}
