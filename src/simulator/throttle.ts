import { GraphRefusal } from './graph-call.js';

/** What one call costs, by the published limits. */
export interface Cost {
  readonly family: 'identity' | 'entraReports' | 'm365ReportsCsv' | 'outlook' | 'teams' | 'none';
  readonly resourceUnits: number;
  readonly writes: number;
  /** true: selects or filters signInActivity. */
  readonly signIn: boolean;
  /** Report function or mailbox to which the limit belongs. */
  readonly subject: string;
}

export interface ThrottleReading {
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts calls against the limits of one app in one tenant. */
export interface Throttle {
  /** @throws GraphRefusal 429 with Retry-After when a limit is reached; the refused call is not counted */
  admit(cost: Cost, now: number): ThrottleReading;
}

interface Bucket {
  readonly capacity: number;
  readonly perMs: number;
  level: number;
  at: number;
}

interface Window {
  readonly limit: number;
  readonly lengthMs: number;
  times: number[];
}

const WRITES = { capacity: 3000, ms: 150_000 };
const SIGN_IN = { limit: 10, lengthMs: 60_000 };
const ENTRA_REPORTS = { limit: 5, lengthMs: 10_000 };
const TEAMS = { limit: 30, lengthMs: 1_000 };
const REPORT = { limit: 14, lengthMs: 600_000 };
const ALL_REPORTS = { limit: 40, lengthMs: 600_000 };
const MAILBOX = { limit: 10_000, lengthMs: 600_000 };

/** The published limits for a tenant of this many people. */
export function publishedLimits(people: number, appId: string, tenantId: string): Throttle {
  const unitsPer10s = people < 50 ? 3500 : people <= 500 ? 5000 : 8000;
  const units = bucket(unitsPer10s, 10_000);
  const writes = bucket(WRITES.capacity, WRITES.ms);
  const windows = new Map<string, Window>();
  const scope = (kind: string) => ({
    'x-ms-throttle-scope': `Tenant_Application/${kind}/${appId}/${tenantId}`,
  });
  return {
    admit(cost, now) {
      for (const [key, limit] of windowsOf(cost)) {
        const wait = windowWait(windowFor(windows, key, limit), now);
        if (wait > 0)
          throw throttled(wait, {
            ...scope('Read'),
            'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
          });
      }
      if (cost.family === 'identity') {
        const wait = bucketWait(units, cost.resourceUnits, now);
        if (wait > 0)
          throw throttled(wait, {
            ...scope('ReadWrite'),
            'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
          });
        const writeWait = bucketWait(writes, cost.writes, now);
        if (writeWait > 0)
          throw throttled(writeWait, {
            ...scope('Write'),
            'x-ms-throttle-information': 'WriteLimitExceeded',
          });
        units.level -= cost.resourceUnits;
        writes.level -= cost.writes;
      }
      for (const [key, limit] of windowsOf(cost)) windowFor(windows, key, limit).times.push(now);
      return { headers: headersOf(cost, 1 - units.level / units.capacity) };
    },
  };
}

/** Answers everything, but still says what it cost. */
export const NO_LIMITS: Throttle = { admit: (cost) => ({ headers: headersOf(cost, 0) }) };

function headersOf(cost: Cost, used: number): Readonly<Record<string, string>> {
  if (cost.family !== 'identity') return {};
  const units = { 'x-ms-resource-unit': String(cost.resourceUnits) };
  return used > 0.8 ? { ...units, 'x-ms-throttle-limit-percentage': used.toFixed(1) } : units;
}

type Limit = Pick<Window, 'limit' | 'lengthMs'>;

function windowsOf(cost: Cost): readonly (readonly [string, Limit])[] {
  if (cost.family === 'm365ReportsCsv')
    return [
      [`report ${cost.subject}`, REPORT],
      ['reports', ALL_REPORTS],
    ];
  if (cost.family === 'entraReports') return [['entraReports', ENTRA_REPORTS]];
  if (cost.family === 'teams') return [['teams', TEAMS]];
  if (cost.family === 'outlook') return [[`mailbox ${cost.subject}`, MAILBOX]];
  return cost.signIn ? [['signInActivity', SIGN_IN]] : [];
}

function windowFor(windows: Map<string, Window>, key: string, limit: Limit): Window {
  const known = windows.get(key);
  if (known) return known;
  const made: Window = { ...limit, times: [] };
  windows.set(key, made);
  return made;
}

/** Milliseconds until one more fits. */
function windowWait(window: Window, now: number): number {
  window.times = window.times.filter((at) => at > now - window.lengthMs);
  const oldest = window.times[0];
  return window.times.length < window.limit || oldest === undefined ? 0 : oldest + window.lengthMs - now;
}

function bucket(capacity: number, ms: number): Bucket {
  return { capacity, perMs: capacity / ms, level: capacity, at: 0 };
}

function bucketWait(each: Bucket, amount: number, now: number): number {
  each.level = Math.min(each.capacity, each.level + Math.max(0, now - each.at) * each.perMs);
  each.at = Math.max(each.at, now);
  return each.level >= amount ? 0 : (amount - each.level) / each.perMs;
}

function throttled(waitMs: number, headers: Readonly<Record<string, string>>): GraphRefusal {
  const seconds = String(Math.max(1, Math.ceil(waitMs / 1000)));
  return new GraphRefusal(
    429,
    'TooManyRequests',
    'Please retry again later.',
    { 'Retry-After': seconds, ...headers },
    {
      code: '429',
      message: 'Please retry after',
      status: '429',
    },
  );
}
