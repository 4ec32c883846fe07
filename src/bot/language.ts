import type { Activity } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { nearestLocale, type Language, type Locale } from '../i18n/locale.js';
import type { Conversations } from './conversations.js';
import { senderOf } from './sender.js';

/** In which language somebody reads; undefined: whoever it is. */
export type LocaleOf = (userId: UserId | undefined) => Promise<Locale>;

export interface LanguageSources {
  readonly conversations: Pick<Conversations, 'languageOf' | 'assumeLanguage'>;
  /** What the directory says of somebody, asked once of whom Teams has told nothing; absent: it is not asked. */
  readonly preferredBy?: (userId: UserId) => Promise<string | undefined>;
  /** Of whom nothing is known, and for languages that there is no catalog of. */
  readonly fallback: Locale;
}

export function openLocales(sources: LanguageSources): LocaleOf {
  return async (userId) => {
    const language = userId === undefined ? undefined : await languageOf(userId, sources);
    return nearestLocale(language) ?? sources.fallback;
  };
}

async function languageOf(
  userId: UserId,
  { conversations, preferredBy }: LanguageSources,
): Promise<string | undefined> {
  const known = await conversations.languageOf(userId);
  if (known !== undefined || preferredBy === undefined) return known;
  try {
    const preferred = asLanguage(await preferredBy(userId)) ?? '';
    await conversations.assumeLanguage(userId, preferred);
    return preferred;
  } catch (error) {
    // A card in the usual language is better than none.
    if (error instanceof GraphFailure) return undefined;
    throw error;
  }
}

/** What Teams says about the language of whoever acts, such as `de-DE`. */
export function languageIn({ locale }: Pick<Activity, 'locale'>): string | undefined {
  return asLanguage(locale);
}

function asLanguage(tag: string | undefined): string | undefined {
  return tag !== undefined && /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i.test(tag) ? tag : undefined;
}

/** The language of the client, without a look into the store: for what has to be said at once, or after a failure. */
export async function clientLanguage(activity: Activity, localeOf: LocaleOf): Promise<Language> {
  return { locale: nearestLocale(languageIn(activity)) ?? (await localeOf(undefined)) };
}

/** The language to answer an activity in: that of its client, else that in which the person wrote last. */
export async function languageFor(activity: Activity, localeOf: LocaleOf): Promise<Language> {
  const language = languageIn(activity);
  const known = language === undefined ? senderOf(activity) : undefined;
  return { locale: nearestLocale(language) ?? (await localeOf(known)) };
}
