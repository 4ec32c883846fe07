import { changeDocument } from '../../store/change-document.js';
import { ChangedMeanwhile, type Store, type Stored } from '../../store/store.js';
import type { UserId } from '../person.js';
import { chatRules, protectionId, type ChatProtection } from './chat-protection.js';

/** What an admin said of one person; undefined: nothing. It may have ended. */
export async function readProtection(store: Store, userId: UserId): Promise<ChatProtection | undefined> {
  const id = protectionId(userId);
  return (await store.read<ChatProtection>('meta', id, id))?.doc;
}

/** All of them, also those that have ended. */
export async function readProtections(store: Store): Promise<readonly ChatProtection[]> {
  return (await storedProtections(store)).map(({ doc }) => doc);
}

/** Who is protected in chat on a day, with the rule that says so. */
export async function readChatRules(
  store: Store,
  today: string,
): Promise<ReadonlyMap<UserId, readonly string[]>> {
  const rules = new Map<UserId, readonly string[]>();
  for (const protection of await readProtections(store)) {
    const found = chatRules(protection, today);
    if (found.length > 0) rules.set(protection.userId, found);
  }
  return rules;
}

/** The newest word holds, whatever was said before. */
export async function keepProtection(store: Store, protection: ChatProtection): Promise<void> {
  await changeDocument(store, 'meta', protection.id, () => protection);
}

/**
 * Takes a protection back.
 * @param seenAt of which moment it was when somebody saw it: a newer one stays
 * @returns what was taken back; undefined: nothing
 */
export async function liftProtection(
  store: Store,
  userId: UserId,
  seenAt: string | undefined,
): Promise<ChatProtection | undefined> {
  const id = protectionId(userId);
  const stored = await store.read<ChatProtection>('meta', id, id);
  if (stored === undefined || (seenAt !== undefined && stored.doc.at !== seenAt)) return undefined;
  try {
    await store.remove('meta', id, id, stored.etag);
    return stored.doc;
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    return undefined;
  }
}

/**
 * Removes those that ended before a day.
 * @param before `YYYY-MM-DD`
 */
export async function removeEnded(store: Store, before: string): Promise<number> {
  const ended = (await storedProtections(store)).filter(
    ({ doc: { until } }) => until !== undefined && until < before,
  );
  for (const { doc, etag } of ended)
    await store.remove('meta', doc.id, doc.id, etag).catch((error: unknown) => {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    });
  return ended.length;
}

async function storedProtections(store: Store): Promise<readonly Stored<ChatProtection>[]> {
  const found: Stored<ChatProtection>[] = [];
  const where = [{ field: 'kind', is: '=', value: 'chatProtection' }] as const;
  for await (const stored of store.query<ChatProtection>({ container: 'meta', where })) found.push(stored);
  return found;
}
