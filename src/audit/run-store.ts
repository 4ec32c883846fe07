import { instant } from '../cases/case.js';
import { AlreadyExists, StoreDamaged, type Doc, type Operation, type Store } from '../store/store.js';
import type { AuditResult, DoneAudit, StoppedAudit } from './audit-result.js';
import { isoDay } from './day.js';
import type { Finding } from './finding.js';
import { listOf } from './findings.js';
import type { IdleRecord } from './back-test/idle-record.js';
import type { UserId } from './person.js';
import type { DoneRunDoc, FindingDoc, IdleDoc, RunDoc } from './run-record.js';
import { nextSeq } from './run-order.js';

const BATCH_COUNT = 100;
/** Half of what a batch may hold: characters outside of ASCII take more than one byte. */
const BATCH_CHARACTERS = 600_000;
/** Evidence of one person has 200 to 800 characters; a document holds 2 MB. */
const RECORDS_PER_DOC = 400;

/**
 * Keeps one audit. The findings and the evidence come first and the run last, so a crash in between leaves no run that
 * looks complete; storing the same run again finishes it.
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
  const facts = factsOf(result, runId, policyHash);
  if (result.kind === 'stopped')
    return (await store.create<RunDoc>('runs', { ...facts, ...stoppedFacts(result) })).doc;
  const idle = result.idle && idleDocs(result.idle, runId);
  for (const docs of batches(result.findings.map((finding) => findingDoc(finding, runId)))) {
    await putAll(store, runId, docs);
  }
  for (const docs of batches(idle ?? [])) await putAll(store, runId, docs);
  const done = { ...facts, ...doneFacts(result) };
  const seq = nextSeq(await latestRun(store), done);
  const kept = idle && { chunks: idle.length, records: result.idle?.length ?? 0 };
  return (await store.create<RunDoc>('runs', { ...done, seq, idle: kept })).doc;
}

/** The newest complete run; undefined before the first. */
export async function latestRun(store: Store): Promise<DoneRunDoc | undefined> {
  // Two instances that stored at the same moment gave the same number.
  const [newest, ...others] = await doneRuns(store, 'seq', 4);
  if (newest === undefined) return (await doneRuns(store, 'startedAt', 1))[0];
  return others
    .filter(({ seq }) => seq === newest.seq)
    .reduce((a, b) => (b.startedAt > a.startedAt ? b : a), newest);
}

/**
 * Complete runs, newest first. Records from before there were numbers are found by `startedAt` only.
 * @param limit undefined: all
 */
export async function doneRuns(
  store: Store,
  by: 'seq' | 'startedAt',
  limit?: number,
): Promise<readonly DoneRunDoc[]> {
  const docs: DoneRunDoc[] = [];
  const query = {
    container: 'runs',
    where: [
      { field: 'kind', is: '=', value: 'run' },
      { field: 'state', is: '=', value: 'done' },
    ],
    orderBy: { field: by, direction: 'desc' },
    ...(limit === undefined ? {} : { limit }),
  } as const;
  for await (const { doc } of store.query<DoneRunDoc>(query)) docs.push(doc);
  return docs;
}

/**
 * The evidence of a run, portion by portion; nothing where none is kept.
 * @throws StoreDamaged when some of it is gone, for half of the evidence proves nothing
 */
export async function* idleOf(
  store: Store,
  run: Pick<DoneRunDoc, 'runId' | 'idle'>,
): AsyncIterable<readonly IdleRecord[]> {
  const { chunks, records } = run.idle ?? { chunks: 0, records: 0 };
  let found = 0;
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const stored = await store.read<IdleDoc>('runs', run.runId, idleId(chunk));
    found += stored?.doc.records.length ?? 0;
    if (stored !== undefined) yield stored.doc.records;
  }
  if (found !== records) {
    throw new StoreDamaged(
      `The evidence of the audit run ${run.runId} is not whole: ${found} of ${records} records are there. ` +
        'Restore the store from its backup, or wait for the next audit.',
    );
  }
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

type RunPart = FindingDoc | IdleDoc;

/** All at once; one by one where an earlier try, broken off, left some of them. */
async function putAll(store: Store, runId: string, docs: readonly RunPart[]): Promise<void> {
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

async function put(store: Store, runId: string, doc: RunPart): Promise<void> {
  const stored = await store.read<RunPart>('runs', runId, doc.id);
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

function idleDocs(records: readonly IdleRecord[], runId: string): readonly IdleDoc[] {
  return Array.from({ length: Math.ceil(records.length / RECORDS_PER_DOC) }, (_, chunk) => ({
    id: idleId(chunk),
    kind: 'idle',
    runId,
    records: records.slice(chunk * RECORDS_PER_DOC, (chunk + 1) * RECORDS_PER_DOC),
  }));
}

function idleId(chunk: number): string {
  return `idle-${chunk}`;
}

function factsOf(result: AuditResult, runId: string, policyHash: string) {
  return {
    id: runId,
    kind: 'run',
    runId,
    startedAt: instant(result.startedAt),
    finishedAt: instant(result.finishedAt),
    policyHash,
  } as const;
}

function stoppedFacts({ why, figures }: StoppedAudit) {
  return { state: 'stopped', why, figures } as const;
}

function doneFacts(result: DoneAudit) {
  return {
    state: 'done',
    tenantId: result.tenantId,
    figures: result.figures,
    position: result.position,
    unproven: result.unproven,
    measures: result.measures,
    signInsReadAt: result.signInsReadAt && instant(result.signInsReadAt),
    reportRefreshed: result.reportRefreshed === undefined ? undefined : isoDay(result.reportRefreshed),
    caveats: result.caveats,
  } as const;
}
