import { readCsv } from '../csv/reader.js';
import { isoDay, parseDay, type Day } from '../day.js';

/** A row that could not be used, by the line on which it begins. */
export interface Reject {
  readonly line: number;
  readonly why: 'cells' | 'refreshDate' | 'name' | 'isDeleted' | 'date';
}

export type ReportProblem =
  | 'empty'
  | 'missingColumn'
  | 'concealed'
  | 'truncated'
  | 'brokenQuotes'
  | 'mixedRefreshDates'
  | 'noUsableRow'
  /** Graph does not give it to us; a permission is missing. */
  | 'refused';

export interface Report<Data> {
  readonly kind: 'read';
  readonly refreshed: Day;
  readonly data: Data;
  /** Rows with a name, those of deleted people left out. */
  readonly rows: number;
  readonly deleted: number;
  readonly rejected: number;
  /** The first hundred of the rejected rows. */
  readonly rejects: readonly Reject[];
}

/** The report as a whole proves nothing. `why` is a sentence. */
export interface UnusableReport {
  readonly kind: 'unusable';
  readonly problem: ReportProblem;
  readonly why: string;
}

export type ReportReading<Data> = Report<Data> | UnusableReport;

/** What is asked of a report's columns and done with its rows. */
export interface ReportShape<Data> {
  /** As sentences begin with it: `The usage report`. */
  readonly title: string;
  /** The column with the person's user principal name. */
  readonly name: string;
  readonly deleted: string | undefined;
  /** Columns that must be there; their places come with each row in this order. */
  readonly columns: readonly string[];
  /** Columns that older files lack; their places follow, -1 where there is none. */
  readonly optional?: readonly string[];
  /** true: rows without a person, such as sites that nobody owns, are skipped. */
  readonly mayBeNameless?: boolean;
  /** true: nobody may have any row, as where nobody has activated anything. */
  readonly mayBeEmpty?: boolean;
  collect(): Collector<Data>;
}

export interface Collector<Data> {
  /**
   * @param places of `columns` in `cells`
   * @returns why the row cannot be used; its person is then told to `damaged`
   */
  row(name: string, cells: readonly string[], places: readonly number[], days: DayReader): 'date' | undefined;
  damaged(name: string): void;
  finish(refreshed: Day): Data;
}

/** undefined for an empty cell. */
export type DayReader = (text: string) => Day | 'bad' | undefined;

const REFRESHED = 'Report Refresh Date';
const CONCEALED_NAME = /^[0-9a-f]{32}$/i;
const KEPT_REJECTS = 100;

interface Places {
  readonly width: number;
  readonly refreshed: number;
  readonly name: number;
  readonly deleted: number;
  readonly columns: readonly number[];
}

/**
 * Reads the CSV of a usage report as it arrives. Columns are found by name. Rows of deleted people are left out;
 * damaged rows are counted, and their people are unknown.
 */
export async function readReport<Data>(
  chunks: AsyncIterable<string>,
  shape: ReportShape<Data>,
): Promise<ReportReading<Data>> {
  const state = newState(shape);
  const end = await readCsv(chunks, (cells, line) => {
    if (state.places === undefined) findPlaces(state, cells);
    else takeRow(state, state.places, cells, line);
    return state.unusable === undefined ? 'go on' : 'stop';
  });
  if (state.unusable) return state.unusable;
  const { title } = shape;
  if (state.places === undefined) return unusable('empty', `${title} is empty.`);
  if (end === 'rowTooLong') {
    return unusable(
      'brokenQuotes',
      `${title} has a quote that is never closed, after line ${state.lastLine}.`,
    );
  }
  if (end === 'cut' || state.lastRowIsShort) {
    return unusable('truncated', `${title} breaks off in a row, after line ${state.lastLine}.`);
  }
  return finished(state);
}

interface State<Data> {
  readonly shape: ReportShape<Data>;
  readonly collector: Collector<Data>;
  readonly days: DayReader;
  places: Places | undefined;
  refreshed: Day | undefined;
  /** The refresh cell of the row before: nearly always the same text. */
  refreshedText: string;
  allRows: number;
  rows: number;
  deleted: number;
  rejected: number;
  readonly rejects: Reject[];
  lastLine: number;
  lastRowIsShort: boolean;
  unusable: UnusableReport | undefined;
}

function newState<Data>(shape: ReportShape<Data>): State<Data> {
  return {
    shape,
    collector: shape.collect(),
    days: dayReader(),
    places: undefined,
    refreshed: undefined,
    refreshedText: '',
    allRows: 0,
    rows: 0,
    deleted: 0,
    rejected: 0,
    rejects: [],
    lastLine: 1,
    lastRowIsShort: false,
    unusable: undefined,
  };
}

function finished<Data>(state: State<Data>): ReportReading<Data> {
  const { title, mayBeEmpty } = state.shape;
  if (state.allRows === 0) return unusable('empty', `${title} has a header and no rows.`);
  const isBare = state.rows + state.deleted === 0 && !mayBeEmpty;
  if (state.refreshed === undefined || isBare) {
    return unusable('noUsableRow', `None of the ${state.allRows} rows of ${lower(title)} can be read.`);
  }
  const { refreshed, rows, deleted, rejected, rejects } = state;
  return {
    kind: 'read',
    refreshed,
    data: state.collector.finish(refreshed),
    rows,
    deleted,
    rejected,
    rejects,
  };
}

function findPlaces<Data>(state: State<Data>, header: readonly string[]): void {
  const { title, name, deleted, columns } = state.shape;
  const names = header.map((text) => text.trim().toLowerCase());
  const at = (column: string): number => names.indexOf(column.toLowerCase());
  const asked = [REFRESHED, name, ...(deleted === undefined ? [] : [deleted]), ...columns];
  const missing = asked.filter((column) => at(column) === -1);
  if (missing.length > 0) {
    state.unusable = unusable('missingColumn', `${title} has no column named ${missing.join(', ')}.`);
    return;
  }
  state.places = {
    width: header.length,
    refreshed: at(REFRESHED),
    name: at(name),
    deleted: deleted === undefined ? -1 : at(deleted),
    columns: [...columns, ...(state.shape.optional ?? [])].map(at),
  };
}

function takeRow<Data>(state: State<Data>, places: Places, cells: readonly string[], line: number): void {
  state.allRows += 1;
  state.lastLine = line;
  state.lastRowIsShort = cells.length < places.width;
  if (cells.length !== places.width) return reject(state, line, 'cells');
  const text = cells[places.refreshed] ?? '';
  if (text !== state.refreshedText || state.refreshed === undefined) {
    if (!isOfOneDay(state, text, line)) return;
    state.refreshedText = text;
  }
  takePerson(state, places, cells, line);
}

function isOfOneDay<Data>(state: State<Data>, text: string, line: number): boolean {
  const refreshed = state.days(text);
  if (refreshed === undefined || refreshed === 'bad') {
    reject(state, line, 'refreshDate');
    return false;
  }
  state.refreshed ??= refreshed;
  if (refreshed === state.refreshed) return true;
  const dates = `${isoDay(state.refreshed)} and ${isoDay(refreshed)}`;
  state.unusable = unusable(
    'mixedRefreshDates',
    `${state.shape.title} mixes refresh dates: ${dates} (line ${line}).`,
  );
  return false;
}

function takePerson<Data>(state: State<Data>, places: Places, cells: readonly string[], line: number): void {
  const name = (cells[places.name] ?? '').trim();
  if (!name.includes('@')) return takeNameless(state, name, line);
  const deleted = places.deleted === -1 ? false : truth(cells[places.deleted] ?? '');
  if (deleted === true) {
    state.deleted += 1;
    return;
  }
  const bad =
    deleted === undefined ? 'isDeleted' : state.collector.row(name, cells, places.columns, state.days);
  state.rows += 1;
  if (bad === undefined) return;
  reject(state, line, bad);
  state.collector.damaged(name);
}

function takeNameless<Data>(state: State<Data>, name: string, line: number): void {
  if (CONCEALED_NAME.test(name)) {
    state.unusable = unusable(
      'concealed',
      `${state.shape.title} shows concealed names, so its rows belong to nobody.`,
    );
    return;
  }
  if (!state.shape.mayBeNameless) reject(state, line, 'name');
}

/** The same few hundred dates come again and again, so each is read once. */
function dayReader(): DayReader {
  const known = new Map<string, Day | 'bad'>();
  return (text) => {
    if (text === '') return undefined;
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parseDay(text.trim());
    const day = parsed !== undefined && parsed > 0 ? parsed : 'bad';
    if (known.size < 5_000) known.set(text, day);
    return day;
  };
}

/** Reports say True or Yes, False or No; undefined for anything else. */
export function truth(text: string): boolean | undefined {
  if (text === 'False') return false;
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'yes') return true;
  return word === 'false' || word === 'no' || word === '' ? false : undefined;
}

function reject<Data>(state: State<Data>, line: number, why: Reject['why']): void {
  state.rejected += 1;
  if (state.rejects.length < KEPT_REJECTS) state.rejects.push({ line, why });
}

function unusable(problem: ReportProblem, why: string): UnusableReport {
  return { kind: 'unusable', problem, why };
}

function lower(title: string): string {
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}
