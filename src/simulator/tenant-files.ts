import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Change } from './changes.js';

const VERSION = 1;
const factsFile = z.object({
  version: z.literal(VERSION),
  seed: z.number().int(),
  people: z.number().int(),
  // A tenant from before there were extras has none.
  unlicensed: z.number().int().default(0),
  dormantGuests: z.number().int().default(0),
  createdAt: z.iso.datetime(),
});
const changeLine = z.looseObject({ kind: z.string(), at: z.number() });

export interface SavedFacts {
  readonly seed: number;
  readonly people: number;
  readonly unlicensed: number;
  readonly dormantGuests: number;
  readonly createdAt: Date;
}

/** The simulated tenant's files cannot be used. `message` says which file and what to do. */
export class TenantFileError extends Error {
  override readonly name = 'TenantFileError';

  constructor(
    readonly file: string,
    problem: string,
    cause?: unknown,
    remedy = 'To begin with a new simulated tenant: npm start -- --fresh',
  ) {
    super(`${file} ${problem} ${remedy}`, { cause });
  }
}

/** The facts of an earlier start; undefined when there was none. */
export function readFacts(dataDir: string): SavedFacts | undefined {
  const file = factsPath(dataDir);
  if (!existsSync(file)) return undefined;
  const parsed = factsFile.safeParse(parseJson(file, bytesOf(file).toString('utf8')));
  if (!parsed.success)
    throw new TenantFileError(file, 'is not a simulated tenant of this version.', parsed.error);
  const { version: _version, createdAt, ...counts } = parsed.data;
  return { ...counts, createdAt: new Date(createdAt) };
}

/** Writes the facts so that a crash leaves either nothing or all of them. */
export function writeFacts(dataDir: string, facts: SavedFacts): void {
  const file = factsPath(dataDir);
  const text = `${JSON.stringify({ version: VERSION, ...facts, createdAt: facts.createdAt.toISOString() }, null, 2)}\n`;
  usable(file, () => {
    mkdirSync(dataDir, { recursive: true });
    const handle = openSync(`${file}.new`, 'w', 0o600);
    writeSync(handle, text);
    fsyncSync(handle);
    closeSync(handle);
    renameSync(`${file}.new`, file);
  });
}

export interface ChangeFile {
  readonly earlier: readonly Change[];
  /** On disk for good when it returns. @throws when the file was closed */
  write(change: Change): void;
  close(): void;
}

/** Opens the changes of a tenant. A last line that was cut off by a crash is dropped: nobody was told of it. */
export function openChangeFile(dataDir: string): ChangeFile {
  const file = join(dataDir, 'tenant-changes.jsonl');
  usable(file, () => mkdirSync(dataDir, { recursive: true }));
  const earlier = existsSync(file) ? readChanges(file) : [];
  const handle = usable(file, () => openSync(file, 'a', 0o600));
  let isOpen = true;
  return {
    earlier,
    write(change) {
      if (!isOpen) throw new Error(`${file} is closed.`);
      writeSync(handle, `${JSON.stringify(change)}\n`);
      fsyncSync(handle);
    },
    close() {
      // A number closed twice may by then be somebody else's file.
      if (isOpen) closeSync(handle);
      isOpen = false;
    },
  };
}

function readChanges(file: string): readonly Change[] {
  const bytes = bytesOf(file);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < bytes.length) truncateSync(file, end);
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line, index) => {
    const parsed = changeLine.safeParse(parseJson(`${file} line ${String(index + 1)}`, line));
    if (!parsed.success)
      throw new TenantFileError(`${file} line ${String(index + 1)}`, 'is damaged.', parsed.error);
    // Written by this program as a Change; the check above finds damage, not malice.
    return parsed.data as unknown as Change;
  });
}

function bytesOf(file: string): Buffer {
  return usable(file, () => readFileSync(file));
}

/** What the system refuses, such as a folder in the file's place or a disk that is read-only, in words. */
function usable<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    const remedy = 'Look at the permissions there, or set DATA_DIR to another folder.';
    throw new TenantFileError(file, `cannot be used (${code}).`, cause, remedy);
  }
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new TenantFileError(file, 'is damaged.', cause);
  }
}

function factsPath(dataDir: string): string {
  return join(dataDir, 'tenant.json');
}
