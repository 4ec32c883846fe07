import type { UserId } from '../../audit/person.js';
import { changeDocument } from '../../store/change-document.js';
import type { Store } from '../../store/store.js';
import type { Instant, MessageRef } from '../case.js';
import { audienceId, type Audience } from './audience.js';

/**
 * Somebody is to be told of an order as well.
 * @returns false: what came of it is being told already
 */
export async function joinAudience(
  store: Store,
  commandId: string,
  userId: UserId,
  now: Instant,
): Promise<boolean> {
  const joined = await changeAudience(store, commandId, (before) => {
    if (before?.isClosed === true) return undefined;
    const people = before?.people ?? [];
    if (before !== undefined && people.some((each) => each.userId === userId)) return before;
    return {
      id: audienceId(commandId),
      kind: 'audience',
      people: [...people, { userId, message: undefined }],
      askedAt: before?.askedAt ?? now,
      isClosed: false,
    };
  });
  return joined !== undefined;
}

export async function readAudience(store: Store, commandId: string): Promise<Audience | undefined> {
  const id = audienceId(commandId);
  return (await store.read<Audience>('refs', id, id))?.doc;
}

/** Nobody joins any more. @returns undefined: there is nobody to tell */
export function closeAudience(store: Store, commandId: string): Promise<Audience | undefined> {
  return changeAudience(store, commandId, (before) => before && { ...before, isClosed: true });
}

/** Where somebody sees how far it is. */
export async function keepMessage(
  store: Store,
  commandId: string,
  userId: UserId,
  message: MessageRef,
): Promise<void> {
  await changeAudience(store, commandId, (before) => {
    if (before === undefined) return undefined;
    const people = before.people.map((each) => (each.userId === userId ? { ...each, message } : each));
    return { ...before, people };
  });
}

export async function dismissAudience(store: Store, commandId: string): Promise<void> {
  const id = audienceId(commandId);
  await store.remove('refs', id, id);
}

/** @returns what stands now; undefined: it was left as it is */
function changeAudience(
  store: Store,
  commandId: string,
  next: (before: Audience | undefined) => Audience | undefined,
): Promise<Audience | undefined> {
  return changeDocument(store, 'refs', audienceId(commandId), next);
}
