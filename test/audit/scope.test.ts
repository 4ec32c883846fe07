import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Sku, SkuId } from '../../src/audit/person.js';
import { managedSkus, nameParts, peopleScope } from '../../src/audit/scope.js';
import { aPerson, type PersonSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

describe('managed SKUs', () => {
  const trial: Sku = { ...SKUS.E5, skuId: 'trial' as SkuId, partNumber: 'DYN365_RETAIL_TRIAL' };
  const company: Sku = {
    ...SKUS.E5,
    skuId: 'company' as SkuId,
    partNumber: 'SHAREPOINTSTORAGE',
    appliesTo: 'company',
  };
  const all = [...Object.values(SKUS), trial, company];
  const names = (partNumbers: readonly string[]) =>
    [...managedSkus(all, partNumbers).managed.values()].map(({ partNumber }) => partNumber);

  test('are all but the free ones, trials and what nobody can hold, when the policy names none', () => {
    expect(names([])).toEqual([
      'SPE_E5',
      'SPE_E3',
      'ENTERPRISEPACK',
      'OFFICESUBSCRIPTION',
      'PROJECTPROFESSIONAL',
      'POWER_BI_PRO',
      'EXCHANGESTANDARD',
      'VISIOCLIENT',
    ]);
  });

  test('are exactly the named ones, free or not, in any case', () => {
    expect(names(['spe_e3', 'FLOW_FREE'])).toEqual(['SPE_E3', 'FLOW_FREE']);
  });

  test('tell which names the tenant does not know', () => {
    expect(managedSkus(all, ['SPE_E3', 'SPE_E9']).unknown).toEqual(['SPE_E9']);
  });
});

describe('people in scope', () => {
  const nothing = { domains: [], ous: [], departments: [], countries: [] };
  const inScope = (scope: Partial<typeof nothing> | object, spec: PersonSpec): boolean =>
    peopleScope({ ...nothing, ...scope })(aPerson('Ada', spec).person);

  test('are all, when nothing is narrowed', () => {
    expect(inScope({}, {})).toBe(true);
  });

  test.each<[string, object, PersonSpec, boolean]>([
    ['a domain in any case', { domains: ['CORP.harbor.example'] }, { domain: 'corp.harbor.example' }, true],
    ['another domain', { domains: ['corp.harbor.example'] }, { domain: 'harbor.example' }, false],
    ['no domain', { domains: ['corp.harbor.example'] }, {}, false],
    ['a department in any case', { departments: ['sales'] }, { department: 'Sales ' }, true],
    ['a department that only begins alike', { departments: ['Sales'] }, { department: 'Sales EMEA' }, false],
    ['a country', { countries: ['Germany'] }, { country: 'germany', usageLocation: 'DE' }, true],
    ['a country by its code', { countries: ['DE'] }, { country: 'Germany', usageLocation: 'DE' }, true],
    ['all lists have to hold', { countries: ['DE'], departments: ['Sales'] }, { usageLocation: 'DE' }, false],
    [
      'directly in the OU',
      { ous: ['OU=Staff,DC=corp'] },
      { distinguishedName: 'CN=Ada,OU=Staff,DC=corp' },
      true,
    ],
    [
      'deeper in the OU',
      { ous: ['OU=Staff,DC=corp'] },
      { distinguishedName: 'CN=Ada,OU=IT,OU=Staff,DC=corp' },
      true,
    ],
    [
      'in any case and spacing',
      { ous: ['ou=staff, dc=CORP'] },
      { distinguishedName: 'CN=Ada,OU=Staff,DC=corp' },
      true,
    ],
    [
      'an OU that only ends alike',
      { ous: ['OU=Staff,DC=corp'] },
      { distinguishedName: 'CN=Ada,OU=Bad Staff,DC=corp' },
      false,
    ],
    [
      'an escaped comma is no border',
      { ous: ['OU=Staff,DC=corp'] },
      { distinguishedName: 'CN=Ada\\,OU=Staff,DC=corp' },
      false,
    ],
    [
      'a comma within the OU',
      { ous: ['OU=Sales\\, North,DC=corp'] },
      { distinguishedName: 'CN=X\\, Ada,OU=Sales\\2C North,DC=corp' },
      true,
    ],
    [
      'the OU is no person in it',
      { ous: ['OU=Staff,DC=corp'] },
      { distinguishedName: 'OU=Staff,DC=corp' },
      false,
    ],
    ['not synced', { ous: ['OU=Staff,DC=corp'] }, {}, false],
  ])('%s', (_name, scope, spec, expected) => {
    expect(inScope(scope, spec)).toBe(expected);
  });

  test('the case of a distinguished name never matters', () => {
    const name = fc
      .array(fc.constantFrom('a', 'B', 'ä', '\\,', '\\2C', ' '), { minLength: 1 })
      .map((parts) => `x${parts.join('')}y`);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (parts) => {
        const dn = parts.map((part) => `OU=${part}`).join(',');
        expect(nameParts(dn.toUpperCase())).toEqual(nameParts(dn));
        expect(nameParts(dn)).toHaveLength(parts.length);
      }),
    );
  });
});
