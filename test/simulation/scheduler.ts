import { heapOf } from './heap.js';

/** Virtual time. What happens next is decided by time and by the order of asking alone, never by this machine. */
export interface Scheduler {
  /** Milliseconds since 1970. */
  now(): number;
  /** Counts the events: what runs because of the same event sees the same number. */
  event(): number;
  /** Runs it then; at the same time things run in the order in which they were asked for. */
  at(time: number, run: () => void): void;
  after(ms: number, run: () => void): void;
  /**
   * Lets time pass. Between two events every promise that can go on does.
   * @param isOver looked at after each event
   * @returns events that came to pass
   */
  run(until: number, isOver: () => boolean): Promise<number>;
}

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly run: () => void;
}

const BREATH = 10_000;
/** What waits for it comes with the next turn of the promises: queueMicrotask would note on whose behalf, which costs. */
const DONE = Promise.resolve();

export function scheduler(start: number): Scheduler {
  const heap = heapOf(isBefore);
  let now = start;
  let asked = 0;
  let passed = 0;

  const at = (time: number, run: () => void): void => {
    heap.push({ time: Math.max(time, now), order: (asked += 1), run });
  };
  return {
    now: () => now,
    event: () => passed,
    at,
    after: (ms, run) => at(now + ms, run),
    run: (until, isOver) =>
      new Promise((resolve, reject) => {
        // A tick that is asked for by a promise comes when all promises have gone as far as they can.
        const soon = (): void => process.nextTick(next);
        const next = (): void => {
          try {
            const entry = heap.first();
            if (entry === undefined || entry.time > until || isOver()) {
              if (entry !== undefined && entry.time > until) now = until;
              resolve(passed);
              return;
            }
            heap.pop();
            now = entry.time;
            passed += 1;
            entry.run();
          } catch (error) {
            reject(error as Error);
            return;
          }
          // Now and then this machine may do something else.
          if (passed % BREATH === 0) setImmediate(next);
          else void DONE.then(soon);
        };
        setImmediate(next);
      }),
  };
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.time !== b.time ? a.time < b.time : a.order < b.order;
}
