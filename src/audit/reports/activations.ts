import { isoDay, type Day } from '../day.js';
import type { Activation, ReportEvidence } from '../evidence.js';
import type { NameSlots } from './name-slots.js';
import { readReport, type ReportReading } from './reader.js';
import { dayColumn, numberColumn, type RowState } from './slot-column.js';

/** What getOffice365ActivationsUserDetail says: several rows a person, one per product. */
export interface ActivationsIndex {
  readonly refreshed: Day;
  readonly people: number;
  /** Whether anybody in the tenant has a row of a product that `pattern` matches: without one its absence proves nothing. */
  knows(pattern: RegExp): boolean;
  activationsAt(slot: number | undefined): readonly Activation[] | { readonly unknown: string };
  /** Rows of the slot that can be read show no dated activation of a product that `pattern` matches. Makes no objects. */
  showsNone(slot: number | undefined, pattern: RegExp): boolean;
  /** The newest activation of any product. */
  lastUseAt(slot: number | undefined): Day | undefined;
  stateAt(slot: number | undefined): Exclude<RowState, 'twice'> | 'absent';
  /** `hasProduct`: whoever holds a product that is counted has a row; without one nothing is known of them. */
  evidenceAt(slot: number | undefined, hasProduct: boolean): ReportEvidence;
}

const DAMAGED = 'a row in the activations report cannot be read';

/** Why nothing is known of somebody whom the report does not name. */
export function noRow(refreshed: Day): string {
  return `no row in the activations report of ${isoDay(refreshed)}`;
}

/** Reads the report of products activated on devices (microsoft-graph.md 2.2, field.md F24). */
export function readActivationsReport(
  chunks: AsyncIterable<string>,
  names: NameSlots,
): Promise<ReportReading<ActivationsIndex>> {
  return readReport(chunks, {
    title: 'The activations report',
    name: 'User Principal Name',
    deleted: undefined,
    columns: ['Product Type', 'Last Activated Date'],
    mayBeEmpty: true,
    collect: () => {
      const rows = activationRows();
      return {
        row: (name, cells, places, read) => {
          const day = read(cells[places[1] ?? -1] ?? '');
          if (day === 'bad') return 'date';
          rows.add(names.take(name), (cells[places[0] ?? -1] ?? '').trim(), day);
          return undefined;
        },
        damaged: (name) => rows.damage(names.take(name)),
        finish: (refreshed) => rows.finish(refreshed),
      };
    },
  });
}

/** Numbers of rows, in chains through flat arrays: the newest row of a slot leads to the one before it. */
function rowChains(): {
  /** Adds a row. @returns its number, from 0 on */
  add(slot: number): number;
  has(slot: number): boolean;
  of(slot: number): Generator<number>;
} {
  const newest = numberColumn();
  const before = numberColumn();
  let rows = 0;
  return {
    add(slot) {
      const row = rows;
      rows += 1;
      const last = newest.get(slot);
      if (last !== undefined) before.set(row, last);
      newest.set(slot, row);
      return row;
    },
    has: (slot) => newest.get(slot) !== undefined,
    *of(slot) {
      for (let row = newest.get(slot); row !== undefined; row = before.get(row)) yield row;
    },
  };
}

function activationRows(): {
  add(slot: number, product: string, day: Day | undefined): void;
  damage(slot: number): void;
  finish(refreshed: Day): ActivationsIndex;
} {
  const rows = rowChains();
  let people = 0;
  const damaged = new Set<number>();
  const products = distinctNames();
  const productOf = numberColumn();
  const days = dayColumn();

  const productAt = (row: number): string => products.names[productOf.get(row) ?? 0] ?? '';
  const lastUseAt = (slot: number | undefined): Day | undefined => {
    if (slot === undefined || damaged.has(slot)) return undefined;
    let last = 0;
    for (const row of rows.of(slot)) last = Math.max(last, days.raw(row));
    return last === 0 ? undefined : (last as Day);
  };
  const stateAt = (slot: number | undefined): ReturnType<ActivationsIndex['stateAt']> => {
    if (slot === undefined) return 'absent';
    if (damaged.has(slot)) return 'damaged';
    return rows.has(slot) ? 'usable' : 'absent';
  };
  return {
    add(slot, product, day) {
      if (!rows.has(slot)) people += 1;
      const row = rows.add(slot);
      productOf.set(row, products.idOf(product));
      days.set(row, day);
    },
    damage: (slot) => void damaged.add(slot),
    finish: (refreshed) => ({
      refreshed,
      people,
      knows: (pattern) => products.names.some((product) => pattern.test(product)),
      activationsAt: (slot) => {
        if (slot === undefined) return [];
        if (damaged.has(slot)) return { unknown: DAMAGED };
        return [...rows.of(slot)]
          .map((row): Activation => ({ product: productAt(row), lastActivated: days.get(row) }))
          .sort(byProduct);
      },
      showsNone: (slot, pattern) => {
        if (slot === undefined || stateAt(slot) !== 'usable') return false;
        for (const row of rows.of(slot))
          if (days.raw(row) !== 0 && pattern.test(productAt(row))) return false;
        return true;
      },
      lastUseAt,
      stateAt,
      evidenceAt: (slot, hasProduct) => evidenceOf(stateAt(slot), hasProduct, lastUseAt(slot), refreshed),
    }),
  };
}

function byProduct(a: Activation, b: Activation): number {
  return a.product < b.product ? -1 : a.product > b.product ? 1 : 0;
}

/** The report has no period: no activation in the rows of a person means none on any device so far. */
function evidenceOf(
  state: ReturnType<ActivationsIndex['stateAt']>,
  hasProduct: boolean,
  day: Day | undefined,
  refreshed: Day,
): ReportEvidence {
  if (state === 'damaged') return { kind: 'unknown', why: DAMAGED };
  if (state === 'absent' && hasProduct) return { kind: 'unknown', why: noRow(refreshed) };
  return {
    kind: 'read',
    refreshed,
    fact: day === undefined ? { kind: 'none', since: undefined } : { kind: 'on', day },
  };
}

/** Gives each name a number, and keeps no line of the report alive for it. */
function distinctNames(): { readonly names: readonly string[]; idOf(name: string): number } {
  const names: string[] = [];
  const ids = new Map<string, number>();
  return {
    names,
    idOf: (name) => {
      const known = ids.get(name);
      if (known !== undefined) return known;
      const own = ` ${name}`.slice(1);
      ids.set(own, names.length);
      return names.push(own) - 1;
    },
  };
}
