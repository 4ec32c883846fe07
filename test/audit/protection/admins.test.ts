import { describe, expect, test } from '@jest/globals';
import type { Person } from '../../../src/audit/person.js';
import { adminRules, emergencyRules } from '../../../src/audit/protection/admins.js';
import type { RoleHolders } from '../../../src/graph/graph-door.js';
import { aPerson } from '../../world/people.js';

const root = aPerson('Root', { upn: 'root@harbor.onmicrosoft.com' }).person;
const NOBODY: RoleHolders = { active: new Set(), eligible: new Set(), globalAdministrators: new Set() };
const ROOT = new Set([root.id]);

describe('directory roles', () => {
  test.each<[string, Partial<RoleHolders>, readonly string[]]>([
    ['none', {}, []],
    ['an active one', { active: ROOT }, ['holds a directory role']],
    ['one that may be activated', { eligible: ROOT }, ['may activate a directory role']],
    ['both', { active: ROOT, eligible: ROOT }, ['holds a directory role', 'may activate a directory role']],
    ['none, and eligible ones cannot be read', { eligible: { unknown: 'no Entra ID P2' } }, []],
    [
      'an active one, and eligible ones cannot be read',
      { active: ROOT, eligible: { unknown: 'no Entra ID P2' } },
      ['holds a directory role'],
    ],
  ])('%s', (_what, roles, expected) => {
    expect(adminRules(root, { ...NOBODY, ...roles })).toEqual(expected);
  });
});

describe('emergency access accounts are known without a list', () => {
  const GLOBAL: RoleHolders = { ...NOBODY, active: ROOT, globalAdministrators: ROOT };

  test('a Global Administrator that is cloud-only, in the initial domain', () => {
    expect(emergencyRules(root, GLOBAL)).toEqual([
      'Global Administrator that is cloud-only, in the tenant’s initial domain: an emergency access account',
    ]);
  });

  test.each<[string, Partial<Person>, boolean]>([
    ['was synced once and is no more', { onPremisesSync: false }, true],
    ['is synced from AD', { onPremisesSync: true }, false],
    ['in capitals', { userPrincipalName: 'ROOT@HARBOR.ONMICROSOFT.COM' }, true],
    ['in a government cloud', { userPrincipalName: 'root@harbor.onmicrosoft.us' }, true],
    ['in China', { userPrincipalName: 'root@harbor.partner.onmschina.cn' }, true],
    ['in a domain of its own', { userPrincipalName: 'root@harbor.example' }, false],
    ['in a domain that only looks so', { userPrincipalName: 'root@notonmicrosoft.com' }, false],
    ['in one that only begins so', { userPrincipalName: 'root@harbor.onmicrosoft.com.evil.example' }, false],
    ['onmicrosoft.com itself', { userPrincipalName: 'root@onmicrosoft.com' }, false],
    [
      'a guest',
      { kind: 'guest', userPrincipalName: 'root_partner.example#EXT#@harbor.onmicrosoft.com' },
      false,
    ],
    ['disabled', { accountEnabled: false }, true],
  ])('%s', (_what, change, expected) => {
    expect(emergencyRules({ ...root, ...change }, GLOBAL).length > 0).toBe(expected);
  });

  test('not another administrator, nor one that may only become a Global Administrator', () => {
    expect(emergencyRules(root, { ...NOBODY, active: ROOT })).toEqual([]);
    expect(emergencyRules(root, { ...NOBODY, eligible: ROOT })).toEqual([]);
  });
});
