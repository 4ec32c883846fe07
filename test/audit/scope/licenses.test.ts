import { describe, expect, test } from '@jest/globals';
import type { License, LicensePath, LicenseState } from '../../../src/audit/person.js';
import { licenseScope } from '../../../src/audit/scope/licenses.js';
import { groupId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { SKUS } from '../../world/skus.js';

const facts = (state: LicenseState, error?: string) => ({
  state,
  error,
  disabledPlans: [],
  since: undefined,
});
const direct = (state: LicenseState = 'active', error?: string): LicensePath => ({
  kind: 'direct',
  ...facts(state, error),
});
const through = (group: string, state: LicenseState = 'active', error?: string): LicensePath => ({
  kind: 'group',
  groupId: groupId(group),
  ...facts(state, error),
});
const isIn = (scope: string, ...paths: readonly LicensePath[]): boolean => {
  const license: License = { skuId: SKUS.E3.skuId, disabledPlans: [], paths };
  return licenseScope(policyOf(`scope: { ${scope} }`).scope)(license);
};

const HELD: readonly (readonly [string, readonly LicensePath[]])[] = [
  ['direct', [direct()]],
  ['group', [through('A'), through('B')]],
  ['both', [direct(), through('A')]],
];

describe('licenses in scope', () => {
  test.each(HELD)('are all when nothing is narrowed: %s', (_held, paths) => {
    expect(isIn('', ...paths)).toBe(true);
  });

  test.each(['direct', 'group', 'both'])('are those held %s, and no others', (wanted) => {
    for (const [held, paths] of HELD) expect(isIn(`paths: [${wanted}]`, ...paths)).toBe(held === wanted);
  });

  test('are those of several ways', () => {
    expect(HELD.map(([, paths]) => isIn('paths: [direct, both]', ...paths))).toEqual([true, false, true]);
  });

  test('held both ways count as both even where one way has an error', () => {
    expect(isIn('paths: [direct]', direct(), through('A', 'error', 'CountViolation'))).toBe(false);
    expect(isIn('paths: [both]', direct(), through('A', 'error', 'CountViolation'))).toBe(true);
  });

  test('of which the directory names no path are in no way', () => {
    expect(isIn('')).toBe(true);
    expect(isIn('paths: [direct, group, both]')).toBe(false);
  });

  test('are those that come through a group of the list, also when there are other ways', () => {
    const scope = `licenseGroups: [${groupId('A').toUpperCase()}]`;
    expect(isIn(scope, through('A'))).toBe(true);
    expect(isIn(scope, direct(), through('A'), through('B'))).toBe(true);
    expect(isIn(scope, through('B'))).toBe(false);
    expect(isIn(scope, direct())).toBe(false);
  });

  test.each<[string, readonly LicensePath[], boolean]>([
    ['none', [direct(), through('A')], false],
    ['a state that says so', [through('A', 'activeWithError')], true],
    ['a failed way beside a good one', [direct(), through('A', 'error', 'CountViolation')], true],
    ['an error in words alone', [direct('active', 'DependencyViolation')], true],
    ['a way that is switched off, which is none', [direct('disabled')], false],
  ])('by error: %s', (_name, paths, hasError) => {
    expect(isIn('licenseErrors: include', ...paths)).toBe(true);
    expect(isIn('licenseErrors: exclude', ...paths)).toBe(!hasError);
    expect(isIn('licenseErrors: only', ...paths)).toBe(hasError);
  });

  test('have to pass every rule', () => {
    const scope = `paths: [both], licenseGroups: [${groupId('A')}], licenseErrors: exclude`;
    expect(isIn(scope, direct(), through('A'))).toBe(true);
    expect(isIn(scope, through('A'))).toBe(false);
    expect(isIn(scope, direct(), through('B'))).toBe(false);
    expect(isIn(scope, direct('error'), through('A'))).toBe(false);
  });
});
