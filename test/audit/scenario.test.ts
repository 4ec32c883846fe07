import { expect, test } from '@jest/globals';
import { scenarioOf } from '../../src/audit/scenario.js';

const inactive = { kind: 'inactive', days: 100, lastUse: undefined } as const;
const neverUsed = { kind: 'neverUsed' } as const;
const active = { kind: 'active', lastUse: undefined } as const;
const unknown = { kind: 'unknown', why: ['x'] } as const;

test.each([
  [true, inactive, 'inactive'],
  [true, neverUsed, 'neverSignedIn'],
  [false, inactive, 'disabledButLicensed'],
  [false, neverUsed, 'disabledButLicensed'],
  [true, active, undefined],
  [false, active, undefined],
  [true, unknown, undefined],
  [false, unknown, undefined],
] as const)('enabled %s, %j: %s', (accountEnabled, verdict, expected) => {
  expect(scenarioOf({ accountEnabled }, verdict)).toBe(expected);
});
