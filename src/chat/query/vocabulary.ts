import { countryKeys } from '../../audit/scope/countries.js';
import { fold } from './fold.js';
import { nicknamesOf } from './nicknames.js';
import { NONE, VALUE_FIELDS, type ValueField } from './query.js';
import type { Row, Value } from './rows.js';
import { spoken } from './tokens.js';

/** A value that can be asked for. */
export interface Entry {
  readonly field: ValueField;
  readonly value: string;
}

/** The values that occur in the latest audit, by what they are called. Nothing of people whom only HR may see. */
export interface Vocabulary {
  /** Quoted, as printed. */
  readonly exact: ReadonlyMap<string, readonly Entry[]>;
  /** Said without quotes: names, addresses of managers, part numbers, nicknames. */
  readonly spoken: ReadonlyMap<string, readonly Entry[]>;
  /** Two letters that mean something only where a value has to stand: `in DE`. */
  readonly codes: ReadonlyMap<string, readonly Entry[]>;
  /** In which the prices of the audit are, by ISO 4217. */
  readonly currencies: ReadonlySet<string>;
}

/** Longer names are found in quotes only. */
export const LONGEST_NAME = 8;

/** Short forms of countries that are neither their name nor their code. */
const COUNTRY_NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  'united states': ['usa', 'america', 'the us', 'the usa', 'united states of america', 'vereinigten staaten'],
  'united kingdom': ['great britain', 'britain', 'the uk', 'großbritannien', 'vereinigten königreich'],
  netherlands: ['holland', 'the netherlands', 'niederlanden'],
  'united arab emirates': ['uae', 'vereinigten arabischen emiraten'],
  czechia: ['czech republic'],
};

/** Countries as they are called in German. */
const GERMAN_COUNTRIES = new Intl.DisplayNames(['de'], { type: 'region', fallback: 'none' });

/** @param products that can be asked for although perhaps nobody in the rows holds them */
export function vocabularyOf(
  rows: readonly Row[],
  products: readonly { readonly partNumber: string; readonly name: string }[] = [],
): Vocabulary {
  const currencies = new Set(
    rows.flatMap(({ licenses }) => licenses.flatMap(({ cost }) => cost?.currency ?? [])),
  );
  const words: Mutable = { exact: new Map(), spoken: new Map(), codes: new Map() };
  for (const field of VALUE_FIELDS) {
    const values = new Set(rows.flatMap((row) => valuesOf(row, field)));
    for (const { label } of values) if (label !== NONE) addValue(words, { field, value: label });
  }
  for (const { name } of products) addValue(words, { field: 'license', value: name });
  const partNumbers = new Map([
    ...products.map(({ partNumber, name }) => [partNumber, name] as const),
    ...rows.flatMap(({ licenses }) =>
      licenses.map(({ partNumber, name }) => [partNumber, name.label] as const),
    ),
  ]);
  for (const [partNumber, value] of partNumbers)
    for (const name of [partNumber, ...nicknamesOf(partNumber)])
      put(words.spoken, spoken(name), { field: 'license', value });
  return { ...words, currencies };
}

/**
 * The same for sentences of our own, in which every value is quoted: a department that is called `page 2` must not be found
 * where the sentence says which page.
 */
export function quotedOnly({ exact, currencies }: Pick<Vocabulary, 'exact' | 'currencies'>): Vocabulary {
  return { exact, spoken: new Map(), codes: new Map(), currencies };
}

/** The same without names of people: not even what was perhaps meant may tell them. */
export function withoutPeople({ exact, spoken: said, codes, currencies }: Vocabulary): Vocabulary {
  const filtered = (words: Vocabulary['exact']): Vocabulary['exact'] =>
    new Map([...words].map(([key, entries]) => [key, entries.filter(({ field }) => field !== 'manager')]));
  return { exact: filtered(exact), spoken: filtered(said), codes, currencies };
}

/** The values of a field that are called so: several for a nickname, none for a word of another field. */
export function valuesNamed(
  name: string,
  field: ValueField,
  { exact, spoken: said, codes }: Vocabulary,
): readonly string[] {
  const among = (entries: readonly Entry[] = []): readonly string[] =>
    entries.filter((entry) => entry.field === field).map(({ value }) => value);
  const whole = among(exact.get(fold(name)));
  return whole.length > 0
    ? whole
    : [...new Set([...among(said.get(spoken(name))), ...among(codes.get(fold(name)))])];
}

/** What a row has in a field; a license or domain may be one of several. */
export function valuesOf(row: Row, field: ValueField): readonly Value[] {
  switch (field) {
    case 'license':
      return row.licenses.map(({ name }) => name);
    case 'domain':
      return row.domains;
    case 'unit':
      return row.units;
    case 'department':
    case 'country':
    case 'manager':
      return [row[field]];
    default:
      return field satisfies never;
  }
}

interface Mutable {
  readonly exact: Map<string, Entry[]>;
  readonly spoken: Map<string, Entry[]>;
  readonly codes: Map<string, Entry[]>;
}

function addValue(words: Mutable, entry: Entry): void {
  const { field, value } = entry;
  put(words.exact, fold(value), entry);
  put(words.spoken, spoken(value), entry);
  if (field === 'manager') put(words.spoken, spoken(value.replace(/ \([^()]*\)$/u, '')), entry);
  if (field !== 'country') return;
  for (const key of countryKeys([value]))
    if (/^[a-z]{2}$/u.test(key)) {
      put(words.codes, key, entry);
      put(words.spoken, spoken(GERMAN_COUNTRIES.of(key.toUpperCase()) ?? ''), entry);
    } else put(key.length === 2 ? words.codes : words.spoken, key, entry);
  for (const name of COUNTRY_NICKNAMES[fold(value)] ?? []) put(words.spoken, name, entry);
}

function put(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  if (key === '') return;
  const known = map.get(key) ?? [];
  if (known.some(({ field, value }) => field === entry.field && value === entry.value)) return;
  map.set(key, [...known, entry]);
}
