import type { UserId } from '../../audit/person.js';
import { REPORT_REACH_DAYS } from '../../audit/reports/usage-index.js';
import { decimalsOf, sumMoney, sumsByCurrency, type Money } from '../../spend/money.js';
import { fold } from './fold.js';
import type { AskedState, Condition, CountedSubject, Query } from './query.js';
import { longest, type Row, type RowLicense, type Value } from './rows.js';
import { valuesOf } from './vocabulary.js';

/** What a query is answered from. */
export interface Source {
  readonly rows: readonly Row[];
  /** Whole counts of the audit, by subject. */
  readonly counted: Readonly<Record<CountedSubject, number>>;
  /** Where the newest case of each person stands; only needed where `needsStates`. */
  readonly states?: ReadonlyMap<UserId, AskedState>;
}

/** A person with the licenses that were asked about. */
export interface Hit {
  readonly row: Row;
  readonly licenses: readonly RowLicense[];
  /** Of these licenses, per year; undefined: no price, or several currencies. */
  readonly cost: Money | undefined;
  /** See `Row.days`; of an active person those of these licenses. */
  readonly days: number | undefined;
}

export interface Totals {
  readonly people: number;
  readonly licenses: number;
  /** Per year, one amount per currency. */
  readonly cost: readonly Money[];
  /** Licenses without a price. */
  readonly withoutPrice: number;
  /** People whom the audit does not list any more, known from their cases; absent: none. */
  readonly fromCases?: number;
}

/** Those whom a query is about; `undated`: how many more there may be whose days nobody knows. */
export function hitsOf(
  { subject, conditions }: Pick<Query, 'subject' | 'conditions'>,
  source: Source,
): { readonly hits: readonly Hit[]; readonly undated: number } {
  const tests = conditions.map((condition) => testOf(condition, source));
  const wanted = conditions.find(({ field, is }) => field === 'license' && is === 'in');
  const names = wanted === undefined ? undefined : keysOf(wanted);
  const isNeverUsed = conditions.some(({ field }) => field === 'use');
  const isDated = conditions.some(({ field }) => field === 'days');
  const hits: Hit[] = [];
  let undated = 0;
  for (const row of source.rows) {
    if (row.subject !== subject) continue;
    const hit = hitOf(row, names, isNeverUsed);
    if (tests.every((test) => test(hit))) hits.push(hit);
    else if (isDated && mayBeLonger(hit) && isElse(conditions, hit, source)) undated += 1;
  }
  return { hits, undated };
}

/** Without a date nobody knows the days; with reports alone they may be more than those reach back. */
function mayBeLonger({ days, row }: Hit): boolean {
  return days === undefined || (days === REPORT_REACH_DAYS && row.verdict !== 'neverUsed');
}

/** true: everything but the days holds, and these would if they were more. */
function isElse(conditions: readonly Condition[], hit: Hit, source: Source): boolean {
  return conditions.every(
    (condition) =>
      (condition.field === 'days' && (hit.days === undefined || isAtLeast(condition))) ||
      testOf(condition, source)(hit),
  );
}

function isAtLeast({ is }: Condition): boolean {
  return is === '>' || is === '>=';
}

function hitOf(row: Row, names: ReadonlySet<string> | undefined, isNeverUsed: boolean): Hit {
  const named = names === undefined ? row.licenses : row.licenses.filter(({ name }) => names.has(name.key));
  const licenses = isNeverUsed ? named.filter(({ use }) => use === 'neverUsed') : named;
  const days = row.verdict === 'active' ? longest(licenses) : row.days;
  return { row, licenses, cost: sumMoney(licenses.flatMap(({ cost }) => cost ?? [])), days };
}

type Test = (hit: Hit) => boolean;

function testOf(condition: Condition, source: Source): Test {
  if ('amount' in condition) return boundTest(condition);
  const isIn = condition.is === 'in';
  const keys = keysOf(condition);
  switch (condition.field) {
    case 'scenario':
      return ({ row }) => keys.has(fold(row.scenario ?? '')) === isIn;
    case 'verdict':
      return ({ row }) => keys.has(fold(row.verdict)) === isIn;
    case 'state':
      return ({ row }) => keys.has(fold(stateOf(row, source))) === isIn;
    case 'use':
      return ({ licenses }) => licenses.length > 0;
    case 'department':
    case 'country':
    case 'manager': {
      const { field } = condition;
      return ({ row }) => keys.has(row[field].key) === isIn;
    }
    case 'license':
    case 'domain':
    case 'unit': {
      const { field } = condition;
      return ({ row }) => isAmong(valuesOf(row, field), keys) === isIn;
    }
    default:
      return condition satisfies never;
  }
}

/** Somebody without any is found by `none`. */
function isAmong(values: readonly Value[], keys: ReadonlySet<string>): boolean {
  return values.length === 0 ? keys.has('') : values.some(({ key }) => keys.has(key));
}

function keysOf(condition: Condition): ReadonlySet<string> {
  return new Set('values' in condition ? condition.values.map(fold) : []);
}

function boundTest({ field, is, amount }: Extract<Condition, { amount: number }>): Test {
  return ({ days, cost }) => {
    const value = field === 'days' ? days : cost && cost.minor / 10 ** decimalsOf(cost.currency);
    if (value === undefined) return false;
    if (is === '>') return value > amount;
    if (is === '>=') return value >= amount;
    return is === '<' ? value < amount : value <= amount;
  };
}

export function stateOf({ userId }: Row, { states }: Source): AskedState {
  return states?.get(userId) ?? 'noCase';
}

export function totalsOf(hits: readonly Hit[]): Totals {
  const licenses = hits.flatMap((hit) => hit.licenses);
  const fromCases = hits.filter(({ row }) => row.fromCase === true).length;
  return {
    people: hits.length,
    licenses: licenses.length,
    cost: sumsByCurrency(licenses.map(({ cost }) => cost)),
    withoutPrice: licenses.filter(({ cost }) => cost === undefined).length,
    ...(fromCases > 0 ? { fromCases } : {}),
  };
}
