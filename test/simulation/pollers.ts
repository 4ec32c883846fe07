import type { Doc } from '../../src/store/store.js';
import type { Instance } from './instance.js';
import type { DueKind } from './memory-store.js';
import { claimableAt } from './shelf.js';
import type { World } from './world.js';

/** The sleeps of a process. Looks for due rows that would find nothing are left out: nobody could tell. */
export interface Pollers {
  /** A sleep of the worker: until something is due, or until the next heartbeat. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A sleep of everything else: as long as it was asked for. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
  /** A row was written that may be due sooner than anybody looks. */
  hear(kind: DueKind, doc: Doc): void;
  /** Whoever sleeps until it is time for such rows looks for them a moment later. */
  lookSoon(kind: DueKind): void;
  /** A look for due rows was answered: whoever sleeps because of the same event looks for such rows. */
  looked(kind: DueKind): void;
  /** false: a look would find nothing. */
  isDue(kind: DueKind): boolean;
}

/** Milliseconds between looks for due rows: another number than that of the heartbeat, by which sleeps are told apart. */
export const POLL_MS = 60_001;

/** Of the heartbeat in worker.ts: it is written once a week here, for nobody here looks whether somebody is there. */
const HEARTBEAT_MS = 5_000;
const HEARTBEAT_HERE_MS = 7 * 24 * 3_600_000;
const SELDOM_MS = 24 * 3_600_000;

/** Share of looks of two processes at the same moment; the others lie so far apart. */
const TOGETHER = 0.25;
const APART_MS = 20_000;

const DUE_KINDS: readonly DueKind[] = ['case', 'outbox', 'command'];
const ONLY = { case: ['case'], outbox: ['outbox'], command: ['command'] } as const;

interface Sleeper {
  /** undefined: nobody knows for what it looks. */
  readonly looksFor: DueKind | undefined;
  readonly isPolling: boolean;
  readonly earliest: number;
  wakeAt: number;
  isAwake: boolean;
  readonly wake: () => void;
}

export function pollers(world: World, self: () => Instance): Pollers {
  const { time } = world;
  const sleepers = new Set<Sleeper>();

  function wakeAt(sleeper: Sleeper, at: number): void {
    sleeper.wakeAt = at;
    time.at(at, () => {
      // An earlier or later time may have been set since.
      if (sleeper.isAwake || sleeper.wakeAt !== at || !self().isAlive()) return;
      if (sleeper.isPolling) {
        // Somebody else may have taken what was due.
        const due = nextDue(sleeper.looksFor);
        if (due > time.now()) return wakeAt(sleeper, later(due));
      }
      sleeper.isAwake = true;
      sleepers.delete(sleeper);
      sleeper.wake();
    });
  }

  function nextDue(looksFor: DueKind | undefined): number {
    let next: string | undefined;
    for (const kind of looksFor === undefined ? DUE_KINDS : ONLY[looksFor]) {
      const due = world.store.nextClaim(kind);
      if (due !== undefined && (next === undefined || due < next)) next = due;
    }
    const latest = time.now() + SELDOM_MS;
    return next === undefined ? latest : Math.min(Date.parse(next) - self().offset, latest);
  }

  /** Processes seldom look at exactly the same time. */
  function later(due: number): number {
    const { latency } = world.chances;
    return latency.happens(TOGETHER) ? due : due + latency.whole(1, APART_MS);
  }

  /** What was looked for in the newest event; undefined when it was more than one kind. */
  let look: { readonly kind: DueKind | undefined; readonly event: number } | undefined;

  /** Sleeps until the time that `until` sets, or until the signal is aborted. */
  function asleep(
    kind: Pick<Sleeper, 'isPolling' | 'looksFor' | 'earliest'>,
    signal: AbortSignal | undefined,
    until: () => number,
  ): Promise<void> {
    return new Promise((resolve) => {
      if (!self().isAlive()) return;
      const wake = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const abort = (): void => {
        if (sleeper.isAwake || !self().isAlive()) return;
        sleeper.isAwake = true;
        sleepers.delete(sleeper);
        wake();
      };
      const sleeper: Sleeper = { ...kind, wakeAt: 0, isAwake: false, wake };
      signal?.addEventListener('abort', abort);
      if (signal?.aborted === true) return abort();
      if (kind.isPolling) sleepers.add(sleeper);
      wakeAt(sleeper, until());
    });
  }

  function pause(ms: number, signal?: AbortSignal): Promise<void> {
    const earliest = time.now() + ms;
    return asleep({ isPolling: false, looksFor: undefined, earliest }, signal, () => earliest);
  }

  return {
    pause,
    sleep: (ms, signal) => {
      if (ms !== POLL_MS) return pause(ms === HEARTBEAT_MS ? HEARTBEAT_HERE_MS : ms, signal);
      const looksFor = look?.event === time.event() ? look.kind : undefined;
      const earliest = time.now() + ms + world.chances.latency.whole(0, POLL_MS);
      return asleep({ isPolling: true, looksFor, earliest }, signal, () =>
        Math.max(earliest, later(nextDue(looksFor))),
      );
    },
    lookSoon: (kind) => {
      const soon = time.now() + world.chances.latency.whole(0, 40);
      for (const sleeper of sleepers)
        if (sleeper.looksFor === undefined || sleeper.looksFor === kind) wakeAt(sleeper, soon);
    },
    isDue: (kind) => nextDue(kind) <= time.now(),
    looked: (kind) => {
      const isSecond = look?.event === time.event() && look.kind !== kind;
      look = { kind: isSecond ? undefined : kind, event: time.event() };
    },
    hear: (kind, doc) => {
      if (sleepers.size === 0) return;
      const due = claimableAt(doc);
      if (due === undefined) return;
      const at = Date.parse(due) - self().offset;
      for (const sleeper of sleepers) {
        if (sleeper.looksFor !== undefined && sleeper.looksFor !== kind) continue;
        const wake = Math.max(sleeper.earliest, at);
        if (wake < sleeper.wakeAt) wakeAt(sleeper, Math.min(later(wake), sleeper.wakeAt - 1));
      }
    },
  };
}
