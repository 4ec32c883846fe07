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

/** Whoever reads the store cannot tell the address: its id is a hash of the secret in it. Erased a day later. */
export interface FileLink extends Doc {
  readonly kind: 'fileLink';
  readonly userId: UserId;
  readonly source: WrittenSource;
  /** In which the file is written. */
  readonly locale: Locale;
  readonly askedAt: Instant;
  /** Absent: nobody has downloaded it yet. */
  readonly spentAt?: Instant;
}

/** Milliseconds for which an address is good. */
export const LINK_MS = 15 * 60_000;

const SECRET_BYTES = 32;
/** So many bytes as base64url. */
const TOKEN = /^[\w-]{43}$/;

/** @param address where browsers reach this service, without a slash at its end */
export function openFileLinks(
  { store, clock }: { readonly store: Store; readonly clock: { now(): Date } },
  address: () => string | undefined,
): FileLinks {
  return {
    make: async (userId, source, locale) => {
      const base = address();
      if (base === undefined) return undefined;
      const token = randomBytes(SECRET_BYTES).toString('base64url');
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
      const link = await store.read<FileLink>('refs', idOf(token), idOf(token));
      if (link === undefined || link.doc.spentAt !== undefined) return undefined;
      const age = clock.now().getTime() - Date.parse(link.doc.askedAt);
      // A clock that was put back makes no address last longer than it would have.
      return Math.abs(age) <= LINK_MS ? link : undefined;
    },
    spend: async ({ doc, etag }) => {
      try {
        await store.replace<FileLink>('refs', { ...doc, spentAt: instant(clock.now()) }, etag);
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
