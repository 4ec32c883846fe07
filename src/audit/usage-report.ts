import { readCsv } from './csv-reader.js';
import { isoDay, parseDay, type Day } from './day.js';
import { usageBuilder, type UsageIndex } from './usage-index.js';

/** A row that could not be used, by the line on which it begins. */
export interface Reject {
  readonly line: number;
  readonly why: 'cells' | 'refreshDate' | 'name' | 'isDeleted' | 'date';
}

export type UsageProblem =
  | 'empty'
  | 'missingColumn'
  | 'concealed'
  | 'truncated'
  | 'brokenQuotes'
  | 'mixedRefreshDates'
  | 'noUsableRow';

export type UsageReading =
  | {
      readonly kind: 'usage';
      readonly usage: UsageIndex;
      readonly deleted: number;
      readonly rejected: number;
      /** The first hundred of the rejected rows. */
      readonly rejects: readonly Reject[];
    }
  /** The report as a whole proves nothing. `why` is a sentence. */
  | { readonly kind: 'unusable'; readonly problem: UsageProblem; readonly why: string };

const REFRESHED = 'Report Refresh Date';
const NAME = 'User Principal Name';
const DELETED = 'Is Deleted';
/** In the order of WORKLOADS. */
const LAST_USE = [
  'Exchange Last Activity Date',
  'OneDrive Last Activity Date',
  'SharePoint Last Activity Date',
  'Teams Last Activity Date',
  'Yammer Last Activity Date',
  'Skype For Business Last Activity Date',
] as const;

const CONCEALED_NAME = /^[0-9a-f]{32}$/i;
const KEPT_REJECTS = 100;

type Unusable = Extract<UsageReading, { kind: 'unusable' }>;
interface Columns {
  readonly width: number;
  readonly refreshed: number;
  readonly name: number;
  readonly deleted: number;
  readonly lastUse: readonly number[];
}

/**
 * Reads the CSV of getOffice365ActiveUserDetail as it arrives. Columns are found by name.
 * Rows of deleted users are left out; damaged rows are counted, and their people are unknown.
 */
export async function readUsageReport(chunks: AsyncIterable<string>): Promise<UsageReading> {
  const state = newState();
  const end = await readCsv(chunks, (cells, line) => {
    if (state.columns === undefined) state.columns = findColumns(cells);
    else if (state.columns.kind === 'found') takeRow(state, state.columns.columns, cells, line);
    return state.unusable !== undefined || state.columns.kind === 'unusable' ? 'stop' : 'go on';
  });
  if (state.unusable) return state.unusable;
  if (state.columns === undefined) return unusable('empty', 'The usage report is empty.');
  if (state.columns.kind === 'unusable') return state.columns;
  if (end === 'rowTooLong') {
    return unusable(
      'brokenQuotes',
      `The usage report has a quote that is never closed, after line ${state.lastLine}.`,
    );
  }
  if (end === 'cut' || state.lastRowIsShort) {
    return unusable('truncated', `The usage report breaks off in a row, after line ${state.lastLine}.`);
  }
  return finished(state);
}

interface State {
  columns: { readonly kind: 'found'; readonly columns: Columns } | Unusable | undefined;
  readonly builder: ReturnType<typeof usageBuilder>;
  readonly dayOfText: Map<string, Day | 'bad'>;
  refreshed: Day | undefined;
  rows: number;
  deleted: number;
  rejected: number;
  readonly rejects: Reject[];
  lastLine: number;
  lastRowIsShort: boolean;
  unusable: Unusable | undefined;
}

function newState(): State {
  return {
    columns: undefined,
    builder: usageBuilder(),
    dayOfText: new Map(),
    refreshed: undefined,
    rows: 0,
    deleted: 0,
    rejected: 0,
    rejects: [],
    lastLine: 1,
    lastRowIsShort: false,
    unusable: undefined,
  };
}

function finished(state: State): UsageReading {
  if (state.rows === 0) return unusable('empty', 'The usage report has a header and no rows.');
  if (state.refreshed === undefined || state.builder.count() + state.deleted === 0) {
    return unusable('noUsableRow', `None of the ${state.rows} rows of the usage report can be read.`);
  }
  return {
    kind: 'usage',
    usage: state.builder.finish(state.refreshed),
    deleted: state.deleted,
    rejected: state.rejected,
    rejects: state.rejects,
  };
}

function findColumns(header: readonly string[]): { kind: 'found'; columns: Columns } | Unusable {
  const names = header.map((name) => name.trim().toLowerCase());
  const at = (name: string): number => names.indexOf(name.toLowerCase());
  const missing = [REFRESHED, NAME, DELETED, ...LAST_USE].filter((name) => at(name) === -1);
  if (missing.length > 0) {
    return unusable('missingColumn', `The usage report has no column named ${missing.join(', ')}.`);
  }
  const lastUse = LAST_USE.map(at);
  return {
    kind: 'found',
    columns: {
      width: header.length,
      refreshed: at(REFRESHED),
      name: at(NAME),
      deleted: at(DELETED),
      lastUse,
    },
  };
}

function takeRow(state: State, columns: Columns, cells: readonly string[], line: number): void {
  state.rows += 1;
  state.lastLine = line;
  state.lastRowIsShort = cells.length < columns.width;
  if (cells.length !== columns.width) return reject(state, line, 'cells');

  const refreshed = dayIn(state, cells[columns.refreshed] ?? '');
  if (refreshed === undefined || refreshed === 'bad') return reject(state, line, 'refreshDate');
  state.refreshed ??= refreshed;
  if (refreshed !== state.refreshed) {
    const dates = `${isoDay(state.refreshed)} and ${isoDay(refreshed)}`;
    state.unusable = unusable(
      'mixedRefreshDates',
      `The usage report mixes refresh dates: ${dates} (line ${line}).`,
    );
    return;
  }
  takePerson(state, columns, cells, line);
}

function takePerson(state: State, columns: Columns, cells: readonly string[], line: number): void {
  const name = (cells[columns.name] ?? '').trim();
  if (!name.includes('@')) {
    if (!CONCEALED_NAME.test(name)) return reject(state, line, 'name');
    state.unusable = unusable(
      'concealed',
      'The usage report shows concealed names, so its rows belong to nobody.',
    );
    return;
  }
  const deleted = truth(cells[columns.deleted] ?? '');
  if (deleted === true) {
    state.deleted += 1;
    return;
  }
  const days = columns.lastUse.map((column) => dayIn(state, cells[column] ?? ''));
  const bad = deleted === undefined ? 'isDeleted' : days.includes('bad') ? 'date' : undefined;
  if (bad !== undefined) reject(state, line, bad);
  state.builder.add(name, bad === undefined ? (days as (Day | undefined)[]) : undefined);
}

/** undefined for an empty cell. The same few hundred dates come again and again, so each is read once. */
function dayIn(state: State, text: string): Day | 'bad' | undefined {
  if (text === '') return undefined;
  const known = state.dayOfText.get(text);
  if (known !== undefined) return known;
  const parsed = parseDay(text.trim());
  const day = parsed !== undefined && parsed > 0 ? parsed : 'bad';
  if (state.dayOfText.size < 5_000) state.dayOfText.set(text, day);
  return day;
}

function truth(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'yes') return true;
  return word === 'false' || word === 'no' || word === '' ? false : undefined;
}

function reject(state: State, line: number, why: Reject['why']): void {
  state.rejected += 1;
  if (state.rejects.length < KEPT_REJECTS) state.rejects.push({ line, why });
}

function unusable(problem: UsageProblem, why: string): Unusable {
  return { kind: 'unusable', problem, why };
}
