import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Papa from 'papaparse';
import { endOf, run, type Ended } from '../world/try-out-process.js';

/** A folder of this test's own. */
export interface Folder {
  readonly path: string;
  at(...names: readonly string[]): string;
  remove(): void;
}

export function aFolder(): Folder {
  const folder = mkdtempSync(path.join(tmpdir(), 'steward-'));
  return {
    path: folder,
    at: (...names) => path.join(folder, ...names),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** `npm run steward -- ...` as a process of its own; nothing of the caller's own settings reaches it. */
export function steward(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  return endOf(run(['dist/cli/steward.js', ...args], { ...NOTHING_SET, ...environment }));
}

/** Empty variables count as absent. */
export const NOTHING_SET = {
  PORT: '',
  HOST: '',
  LOG_LEVEL: '',
  COSMOS_ENDPOINT: '',
  TEAMS_SERVICE_URL: '',
  BOT_TENANT_ID: '',
} as const;

/** Rows of a CSV file by column, as any reader of RFC 4180 sees them. */
export function rowsOf(text: string, delimiter = ','): readonly Readonly<Record<string, string>>[] {
  const { data, errors } = Papa.parse<Record<string, string>>(text.replace(/^\uFEFF/, ''), {
    header: true,
    delimiter,
    newline: '\r\n',
    skipEmptyLines: true,
  });
  if (errors.length > 0) throw new Error(JSON.stringify(errors[0]));
  return data;
}
