import type { Activity } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import { nearestLocale, type Language, type Locale } from '../i18n/locale.js';
import type { Conversations } from './conversations.js';
import { senderOf } from './sender.js';

/** In which language somebody reads; undefined: whoever it is. */
export type LocaleOf = (userId: UserId | undefined) => Promise<Locale>;

/** @param fallback for whom nothing is known, and for languages that there is no catalog of */
export function openLocales(conversations: Pick<Conversations, 'languageOf'>, fallback: Locale): LocaleOf {
  return async (userId) => {
    const language = userId === undefined ? undefined : await conversations.languageOf(userId);
    return nearestLocale(language) ?? fallback;
  };
}

/** What Teams says about the language of whoever acts, such as `de-DE`. */
export function languageIn({ locale }: Pick<Activity, 'locale'>): string | undefined {
  return locale !== undefined && /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i.test(locale) ? locale : undefined;
}

/** The language to answer an activity in: that of its client, else that in which the person wrote last. */
export async function languageFor(activity: Activity, localeOf: LocaleOf): Promise<Language> {
  const language = languageIn(activity);
  const known = language === undefined ? senderOf(activity) : undefined;
  return { locale: nearestLocale(language) ?? (await localeOf(known)) };
}
