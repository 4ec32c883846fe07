import { createHash, randomBytes } from 'node:crypto';
import type { UserId } from '../audit/person.js';
import { instant, type Instant } from '../cases/case.js';
import type { Locale } from '../i18n/locale.js';
import { ChangedMeanwhile, type Doc, type Store, type Stored } from '../store/store.js';
import type { WrittenSource } from './file-source.js';

/** Where clients that put no file into OneDrive get one: an address for one person, for a while, for one download. */
export interface FileLinks {
  /** @returns the address; undefined: nobody knows under which one this service is reached */
  make(userId: UserId, source: WrittenSource, locale: Locale): Promise<string | undefined>;
  /** @returns undefined: nobody was given such a one, or it is spent or too old */
  find(token: string): Promise<Stored<FileLink> | undefined>;
  /** From now on it is good for nothing. @returns false: somebody else has spent it meanwhile */
  spend(link: Stored<FileLink>): Promise<boolean>;
}

/**
 * Whoever reads the store cannot tell the address: its id is a hash of the secret in it. Erased by the first audit that comes
 * a day later.
 */
export interface FileLink extends Doc {
  readonly kind: 'fileLink';
  readonly userId: UserId;
  readonly source: WrittenSource;
  /** In which the file is written. */
  readonly locale: Locale;
  readonly askedAt: Instant;
}

/** What is left of one. */
interface SpentLink extends Doc {
  readonly kind: 'fileLink';
  readonly askedAt: Instant;
  readonly spentAt: Instant;
}

/** Milliseconds for which an address is good. */
export const LINK_MS = 15 * 60_000;

const SECRET_BYTES = 32;
/** So many bytes in hexadecimal digits: underscores and dashes could become markup on their way through a chat. */
const TOKEN = /^[0-9a-f]{64}$/;

/** @param address where browsers reach this service, without a slash at its end */
export function openFileLinks(
  { store, clock }: { readonly store: Store; readonly clock: { now(): Date } },
  address: () => string | undefined,
): FileLinks {
  return {
    make: async (userId, source, locale) => {
      const base = address();
      if (base === undefined) return undefined;
      const token = randomBytes(SECRET_BYTES).toString('hex');
      const askedAt = instant(clock.now());
      await store.create<FileLink>('refs', {
        id: idOf(token),
        kind: 'fileLink',
        userId,
        source,
        locale,
        askedAt,
      });
      return `${base}/files/${token}`;
    },
    find: async (token) => {
      if (!TOKEN.test(token)) return undefined;
      const found = await store.read<FileLink | SpentLink>('refs', idOf(token), idOf(token));
      if (found === undefined || 'spentAt' in found.doc) return undefined;
      const { doc, etag } = found;
      const age = clock.now().getTime() - Date.parse(doc.askedAt);
      // A clock that was put back makes no address last longer than it would have.
      return Math.abs(age) <= LINK_MS ? { doc, etag } : undefined;
    },
    spend: async ({ doc: { id, kind, askedAt }, etag }) => {
      try {
        await store.replace<SpentLink>('refs', { id, kind, askedAt, spentAt: instant(clock.now()) }, etag);
        return true;
      } catch (error) {
        if (!(error instanceof ChangedMeanwhile)) throw error;
        return false;
      }
    },
  };
}

function idOf(token: string): string {
  return `file-${createHash('sha256').update(token).digest('hex')}`;
}
