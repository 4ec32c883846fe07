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

export function scheduler(start: number): Scheduler {
  const heap: Entry[] = [];
  let now = start;
  let asked = 0;
  let passed = 0;

  const at = (time: number, run: () => void): void => {
    push(heap, { time: Math.max(time, now), order: (asked += 1), run });
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
            const entry = heap[0];
            if (entry === undefined || entry.time > until || isOver()) {
              if (entry !== undefined && entry.time > until) now = until;
              resolve(passed);
              return;
            }
            pop(heap);
            now = entry.time;
            passed += 1;
            entry.run();
          } catch (error) {
            reject(error as Error);
            return;
          }
          // Now and then this machine may do something else.
          if (passed % BREATH === 0) setImmediate(next);
          else queueMicrotask(soon);
        };
        setImmediate(next);
      }),
  };
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.time !== b.time ? a.time < b.time : a.order < b.order;
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const up = (at - 1) >> 1;
    const parent = heap[up] as Entry;
    if (!isBefore(entry, parent)) break;
    heap[at] = parent;
    at = up;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const right = left + 1;
    if (left >= heap.length) break;
    const smaller = right < heap.length && isBefore(heap[right] as Entry, heap[left] as Entry) ? right : left;
    const child = heap[smaller] as Entry;
    if (!isBefore(child, last)) break;
    heap[at] = child;
    at = smaller;
  }
  heap[at] = last;
}
