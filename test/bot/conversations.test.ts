import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { openConversations } from '../../src/bot/conversations.js';
import type { Instant } from '../../src/cases/case.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';

let folder: string;
let store: Store;
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'conversations-'));
  store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: () => String((count += 1)) });
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const NOW = '2026-11-23T09:00:00.000Z' as Instant;
const CHAT = { conversationId: 'a:1', serviceUrl: 'http://127.0.0.1', tenantId: 't' };

describe('A conversation', () => {
  it('is remembered, replaced, and forgotten only if it is still the same', async () => {
    const conversations = openConversations(store);
    const user = 'user-1' as UserId;
    await conversations.remember(user, CHAT);
    await conversations.remember(user, { ...CHAT, conversationId: 'a:2' });
    await conversations.forget(user, 'a:1');
    expect(await conversations.of(user)).toMatchObject({ conversationId: 'a:2' });
    await conversations.forget(user, 'a:2');
    expect(await conversations.of(user)).toBeUndefined();
  });

  it('of somebody who was welcomed stays so when it is forgotten', async () => {
    const conversations = openConversations(store);
    const user = 'user-2' as UserId;
    await conversations.remember(user, CHAT);
    expect(await conversations.greet(user, NOW)).toBe('welcome');
    await conversations.forget(user, CHAT.conversationId);
    expect(await conversations.greet(user, '2026-11-24T09:00:00.000Z' as Instant)).toBe('back');
  });

  it('is greeted once when several instances hear of one arrival at the same time', async () => {
    const user = 'user-3' as UserId;
    const greetings = await Promise.all(
      Array.from({ length: 8 }, () => openConversations(store).greet(user, NOW)),
    );
    expect(greetings.filter((greeting) => greeting === 'welcome')).toHaveLength(1);
    expect(greetings.filter((greeting) => greeting === 'already')).toHaveLength(7);
  });
});
