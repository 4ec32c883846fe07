import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputFile } from './files.js';

/** Pieces of text are joined to about this many characters per write. */
const WRITE_SIZE = 256 * 1024;

/**
 * Writes all files into `directory`, which is made if it is missing. All are written in full to a folder beside them
 * before the first one gets its name, so a crash or a full disk leaves the files of the last audit as they were.
 */
export async function writeFiles(directory: string, files: readonly OutputFile[]): Promise<void> {
  await mkdir(directory, { recursive: true });
  const unfinished = await mkdtemp(join(directory, '.unfinished-'));
  try {
    for (const file of files) await writeWhole(join(unfinished, file.name), file);
    for (const { name } of files) await rename(join(unfinished, name), join(directory, name));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
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
