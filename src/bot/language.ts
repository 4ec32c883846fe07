import type { Activity } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import { isZone } from '../config/zone.js';
import { nearestLocale, type Language, type Locale } from '../i18n/locale.js';
import type { ClientFacts } from './conversations.js';
import { senderOf } from './sender.js';

/** In which language somebody reads; undefined: whoever it is. */
export type LocaleOf = (userId: UserId | undefined) => Promise<Locale>;

/** What Teams says of whoever acts. */
export function clientFactsIn(activity: Pick<Activity, 'locale' | 'localTimezone'>): ClientFacts {
  const language = languageIn(activity);
  const timeZone = asTimeZone(activity.localTimezone);
  return { ...(language === undefined ? {} : { language }), ...(timeZone === undefined ? {} : { timeZone }) };
}

/** Whatever comes from outside may be anything. */
function asTimeZone(name: unknown): string | undefined {
  return typeof name === 'string' && name.length <= LONGEST_ZONE && isZone(name) ? name : undefined;
}

const LONGEST_ZONE = 64;

/** What Teams says about the language of whoever acts, such as `de-DE`. */
export function languageIn({ locale }: Pick<Activity, 'locale'>): string | undefined {
  return asLanguage(locale);
}

/** Activities are admitted with a language that is text or nothing at all. */
export function asLanguage(tag: string | null | undefined): string | undefined {
  return typeof tag === 'string' && /^[a-z]{2,8}(-[a-z0-9]{1,8}){0,4}$/i.test(tag) ? tag : undefined;
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
