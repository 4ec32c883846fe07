import { openReaders, type Readers, type ReaderSources } from '../../src/bot/readers.js';

/** English in UTC is usual, and the directory is not asked unless it is given. */
export function readersOf(sources: Pick<ReaderSources, 'conversations'> & Partial<ReaderSources>): Readers {
  return openReaders({ fallback: 'en', zones: { fallback: 'Etc/UTC', byCountry: {} }, ...sources });
}
