import { nameKey } from '../name-key.js';

/** Every pair of capital letters, of which ISO 3166-1 uses about 250. */
const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
export const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

/**
 * What the directory may say where somebody is in one of these countries: the texts themselves, and beside a code of two
 * letters the English name, and the other way round. `country` holds what somebody typed, `usageLocation` a code.
 */
export function countryKeys(countries: readonly string[]): ReadonlySet<string> {
  if (countries.length === 0) return new Set();
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const known = PAIRS.flatMap((code) => {
    const name = names.of(code);
    return name === undefined ? [] : [{ code: countryKey(code), name: countryKey(name) }];
  });
  const wanted = new Set(countries.map(countryKey));
  // A second code of the same country (UK beside GB) has the same name.
  const wantedNames = new Set(known.filter(({ code }) => wanted.has(code)).map(({ name }) => name));
  return new Set([
    ...wanted,
    ...known
      .filter(({ name }) => wanted.has(name) || wantedNames.has(name))
      .flatMap(({ code, name }) => [code, name]),
  ]);
}

/** `Bosnia & Herzegovina` and `Bosnia and Herzegovina` are one. */
export function countryKey(text: string): string {
  return nameKey(text).replace(/\s*&\s*/g, ' and ');
}

/** The code of ISO 3166 of a country, by a code or its English name; undefined: not known. */
export function countryCode(text: string): string | undefined {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const code = text.trim().toUpperCase();
  const wanted = countryKey((PAIRS.includes(code) ? names.of(code) : undefined) ?? text);
  const found = PAIRS.find((pair) => {
    const name = names.of(pair);
    return name !== undefined && countryKey(name) === wanted;
  });
  // Countries that are gone and second codes (DD, UK) have the name of the one that is meant.
  return found && Intl.getCanonicalLocales(`und-${found}`)[0]?.slice('und-'.length);
}
