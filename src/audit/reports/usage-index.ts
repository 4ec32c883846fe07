import { isoDay, type Day } from '../day.js';
import {
  WORKLOADS,
  type Fact,
  type UnknownWorkload,
  type Workload,
  type WorkloadEvidence,
} from '../evidence.js';
import type { NameSlots } from './name-slots.js';
import { dayColumn, rowStates, type DayColumn, type RowState, type RowStates } from './slot-column.js';

/** The detail report for 180 days proves nothing about earlier use: an empty cell means "none in 180 days". */
export const REPORT_REACH_DAYS = 180;

/** What the active-user report says, by user principal name in any case or Unicode form. */
export interface UsageIndex {
  readonly refreshed: Day;
  /** People in the report, deleted ones left out. */
  readonly people: number;
  stateOf(userPrincipalName: string): RowState | 'absent';
  stateAt(slot: number | undefined): RowState | 'absent';
  /** The newest use in any workload of a usable row; no objects are made, for the pass over everybody. */
  lastUse(userPrincipalName: string): Day | undefined;
  lastUseAt(slot: number | undefined): Day | undefined;
  /** The last use of one workload; undefined also where the row is not usable. */
  usedAt(slot: number | undefined, workload: Workload): Day | undefined;
  evidenceOf(userPrincipalName: string): WorkloadEvidence | UnknownWorkload;
}

export function usageIndex(
  names: NameSlots,
  states: RowStates,
  columns: readonly DayColumn[],
  refreshed: Day,
): UsageIndex {
  const isUsable = (slot: number | undefined): slot is number => states.of(slot) === 'usable';
  const lastUseAt = (slot: number | undefined): Day | undefined => {
    if (!isUsable(slot)) return undefined;
    let last = 0;
    for (const column of columns) last = Math.max(last, column.raw(slot));
    return last === 0 ? undefined : (last as Day);
  };
  return {
    refreshed,
    people: states.people,
    stateOf: (name) => states.of(names.find(name)),
    stateAt: (slot) => states.of(slot),
    lastUse: (name) => lastUseAt(names.find(name)),
    lastUseAt,
    usedAt: (slot, workload) =>
      isUsable(slot) ? columns[WORKLOADS.indexOf(workload)]?.get(slot) : undefined,
    evidenceOf: (name) => {
      const slot = names.find(name);
      const state = states.of(slot);
      if (slot === undefined || state === 'absent')
        return { unknown: `no row in the usage report of ${isoDay(refreshed)}`, noRow: true };
      if (state === 'twice') return { unknown: 'two rows of the usage report have this name' };
      if (state === 'damaged') return { unknown: 'the row in the usage report cannot be read' };
      return { refreshed, facts: factsAt(columns, slot, refreshed) };
    },
  };
}

function factsAt(
  columns: readonly DayColumn[],
  slot: number,
  refreshed: Day,
): Readonly<Record<Workload, Fact>> {
  const facts = WORKLOADS.map((workload, at): [Workload, Fact] => [
    workload,
    datedFact(columns[at]?.get(slot), refreshed),
  ]);
  return Object.fromEntries(facts) as Record<Workload, Fact>;
}

/** A date, or that there was no use as far as the report reaches back. */
export function datedFact(day: Day | undefined, refreshed: Day): Fact {
  return day === undefined
    ? { kind: 'none', since: (refreshed - REPORT_REACH_DAYS) as Day }
    : { kind: 'on', day };
}

/** Empty columns for all workloads. */
export function workloadColumns(): {
  readonly states: RowStates;
  readonly columns: readonly DayColumn[];
} {
  return { states: rowStates(), columns: WORKLOADS.map(() => dayColumn()) };
}
