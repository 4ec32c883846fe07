import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  thresholdFigures,
  thresholdsOf,
  type ThresholdFigures,
} from '../../../src/audit/back-test/back-test.js';
import type { Day } from '../../../src/audit/day.js';
import type { IdleRecord } from '../../../src/audit/back-test/idle-record.js';
import { idleRecordOf } from '../../../src/audit/back-test/idle-record.js';
import { personVerdict } from '../../../src/audit/inactivity.js';
import { managedSkus } from '../../../src/audit/scope/scope.js';
import { aFinding } from '../../cases/a-finding.js';
import { graphWorld } from '../../world/graph-world.js';
import { aPerson, day, REFRESHED, TODAY } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { SKUS } from '../../world/skus.js';
import { anyEvidence } from '../evidence-world.js';
import { GOLDEN_PEOPLE, GOLDEN_POLICY } from '../golden-tenant.js';
import { aRun, idleFor } from './idle-world.js';
import { auditOnce } from '../../world/audit-once.js';

const POLICY = policyOf(`
prices:
  - { sku: SPE_E3, amount: 36, currency: USD, frequency: monthly, ending: 2026-12-31 }
  - { sku: VISIOCLIENT, amount: 180, currency: EUR, frequency: yearly }
`);
const partNumbers = new Map(Object.values(SKUS).map(({ skuId, partNumber }) => [skuId, partNumber]));
const RULES = { policy: POLICY, partNumbers, today: TODAY };

function figuresOf(records: readonly IdleRecord[], ...days: number[]): readonly ThresholdFigures[] {
  return thresholdFigures(aRun(TODAY, records), days, RULES);
}

const NOBODY = {
  people: 0,
  licenses: 0,
  annualCost: [],
  withoutPrice: 0,
  unchecked: 0,
  unread: 0,
  protected: 0,
  guests: 0,
};

describe('a threshold', () => {
  it('flags who used nothing for so many days, with licenses and cost per currency', () => {
    const two = [SKUS.E3.skuId, SKUS.VISIO.skuId];
    const records = [
      idleFor('Ann', 70),
      idleFor('Ben', 100, TODAY, { licenses: two }),
      idleFor('Cleo', 100, TODAY, { licenses: [SKUS.E3.skuId, SKUS.E5.skuId] }),
    ];
    expect(figuresOf(records, 60, 90, 120)).toEqual([
      {
        ...NOBODY,
        days: 60,
        people: 3,
        licenses: 5,
        annualCost: [
          { minor: 18_000, currency: 'EUR' },
          { minor: 129_600, currency: 'USD' },
        ],
        withoutPrice: 1,
      },
      {
        ...NOBODY,
        days: 90,
        people: 2,
        licenses: 4,
        annualCost: [
          { minor: 18_000, currency: 'EUR' },
          { minor: 86_400, currency: 'USD' },
        ],
        withoutPrice: 1,
      },
      { ...NOBODY, days: 120 },
    ]);
  });

  it('measures use of services from the end of the report and sign-in from the day of the run', () => {
    const used = { workload: (TODAY - 61) as Day };
    const [sixty] = figuresOf([idleFor('Ann', 200, TODAY, used)], 60);
    expect(sixty?.people).toBe(0);
    const signedIn = { signIn: (TODAY - 60) as Day };
    expect(figuresOf([idleFor('Ann', 200, TODAY, signedIn)], 60, 61).map(({ people }) => people)).toEqual([
      1, 0,
    ]);
  });

  it('never guesses the sign-in of people whose dates were not read: they are counted apart', () => {
    const active = { signIn: 'unread', list: 'unknown' } as const;
    const records = [
      idleFor('Ann', 200),
      idleFor('Ben', 70, TODAY, active),
      idleFor('Cleo', 40, TODAY, active),
      idleFor('Dan', 70, TODAY, { ...active, list: 'guest' }),
    ];
    expect(figuresOf(records, 30, 60, 90)).toMatchObject([
      { people: 1, unread: 2 },
      { people: 1, unread: 1 },
      { people: 1, unread: 0 },
    ]);
  });

  it('counts the protected and guests apart, and says of whom nobody knows yet', () => {
    const records = [
      idleFor('Ann', 100),
      idleFor('Ben', 100, TODAY, { list: 'protected' }),
      idleFor('Cleo', 100, TODAY, { list: 'guest' }),
      idleFor('Dan', 100, TODAY, { list: 'unknown' }),
    ];
    expect(figuresOf(records, 90)).toMatchObject([{ people: 2, unchecked: 1, protected: 1, guests: 1 }]);
  });

  it('takes the prices of today, not those of the run', () => {
    const [later] = thresholdFigures(aRun(TODAY, [idleFor('Ann', 100)]), [90], {
      ...RULES,
      today: day('2027-01-01'),
    });
    expect(later).toMatchObject({ annualCost: [], withoutPrice: 1 });
  });

  test.each<[readonly number[], ReturnType<typeof thresholdsOf>]>([
    [[90, 60, 60], { kind: 'days', days: [60, 90] }],
    [[30, 180], { kind: 'days', days: [30, 180] }],
    [
      [60, 181],
      {
        kind: 'wrong',
        why: '181 days cannot be tested: thresholds over 180 days are refused, because the usage reports cannot prove them.',
      },
    ],
    [
      [29],
      {
        kind: 'wrong',
        why: '29 days cannot be tested: evidence is kept of people without use for 30 days or more.',
      },
    ],
    [[], { kind: 'wrong', why: 'A threshold is a whole number of days, such as 60.' }],
    [[60.5], { kind: 'wrong', why: 'A threshold is a whole number of days, such as 60.' }],
    [[Number.NaN], { kind: 'wrong', why: 'A threshold is a whole number of days, such as 60.' }],
    [
      [30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130],
      { kind: 'wrong', why: 'Up to 10 thresholds can be tested at once, not 11.' },
    ],
  ])('of %j is %j', (days, expected) => {
    expect(thresholdsOf(days)).toEqual(expected);
  });
});

describe("at the policy's own threshold, the back-test", () => {
  it('flags exactly those whom the run found inactive', () => {
    const refreshed = day(REFRESHED);
    const evidences = fc.array(anyEvidence, { maxLength: 20 }).map((all) =>
      all.map((evidence) => ({
        ...evidence,
        // One run has one report.
        workload: 'facts' in evidence.workload ? { ...evidence.workload, refreshed } : evidence.workload,
      })),
    );
    const policyDays = fc.integer({ min: 30, max: 180 });
    const managed = managedSkus(Object.values(SKUS), []).managed;
    fc.assert(
      fc.property(evidences, policyDays, (all, days) => {
        const policy = { ...POLICY, inactivity: { ...POLICY.inactivity, days } };
        const rules = { ...policy, managed, today: TODAY };
        let inactive = 0;
        const records = all.map((evidence, index) => {
          const verdict = personVerdict(evidence, policy, TODAY);
          if (verdict.kind === 'inactive' || verdict.kind === 'neverUsed') inactive += 1;
          const { person } = aPerson(`Person ${index}`);
          const of =
            verdict.kind === 'active'
              ? { person, evidence }
              : aFinding(`Person ${index}`, { evidence, verdict });
          return idleRecordOf(of, rules);
        });
        const [figures] = thresholdFigures(aRun(TODAY, records), [days], { ...RULES, policy });
        expect(figures).toMatchObject({ people: inactive, licenses: inactive, unchecked: 0, unread: 0 });
      }),
      { numRuns: 500 },
    );
  });

  it('gives the figures of an audit of the golden tenant, cost included', async () => {
    const result = await auditOnce(graphWorld(GOLDEN_PEOPLE), GOLDEN_POLICY);
    if (result.kind === 'stopped') throw new Error(result.why.join('\n'));
    const { managed } = managedSkus(Object.values(SKUS), []);
    const rules = { ...GOLDEN_POLICY, managed, today: TODAY };
    const records = result.findings.map((finding) => idleRecordOf(finding, rules));
    const run = { runId: 'run-1', day: TODAY, reportRefreshed: day(REFRESHED), records };
    const { days } = GOLDEN_POLICY.inactivity;
    const [figures] = thresholdFigures(run, [days], { ...RULES, policy: GOLDEN_POLICY });
    // Licenses that active people do not use depend on no threshold: three Office 365 E3 without a price and one Visio.
    const { inactive, annualCost } = result.figures;
    const visio = { minor: 18_000, currency: 'EUR' };
    const [euro, dollar] = annualCost;
    expect(figures).toMatchObject({
      people: inactive - 4,
      annualCost: [{ ...visio, minor: (euro?.minor ?? 0) - visio.minor }, dollar],
      withoutPrice: 0,
      unchecked: 0,
      unread: 0,
    });
    expect(inactive).toBeGreaterThan(10);
  });

  it('does not depend on the order of the records', () => {
    const records = [idleFor('Ann', 70), idleFor('Ben', 100), idleFor('Cleo', 40)];
    expect(figuresOf([...records].reverse(), 30, 60, 90)).toEqual(figuresOf(records, 30, 60, 90));
  });

  it('flags nobody of whom the report says nothing', () => {
    const { managed } = managedSkus(Object.values(SKUS), []);
    const evidence = {
      ...aFinding('Ann').evidence,
      workload: { unknown: 'no row' },
    };
    const record = idleRecordOf(
      { person: aPerson('Ann').person, evidence },
      { ...POLICY, managed, today: TODAY },
    );
    expect(figuresOf([record], 30, 180)).toEqual([
      { ...NOBODY, days: 30 },
      { ...NOBODY, days: 180 },
    ]);
  });
});
