import { moneyCell } from '../../spend/money-cell.js';
import { csv, listCell, type Cell, type CsvForm } from '../../audit/csv/writer.js';
import { STATE_NAMES } from './english-sentences.js';
import { isListed, type Query } from './query.js';
import { allGroups, measured } from './groups.js';
import type { Hit, Source, Totals } from './hits.js';
import { answered, needsStates, wholeList } from './result.js';

/** Exactly what was asked, without pages, as the text of a CSV file: with a byte order mark, formula-safe. */
export function queryCsv(query: Query, source: Source, form: CsvForm): string {
  const { header, rows } = tableOf(query, source);
  return [...csv(header, rows, form)].join('');
}

interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

function tableOf(query: Query, source: Source): Table {
  const { ask, subject } = query;
  if (!isListed(subject)) return { header: ['people'], rows: [[source.counted[subject]]] };
  if (ask.kind === 'list') return peopleTable(query, source);
  if (ask.kind === 'groups') {
    const groups = allGroups(wholeList(query, source), ask.by, source).sort(
      (a, b) => measured(b, ask.of) - measured(a, ask.of) || (a.label < b.label ? -1 : 1),
    );
    const shown = groups.slice(0, ask.top);
    const { header, rows } = figuresTable(shown);
    const by = ask.by === 'unit' ? 'organizationalUnit' : ask.by;
    return { header: [by, ...header], rows: rows.map((row, at) => [shown[at]?.label, ...row]) };
  }
  const result = answered(query, source);
  return figuresTable(result.kind === 'total' ? [result.totals] : []);
}

/** Each currency has a column of its own: one can be summed, and currencies never add up. */
function figuresTable(figures: readonly Totals[]): Table {
  const currencies = [...new Set(figures.flatMap(({ cost }) => cost.map(({ currency }) => currency)))].sort();
  const costs = currencies.map((currency) => `annualCost${currency}`);
  const rows = figures.map(({ people, licenses, cost, withoutPrice }) => [
    people,
    licenses,
    ...currencies.map((currency) => cost.find((money) => money.currency === currency)).map(moneyCell),
    withoutPrice,
  ]);
  return { header: ['people', 'licenses', ...costs, 'licensesWithoutPrice'], rows };
}

interface Column {
  readonly name: string;
  readonly of: (hit: Hit) => Cell;
}

const COLUMNS: readonly Column[] = [
  { name: 'userId', of: ({ row }) => row.userId },
  { name: 'userPrincipalName', of: ({ row }) => row.userPrincipalName },
  { name: 'displayName', of: ({ row }) => row.displayName },
  { name: 'scenario', of: ({ row }) => row.scenario },
  { name: 'verdict', of: ({ row }) => row.verdict },
  { name: 'daysWithoutUse', of: ({ days }) => days },
  { name: 'lastActivityDate', of: ({ row }) => row.lastUse },
  { name: 'licenses', of: ({ licenses }) => listCell(licenses.map(({ name }) => name.label)) },
  { name: 'annualCost', of: ({ cost }) => moneyCell(cost) },
  { name: 'currency', of: ({ cost }) => cost?.currency },
  { name: 'department', of: ({ row }) => textOf(row.department.label) },
  { name: 'country', of: ({ row }) => textOf(row.country.label) },
  { name: 'managerName', of: ({ row }) => textOf(row.manager.label) },
];

/** The directory names none: empty, not a text. */
function textOf(label: string): Cell {
  return label === '' ? undefined : label;
}

function peopleTable(query: Query, source: Source): Table {
  const state: Column = {
    name: 'case',
    of: ({ row }) => STATE_NAMES[source.states?.get(row.userId) ?? 'noCase'],
  };
  const columns = needsStates(query) ? [...COLUMNS, state] : COLUMNS;
  return {
    header: columns.map(({ name }) => name),
    rows: wholeList(query, source).map((hit) => columns.map((column) => column.of(hit))),
  };
}
