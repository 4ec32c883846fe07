import type { CsvForm } from '../audit/csv/writer.js';
import type { Language } from '../i18n/locale.js';
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

/** In which form a spreadsheet that is set to the reader's language opens a file rightly: as its numbers are written. */
export function csvFormFor({ locale }: Language): CsvForm {
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567.5);
  const mark = (type: 'decimal' | 'group'): string | undefined =>
    parts.find((part) => part.type === type)?.value;
  if (mark('decimal') === ',') return 'semicolon';
  // In Switzerland lists have semicolons although decimals have a point.
  return /^['’]$/u.test(mark('group') ?? '') ? 'semicolon-point' : 'comma';
}
