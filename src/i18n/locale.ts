import de from './de.json';
import en from './en.json';

/** The name of a message, the same in every language. */
export type MessageKey = keyof typeof en;

/** What the product says in one language: ICU MessageFormat by name. */
export type Catalog = Readonly<Record<MessageKey, string>>;

/** Every language of the product, by its BCP 47 tag. A further one is a file and its line here. */
export const CATALOGS = { en, de } as const satisfies Readonly<Record<string, Catalog>>;

export type Locale = keyof typeof CATALOGS;

export const LOCALES = Object.keys(CATALOGS) as readonly Locale[];

/** The language of those of whom no other is known, and of what is no conversation: lists, files, logs, the terminal. */
export const ENGLISH = { locale: 'en' } as const;

/** Everything by which a text is worded for its reader. */
export interface Language {
  readonly locale: Locale;
}

export function isLocale(tag: string): tag is Locale {
  return Object.hasOwn(CATALOGS, tag);
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
    const shorter = parts.slice(0, length).join('-');
    if (isLocale(shorter)) return shorter;
  }
  return undefined;
}

/** RFC 5646, 4.4.1: every tag in use is shorter. */
const LONGEST_TAG = 35;
