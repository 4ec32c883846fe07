import de from './de.json';
import en from './en.json';

/** The name of a message, the same in every language. */
export type MessageKey = keyof typeof en;

/** What the product says in one language: ICU MessageFormat by name. */
export type Catalog = Readonly<Record<MessageKey, string>>;

/** Every language of the product, by its BCP 47 tag. A further one is a file and its line here. */
export const CATALOGS = { en, de } as const satisfies Readonly<Record<string, Catalog>>;

/** Those with a catalog of their own. */
export const LOCALES = Object.keys(CATALOGS) as readonly (keyof typeof CATALOGS)[];

/** German as it is written in Switzerland: apostrophes between thousands, decimal points, and no ß. */
const SWISS = 'de-CH';

export type Locale = keyof typeof CATALOGS | typeof SWISS;

/** All in which people are written to. */
export const READERS: readonly Locale[] = [...LOCALES, SWISS];

/** By a tag in small letters. Liechtenstein writes as Switzerland does. */
const BY_TAG: ReadonlyMap<string, Locale> = new Map<string, Locale>([
  ...READERS.map((locale) => [locale.toLowerCase(), locale] as const),
  ['de-li', SWISS],
]);

/** What is said to readers of a language. */
export function catalogOf(locale: Locale): Catalog {
  return locale === SWISS ? SWISS_WORDS : CATALOGS[locale];
}

const SWISS_WORDS = Object.fromEntries(
  Object.entries(de).map(([key, words]) => [key, words.replaceAll('ß', 'ss')]),
) as Catalog;

/** The language of those of whom no other is known, and of what is no conversation: lists, files, logs, the terminal. */
export const ENGLISH = { locale: 'en' } as const;

/** Everything by which a text is worded for its reader. */
export interface Language {
  readonly locale: Locale;
}

export function isMessage(name: string): name is MessageKey {
  return Object.hasOwn(en, name);
}

/**
 * The nearest language for a tag such as `de-AT`, as RFC 4647 looks it up: the tag itself, then without its last part.
 * @returns undefined for a language that there is no catalog of, and for what is no tag
 */
export function nearestLocale(tag: string | null | undefined): Locale | undefined {
  const parts = (tag ?? '').slice(0, LONGEST_TAG).toLowerCase().split(/[-_]/u);
  for (let length = parts.length; length > 0; length -= 1) {
    const found = BY_TAG.get(parts.slice(0, length).join('-'));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** RFC 5646, 4.4.1: every tag in use is shorter. */
const LONGEST_TAG = 35;
