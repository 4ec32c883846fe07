import { expect, test } from '@jest/globals';
import type { Verdict } from '../../src/audit/evidence.js';
import type { RosterFact } from '../../src/audit/roster/roster.js';
import type { Case, Instant } from '../../src/cases/case.js';
import { isActiveUnfound, isSeenBack } from '../../src/cases/early-return.js';
import { CASES } from '../cards/a-case.js';
import { aPerson, day } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { SKUS } from '../world/skus.js';
import { aFinding, INACTIVE } from './a-finding.js';

const ACTIVE: Verdict = { kind: 'active', lastUse: undefined };
const DECIDED = '2026-11-24T10:00:00.000Z' as Instant;
const PARK = {
  kind: 'park',
  by: CASES.holding.decision.by,
  at: DECIDED,
  until: '2027-02-01T00:00:00.000Z' as Instant,
  returnsOn: '2027-02-01',
  skuIds: [],
} as const;
const PARKED: Case = { ...CASES.holding, scenario: 'inactive', protections: ['onLeave'], decision: PARK };

function roster(status: RosterFact['status'], asOf: string): RosterFact {
  return { status, asOf: day(asOf), origin: 'people.csv', leaveFrom: undefined, leaveUntil: undefined };
}

test.each<[string, boolean, Case, Verdict, RosterFact | undefined]>([
  ['who is active', true, PARKED, ACTIVE, undefined],
  ['who is idle', false, PARKED, INACTIVE, undefined],
  ['who was active all the time', false, { ...PARKED, scenario: 'unusedLicense' }, ACTIVE, undefined],
  ['whom a later source has back', true, PARKED, INACTIVE, roster('active', '2026-12-01')],
  ['whom a source had back that HR knew', false, PARKED, INACTIVE, roster('active', '2026-11-24')],
  ['whom a later source has on leave still', false, PARKED, INACTIVE, roster('onLeave', '2026-12-01')],
  [
    'of whose leave no source ever told',
    false,
    { ...PARKED, protections: ['executive'] },
    INACTIVE,
    roster('active', '2026-12-01'),
  ],
  ['from whom something was reclaimed', false, CASES.holding, ACTIVE, undefined],
])('somebody %s is back: %s', (_who, isBack, c, verdict, fact) => {
  const found = { ...aFinding('Ada', { verdict }), roster: fact };
  expect(isSeenBack(c, found)).toBe(isBack);
});

test.each<[string, boolean, string, Parameters<typeof aPerson>[1]]>([
  ['holds a managed license', true, '', { licenses: [{ sku: 'F3' }] }],
  ['holds only what is not managed', false, 'scope: { skus: [SPE_E5] }', { licenses: [{ sku: 'F3' }] }],
  ['is out of scope', false, 'scope: { departments: [Board] }', { licenses: [{ sku: 'F3' }] }],
])('whom an audit did not find, and who %s, was active: %s', (_who, isActive, policy, is) => {
  const { person } = aPerson('Ada', is);
  expect(isActiveUnfound(PARKED, { person, skus: Object.values(SKUS) }, policyOf(policy))).toBe(isActive);
});

test('of an account that is gone an audit says nothing', () => {
  expect(isActiveUnfound(PARKED, { person: undefined, skus: [] }, policyOf())).toBe(false);
});
