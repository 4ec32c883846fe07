/** A CSV that Teams has to ask for leave to put into the asker's files. */
export interface FileOffer {
  readonly kind: 'file';
  readonly name: string;
  readonly description: string;
  readonly csv: string;
  readonly source: FileSource;
}

/** From what a file is made anew once it is allowed. */
export type FileSource =
  /** The sentence of a query, and the audit that it is from. */
  | { readonly of: 'question'; readonly question: string; readonly runId: string }
  /** When the audit was over, ISO 8601. */
  | { readonly of: 'position'; readonly finishedAt: string }
  | { readonly of: 'savings' };
