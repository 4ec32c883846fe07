import type { Day } from '../day.js';
import { enlarged, flatArray } from '../flat-array.js';

export type RowState = 'usable' | 'damaged' | 'twice';

const ABSENT = 0;
const STATES = ['usable', 'damaged', 'twice'] as const satisfies readonly RowState[];

/** What a report with one row a person has about each slot. */
export interface RowStates {
  /** People in the report. */
  readonly people: number;
  /** Notes a row of the slot; a second one makes the slot `twice`. @returns false for a second one */
  note(slot: number, state: 'usable' | 'damaged'): boolean;
  of(slot: number | undefined): RowState | 'absent';
}

export function rowStates(): RowStates {
  let states = flatArray(Uint8Array, 1024);
  let people = 0;
  return {
    get people() {
      return people;
    },
    note(slot, state) {
      if (slot >= states.length) states = enlarged(Uint8Array, states, lengthFor(states, slot));
      if (states[slot] !== ABSENT) {
        states[slot] = 1 + STATES.indexOf('twice');
        return false;
      }
      states[slot] = 1 + STATES.indexOf(state);
      people += 1;
      return true;
    },
    of(slot) {
      const code = slot === undefined ? ABSENT : (states[slot] ?? ABSENT);
      return code === ABSENT ? 'absent' : (STATES[code - 1] ?? 'damaged');
    },
  };
}

/** One day per slot in two bytes; days run to the year 2149. */
export interface DayColumn {
  set(slot: number, day: Day | undefined): void;
  /** 0: no day. */
  raw(slot: number): number;
  get(slot: number): Day | undefined;
}

export function dayColumn(): DayColumn {
  let days = flatArray(Uint16Array, 1024);
  const raw = (slot: number): number => days[slot] ?? 0;
  return {
    set(slot, day) {
      if (day === undefined) return;
      if (slot >= days.length) days = enlarged(Uint16Array, days, lengthFor(days, slot));
      days[slot] = day;
    },
    raw,
    get: (slot) => (raw(slot) === 0 ? undefined : (raw(slot) as Day)),
  };
}

/** One whole number per slot, from 0 on. */
export interface NumberColumn {
  set(slot: number, value: number): void;
  get(slot: number): number | undefined;
}

export function numberColumn(): NumberColumn {
  /** Each value and 1, so that 0 stands for none. */
  let values = flatArray(Uint32Array, 1024);
  return {
    set(slot, value) {
      if (slot >= values.length) values = enlarged(Uint32Array, values, lengthFor(values, slot));
      values[slot] = value + 1;
    },
    get(slot) {
      const value = values[slot] ?? 0;
      return value === 0 ? undefined : value - 1;
    },
  };
}

function lengthFor(array: { readonly length: number }, slot: number): number {
  return Math.max(array.length * 2, slot + 1);
}
