import { describe, expect, test } from '@jest/globals';
import type { Evidence, Verdict } from '../../../src/audit/evidence.js';
import { NO_DETAILS, REPORTS_OFF } from '../../../src/audit/evidence.js';
import { judgeLicense } from '../../../src/audit/licenses/verdict.js';
import { contentsOfPlans } from '../../../src/audit/licenses/parts.js';
import type { License } from '../../../src/audit/person.js';
import { aPerson, day, daysAgo, REFRESHED, TODAY } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { SKUS, type SkuName } from '../../world/skus.js';
import { evidenceOf, on, signIn, UNKNOWN, workload } from '../evidence-world.js';

const rules = policyOf();
const inactive: Verdict = { kind: 'inactive', days: 120, lastUse: undefined };
const active: Verdict = { kind: 'active', lastUse: undefined };
const both = evidenceOf({ workload: workload(), signIn: signIn() });
const reportOnly = evidenceOf({ workload: workload(), signIn: { unknown: 'no P1' } });

function judged(
  person: Verdict,
  evidence: Evidence,
  sku: SkuName,
  change: { readonly off?: readonly string[]; readonly since?: string; readonly knows?: boolean } = {},
) {
  const { off = [], since } = change;
  const [license] = aPerson('Somebody', {
    licenses: [{ sku, off, ...(since === undefined ? {} : { since }) }],
  }).person.licenses;
  const contents = contentsOfPlans(SKUS[sku].plans, off);
  const judging = { person, evidence, contents, knowsProduct: () => change.knows ?? true };
  return judgeLicense(license as License, judging, rules, TODAY);
}

/** An active person by sign-in whose reports say what is given. */
function activations(dates: Readonly<Record<string, string | undefined>>): Evidence {
  return evidenceOf({
    workload: workload(),
    signIn: signIn({ successful: on(daysAgo(1)) }),
    reports: {
      ...REPORTS_OFF,
      activations: { kind: 'read', refreshed: day(REFRESHED), fact: { kind: 'none', since: undefined } },
    },
    details: {
      ...NO_DETAILS,
      activations: Object.entries(dates).map(([product, date]) => ({
        product,
        lastActivated: date === undefined ? undefined : day(date),
      })),
    },
  });
}

describe('of somebody inactive', () => {
  test.each([
    ['a dated service follows the person', inactive, reportOnly, 'E3', 'inactive'],
    ['a product that nothing dates is idle when nobody signs in', inactive, both, 'VISIO', 'inactive'],
    ['without sign-ins nothing is known of it', inactive, reportOnly, 'VISIO', 'unknown'],
  ] as const)('%s', (_name, person, evidence, sku, expected) => {
    expect(judged(person, evidence, sku).verdict.kind).toBe(expected);
  });

  test('of an unknown person every license is unknown', () => {
    const unknown: Verdict = { kind: 'unknown', why: ['x'] };
    expect(judged(unknown, both, 'E3').verdict).toBe(unknown);
  });
});

/** What the report says of somebody who has activated something else. */
const NO_VISIO = { 'MICROSOFT 365 APPS FOR ENTERPRISE': '2026-11-01' };

describe('Visio of somebody active', () => {
  test('was never activated, so it is not used', () => {
    expect(judged(active, activations(NO_VISIO), 'VISIO')).toEqual({
      verdict: { kind: 'neverUsed' },
      parts: [{ part: 'visio', verdict: { kind: 'neverUsed' } }],
    });
  });

  test('has a row without a date, so it was never activated either', () => {
    expect(judged(active, activations({ 'VISIO ONLINE PLAN 2': undefined }), 'VISIO').verdict.kind).toBe(
      'neverUsed',
    );
  });

  test('is unknown where the report does not name the person at all', () => {
    expect(judged(active, activations({}), 'VISIO').verdict).toEqual({
      kind: 'unknown',
      why: [`activations: no row in the activations report of ${REFRESHED}`],
    });
  });

  test('is unknown where the report lacks many people, and used where it shows use', () => {
    const doubted = (dates: Parameters<typeof activations>[0]): Evidence => {
      const evidence = activations(dates);
      const report = {
        kind: 'read',
        refreshed: day(REFRESHED),
        fact: on('2026-11-01'),
        doubt: 'incomplete',
      } as const;
      return { ...evidence, reports: { ...evidence.reports, activations: report } };
    };
    expect(judged(active, doubted(NO_VISIO), 'VISIO').verdict).toEqual({
      kind: 'unknown',
      why: ['activations: incomplete'],
    });
    const lately = doubted({ 'VISIO ONLINE PLAN 2': '2026-11-01' });
    expect(judged(active, lately, 'VISIO').verdict.kind).toBe('active');
  });

  test('was activated lately, so it is used', () => {
    const evidence = activations({ 'Visio Online Plan 2': '2026-11-01' });
    expect(judged(active, evidence, 'VISIO').verdict).toEqual({ kind: 'active', lastUse: day('2026-11-01') });
  });

  test('was activated long ago: nobody knows whether it is used since', () => {
    expect(judged(active, activations({ 'VISIO ONLINE PLAN 2': '2025-10-01' }), 'VISIO').verdict.kind).toBe(
      'unknown',
    );
  });

  test('is unknown where nobody in the tenant ever activated it', () => {
    expect(judged(active, activations(NO_VISIO), 'VISIO', { knows: false }).verdict.kind).toBe('unknown');
  });

  test('is unknown without the report, whether it is left out or cannot be read', () => {
    const seen = activations(NO_VISIO);
    expect(judged(active, { ...seen, reports: REPORTS_OFF }, 'VISIO').verdict.kind).toBe('unknown');
    const broken: Evidence['reports'] = { ...REPORTS_OFF, activations: { kind: 'unknown', why: 'late' } };
    expect(judged(active, { ...seen, reports: broken }, 'VISIO').verdict).toEqual({
      kind: 'unknown',
      why: ['activations: late'],
    });
  });

  test('has no date of assignment, so it may have come yesterday', () => {
    const [license] = aPerson('Somebody', { licenses: [{ sku: 'VISIO' }] }).person.licenses as [License];
    const undated = { ...license, paths: license.paths.map((path) => ({ ...path, since: undefined })) };
    const judging = {
      person: active,
      evidence: activations(NO_VISIO),
      contents: contentsOfPlans(SKUS.VISIO.plans, []),
      knowsProduct: () => true,
    };
    for (const paths of [undated.paths, []])
      expect(judgeLicense({ ...undated, paths }, judging, rules, TODAY).verdict).toEqual({
        kind: 'unknown',
        why: ['the directory does not say since when it is assigned'],
      });
  });

  test('came a few days ago: nobody has had time to use it', () => {
    expect(judged(active, activations(NO_VISIO), 'VISIO', { since: daysAgo(5) }).verdict.kind).toBe(
      'unknown',
    );
    expect(judged(active, activations(NO_VISIO), 'VISIO', { since: daysAgo(30) }).verdict.kind).toBe(
      'neverUsed',
    );
  });
});

describe('a suite of somebody active', () => {
  const bySignIn = (facts: Parameters<typeof workload>[0]): Evidence =>
    evidenceOf({ workload: workload(facts), signIn: signIn({ successful: on(daysAgo(1)) }) });

  test('is used when one service in it is', () => {
    const result = judged(active, bySignIn({ teams: on('2026-11-20') }), 'OFFICE_E3');
    expect(result.verdict).toEqual({ kind: 'active', lastUse: day('2026-11-20') });
    expect(result.parts.find(({ part }) => part === 'exchange')?.verdict.kind).toBe('inactive');
  });

  test('is not used when every service in it is dated and none is used', () => {
    expect(judged(active, bySignIn({ exchange: on('2026-06-01') }), 'OFFICE_E3').verdict).toEqual({
      kind: 'inactive',
      days: 173,
      lastUse: day('2026-06-01'),
    });
  });

  test('is unknown when something in it leaves no trace, such as Intune', () => {
    expect(judged(active, bySignIn({}), 'E3').verdict).toEqual({
      kind: 'unknown',
      why: ['no source dates INTUNE_A'],
    });
  });

  test('is unknown when a source of one service is', () => {
    expect(judged(active, bySignIn({ teams: UNKNOWN }), 'OFFICE_E3').verdict.kind).toBe('unknown');
  });

  test('counts only what is switched on', () => {
    const teams = SKUS.OFFICE_E3.plans.find(({ name }) => name === 'TEAMS1')?.id ?? '';
    expect(
      judged(active, bySignIn({ teams: on('2026-11-20') }), 'OFFICE_E3', { off: [teams] }).verdict.kind,
    ).toBe('inactive');
  });
});

test('of a product that no source dates nothing is known', () => {
  expect(judged(active, activations(NO_VISIO), 'POWER_BI').verdict.kind).toBe('unknown');
});
