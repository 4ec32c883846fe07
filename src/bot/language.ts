import type { Activity } from 'botbuilder';
import type { Person, UserId } from '../audit/person.js';
import { isZone } from '../config/zone.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { nearestLocale, type Language, type Locale } from '../i18n/locale.js';
import type { ClientFacts, Conversations, ReaderFacts } from './conversations.js';
import { senderOf } from './sender.js';

/** In which language somebody reads; undefined: whoever it is. */
export type LocaleOf = (userId: UserId | undefined) => Promise<Locale>;
/** The IANA zone in which somebody works. */
export type TimeZoneOf = (userId: UserId) => Promise<string>;

export interface Readers {
  readonly localeOf: LocaleOf;
  readonly timeZoneOf: TimeZoneOf;
}

export interface ReaderSources {
  readonly conversations: Pick<Conversations, 'factsOf' | 'assume'>;
  /** What the directory says of somebody, asked once of whom Teams has told nothing; absent: it is not asked. */
  readonly directory?: (userId: UserId) => Promise<Pick<Person, 'preferredLanguage' | 'usageLocation'>>;
  /** Of whom nothing is known, and for languages that there is no catalog of. */
  readonly fallback: Locale;
  /** The zone of whom nothing is known, and zones by usage location. */
  readonly zones: { readonly fallback: string; readonly byCountry: Readonly<Record<string, string>> };
}

/** How people read: as Teams said last, else as the directory says, else as everybody does. */
export function openReaders(sources: ReaderSources): Readers {
  const { fallback, zones } = sources;
  const hasZones = Object.keys(zones.byCountry).length > 0;
  return {
    localeOf: async (userId) => {
      const facts = userId === undefined ? {} : await factsOf(userId, sources, 'language');
      return nearestLocale(facts.language) ?? fallback;
    },
    timeZoneOf: async (userId) => {
      const told = await sources.conversations.factsOf(userId);
      if (told.timeZone !== undefined || !hasZones) return told.timeZone ?? zones.fallback;
      const { country } = await factsOf(userId, sources, 'country');
      return zones.byCountry[country ?? ''] ?? zones.fallback;
    },
  };
}

/** @param wanted without which the directory is asked */
async function factsOf(
  userId: UserId,
  { conversations, directory }: ReaderSources,
  wanted: 'language' | 'country',
): Promise<ReaderFacts> {
  const known = await conversations.factsOf(userId);
  if (known[wanted] !== undefined || directory === undefined) return known;
  try {
    const { preferredLanguage, usageLocation = '' } = await directory(userId);
    const found = { language: asLanguage(preferredLanguage) ?? '', country: usageLocation };
    await conversations.assume(userId, found);
    return { ...found, ...known };
  } catch (error) {
    // A card in the usual language, at the usual time, is better than none.
    if (error instanceof GraphFailure) return {};
    throw error;
  }
}

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
function asLanguage(tag: string | null | undefined): string | undefined {
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
