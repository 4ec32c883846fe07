import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, type Day } from '../../../src/audit/day.js';
import { REPORTS_OFF, type Evidence, type Verdict } from '../../../src/audit/evidence.js';
import type { Protection } from '../../../src/audit/finding.js';
import { judgeIdle } from '../../../src/audit/back-test/idle-judgement.js';
import {
  idleRecordOf,
  isKeptAsIdle,
  type IdlePerson,
  type IdleRules,
} from '../../../src/audit/back-test/idle-record.js';
import { personVerdict } from '../../../src/audit/inactivity.js';
import { aFinding } from '../../cases/a-finding.js';
import { aPerson, day, NOW, REFRESHED, TODAY, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { SKUS } from '../../world/skus.js';
import { anyEvidence, NEVER, none, on, signIn, UNKNOWN, workload } from '../evidence-world.js';

const POLICY = policyOf();
const RULES: IdleRules = {
  ...POLICY,
  managed: new Map([SKUS.E3, SKUS.E5].map((sku) => [sku.skuId, sku])),
  today: TODAY,
};
const IDLE = {
  signIn: signIn({ successful: on('2026-07-14') }),
  workload: workload({ teams: on('2026-07-10') }),
};

function recordOf(evidence: Partial<IdlePerson['evidence']>) {
  const parts = { reports: REPORTS_OFF, ...IDLE, ...evidence };
  return idleRecordOf({ person: aPerson('Ann').person, evidence: parts }, RULES);
}

/** A report that dates the person's use. */
function read(fact: ReturnType<typeof on>, refreshed = REFRESHED): Evidence['reports']['email'] {
  return { kind: 'read', refreshed: day(refreshed), fact };
}

describe('the record of an idle person', () => {
  it('holds last days and managed licenses, and nothing that names the person', () => {
    const { person } = aPerson('Ann', { licenses: [{ sku: 'E3' }, { sku: 'VISIO' }], department: 'Sales' });
    const record = idleRecordOf({ person, evidence: { reports: REPORTS_OFF, ...IDLE } }, RULES);
    expect(record).toEqual({
      userId: userId('Ann'),
      workload: day('2026-07-10'),
      signIn: day('2026-07-14'),
      reports: undefined,
      licenses: [SKUS.E3.skuId],
      list: 'unknown',
    });
    expect(JSON.stringify(record)).not.toMatch(/ann|sales|harbor/i);
  });

  test.each<[string, Partial<IdlePerson['evidence']>, ReturnType<typeof recordOf>['workload']]>([
    ['no use in the report', { workload: workload() }, { noneSince: day('2026-05-25') }],
    ['no row', { workload: { unknown: 'no row' } }, 'unknown'],
    [
      'a use before the reach of the report',
      { workload: workload({ exchange: on('2025-01-01') }) },
      { noneSince: day('2026-05-25'), usedOn: day('2025-01-01') },
    ],
    [
      'a use beside a service that is unknown',
      { workload: workload({ exchange: on('2026-08-01'), skype: UNKNOWN }) },
      { usedOn: day('2026-08-01') },
    ],
    ['nothing but services of which some are unknown', { workload: workload({ skype: UNKNOWN }) }, 'unknown'],
    [
      'a use in a report that is too old',
      { workload: workload({ teams: on('2026-08-01') }, '2026-11-01') },
      { usedOn: day('2026-08-01') },
    ],
  ])('keeps of %s what it proves', (_what, evidence, kept) => {
    expect(recordOf(evidence).workload).toEqual(kept);
  });

  test.each<[string, IdlePerson['evidence']['signIn'], ReturnType<typeof recordOf>['signIn']]>([
    ['never', signIn(), 'never'],
    [
      'not since successes are recorded',
      signIn({ successful: none('2023-12-01') }),
      { noneSince: day('2023-12-01') },
    ],
    ['not told', signIn({ successful: UNKNOWN }), 'unknown'],
    ['no row', { unknown: 'no row' }, 'unknown'],
    ['not read in this run', 'unread', 'unread'],
  ])('keeps of a sign-in that is %s what it proves', (_what, evidence, kept) => {
    expect(recordOf({ signIn: evidence }).signIn).toEqual(kept);
  });

  it('has the newest use of the further reports, each measured from its own end', () => {
    const reports = {
      ...REPORTS_OFF,
      email: read(on('2026-08-02')),
      apps: read(on('2026-08-01'), '2026-11-18'),
      teams: read(none('2026-05-01')),
    };
    expect(recordOf({ reports }).reports).toEqual({ day: day('2026-08-02'), idleDays: 109, proves: 109 });
  });

  test.each<[string, Partial<Evidence['reports']>, ReturnType<typeof recordOf>['reports']]>([
    ['one that cannot be read', { apps: { kind: 'unknown', why: 'late' } }, { proves: 0 }],
    ['one without the person', { apps: read(UNKNOWN) }, { proves: 0 }],
    ['one that is too old', { apps: read(none('2026-05-01'), '2026-11-01') }, { proves: 0 }],
    ['one without any use', { apps: read(none('2026-05-25')) }, { proves: 180 }],
    ['activations of which there are none', { activations: read(NEVER) }, {}],
    [
      'one with a use and one that cannot be read',
      { email: read(on('2026-08-02')), apps: { kind: 'unknown', why: 'late' } },
      { day: day('2026-08-02'), idleDays: 111, proves: 0 },
    ],
  ])('keeps of further reports, %s, what they prove', (_what, reports, kept) => {
    expect(recordOf({ reports: { ...REPORTS_OFF, ...reports } }).reports).toEqual(kept);
  });

  it('says of findings where they stand, and merges people for HR alone into the protected', () => {
    const protection = (kind: Protection['kind'], route: Protection['route']): Protection => ({
      kind,
      route,
      rule: 'r',
    });
    const unknown: Verdict = { kind: 'unknown', why: ['no row'] };
    const list = (change: Parameters<typeof aFinding>[1]) =>
      idleRecordOf(aFinding('Ann', change), RULES).list;
    expect(list({})).toBe('normal');
    expect(list({ protections: [protection('sharedMailbox', 'excluded')] })).toBe('protected');
    expect(list({ protections: [protection('executive', 'hr')] })).toBe('protected');
    expect(list({ is: { kind: 'guest' } })).toBe('guest');
    expect(list({ verdict: unknown })).toBe('unknown');
    expect(list({ verdict: unknown, protections: [protection('exempt', 'excluded')] })).toBe('protected');
  });
});

describe('judged at any threshold, the record', () => {
  const requirements = fc.constantFrom(['signIn', 'workload'], ['workload'], ['signIn'] as const);

  it('says what the run would have said', () => {
    fc.assert(
      fc.property(anyEvidence, requirements, fc.integer({ min: 30, max: 180 }), (evidence, require, days) => {
        const rules = {
          ...POLICY,
          evidence: { ...POLICY.evidence, require: [...require] as ('signIn' | 'workload')[] },
        };
        const person: IdlePerson = { person: aPerson('Ann').person, evidence };
        const record = idleRecordOf(person, { ...RULES, ...rules });
        const run = {
          day: TODAY,
          reportRefreshed: 'facts' in evidence.workload ? evidence.workload.refreshed : undefined,
        };
        const verdict = personVerdict(
          evidence,
          { ...rules, inactivity: { ...rules.inactivity, days } },
          TODAY,
        );
        const expected = verdict.kind === 'neverUsed' ? 'inactive' : verdict.kind;
        expect(judgeIdle(record, days, run, rules)).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is inactive at no higher threshold when it is active at a lower one, whatever is known', () => {
    fc.assert(
      fc.property(anyEvidence, fc.integer({ min: 30, max: 179 }), (evidence, days) => {
        const record = idleRecordOf({ person: aPerson('Ann').person, evidence }, RULES);
        const run = { day: TODAY, reportRefreshed: day(REFRESHED) };
        if (judgeIdle(record, days, run, POLICY) === 'active')
          expect(judgeIdle(record, days + 1, run, POLICY)).toBe('active');
      }),
    );
  });

  it('is neither active nor inactive where sign-in dates exist and were not read', () => {
    const record = recordOf({ signIn: 'unread', workload: workload({ teams: on('2026-10-02') }) });
    const run = { day: TODAY, reportRefreshed: day(REFRESHED) };
    expect(judgeIdle(record, 30, run, POLICY)).toBe('unread');
    expect(judgeIdle(record, 50, run, POLICY)).toBe('unread');
    expect(judgeIdle(record, 51, run, POLICY)).toBe('active');
    const byReportsAlone = policyOf('evidence: { require: [workload] }');
    expect(judgeIdle(record, 30, run, byReportsAlone)).toBe('unread');
  });

  it('is active by a further report alone', () => {
    const run = { day: TODAY, reportRefreshed: day(REFRESHED) };
    const record = recordOf({ reports: { ...REPORTS_OFF, apps: read(on('2026-10-02')) } });
    expect(judgeIdle(record, 50, run, POLICY)).toBe('inactive');
    expect(judgeIdle(record, 51, run, POLICY)).toBe('active');
  });
});

describe('a record is kept', () => {
  const ann = userId('Ann');
  const last = (text: string) => ({ day: day(text), refreshed: day(REFRESHED) });
  const rules = { ...POLICY, today: dayOf(NOW) };

  it('of people without use for 30 days to the end of the report', () => {
    expect(isKeptAsIdle(ann, last('2026-10-22'), new Set(), rules)).toBe(true);
    expect(isKeptAsIdle(ann, last('2026-10-23'), new Set(), rules)).toBe(false);
  });

  it('of people who had one in the run before, so that coming back can be told from leaving', () => {
    expect(isKeptAsIdle(ann, last('2026-11-21'), new Set([ann]), rules)).toBe(true);
  });

  it('by days from today where the report is too old', () => {
    const old = { day: (TODAY - 30) as Day, refreshed: (TODAY - 20) as Day };
    expect(isKeptAsIdle(ann, old, new Set(), rules)).toBe(true);
  });
});
