import fc from 'fast-check';
import { isoDay, type Day } from '../../src/audit/day.js';
import {
  NO_DETAILS,
  REPORTS_OFF,
  WORKLOADS,
  type Evidence,
  type Fact,
  type ReportEvidence,
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
  fc.constant<Evidence['workload']>({ unknown: 'no row', noRow: true }),
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

const anyReport: fc.Arbitrary<ReportEvidence> = fc.oneof(
  fc.constant<ReportEvidence>({ kind: 'off' }),
  fc.constant<ReportEvidence>({ kind: 'unknown', why: 'broken' }),
  fc
    .tuple(fc.integer({ min: -2, max: 20 }), anyFact)
    .map(([age, fact]): ReportEvidence => ({ kind: 'read', refreshed: (TODAY - age) as Day, fact })),
);

const anyReports: fc.Arbitrary<Evidence['reports']> = fc.record({
  email: anyReport,
  teams: anyReport,
  sharePoint: anyReport,
  apps: anyReport,
  activations: anyReport,
});

const anyActivations: fc.Arbitrary<Evidence['details']['activations']> = fc.option(
  fc.array(
    fc.record({
      product: fc.constantFrom(
        'MICROSOFT 365 APPS FOR ENTERPRISE',
        'VISIO ONLINE PLAN 2',
        'PROJECT ONLINE DESKTOP CLIENT',
      ),
      lastActivated: fc.option(days, { nil: undefined }),
    }),
    { maxLength: 3 },
  ),
  { nil: undefined },
);

export const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  workload: anyWorkload,
  signIn: anySignIn,
  reports: anyReports,
  details: anyActivations.map((activations) => ({ ...NO_DETAILS, activations })),
});

/** One source of some evidence, so that each can be taken away or made fresh. */
export const SOURCES = ['workload', 'signIn', 'email', 'teams', 'sharePoint', 'apps', 'activations'] as const;
export type Source = (typeof SOURCES)[number];

/** The same evidence with a source that cannot be read. A source that the policy leaves out stays left out. */
export function without(evidence: Evidence, source: Source): Evidence {
  if (source === 'workload') return { ...evidence, workload: { unknown: 'broken' } };
  if (source === 'signIn') return { ...evidence, signIn: { unknown: 'broken' } };
  if (evidence.reports[source].kind === 'off') return evidence;
  const broken = { kind: 'unknown', why: 'broken' } as const;
  return { ...evidence, reports: { ...evidence.reports, [source]: broken } };
}

/** The same evidence with use yesterday in one source. */
export function freshIn(evidence: Evidence, source: Source): Evidence {
  const yesterday: Fact = { kind: 'on', day: (TODAY - 1) as Day };
  if (source === 'workload')
    return { ...evidence, workload: workload({ teams: yesterday }, isoDay((TODAY - 1) as Day)) };
  if (source === 'signIn') return { ...evidence, signIn: signIn({ successful: yesterday }) };
  const report = { kind: 'read', refreshed: (TODAY - 1) as Day, fact: yesterday } as const;
  return { ...evidence, reports: { ...evidence.reports, [source]: report } };
}
