import { countryKey, PAIRS } from '../audit/scope/countries.js';
import type { Language, Locale } from '../i18n/locale.js';
import type { ReadyText } from '../i18n/text.js';
import { plainText } from './escape.js';

/**
 * A country in the reader's language where the directory gives a code or the English name; whatever else it says, as it
 * says it. Plain text of at most `most` characters.
 */
export function countryText(label: string, most: number, { locale }: Language): ReadyText {
  return plainText(locale === 'en' ? label : (namesIn(locale).get(countryKey(label)) ?? label), most);
}

// Building a table of names is far slower than looking into it.
const known = new Map<Locale, ReadonlyMap<string, string>>();

/** The names by their keys: the code, and the English name. */
function namesIn(locale: Locale): ReadonlyMap<string, string> {
  const before = known.get(locale);
  if (before !== undefined) return before;
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const theirs = new Intl.DisplayNames([locale], { type: 'region' });
  const names = new Map(
    PAIRS.flatMap((code) => {
      const name = english.of(code);
      const keys = name === undefined ? [] : [countryKey(code), countryKey(name)];
      return keys.map((key) => [key, theirs.of(code) ?? code]);
    }),
  );
  known.set(locale, names);
  return names;
}
