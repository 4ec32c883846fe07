import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { openConversations, type Conversations } from '../../src/bot/conversations.js';
import { languageIn, openLocales } from '../../src/bot/language.js';
import type { Instant } from '../../src/cases/case.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';

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
    const localeOf = openLocales({ conversations, fallback: 'en' });
    expect(await localeOf(user)).toBe('en');
    await conversations.remember(user, CHAT, 'de-AT');
    expect(await localeOf(user)).toBe('de');
    await conversations.remember(user, { ...CHAT, conversationId: 'a:2' });
    await conversations.learnLanguage(user, undefined);
    await conversations.forget(user, 'a:2');
    expect(await conversations.greet(user, '2026-11-23T09:00:00.000Z' as Instant)).toBe('welcome');
    expect(await localeOf(user)).toBe('de');
    await conversations.learnLanguage(user, 'en-GB');
    expect(await localeOf(user)).toBe('en');
  });

  it('is the usual one where it has no catalog, and where nobody is known', async () => {
    const user = somebody();
    await conversations.learnLanguage(user, 'fr-FR');
    const localeOf = openLocales({ conversations, fallback: 'de' });
    expect([await localeOf(user), await localeOf(undefined)]).toEqual(['de', 'de']);
  });

  it('is asked of the directory once, until Teams says another', async () => {
    for (const preferred of ['de-CH', undefined, 'x'.repeat(200)]) {
      const user = somebody();
      const asked: UserId[] = [];
      const preferredBy = async (id: UserId): Promise<string | undefined> => {
        asked.push(id);
        return preferred;
      };
      const localeOf = openLocales({ conversations, preferredBy, fallback: 'en' });
      const expected = preferred === 'de-CH' ? 'de-CH' : 'en';
      expect([await localeOf(user), await localeOf(user)]).toEqual([expected, expected]);
      expect(asked).toEqual([user]);
      await conversations.learnLanguage(user, expected === 'de-CH' ? 'en-US' : 'de-DE');
      expect(await localeOf(user)).toBe(expected === 'de-CH' ? 'en' : 'de');
    }
  });

  it('is never overwritten by the directory', async () => {
    const user = somebody();
    await conversations.learnLanguage(user, 'de-DE');
    await conversations.assumeLanguage(user, 'en-US');
    expect(await conversations.languageOf(user)).toBe('de-DE');
  });

  it('is the usual one while the directory cannot be read, and is asked again', async () => {
    const user = somebody();
    let fails = true;
    const preferredBy = async (): Promise<string> => {
      if (fails) throw new GraphFailure('network', 'cut', { operation: 'users.read' });
      return 'de';
    };
    const localeOf = openLocales({ conversations, preferredBy, fallback: 'en' });
    expect(await localeOf(user)).toBe('en');
    fails = false;
    expect(await localeOf(user)).toBe('de');
  });
});

describe('What a client says', () => {
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
