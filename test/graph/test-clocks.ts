import type { Clock } from '../../src/graph/clock.js';

const START = new Date('2026-11-22T08:00:00.000Z');

/** A clock on which every sleep is over at once, and counted. */
export interface SkippingClock extends Clock {
  readonly sleeps: readonly number[];
}

export function skippingClock(): SkippingClock {
  let now = START.getTime();
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => new Date(now),
    sleep: (ms) => {
      sleeps.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

/** A clock that stands still until it is moved. */
export interface HandClock extends Clock {
  advance(ms: number): void;
  /** How many sleep. */
  sleepers(): number;
}

export function handClock(): HandClock {
  let now = START.getTime();
  let sleeping: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(now),
    sleep: (ms) => new Promise((wake) => sleeping.push({ until: now + ms, wake })),
    sleepers: () => sleeping.length,
    advance: (ms) => {
      now += ms;
      const due = sleeping.filter((sleeper) => sleeper.until <= now);
      sleeping = sleeping.filter((sleeper) => sleeper.until > now);
      for (const sleeper of due) sleeper.wake();
    },
  };
}

/** Waits for something that other code does soon: looked at often, given up after some seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('It did not happen.');
}
