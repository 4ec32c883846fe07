import { moneyCell } from '../../spend/money-cell.js';
import type { PositionRow } from '../../spend/position.js';
import type { Cell } from '../csv/writer.js';
import {
  FIRST_COLUMNS,
  MORE_COLUMNS,
  PROTECTIONS,
  SPONSORS,
  USAGE_COLUMNS,
  WHY,
  type Column,
} from './columns.js';
import type { Finding } from '../finding.js';

const POSITION_COLUMNS: readonly Column<PositionRow>[] = [
  ...(
    [
      'skuId',
      'partNumber',
      'name',
      'bought',
      'assigned',
      'free',
      'active',
      'idle',
      'protected',
      'reclaimable',
      'unknown',
      'outOfScope',
      'unaccounted',
    ] as const
  ).map((name) => ({ name, of: (row: PositionRow): Cell => row[name] })),
  ...(['annualPrice', 'annualBought', 'annualIdle', 'annualReclaimable'] as const).map((name) => ({
    name,
    of: (row: PositionRow): Cell => moneyCell(row[name]),
  })),
  { name: 'currency', of: ({ annualPrice }) => annualPrice?.currency },
];

/** Header and rows of one table. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: Iterable<readonly Cell[]>;
}

const REST: readonly Column<Finding>[] = [...USAGE_COLUMNS, ...MORE_COLUMNS, SPONSORS];

export function inactiveTable(findings: readonly Finding[]): Table {
  return table([...FIRST_COLUMNS, ...REST], findings);
}

export function protectedTable(findings: readonly Finding[]): Table {
  return table([...FIRST_COLUMNS, ...REST, ...PROTECTIONS], findings);
}

export function unknownTable(findings: readonly Finding[]): Table {
  return table([...FIRST_COLUMNS, ...REST, WHY, ...PROTECTIONS], findings);
}

/** A guest's sponsor is whom to ask, so it comes right after the fixed columns. */
export function guestTable(findings: readonly Finding[]): Table {
  return table(
    [...FIRST_COLUMNS, SPONSORS, ...USAGE_COLUMNS, ...MORE_COLUMNS, WHY, ...PROTECTIONS],
    findings,
  );
}

export function positionTable(rows: readonly PositionRow[]): Table {
  return table(POSITION_COLUMNS, rows);
}

function table<T>(columns: readonly Column<T>[], rows: readonly T[]): Table {
  return {
    header: columns.map(({ name }) => name),
    rows: mapped(rows, (row) => columns.map((column) => column.of(row))),
  };
}

function mapped<T, R>(values: readonly T[], change: (value: T) => R): Iterable<R> {
  return {
    *[Symbol.iterator]() {
      for (const value of values) yield change(value);
    },
  };
}
