import type { CsvForm } from '../audit/csv/writer.js';
import type { Language, Locale } from '../i18n/locale.js';
import type { ReadyText } from '../i18n/text.js';

/** A CSV that Teams has to ask for leave to put into the asker's files. */
export interface FileOffer {
  readonly kind: 'file';
  readonly name: string;
  readonly description: string;
  readonly csv: string;
  /** What is said beside the file, ready for a message: what it is about, and who is not in it. */
  readonly note: ReadyText;
  readonly source: FileSource;
}

/** From what a file is made anew once it is allowed. */
export type FileSource =
  /** The sentence of a query, and the audit that it is from. */
  | { readonly of: 'question'; readonly question: string; readonly runId: string }
  /** When the audit was over, ISO 8601. */
  | { readonly of: 'position'; readonly finishedAt: string }
  | { readonly of: 'savings' };

const FORMS: Readonly<Record<Locale, CsvForm>> = {
  en: 'comma',
  de: 'semicolon',
  'de-CH': 'semicolon-point',
};

/** In which form a spreadsheet that is set to the reader's language opens a file rightly. */
export function csvFormFor({ locale }: Language): CsvForm {
  return FORMS[locale];
}
