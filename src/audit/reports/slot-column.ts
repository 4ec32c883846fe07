import type { Day } from '../day.js';

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
  let states = new Uint8Array(1024);
  let people = 0;
  return {
    get people() {
      return people;
    },
    note(slot, state) {
      if (slot >= states.length) states = grown(states, slot, (length) => new Uint8Array(length));
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
  let days = new Uint16Array(1024);
  const raw = (slot: number): number => days[slot] ?? 0;
  return {
    set(slot, day) {
      if (day === undefined) return;
      if (slot >= days.length) days = grown(days, slot, (length) => new Uint16Array(length));
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

const NO_NUMBER = -1;

export function numberColumn(): NumberColumn {
  let values = new Int32Array(1024).fill(NO_NUMBER);
  return {
    set(slot, value) {
      if (slot >= values.length)
        values = grown(values, slot, (length) => new Int32Array(length).fill(NO_NUMBER));
      values[slot] = value;
    },
    get(slot) {
      const value = values[slot];
      return value === NO_NUMBER ? undefined : value;
    },
  };
}

interface Growing {
  readonly length: number;
  set(from: ArrayLike<number>): void;
}

function grown<T extends Growing & ArrayLike<number>>(from: T, slot: number, make: (length: number) => T): T {
  const to = make(Math.max(from.length * 2, slot + 1));
  to.set(from);
  return to;
}
