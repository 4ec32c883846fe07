import { expect, test } from '@jest/globals';
import type { Verdict } from '../../src/audit/evidence.js';
import { licenseVerdict } from '../../src/audit/license-verdict.js';
import { SKUS } from '../world/skus.js';
import { evidenceOf, signIn, workload } from './evidence-world.js';

const inactive: Verdict = { kind: 'inactive', days: 120, lastUse: undefined };
const active: Verdict = { kind: 'active', lastUse: undefined };
const both = evidenceOf({ workload: workload(), signIn: signIn() });
const reportOnly = evidenceOf({ workload: workload(), signIn: { unknown: 'no P1' } });

test.each([
  ['a dated service follows the person', inactive, reportOnly, SKUS.E3, 'inactive'],
  ['a product that nothing dates is idle when nobody signs in', inactive, both, SKUS.VISIO, 'inactive'],
  ['without sign-ins nothing is known of it', inactive, reportOnly, SKUS.VISIO, 'unknown'],
  ['an active person may not use it at all', active, both, SKUS.VISIO, 'unknown'],
  ['an active person uses what is dated', active, both, SKUS.E3, 'active'],
  ['of a product without plans nothing is known', active, both, undefined, 'unknown'],
] as const)('%s', (_name, person, evidence, sku, expected) => {
  expect(licenseVerdict(person, evidence, sku).kind).toBe(expected);
});
