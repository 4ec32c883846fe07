import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { makeDataDir } from '../store/open-store.js';
import { StoreUnavailable } from '../store/store.js';
import { WrongUse } from './exit.js';

/** Says which process has the folder, and where commands beside it find its simulated tenant. */
const noteOfTryOut = z.object({ pid: z.number().int().positive(), graphUrl: z.string().optional() });
type Note = z.infer<typeof noteOfTryOut>;

/** A note is written within microseconds of being made; one that stays unreadable was left by a crash. */
const WRITING_MS = 500;
/** Others may take the folder and give it back while we look; more often than this, something else is wrong. */
const MOST_TRIES = 10;

/** The folder of a try-out, which is this process's alone until it is given back. */
export interface Hold {
  /** Tells commands beside this process where the tenant answers; undefined: not any more. */
  tell(graphUrl: string | undefined): void;
  /** Removes the note, unless it is another's. Safe to call twice. */
  giveBack(): void;
}

/**
 * Takes the folder before anything in it is touched.
 * @throws WrongUse when a living process has it, StoreUnavailable when the folder cannot be written
 */
export async function holdDataDir(dataDir: string): Promise<Hold> {
  makeDataDir(dataDir);
  const file = noteFile(dataDir);
  for (let tries = 0; !wasMade(file, { pid: process.pid }); tries += 1) {
    if (tries === MOST_TRIES)
      throw new StoreUnavailable(`${file} cannot be used. Remove it and start again.`);
    const found = await settledNote(file);
    if (found.note !== undefined && isAlive(found.note.pid)) throw taken(dataDir, file, found.note.pid);
    if (found.text !== undefined) removeStale(file, found.text);
  }
  const isOurs = (): boolean => parsed(textOf(file))?.pid === process.pid;
  return {
    tell(graphUrl) {
      if (isOurs()) replaceNote(file, { pid: process.pid, graphUrl });
    },
    giveBack() {
      if (isOurs()) rmSync(file, { force: true });
    },
  };
}

/** Where the tenant of a try-out in this folder answered last, if one was started. */
export function notedGraphUrl(dataDir: string): string | undefined {
  return parsed(textOf(noteFile(dataDir)))?.graphUrl;
}

function noteFile(dataDir: string): string {
  return path.join(dataDir, 'try-out.json');
}

function taken(dataDir: string, file: string, pid: number): WrongUse {
  return new WrongUse(
    `A try-out is running on ${dataDir} already: end it with Ctrl-C first, or choose another DATA_DIR.\n` +
      `(It is process ${pid}; if that is another program, remove ${file}.)`,
  );
}

/** false: a note is there already. */
function wasMade(file: string, note: Note): boolean {
  try {
    writeFileSync(file, JSON.stringify(note), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    const remedy = 'Set DATA_DIR to a folder that this user may write to.';
    throw new StoreUnavailable(`${file} cannot be written (${code}). ${remedy}`, { cause });
  }
}

/** In one step, so that nobody reads half of it. */
function replaceNote(file: string, note: Note): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, JSON.stringify(note), { mode: 0o600 });
  renameSync(next, file);
}

/** Waits out the moment between the making of a note and its writing. */
async function settledNote(
  file: string,
): Promise<{ readonly text: string | undefined; readonly note: Note | undefined }> {
  for (const end = Date.now() + WRITING_MS; ;) {
    const text = textOf(file);
    const note = parsed(text);
    if (text === undefined || note !== undefined || Date.now() > end) return { text, note };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Two starts may find the same stale note: it is moved away first, and what turns out to be a new one moved back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (textOf(aside) === stale) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parsed(text: string | undefined): Note | undefined {
  if (text === undefined) return undefined;
  try {
    return noteOfTryOut.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** In a container the next start may well have the number of the one before it. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
