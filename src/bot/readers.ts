import type { Person, UserId } from '../audit/person.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { nearestLocale, type Locale } from '../i18n/locale.js';
import type { Conversations, ReaderFacts } from './conversations.js';
import { asLanguage, type LocaleOf } from './language.js';

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
