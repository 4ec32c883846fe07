import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { openConversations, type Conversations } from '../../src/bot/conversations.js';
import { clientFactsIn, languageIn } from '../../src/bot/language.js';
import type { ReaderSources } from '../../src/bot/readers.js';
import type { Instant } from '../../src/cases/case.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { readersOf } from '../world/readers.js';

let folder: string;
let store: Store;
let conversations: Conversations;
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'languages-'));
  store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: () => String((count += 1)) });
  conversations = openConversations(store);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const CHAT = { conversationId: 'a:1', serviceUrl: 'http://127.0.0.1', tenantId: 't' };

function somebody(): UserId {
  return `user-${(count += 1)}` as UserId;
}

describe('The language of a person', () => {
  it('is what Teams said last, through messages, clicks and a forgotten chat', async () => {
    const user = somebody();
    const { localeOf } = readersOf({ conversations });
    expect(await localeOf(user)).toBe('en');
    await conversations.remember(user, CHAT, { language: 'de-AT' });
    expect(await localeOf(user)).toBe('de');
    await conversations.remember(user, { ...CHAT, conversationId: 'a:2' });
    await conversations.learn(user, {});
    await conversations.forget(user, 'a:2');
    expect(await conversations.greet(user, '2026-11-23T09:00:00.000Z' as Instant)).toBe('welcome');
    expect(await localeOf(user)).toBe('de');
    await conversations.learn(user, { language: 'en-GB' });
    expect(await localeOf(user)).toBe('en');
  });

  it('is the usual one where it has no catalog, and where nobody is known', async () => {
    const user = somebody();
    await conversations.learn(user, { language: 'fr-FR' });
    const { localeOf } = readersOf({ conversations, fallback: 'de' });
    expect([await localeOf(user), await localeOf(undefined)]).toEqual(['de', 'de']);
  });

  it('is asked of the directory once, until Teams says another', async () => {
    for (const preferred of ['de-CH', undefined, 'x'.repeat(200)]) {
      const user = somebody();
      const asked: UserId[] = [];
      const directory: ReaderSources['directory'] = async (id) => {
        asked.push(id);
        return { preferredLanguage: preferred, usageLocation: undefined };
      };
      const { localeOf } = readersOf({ conversations, directory });
      const expected = preferred === 'de-CH' ? 'de-CH' : 'en';
      expect([await localeOf(user), await localeOf(user)]).toEqual([expected, expected]);
      expect(asked).toEqual([user]);
      await conversations.learn(user, { language: expected === 'de-CH' ? 'en-US' : 'de-DE' });
      expect(await localeOf(user)).toBe(expected === 'de-CH' ? 'en' : 'de');
    }
  });

  it('is never overwritten by the directory', async () => {
    const user = somebody();
    await conversations.learn(user, { language: 'de-DE' });
    await conversations.assume(user, { language: 'en-US', country: 'DE' });
    expect(await conversations.factsOf(user)).toMatchObject({ language: 'de-DE', country: 'DE' });
  });

  it('is the usual one while the directory cannot be read, and is asked again', async () => {
    const user = somebody();
    let fails = true;
    const directory: ReaderSources['directory'] = async () => {
      if (fails) throw new GraphFailure('network', 'cut', { operation: 'users.read' });
      return { preferredLanguage: 'de', usageLocation: undefined };
    };
    const { localeOf } = readersOf({ conversations, directory });
    expect(await localeOf(user)).toBe('en');
    fails = false;
    expect(await localeOf(user)).toBe('de');
  });
});

describe('The time zone of a person', () => {
  const zones = { fallback: 'Europe/Berlin', byCountry: { US: 'America/Chicago', IN: 'Asia/Kolkata' } };

  function livesIn(
    usageLocation: string | undefined,
  ): { asked: number } & Required<Pick<ReaderSources, 'directory'>> {
    const it = {
      asked: 0,
      directory: async () => {
        it.asked += 1;
        return { preferredLanguage: 'en-US', usageLocation };
      },
    };
    return it;
  }

  it('is what Teams said last', async () => {
    const user = somebody();
    const there = livesIn('US');
    const { timeZoneOf } = readersOf({ conversations, zones, ...there });
    await conversations.learn(user, { timeZone: 'Asia/Tokyo' });
    expect(await timeZoneOf(user)).toBe('Asia/Tokyo');
    await conversations.learn(user, { language: 'de-DE' });
    expect(await timeZoneOf(user)).toBe('Asia/Tokyo');
    await conversations.remember(user, CHAT, { timeZone: 'Europe/Madrid' });
    expect(await timeZoneOf(user)).toBe('Europe/Madrid');
    expect(there.asked).toBe(0);
  });

  it.each([
    ['US', 'America/Chicago'],
    ['IN', 'Asia/Kolkata'],
    ['FR', 'Europe/Berlin'],
    [undefined, 'Europe/Berlin'],
  ])('is by the policy that of the usage location %s before that: %s', async (country, expected) => {
    const user = somebody();
    const there = livesIn(country);
    const { timeZoneOf, localeOf } = readersOf({ conversations, zones, directory: there.directory });
    expect([await timeZoneOf(user), await timeZoneOf(user)]).toEqual([expected, expected]);
    // One look tells both.
    expect(await localeOf(user)).toBe('en');
    expect(there.asked).toBe(1);
  });

  it('is looked up although Teams has told the language', async () => {
    const user = somebody();
    await conversations.learn(user, { language: 'de-DE' });
    const { timeZoneOf, localeOf } = readersOf({ conversations, zones, ...livesIn('US') });
    expect([await timeZoneOf(user), await localeOf(user)]).toEqual(['America/Chicago', 'de']);
  });

  it('is the usual one where the policy names no others, without a look, and while none is possible', async () => {
    const user = somebody();
    const there = livesIn('US');
    const plain = readersOf({ conversations, zones: { ...zones, byCountry: {} }, ...there });
    expect(await plain.timeZoneOf(user)).toBe('Europe/Berlin');
    expect(there.asked).toBe(0);
    const directory: ReaderSources['directory'] = () =>
      Promise.reject(new GraphFailure('throttled', 'wait', { operation: 'users.read' }));
    expect(await readersOf({ conversations, zones, directory }).timeZoneOf(user)).toBe('Europe/Berlin');
  });
});

describe('What a client says', () => {
  it.each([
    ['America/Los_Angeles', { timeZone: 'America/Los_Angeles' }],
    ['Mars/Olympus', {}],
    ['x'.repeat(5_000), {}],
    [[], {}],
    [null, {}],
    [undefined, {}],
  ])('of a zone %.20s is kept as %j', (localTimezone, kept) => {
    expect(clientFactsIn({ localTimezone: localTimezone as string })).toEqual(kept);
  });

  it.each([
    ['de-DE', 'de-DE'],
    ['zh-Hant-TW', 'zh-Hant-TW'],
    ['', undefined],
    [null, undefined],
    ['de; DROP', undefined],
    ['d'.repeat(5_000), undefined],
    [undefined, undefined],
  ])('%.20s is kept as %s', (locale, kept) => {
    expect(languageIn(locale === undefined ? {} : { locale: locale as string })).toBe(kept);
  });
});
