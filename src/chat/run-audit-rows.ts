import type { DoneRunDoc } from '../audit/run-record.js';
import { findingsOf, latestRun } from '../audit/run-store.js';
import type { Store } from '../store/store.js';
import { unrecordedOf } from './query/never-used.js';
import { rowMaker } from './query/rows.js';
import { vocabularyOf } from './query/vocabulary.js';
import type { AuditRows, RunFigures } from './read-model.js';

/** Rows of one subject; some 500 bytes each. Nobody reads more in a chat. */
const MOST_ROWS = 40_000;

/**
 * The rows of the latest audit, read once for each audit and kept until there is a newer one. Of two who ask meanwhile
 * the second waits for the first; a reading that fails is not remembered.
 */
export function openAuditRows(store: Store, most = MOST_ROWS): () => Promise<AuditRows | undefined> {
  let known: { readonly runId: string; readonly rows: Promise<AuditRows> } | undefined;
  return async () => {
    const run = await latestRun(store);
    if (run === undefined) return undefined;
    if (known?.runId === run.runId) return known.rows;
    const rows = readRows(store, run, most);
    known = { runId: run.runId, rows };
    rows.catch(() => {
      if (known?.rows === rows) known = undefined;
    });
    return rows;
  };
}

async function readRows(store: Store, run: DoneRunDoc, most: number): Promise<AuditRows> {
  const maker = rowMaker(new Date(run.finishedAt), most);
  for await (const { finding, list } of findingsOf(store, run.runId)) if (list !== 'hr') maker.add(finding);
  const { rows, tooMany } = maker.done();
  const unproven = run.unproven ?? unrecordedOf(rows);
  return { run: figuresOf(run), rows, vocabulary: vocabularyOf(rows, unproven), tooMany, unproven };
}

function figuresOf({ runId, finishedAt, reportRefreshed, figures }: DoneRunDoc): RunFigures {
  const { people, licenses, active, inactive, unknown, protected: kept, guests } = figures;
  return {
    runId,
    finishedAt,
    reportRefreshed,
    people,
    licenses,
    active,
    inactive,
    unknown,
    protected: kept,
    guests,
  };
}
