import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Day } from '../../src/audit/day.js';
import { WORKLOADS, type Evidence, type Fact, type Verdict } from '../../src/audit/evidence.js';
import { isRecentUse, lastUseOf, personVerdict, type InactivityRules } from '../../src/audit/inactivity.js';
import { day, TODAY } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { anyEvidence, evidenceOf, none, on, signIn, UNKNOWN, workload } from './evidence-world.js';

/** 90 days, reports at most 7 days old, both sources required. Today is 2026-11-23, the report is of 2026-11-21. */
const rules: InactivityRules = policyOf();
const byWorkload: InactivityRules = policyOf('evidence: { require: [workload] }');
const bySignIn: InactivityRules = policyOf('evidence: { require: [signIn] }');

function verdict(evidence: Pick<Evidence, 'workload' | 'signIn'> & Partial<Evidence>, by = rules): Verdict {
  return personVerdict(evidenceOf(evidence), by, TODAY);
}

describe('inactive', () => {
  test('needs both sources to agree, and counts from the latest use of both', () => {
    const evidence = {
      workload: workload({ exchange: on('2026-07-01') }),
      signIn: signIn({ successful: on('2026-06-01') }),
    };
    expect(verdict(evidence)).toEqual({ kind: 'inactive', days: 143, lastUse: day('2026-07-01') });
  });

  test('is measured from the refresh date for use, from today for sign-in', () => {
    const used = {
      workload: workload({ teams: on('2026-08-23') }),
      signIn: signIn({ successful: on('2025-01-01') }),
    };
    expect(verdict(used)).toEqual({ kind: 'inactive', days: 90, lastUse: day('2026-08-23') });
    const signedIn = { workload: workload(), signIn: signIn({ successful: on('2026-08-25') }) };
    expect(verdict(signedIn)).toEqual({ kind: 'inactive', days: 90, lastUse: day('2026-08-25') });
  });

  test('begins on the day of the threshold, not before', () => {
    const used = { workload: workload({ teams: on('2026-08-24') }), signIn: signIn() };
    expect(verdict(used)).toEqual({ kind: 'active', lastUse: day('2026-08-24') });
    const signedIn = { workload: workload(), signIn: signIn({ successful: on('2026-08-26') }) };
    expect(verdict(signedIn)).toEqual({ kind: 'active', lastUse: day('2026-08-26') });
  });

  test('takes "none in 180 days" as at least 180 days', () => {
    const evidence = { workload: workload(), signIn: signIn({ successful: on('2025-01-10') }) };
    expect(verdict(evidence)).toEqual({ kind: 'inactive', days: 180, lastUse: day('2025-01-10') });
  });

  test('can be proven by the report alone up to 180 days', () => {
    const longest = policyOf('inactivity: { days: 180 }\nevidence: { require: [workload] }');
    const evidence = { workload: workload(), signIn: { unknown: 'no P1' } };
    expect(verdict(evidence, longest)).toEqual({ kind: 'inactive', days: 180, lastUse: undefined });
  });

  test('judges by the last success when attempts of others are fresh', () => {
    const evidence = {
      workload: workload(),
      signIn: signIn({ successful: on('2026-05-01'), interactive: on('2026-11-22') }),
    };
    expect(verdict(evidence)).toMatchObject({ kind: 'inactive', lastUse: day('2026-05-01') });
  });

  test('falls back to the later attempt where successes were not recorded yet', () => {
    const before = signIn({
      successful: none('2023-12-01'),
      interactive: on('2022-05-01'),
      nonInteractive: on('2023-02-03'),
    });
    expect(verdict({ workload: workload(), signIn: before })).toEqual({
      kind: 'inactive',
      days: 180,
      lastUse: day('2023-02-03'),
    });
    const alone = verdict({ workload: { unknown: 'x' }, signIn: before }, bySignIn);
    expect(alone).toEqual({ kind: 'inactive', days: 1389, lastUse: day('2023-02-03') });
  });

  test('says only "since successes are recorded" where all attempts are younger', () => {
    const evidence = {
      workload: { unknown: 'x' },
      signIn: signIn({ successful: none('2023-12-01'), interactive: on('2026-11-01') }),
    };
    expect(verdict(evidence, bySignIn)).toEqual({ kind: 'inactive', days: 1088, lastUse: undefined });
  });
});

describe('never used', () => {
  test('needs that there was neither a sign-in nor any use', () => {
    expect(verdict({ workload: workload(), signIn: signIn() })).toEqual({ kind: 'neverUsed' });
    const usedLongAgo = { workload: workload({ exchange: on('2026-01-15') }), signIn: signIn() };
    expect(verdict(usedLongAgo)).toEqual({ kind: 'inactive', days: 180, lastUse: day('2026-01-15') });
  });

  test('is never said by the report alone, which reaches back 180 days', () => {
    const evidence = { workload: workload(), signIn: { unknown: 'no P1' } };
    expect(verdict(evidence, byWorkload).kind).toBe('inactive');
  });
});

describe('active', () => {
  test.each(WORKLOADS)('needs one fresh date: %s', (name) => {
    const evidence = { workload: workload({ [name]: on('2026-11-01') }), signIn: signIn() };
    expect(verdict(evidence)).toEqual({ kind: 'active', lastUse: day('2026-11-01') });
  });

  test('wins over a source that is unknown', () => {
    const bySuccess = { workload: { unknown: 'no row' }, signIn: signIn({ successful: on('2026-11-20') }) };
    expect(verdict(bySuccess).kind).toBe('active');
    const byUse = {
      workload: workload({ exchange: on('2026-11-20'), teams: UNKNOWN }),
      signIn: { unknown: 'x' },
    };
    expect(verdict(byUse).kind).toBe('active');
  });

  test('wins from a source that the policy does not require', () => {
    const evidence = { workload: workload(), signIn: signIn({ successful: on('2026-11-20') }) };
    expect(verdict(evidence, byWorkload).kind).toBe('active');
  });

  test('is shown by a late report as well, measured from today', () => {
    const late = { workload: workload({ exchange: on('2026-10-30') }, '2026-11-01'), signIn: signIn() };
    expect(verdict(late).kind).toBe('active');
  });
});

describe('unknown', () => {
  test.each([
    ['no row in the report', { workload: { unknown: 'no row' }, signIn: signIn() }, ['usage report: no row']],
    ['no row of sign-ins', { workload: workload(), signIn: { unknown: 'gone' } }, ['sign-in: gone']],
    [
      'a workload without an answer',
      { workload: workload({ teams: UNKNOWN }), signIn: signIn() },
      ['teams: not told'],
    ],
    [
      'no answer to successful sign-ins',
      { workload: workload(), signIn: signIn({ successful: UNKNOWN }) },
      ['sign-in: not told'],
    ],
    [
      'a report older than 7 days',
      { workload: workload({}, '2026-11-15'), signIn: signIn() },
      ['usage report: its refresh date 2026-11-15 is 8 days ago, more than 7'],
    ],
    [
      'a report from the future',
      { workload: workload({}, '2026-11-25'), signIn: signIn() },
      ['usage report: its refresh date 2026-11-25 lies in the future'],
    ],
    [
      'a report that reaches back too little',
      { workload: workload({ teams: none('2026-10-22') }), signIn: signIn() },
      ['usage report: it reaches back only 30 days'],
    ],
    [
      'both sources missing',
      { workload: { unknown: 'no row' }, signIn: { unknown: 'gone' } },
      ['sign-in: gone', 'usage report: no row'],
    ],
  ] as const)('follows from %s', (_name, evidence, why) => {
    expect(verdict(evidence as Evidence)).toEqual({ kind: 'unknown', why });
  });

  test('a report of exactly 7 days is fresh enough', () => {
    expect(verdict({ workload: workload({}, '2026-11-16'), signIn: signIn() })).toEqual({
      kind: 'neverUsed',
    });
  });
});

describe('whatever the evidence', () => {
  const threshold = fc
    .integer({ min: 1, max: 180 })
    .map((days): InactivityRules => ({ ...rules, inactivity: { ...rules.inactivity, days } }));

  test('adding fresh use never makes anyone inactive', () => {
    fc.assert(
      fc.property(
        anyEvidence,
        threshold,
        fc.constantFrom(...WORKLOADS),
        fc.nat({ max: 200 }),
        (evidence, by, name, age) => {
          const fresh = withUse(evidence, name, (TODAY - age) as Day);
          const isIdle = (kind: Verdict['kind']): boolean => kind === 'inactive' || kind === 'neverUsed';
          const before = personVerdict(evidence, by, TODAY).kind;
          const after = personVerdict(fresh, by, TODAY).kind;
          if (!isIdle(before) && age < by.inactivity.days) expect(isIdle(after)).toBe(false);
          if (before === 'active') expect(after).toBe('active');
        },
      ),
    );
  });

  test('a fresh successful sign-in always makes active', () => {
    fc.assert(
      fc.property(anyEvidence, threshold, (evidence, by) => {
        const today: Fact = { kind: 'on', day: TODAY };
        const signedIn = {
          ...evidence,
          signIn: {
            ...signIn(),
            ...('successful' in evidence.signIn ? evidence.signIn : {}),
            successful: today,
          },
        };
        expect(personVerdict(signedIn, by, TODAY).kind).toBe('active');
      }),
    );
  });

  test('removing a source never makes a candidate', () => {
    fc.assert(
      fc.property(anyEvidence, threshold, removal, (evidence, by, remove) => {
        const after = personVerdict(remove(evidence), by, TODAY).kind;
        const before = personVerdict(evidence, by, TODAY).kind;
        if (before === 'active' || before === 'unknown') expect(['active', 'unknown']).toContain(after);
      }),
    );
  });

  test('inactive is at least as long as the threshold', () => {
    fc.assert(
      fc.property(anyEvidence, threshold, (evidence, by) => {
        const result = personVerdict(evidence, by, TODAY);
        if (result.kind === 'inactive') expect(result.days).toBeGreaterThanOrEqual(by.inactivity.days);
      }),
    );
  });

  test('the short way of the pass over everybody agrees with the verdict', () => {
    fc.assert(
      fc.property(anyEvidence, threshold, ({ workload: report }, by) => {
        if (!('facts' in report)) return;
        const used = lastUseOf(evidenceOf({ workload: report, signIn: { unknown: 'unread' } }));
        const isActive = used !== undefined && isRecentUse(used, report.refreshed, by, TODAY);
        const result = verdict({ workload: report, signIn: { unknown: 'unread' } }, by);
        expect(result.kind === 'active').toBe(isActive);
      }),
    );
  });
});

/** Makes one thing unknown that was known. */
const removal: fc.Arbitrary<(evidence: Evidence) => Evidence> = fc.constantFrom(
  (evidence: Evidence): Evidence => ({ ...evidence, workload: { unknown: 'removed' } }),
  (evidence: Evidence): Evidence => ({ ...evidence, signIn: { unknown: 'removed' } }),
  (evidence: Evidence): Evidence =>
    'successful' in evidence.signIn
      ? { ...evidence, signIn: { ...evidence.signIn, successful: UNKNOWN } }
      : evidence,
  ...WORKLOADS.map(
    (name) =>
      (evidence: Evidence): Evidence =>
        'facts' in evidence.workload
          ? {
              ...evidence,
              workload: { ...evidence.workload, facts: { ...evidence.workload.facts, [name]: UNKNOWN } },
            }
          : evidence,
  ),
);

function withUse(evidence: Evidence, name: (typeof WORKLOADS)[number], at: Day): Evidence {
  if (!('facts' in evidence.workload))
    return { ...evidence, workload: workload({ [name]: { kind: 'on', day: at } }) };
  const before = evidence.workload.facts[name];
  const later = before.kind === 'on' && before.day > at ? before.day : at;
  return {
    ...evidence,
    workload: {
      ...evidence.workload,
      facts: { ...evidence.workload.facts, [name]: { kind: 'on', day: later } },
    },
  };
}
