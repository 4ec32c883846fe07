import { decimalsOf } from '../../spend/money.js';
import { stateOf, totalsOf, type Hit, type Source, type Totals } from './hits.js';
import { SCENARIO_NAMES, STATE_NAMES, VERDICT_NAMES } from './english-sentences.js';
import type { Ask, GroupField, Measure } from './query.js';
import type { Value } from './rows.js';
import { valuesOf } from './vocabulary.js';

/** A chart or table with more rows is not read. */
const MOST_GROUPS = 12;

export interface Group extends Totals {
  readonly label: string;
}

export interface Grouped {
  readonly groups: readonly Group[];
  /** How many groups there are beside those. */
  readonly more: number;
  readonly totals: Totals;
  /** true: somebody may be in several groups, so that they do not add up. */
  readonly overlap: boolean;
}

/** The largest groups, with the totals of all. */
export function groupsOf(
  hits: readonly Hit[],
  { by, of, top }: Extract<Ask, { kind: 'groups' }>,
  source: Source,
): Grouped {
  const sorted = allGroups(hits, by, source).sort(
    (a, b) => measured(b, of) - measured(a, of) || compareText(a.label, b.label),
  );
  const shown = sorted.slice(0, Math.min(top ?? MOST_GROUPS, MOST_GROUPS));
  return {
    groups: shown,
    more: sorted.length - shown.length,
    totals: totalsOf(hits),
    overlap: by === 'license' || by === 'domain' || by === 'unit',
  };
}

/** Every group, in no order that means anything. */
export function allGroups(hits: readonly Hit[], by: GroupField, source: Source): Group[] {
  const groups = new Map<string, { readonly label: string; readonly hits: Hit[] }>();
  for (const hit of hits)
    for (const { label, key, hit: part } of partsOf(hit, by, source)) {
      const group = groups.get(key) ?? { label, hits: [] };
      group.hits.push(part);
      groups.set(key, group);
    }
  return [...groups.values()].map(({ label, hits: members }) => ({ label, ...totalsOf(members) }));
}

/** In which groups somebody is; of several licenses each group has its own. */
function partsOf(hit: Hit, by: GroupField, source: Source): readonly (Value & { readonly hit: Hit })[] {
  const { row } = hit;
  switch (by) {
    case 'license':
      return [...new Set(hit.licenses.map(({ name }) => name))].map((name) => {
        const licenses = hit.licenses.filter((license) => license.name === name);
        return { ...name, hit: { ...hit, licenses } };
      });
    case 'domain':
    case 'unit': {
      // A unit may lie in another of the same name.
      const values = [...new Set(valuesOf(row, by))];
      return (values.length === 0 ? [NO_VALUE] : values).map((value) => ({ ...value, hit }));
    }
    case 'scenario':
      return [{ ...named(row.scenario, SCENARIO_NAMES), hit }];
    case 'verdict':
      return [{ ...named(row.verdict, VERDICT_NAMES), hit }];
    case 'state':
      return [{ ...named(stateOf(row, source), STATE_NAMES), hit }];
    case 'department':
    case 'country':
    case 'manager':
      return [{ ...row[by], hit }];
    default:
      return by satisfies never;
  }
}

const NO_VALUE: Value = { label: '', key: '' };

function named<K extends string>(key: K | undefined, names: Readonly<Record<K, string>>): Value {
  return key === undefined ? NO_VALUE : { label: names[key], key };
}

/** Currencies do not add up: of several the largest amount counts. */
export function measured(totals: Totals, of: Measure): number {
  if (of === 'people') return totals.people;
  if (of === 'licenses') return totals.licenses;
  return Math.max(0, ...totals.cost.map(({ minor, currency }) => minor / 10 ** decimalsOf(currency)));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
