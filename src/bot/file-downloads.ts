import { setImmediate } from 'node:timers/promises';
import { ENGLISH, nearestLocale, type Language } from '../i18n/locale.js';
import type { AppDoors } from './app-doors.js';
import { errorName } from './background.js';
import {
  askingPage,
  failedPage,
  fileReply,
  olderPage,
  overPage,
  refusedPage,
  type FileReply,
} from './file-pages.js';
import { madeAnew } from './file-source.js';

/** A browser at the address of a file. */
export interface FileVisit {
  readonly token: string;
  /** false: it only looks what is there. */
  readonly takes: boolean;
  /** What the browser says of its languages. */
  readonly languages: string | undefined;
  /** true: nobody waits for the answer any more. */
  readonly isGone: () => boolean;
}

/**
 * Answers a browser. The file is made anew by what the person may see now to whom the address was given, and the address is
 * spent with it: whoever comes second gets nothing.
 */
export async function visitFile(visit: FileVisit, doors: AppDoors): Promise<FileReply> {
  let language = languageOf(visit);
  try {
    const link = await doors.fileLinks.find(visit.token);
    if (link === undefined) return overPage(language);
    const { userId, source, locale } = link.doc;
    language = { locale };
    if (!visit.takes) return askingPage(language);
    const made = await madeAnew(source, userId, doors, language);
    if (made === undefined) return olderPage(language);
    if (made.kind === 'text') return refusedPage(language);
    // A click that another one has taken the place of must not spend what that one is to get.
    await setImmediate();
    if (visit.isGone()) return overPage(language);
    return (await doors.fileLinks.spend(link)) ? fileReply(made.name, made.csv) : overPage(language);
  } catch (error) {
    doors.connector.log.warn('A file could not be downloaded.', { error: errorName(error) });
    return failedPage(language);
  }
}

/** The first that is asked for: nobody is known yet. */
function languageOf({ languages = '' }: FileVisit): Language {
  const [first = ''] = languages.split(/[,;]/u);
  const locale = nearestLocale(first.trim());
  return locale === undefined ? ENGLISH : { locale };
}
