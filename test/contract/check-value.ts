import { CONTRACT } from './graph-contract.js';
import type { ContractProperty } from './graph-contract.js';

type Json = Readonly<Record<string, unknown>>;
type Properties = Readonly<Record<string, ContractProperty>>;

const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  'Edm.String': (value) => typeof value === 'string',
  'Edm.Boolean': (value) => typeof value === 'boolean',
  'Edm.Int32': Number.isInteger,
  'Edm.Int64': Number.isInteger,
  'Edm.Guid': (value) =>
    typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  'Edm.DateTimeOffset': (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value),
};

/** Everything about a value that its documented type does not allow. */
export function checkValue(at: string, value: unknown, property: ContractProperty): readonly string[] {
  if (value === null || value === undefined) {
    return property.nullable === false ? [`${at} is null`] : [];
  }
  if (property.collection) {
    if (!Array.isArray(value)) return [`${at} is no list`];
    return value.flatMap((each: unknown) => checkValue(`${at}[]`, each, { type: property.type }));
  }
  const scalar = SCALARS[property.type];
  if (scalar) return scalar(value) ? [] : [`${at} is no ${property.type}`];
  const members = CONTRACT.enums[property.type];
  if (members)
    return typeof value === 'string' && members.includes(value) ? [] : [`${at} is no ${property.type}`];
  if (!isObject(value)) return property.type in CONTRACT.types ? [`${at} is no object`] : [];
  const properties = propertiesOf(value, property.type);
  return properties ? checkObject(at, value, properties) : [];
}

/** Only documented properties, each of its type. Annotations may always be there. */
export function checkObject(at: string, value: Json, properties: Properties): readonly string[] {
  return Object.entries(value).flatMap(([name, each]) => {
    if (name.includes('@')) return [];
    const property = properties[name];
    if (!property) return [`${at}.${name} does not exist`];
    return checkValue(`${at}.${name}`, each, property);
  });
}

/** An object that says what it is is taken at its word; a type that the contract does not hold is opaque. */
function propertiesOf(value: Json, type: string): Properties | undefined {
  const named = value['@odata.type'];
  const actual = typeof named === 'string' ? named.replace(/^#/, '') : type;
  if (type === 'local.odataInnerError') return undefined;
  return CONTRACT.types[actual]?.properties;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
