import type { Clock } from './clock.js';

/** Requests that Graph counts together. A report function has a quota of its own, hence the open part. */
export type Family =
  'identity' | 'signInActivity' | 'outlook' | 'exchange' | 'teams' | 'settings' | `report:${string}`;

export interface Families {
  /** Holds back every request of the family until `until`; never shortens a longer pause, and lasts an hour at most. */
  pause(family: Family, until: Date): void;
  /** Milliseconds until the family may be called again; 0: now. */
  pauseLeft(family: Family): number;
  /** Takes a place in the family's pace and returns 0, or returns the milliseconds until one is free. */
  takeTurn(family: Family): number;
}

const MINUTE_MS = 60_000;
/** Graph's longest published window is ten minutes; a broken proxy's date must not silence a family for ever. */
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;

/**
 * The family of a request, read from its first address: next links are opaque and keep the family of their listing.
 * Any request for `signInActivity` falls under the strictest limit, also when it reads one person.
 */
export function familyOf(path: string): Family {
  if (/signInActivity/i.test(path)) return 'signInActivity';
  const report = /^\/reports\/(\w+)/.exec(path)?.[1];
  if (report) return `report:${report}`;
  if (/\/mailboxSettings\b/i.test(path)) return 'outlook';
  if (/\/teamwork\/|^\/appCatalogs\//i.test(path)) return 'teams';
  if (/^\/admin\//i.test(path)) return 'settings';
  return 'identity';
}

/**
 * Remembers pauses and paces sign-in reads, whose quota (10 a minute, published) is so small that running into it is
 * the rule: at most `signInPerMinute` in any 60 seconds.
 */
export function createFamilies(clock: Clock, signInPerMinute: number): Families {
  const pausedUntil = new Map<Family, number>();
  let signInStarts: readonly number[] = [];
  return {
    pause: (family, until) => {
      const end = Math.min(until.getTime(), clock.now().getTime() + LONGEST_PAUSE_MS);
      pausedUntil.set(family, Math.max(pausedUntil.get(family) ?? 0, end));
    },
    pauseLeft: (family) => Math.max(0, (pausedUntil.get(family) ?? 0) - clock.now().getTime()),
    takeTurn: (family) => {
      if (family !== 'signInActivity') return 0;
      const now = clock.now().getTime();
      signInStarts = signInStarts.filter((start) => start > now - MINUTE_MS);
      const oldest = signInStarts[0];
      if (oldest !== undefined && signInStarts.length >= signInPerMinute) return oldest + MINUTE_MS - now;
      signInStarts = [...signInStarts, now];
      return 0;
    },
  };
}
