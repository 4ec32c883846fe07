import { constants } from 'node:fs';
import { access, lstat, mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { OutputFile } from './files.js';

/** Pieces of text are joined to about this many characters per write. */
const WRITE_SIZE = 256 * 1024;

/** The files cannot be written; what lies in the folder is as it was. `message` says why and what to do. */
export class CannotWrite extends Error {
  override readonly name = 'CannotWrite';

  constructor(
    readonly directory: string,
    why: string,
    cause?: unknown,
  ) {
    super(`The files cannot be written to ${directory}: ${why}.`, { cause });
  }
}

/**
 * Looks whether files can be written into `directory`, and makes nothing: before work that takes long.
 * @throws CannotWrite
 */
export async function checkFolder(directory: string): Promise<void> {
  for (let at = resolve(directory); ; at = dirname(at)) {
    try {
      if (!(await stat(at)).isDirectory()) throw new CannotWrite(directory, `${at} is a file, not a folder`);
      return await access(at, constants.W_OK | constants.X_OK);
    } catch (cause) {
      // Below a file everything is ENOTDIR; the file itself is found further up.
      if (['ENOENT', 'ENOTDIR'].includes(codeOf(cause)) && at !== dirname(at)) continue;
      throw explained(directory, cause);
    }
  }
}

/**
 * Writes all files into `directory`, which is made if it is missing. All are written in full to a folder beside them
 * before the first one gets its name, so a crash or a full disk leaves the files of the last audit as they were.
 * @throws CannotWrite
 */
export async function writeFiles(directory: string, files: readonly OutputFile[]): Promise<void> {
  try {
    await makeFolder(resolve(directory));
    const unfinished = await mkdtemp(join(directory, '.unfinished-'));
    try {
      for (const file of files) await writeWhole(join(unfinished, file.name), file);
      for (const { name } of files) await assertReplaceable(directory, name);
      for (const { name } of files) await rename(join(unfinished, name), join(directory, name));
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  } catch (cause) {
    throw explained(directory, cause);
  }
}

/** Node's own recursive mkdir never ends where a folder refuses new ones with ENOENT, as /proc does. */
async function makeFolder(directory: string): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(directory)).isDirectory()) return;
    const parent = dirname(directory);
    if (codeOf(error) !== 'ENOENT' || parent === directory) throw error;
    await makeFolder(parent);
    await mkdir(directory);
  }
}

/** A folder in a file's place would stop the renaming in the middle: some files new, some old. */
async function assertReplaceable(directory: string, name: string): Promise<void> {
  const there = await lstat(join(directory, name)).catch(() => undefined);
  if (there?.isDirectory() === true)
    throw new CannotWrite(directory, `${name} there is a folder; move it away`);
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it lies on a disk that is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'it is a file, not a folder',
  ENOENT: 'the folder cannot be made',
  ENAMETOOLONG: 'the path is too long',
};

/** What the system says, in words; anything that is not the system's stays as it is. */
function explained(directory: string, error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof CannotWrite || code === '') return error;
  return new CannotWrite(directory, WHY[code] ?? `the system says ${code}`, error);
}

function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : '';
}

async function writeWhole(path: string, { content, mode }: OutputFile): Promise<void> {
  const handle = await open(path, 'wx', mode);
  try {
    let text = '';
    for (const piece of content) {
      text += piece;
      if (text.length < WRITE_SIZE) continue;
      await handle.write(text);
      text = '';
    }
    if (text !== '') await handle.write(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
