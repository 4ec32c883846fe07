import { elapsing, type Clock } from './clock.js';

/** Requests that Graph counts together. A report function has a quota of its own, hence the open part. */
export type Family =
  | 'identity'
  /** Changes of people, licenses and groups, which have a limit of their own beside that of all directory requests. */
  | 'identityWrites'
  | 'signInActivity'
  | 'entraReports'
  | 'outlook'
  | 'exchange'
  | 'teams'
  | 'settings'
  | `report:${string}`;

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

/** At most so many requests in any so many milliseconds. */
interface Pace {
  readonly most: number;
  readonly ms: number;
}

/** Sign-in and audit logs, as published. */
const ENTRA_REPORTS: Pace = { most: 5, ms: 10_000 };

/** Installations of apps: 30 a second are published, of which 83 in 100 are granted for long (microsoft-graph.md 8). */
const TEAMS: Pace = { most: 24, ms: 1_000 };

/**
 * Directory changes: a bucket of 3,000 that fills in 150 seconds, as published (microsoft-graph.md 8), less 2 in 100 for
 * clocks that differ.
 */
const WRITES = { most: 2_940, ms: 150_000 };

/**
 * The family of a request, read from its first address: next links are opaque and keep the family of their listing.
 * Any request for `signInActivity` falls under the strictest limit, also when it reads one person.
 */
export function familyOf(path: string): Family {
  if (/^\/auditLogs\//i.test(path)) return 'entraReports';
  if (/signInActivity/i.test(path)) return 'signInActivity';
  const report = /^\/reports\/(\w+)/.exec(path)?.[1];
  if (report) return `report:${report}`;
  if (/\/mailboxSettings\b/i.test(path)) return 'outlook';
  if (/\/teamwork\/|^\/appCatalogs\//i.test(path)) return 'teams';
  if (/^\/admin\//i.test(path)) return 'settings';
  return 'identity';
}

/**
 * Remembers pauses and paces the families that run into their quota as a rule: sign-in reads (10 a minute, published) at
 * `signInPerMinute` in any 60 seconds, Entra's reports, Teams, and changes of the directory when there are thousands.
 */
export function createFamilies(clock: Clock, signInPerMinute: number): Families {
  const pausedUntil = new Map<Family, number>();
  const paces = new Map<Family, Pace>([
    ['signInActivity', { most: signInPerMinute, ms: MINUTE_MS }],
    ['entraReports', ENTRA_REPORTS],
    ['teams', TEAMS],
  ]);
  const starts = new Map<Family, readonly number[]>();
  const elapsed = elapsing(clock);
  const writes = bucketOf(WRITES, elapsed());
  return {
    pause: (family, until) => {
      const end = elapsed() + Math.min(until.getTime() - clock.now().getTime(), LONGEST_PAUSE_MS);
      pausedUntil.set(family, Math.max(pausedUntil.get(family) ?? 0, end));
    },
    pauseLeft: (family) => Math.max(0, (pausedUntil.get(family) ?? 0) - elapsed()),
    takeTurn: (family) => {
      if (family === 'identityWrites') return writes(elapsed());
      const pace = paces.get(family);
      if (pace === undefined) return 0;
      const now = elapsed();
      const recent = (starts.get(family) ?? []).filter((start) => start > now - pace.ms);
      const oldest = recent[0];
      const isFull = oldest !== undefined && recent.length >= pace.most;
      starts.set(family, isFull ? recent : [...recent, now]);
      return isFull ? oldest + pace.ms - now : 0;
    },
  };
}

/** Places that come back evenly, `most` in `ms`. @returns takes one and gives 0, or the milliseconds until there is one */
function bucketOf({ most, ms }: Pace, opened: number): (now: number) => number {
  let level = most;
  let at = opened;
  return (now) => {
    level = Math.min(most, level + ((now - at) * most) / ms);
    at = now;
    if (level < 1) return Math.ceil(((1 - level) * ms) / most);
    level -= 1;
    return 0;
  };
}
