import { describe, expect, it, test } from '@jest/globals';
import type { Finding, Scenario } from '../../src/audit/finding.js';
import type { LicenseState, Sku, SkuId } from '../../src/audit/person.js';
import type { CaseLicense } from '../../src/cases/case.js';
import { caseLicenses, needsSkus } from '../../src/cases/case-licenses.js';
import { TODAY } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { SKUS } from '../world/skus.js';
import { aFinding, aLicenseFinding } from './a-finding.js';

const ALL = policyOf(
  'reclaim: { licenses: all }\nprices: [{ sku: FLOW_FREE, amount: 2, currency: USD, frequency: yearly }]',
);
const REPLACE = policyOf(
  'reclaim: { replace: [{ sku: spe_e5, by: SPE_F1 }] }\nprices: [{ sku: SPE_F1, amount: 8, currency: USD, frequency: monthly }]',
);
const BOUGHT: readonly Sku[] = Object.values(SKUS);

function of(finding: Finding, policy = ALL, skus = BOUGHT): readonly CaseLicense[] {
  return caseLicenses(finding, { policy, skus, today: TODAY });
}

describe('reclaim.licenses: all', () => {
  /** An E3 that is proven unused, Power BI, which no source dates, and Power Automate, which is not managed. */
  const holder = (scenario: Scenario, flowSince = '2024-01-15'): Finding =>
    aFinding('Ada', {
      scenario,
      is: { licenses: [{ sku: 'E3' }, { sku: 'POWER_BI' }, { sku: 'FLOW_FREE', since: flowSince }] },
      licenses: [
        aLicenseFinding('E3'),
        aLicenseFinding('POWER_BI', { verdict: { kind: 'unknown', why: ['no source'] } }),
      ],
    });

  test.each(['disabledButLicensed', 'neverSignedIn', 'inactive'] as const)(
    'takes what is not managed and what nobody records along, from people who are %s',
    (scenario) => {
      expect(of(holder(scenario)).map(({ partNumber, beside }) => [partNumber, beside])).toEqual([
        ['SPE_E3', undefined],
        ['POWER_BI_PRO', 'notRecorded'],
        ['FLOW_FREE', 'notManaged'],
      ]);
    },
  );

  it('takes from who left what is managed for its own sake, and the rest along', () => {
    expect(of(holder('leftCompany')).map(({ partNumber, beside }) => [partNumber, beside])).toEqual([
      ['SPE_E3', undefined],
      ['POWER_BI_PRO', undefined],
      ['FLOW_FREE', 'notManaged'],
    ]);
  });

  it('never takes anything along from somebody who works, and nothing where the policy does not say so', () => {
    expect(of(holder('unusedLicense'))).toHaveLength(1);
    expect(of(holder('inactive'), policyOf())).toHaveLength(1);
  });

  it('leaves alone what somebody got lately', () => {
    expect(of(holder('inactive', '2026-11-10')).map(({ partNumber }) => partNumber)).toEqual([
      'SPE_E3',
      'POWER_BI_PRO',
    ]);
  });

  it('names a product that the tenant does not list by its id, and counts it as one with a mailbox', () => {
    const unlisted = BOUGHT.filter(({ skuId }) => skuId !== SKUS.FLOW_FREE.skuId);
    const strange = '11111111-2222-4333-8444-555555555555' as SkuId;
    const finding = holder('inactive');
    const [, , flow] = finding.person.licenses;
    if (flow === undefined) throw new Error('no license');
    const person = { ...finding.person, licenses: [...finding.person.licenses, { ...flow, skuId: strange }] };
    expect(of({ ...finding, person }, ALL, unlisted).slice(2)).toMatchObject([
      { name: 'Microsoft Power Automate Free', hasMailboxPlan: true },
      {
        name: `unknown product ${strange}`,
        partNumber: strange,
        hasMailboxPlan: true,
        annualCost: undefined,
      },
    ]);
  });

  it('counts what it costs where a price is entered', () => {
    expect(of(holder('inactive')).at(-1)?.annualCost).toEqual({ minor: 200, currency: 'USD' });
  });
});

describe('reclaim.replace', () => {
  const withE5 = (scenario: Scenario, change: Parameters<typeof aLicenseFinding>[1] = {}): Finding =>
    aFinding('Ada', {
      scenario,
      is: { licenses: [{ sku: 'E5' }] },
      licenses: [aLicenseFinding('E5', change)],
    });
  const by = (finding: Finding, skus = BOUGHT) => of(finding, REPLACE, skus)[0]?.replacement;

  test.each(['neverSignedIn', 'inactive', 'unusedLicense'] as const)(
    'gives somebody who is %s the cheaper license, with its price and whether a mailbox lives on',
    (scenario) => {
      expect(by(withE5(scenario))).toEqual({
        skuId: SKUS.F3.skuId,
        partNumber: 'SPE_F1',
        name: 'Microsoft 365 F3',
        annualCost: { minor: 9_600, currency: 'USD' },
        keepsMailbox: true,
        lessRoom: { gigabytes: 2, keepsHolds: false },
        keepsFiles: true,
      });
    },
  );

  test.each(['leftCompany', 'disabledButLicensed'] as const)('gives nothing to who is %s', (scenario) => {
    expect(by(withE5(scenario))).toBeUndefined();
  });

  it('gives nothing to who has the cheaper one, or another one that gives the same', () => {
    const finding = withE5('inactive');
    const both = aFinding('Ada', { is: { licenses: [{ sku: 'E5' }, { sku: 'F3' }] } });
    expect(by({ ...finding, person: both.person })).toBeUndefined();
    expect(by(withE5('unusedLicense', { coveredBy: SKUS.E3.skuId }))).toBeUndefined();
  });

  it('leaves other products alone', () => {
    expect(of(aFinding('Ada'), REPLACE)[0]).not.toHaveProperty('replacement');
  });

  it('says so where the tenant has no such product', () => {
    const unsold = BOUGHT.filter(({ partNumber }) => partNumber !== 'SPE_F1');
    expect(by(withE5('inactive'), unsold)).toMatchObject({
      skuId: undefined,
      name: 'SPE_F1',
      keepsMailbox: false,
      keepsFiles: false,
    });
  });
});

test('the products are read only where the policy asks for something that a finding does not know', () => {
  expect([policyOf(), ALL, REPLACE].map(needsSkus)).toEqual([false, true, true]);
});

test('a license is failing where every way by which it comes has an error', () => {
  const failing = (...states: readonly LicenseState[]): unknown => {
    const found = aLicenseFinding('E3');
    const [path] = found.license.paths;
    if (path === undefined) throw new Error('no path');
    const license = { ...found.license, paths: states.map((state) => ({ ...path, state })) };
    return of(aFinding('Ada', { licenses: [{ ...found, license }] }), policyOf())[0]?.failing;
  };
  expect([failing('error'), failing('error', 'error')]).toEqual([true, true]);
  expect([failing('error', 'active'), failing('activeWithError'), failing()]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
