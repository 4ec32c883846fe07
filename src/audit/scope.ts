import type { Policy } from '../config/policy.js';
import { isFreeOrTrial } from '../spend/product-names.js';
import { nameKey } from './name-key.js';
import type { Person, Sku, SkuId } from './person.js';

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

type PeopleScope = Pick<Policy['scope'], 'domains' | 'ous' | 'departments' | 'countries'>;

/** Makes a test whether a person is in scope: every list that is not empty must hold the person. */
export function peopleScope(scope: PeopleScope): (person: Person) => boolean {
  const domains = keys(scope.domains);
  const departments = keys(scope.departments);
  const countries = keys(scope.countries);
  const ous = scope.ous.map(nameParts);
  return (person) =>
    holds(domains, person.onPremisesDomain) &&
    holds(departments, person.department) &&
    holds(countries, person.country, person.usageLocation) &&
    (ous.length === 0 || isBelowOne(person.onPremisesDistinguishedName, ous));
}

function keys(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map(nameKey));
}

/** An empty list holds everybody. */
function holds(list: ReadonlySet<string>, ...texts: readonly (string | undefined)[]): boolean {
  return list.size === 0 || texts.some((text) => text !== undefined && list.has(nameKey(text)));
}

function isBelowOne(distinguishedName: string | undefined, ous: readonly (readonly string[])[]): boolean {
  if (distinguishedName === undefined) return false;
  const parts = nameParts(distinguishedName);
  return ous.some((ou) => {
    const offset = parts.length - ou.length;
    return ou.length > 0 && offset > 0 && ou.every((part, index) => parts[offset + index] === part);
  });
}

/** The parts of a distinguished name, compared without regard to case, blanks around them and ways of escaping. */
export function nameParts(distinguishedName: string): readonly string[] {
  const parts = distinguishedName.match(/(?:\\[\s\S]|[^,\\])+/g) ?? [];
  return parts.map((part) => {
    const text = part.trim();
    const equals = text.indexOf('=');
    if (equals === -1) return nameKey(unescaped(text));
    return `${nameKey(text.slice(0, equals))}=${nameKey(unescaped(text.slice(equals + 1)))}`;
  });
}

/** RFC 4514: a backslash before a character, or before the two hex digits of each UTF-8 byte. */
function unescaped(text: string): string {
  return text
    .replace(/(?:\\[0-9a-f]{2})+/gi, (bytes) =>
      Buffer.from(bytes.replaceAll('\\', ''), 'hex').toString('utf8'),
    )
    .replace(/\\(.)/g, '$1');
}
