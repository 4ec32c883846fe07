import fc from 'fast-check';
import type { Day } from '../../src/audit/day.js';
import {
  NO_DETAILS,
  REPORTS_OFF,
  WORKLOADS,
  type Evidence,
  type Fact,
  type SignInEvidence,
  type Workload,
  type WorkloadEvidence,
} from '../../src/audit/evidence.js';
import { day, REFRESHED, TODAY } from '../world/people.js';

export const UNKNOWN: Fact = { kind: 'unknown', why: 'not told' };
export const NEVER: Fact = { kind: 'none', since: undefined };

export function on(date: string): Fact {
  return { kind: 'on', day: day(date) };
}

export function none(since: string): Fact {
  return { kind: 'none', since: day(since) };
}

/** A report row; no use in 180 days where nothing is said. */
export function workload(
  facts: Partial<Record<Workload, Fact>> = {},
  refreshed = REFRESHED,
): WorkloadEvidence {
  const empty: Fact = { kind: 'none', since: (day(refreshed) - 180) as Day };
  const all = WORKLOADS.map((name) => [name, facts[name] ?? empty]);
  return { refreshed: day(refreshed), facts: Object.fromEntries(all) as Record<Workload, Fact> };
}

/** Further reports are left out and nothing is known beside, where nothing is said. */
export function evidenceOf(parts: Pick<Evidence, 'workload' | 'signIn'> & Partial<Evidence>): Evidence {
  return { reports: REPORTS_OFF, details: NO_DETAILS, ...parts };
}

export function signIn(facts: Partial<SignInEvidence> = {}): SignInEvidence {
  return { successful: NEVER, interactive: NEVER, nonInteractive: NEVER, ...facts };
}

const days = fc.integer({ min: -2, max: 4_000 }).map((back) => (TODAY - back) as Day);

export const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  days.map((at): Fact => ({ kind: 'on', day: at })),
  days.map((since): Fact => ({ kind: 'none', since })),
  fc.constant(NEVER),
  fc.constant(UNKNOWN),
);

const anyWorkload: fc.Arbitrary<Evidence['workload']> = fc.oneof(
  fc.constant({ unknown: 'no row' }),
  fc
    .tuple(fc.integer({ min: -2, max: 20 }), fc.array(anyFact, { minLength: 6, maxLength: 6 }))
    .map(([age, facts]) => ({
      refreshed: (TODAY - age) as Day,
      facts: Object.fromEntries(WORKLOADS.map((name, at) => [name, facts[at]])) as Record<Workload, Fact>,
    })),
);

const anySignIn: fc.Arbitrary<Evidence['signIn']> = fc.oneof(
  fc.constant({ unknown: 'no row' }),
  fc.record({ successful: anyFact, interactive: anyFact, nonInteractive: anyFact }),
);

export const anyEvidence: fc.Arbitrary<Evidence> = fc
  .record({ workload: anyWorkload, signIn: anySignIn })
  .map(evidenceOf);
