import { describe, expect, test } from '@jest/globals';
import type { Sku, SkuId } from '../../../src/audit/person.js';
import { managedSkus, peopleScope } from '../../../src/audit/scope/scope.js';
import { aPerson, type PersonSpec } from '../../world/people.js';
import { SKUS } from '../../world/skus.js';

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
      'SPE_F1',
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

  test.each<[string, object, PersonSpec, boolean]>([
    ['a code, where only the code is known', { countries: ['Germany'] }, { usageLocation: 'DE' }, true],
    ['a name, where only the name is known', { countries: ['de'] }, { country: 'GERMANY' }, true],
    [
      'a name in another language is only itself',
      { countries: ['Deutschland'] },
      { usageLocation: 'DE' },
      false,
    ],
    ['and itself', { countries: ['Österreich'] }, { country: 'o\u0308sterreich' }, true],
    [
      'the code in the field of the name',
      { countries: ['Austria'] },
      { country: 'AT', usageLocation: 'US' },
      true,
    ],
    ['the other code of a country', { countries: ['UK'] }, { usageLocation: 'GB' }, true],
    ['and as a way of writing', { countries: ['BA'] }, { country: 'Bosnia and Herzegovina' }, true],
    [
      'a name of which the code is another’s',
      { countries: ['Niger'] },
      { country: 'Nigeria', usageLocation: 'NG' },
      false,
    ],
    ['nobody without a country', { countries: ['US'] }, { usageLocation: '' }, false],
  ])('in a country: %s', (_name, scope, spec, expected) => {
    expect(inScope(scope, spec)).toBe(expected);
  });

  test.each<[string, PersonSpec, boolean]>([
    ['by id', {}, true],
    ['by name in any case', { upn: 'BE\u0301LA@Harbor.example' }, true],
    ['nobody else', { upn: 'cleo@harbor.example' }, false],
  ])('of a list: %s', (name, spec, expected) => {
    const listed = aPerson(name === 'by id' ? 'Ada' : 'Somebody', spec).person;
    const peopleKeys = new Map([
      [aPerson('Ada').person.id, 2],
      ['béla@harbor.example', 3],
    ]);
    expect(peopleScope({ ...nothing, people: 'people.csv', peopleKeys })(listed)).toBe(expected);
  });

  test('are none, when a list is named and was not read', () => {
    expect(inScope({ people: 'people.csv' }, {})).toBe(false);
  });
});
