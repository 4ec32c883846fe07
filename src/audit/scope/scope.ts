import type { Policy } from '../../config/policy.js';
import { isFreeOrTrial } from '../../spend/product-names.js';
import { nameParts } from './distinguished-name.js';
import { nameKey } from '../name-key.js';
import type { Person, Sku, SkuId } from '../person.js';
import { countryKey, countryKeys } from './countries.js';
import { keysOf } from './people.js';

export type ManagedSkus = ReadonlyMap<SkuId, Sku>;

/**
 * The SKUs that are audited; all others leave all counts.
 * `unknown` are part numbers of the policy that the tenant does not have.
 */
export function managedSkus(
  skus: readonly Sku[],
  partNumbers: readonly string[],
): { readonly managed: ManagedSkus; readonly unknown: readonly string[] } {
  const users = skus.filter((sku) => sku.appliesTo === 'user');
  const wanted = new Set(partNumbers.map(nameKey));
  const isManaged = (sku: Sku): boolean =>
    wanted.size > 0 ? wanted.has(nameKey(sku.partNumber)) : !isFreeOrTrial(sku);
  const present = new Set(users.map((sku) => nameKey(sku.partNumber)));
  return {
    managed: new Map(users.filter(isManaged).map((sku) => [sku.skuId, sku])),
    unknown: partNumbers.filter((partNumber) => !present.has(nameKey(partNumber))),
  };
}

type PeopleScope = Pick<
  Policy['scope'],
  'domains' | 'ous' | 'departments' | 'countries' | 'people' | 'peopleKeys'
>;

/** Makes a test whether a person is in scope: every list that is not empty must hold the person. */
export function peopleScope(scope: PeopleScope): (person: Person) => boolean {
  const domains = keys(scope.domains);
  const departments = keys(scope.departments);
  const countries = countryKeys(scope.countries);
  const ous = scope.ous.map(nameParts);
  const isListed = peopleTest(scope);
  return (person) =>
    isListed(person) &&
    holds(domains, nameKey, person.onPremisesDomain) &&
    holds(departments, nameKey, person.department) &&
    holds(countries, countryKey, person.country, person.usageLocation) &&
    (ous.length === 0 || isBelowOne(person.onPremisesDistinguishedName, ous));
}

/** A list that is named and was not read holds nobody. */
function peopleTest({ people, peopleKeys }: PeopleScope): (person: Person) => boolean {
  if (people === undefined && peopleKeys === undefined) return () => true;
  return (person) => keysOf(person).some((key) => peopleKeys?.has(key) ?? false);
}

function keys(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map(nameKey));
}

/** An empty list holds everybody. */
function holds(
  list: ReadonlySet<string>,
  keyOf: (text: string) => string,
  ...texts: readonly (string | undefined)[]
): boolean {
  return list.size === 0 || texts.some((text) => text !== undefined && list.has(keyOf(text)));
}

function isBelowOne(distinguishedName: string | undefined, ous: readonly (readonly string[])[]): boolean {
  if (distinguishedName === undefined) return false;
  const parts = nameParts(distinguishedName);
  return ous.some((ou) => {
    const offset = parts.length - ou.length;
    return ou.length > 0 && offset > 0 && ou.every((part, index) => parts[offset + index] === part);
  });
}
