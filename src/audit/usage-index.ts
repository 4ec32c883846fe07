import { isoDay, type Day } from './day.js';
import { WORKLOADS, type Fact, type Workload, type WorkloadEvidence } from './evidence.js';
import { nameKey } from './name-key.js';

/** The detail report for 180 days proves nothing about earlier use: an empty cell means "none in 180 days". */
export const REPORT_REACH_DAYS = 180;

export type RowState = 'usable' | 'damaged' | 'twice';

/** What the active-user report says, by user principal name in any case or Unicode form. */
export interface UsageIndex {
  readonly refreshed: Day;
  /** People in the report, deleted ones left out. */
  readonly people: number;
  stateOf(userPrincipalName: string): RowState | 'absent';
  /** The newest use in any workload of a usable row; no objects are made, for the pass over everybody. */
  lastUse(userPrincipalName: string): Day | undefined;
  evidenceOf(userPrincipalName: string): WorkloadEvidence | { readonly unknown: string };
}

const NO_DAY = -1;
const STATES = ['usable', 'damaged', 'twice'] as const satisfies readonly RowState[];
const WIDTH = WORKLOADS.length;

/** Collects rows into a few flat arrays: at 500,000 people, objects per row would cost most of the memory. */
export interface UsageBuilder {
  /** `days` in the order of WORKLOADS; undefined days mean no use, undefined `days` a row that cannot be read. */
  add(userPrincipalName: string, days: readonly (Day | undefined)[] | undefined): void;
  /** People so far. */
  count(): number;
  finish(refreshed: Day): UsageIndex;
}

export function usageBuilder(): UsageBuilder {
  const slots = new Map<string, number>();
  let days = new Int32Array(1024 * WIDTH);
  let states = new Uint8Array(1024);

  const add: UsageBuilder['add'] = (userPrincipalName, used) => {
    const key = nameKey(userPrincipalName);
    const known = slots.get(key);
    if (known !== undefined) {
      states[known] = STATES.indexOf('twice');
      return;
    }
    const slot = slots.size;
    if (slot === states.length) {
      days = grown(days, new Int32Array(days.length * 2));
      states = grown(states, new Uint8Array(states.length * 2));
    }
    slots.set(ownCopy(key), slot);
    states[slot] = STATES.indexOf(used === undefined ? 'damaged' : 'usable');
    for (let column = 0; column < WIDTH; column += 1) days[slot * WIDTH + column] = used?.[column] ?? NO_DAY;
  };

  return { add, count: () => slots.size, finish: (refreshed) => indexOver(slots, days, states, refreshed) };
}

function indexOver(
  slots: ReadonlyMap<string, number>,
  days: Int32Array,
  states: Uint8Array,
  refreshed: Day,
): UsageIndex {
  const slotOf = (name: string): number | undefined => slots.get(nameKey(name));
  const stateAt = (slot: number): RowState => STATES[states[slot] ?? 1] ?? 'damaged';
  return {
    refreshed,
    people: slots.size,
    stateOf: (name) => {
      const slot = slotOf(name);
      return slot === undefined ? 'absent' : stateAt(slot);
    },
    lastUse: (name) => {
      const slot = slotOf(name);
      if (slot === undefined || stateAt(slot) !== 'usable') return undefined;
      let last = NO_DAY;
      for (let at = slot * WIDTH; at < (slot + 1) * WIDTH; at += 1) last = Math.max(last, days[at] ?? NO_DAY);
      return last === NO_DAY ? undefined : (last as Day);
    },
    evidenceOf: (name) => {
      const slot = slotOf(name);
      if (slot === undefined) return { unknown: `no row in the usage report of ${isoDay(refreshed)}` };
      if (stateAt(slot) === 'twice') return { unknown: 'two rows of the usage report have this name' };
      if (stateAt(slot) === 'damaged') return { unknown: 'the row in the usage report cannot be read' };
      return { refreshed, facts: factsAt(days, slot * WIDTH, refreshed) };
    },
  };
}

function factsAt(days: Int32Array, start: number, refreshed: Day): Readonly<Record<Workload, Fact>> {
  const none: Fact = { kind: 'none', since: (refreshed - REPORT_REACH_DAYS) as Day };
  const facts = WORKLOADS.map((workload, column): [Workload, Fact] => {
    const day = days[start + column] ?? NO_DAY;
    return [workload, day === NO_DAY ? none : { kind: 'on', day: day as Day }];
  });
  return Object.fromEntries(facts) as Record<Workload, Fact>;
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** A text of its own: a slice would keep the whole chunk of the report in memory from which it was cut. */
function ownCopy(text: string): string {
  return ` ${text}`.slice(1);
}
