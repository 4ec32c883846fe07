import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Evidence } from '../../src/audit/evidence.js';
import { judge, type Judged } from '../../src/audit/judge.js';
import { contentsOf } from '../../src/audit/licenses/parts.js';
import type { SkuId } from '../../src/audit/person.js';
import type { RosterFact, RosterStatus } from '../../src/audit/roster/roster.js';
import { aPerson, TODAY, type PersonSpec } from '../world/people.js';
import { isReclaimable } from '../../src/audit/licenses/unused.js';
import { policyOf } from '../world/policies.js';
import { SKUS, type SkuName } from '../world/skus.js';
import { anyEvidence, freshIn, SOURCES, without } from './evidence-world.js';

const MANAGED = new Map(Object.values(SKUS).map((sku) => [sku.skuId, sku]));

function judged(evidence: Evidence, spec: PersonSpec, roster?: RosterStatus, policy = policyOf()): Judged {
  const { person } = aPerson('Somebody', spec);
  const fact: RosterFact | undefined = roster && {
    status: roster,
    asOf: TODAY,
    origin: 'hr.csv',
    leaveFrom: undefined,
    leaveUntil: undefined,
  };
  const rules = {
    policy,
    managed: MANAGED,
    contentsOf: contentsOf(MANAGED),
    knowsProduct: () => true,
    today: TODAY,
  };
  return judge(person, person.licenses, evidence, fact, rules);
}

/** Licenses that could be taken. */
function takable({ scenario, licenses }: Judged): readonly SkuId[] {
  return licenses.filter((license) => isReclaimable(scenario, license)).map(({ skuId }) => skuId);
}

const licenses = fc.subarray<SkuName>(
  ['E5', 'E3', 'OFFICE_E3', 'APPS', 'EXCHANGE', 'VISIO', 'PROJECT', 'POWER_BI'],
  {
    minLength: 1,
  },
);
const anyPerson: fc.Arbitrary<PersonSpec> = fc.record({
  licenses: licenses.map((names) => names.map((sku) => ({ sku }))),
  enabled: fc.boolean(),
  kind: fc.constantFrom('member' as const, 'guest' as const),
});
const anyRequired = fc
  .subarray(['signIn', 'workload'], { minLength: 1 })
  .map((require) => policyOf(`evidence: { require: [${require.join(', ')}] }`));
const source = fc.constantFrom(...SOURCES);

describe('never wrong about a person', () => {
  test('fresh use in any source never makes anybody inactive, and makes everybody active', () => {
    fc.assert(
      fc.property(anyEvidence, anyPerson, anyRequired, source, (evidence, person, policy, fresh) => {
        const { verdict, scenario } = judged(freshIn(evidence, fresh), person, undefined, policy);
        expect(verdict.kind).toBe('active');
        expect(scenario === undefined || scenario === 'unusedLicense').toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a source that falls away never makes anyone a candidate, nor any license one that could go', () => {
    fc.assert(
      fc.property(anyEvidence, anyPerson, anyRequired, source, (evidence, person, policy, lost) => {
        // What the policy does not require is neither missed nor waited for.
        fc.pre(!(lost === 'workload' || lost === 'signIn') || policy.evidence.require.includes(lost));
        const before = judged(evidence, person, undefined, policy);
        const after = judged(without(evidence, lost), person, undefined, policy);
        if (before.scenario === undefined) expect(after.scenario).toBeUndefined();
        const could = new Set(takable(before));
        expect(takable(after).filter((skuId) => !could.has(skuId))).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  test('nothing could go of somebody about whom nothing is known, unless they left', () => {
    const nothing: Evidence = SOURCES.reduce<Evidence>(
      (evidence, lost) => without(evidence, lost),
      freshIn({ ...BLANK, reports: ALL_UNKNOWN }, 'workload'),
    );
    for (const spec of [{}, { enabled: false }, { licenses: [{ sku: 'VISIO' as const }] }]) {
      expect(judged(nothing, spec)).toMatchObject({ verdict: { kind: 'unknown' }, scenario: undefined });
      expect(takable(judged(nothing, spec))).toEqual([]);
      expect(takable(judged(nothing, spec, 'left'))).toHaveLength(1);
      expect(takable(judged(nothing, spec, 'unknown'))).toEqual([]);
      expect(takable(judged(nothing, spec, 'onLeave'))).toEqual([]);
    }
  });
});

const BROKEN = { kind: 'unknown', why: 'broken' } as const;
const ALL_UNKNOWN: Evidence['reports'] = {
  email: BROKEN,
  teams: BROKEN,
  sharePoint: BROKEN,
  apps: BROKEN,
  activations: BROKEN,
};
const BLANK: Evidence = {
  workload: { unknown: 'broken' },
  signIn: { unknown: 'broken' },
  reports: ALL_UNKNOWN,
  details: {
    platforms: undefined,
    activations: undefined,
    mailStorage: undefined,
    hasArchive: undefined,
    mailboxesRefreshed: undefined,
    oneDriveStorage: undefined,
    sites: undefined,
  },
};
