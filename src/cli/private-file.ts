import path from 'node:path';
import { checkFolder, writeFiles } from '../audit/files/run-files.js';

/**
 * Looks whether the file that `--out` names can be written; undefined: there is none to write. Before work is done.
 * @throws CannotWrite
 */
export async function checkFile(out: string | undefined): Promise<void> {
  if (out !== undefined) await checkFolder(path.dirname(path.resolve(out)));
}

/**
 * Writes a file that names people, so that only its owner may read it.
 * @returns where it is
 * @throws CannotWrite
 */
export async function writePrivately(out: string, content: Iterable<string>): Promise<string> {
  const file = path.resolve(out);
  await writeFiles(path.dirname(file), [{ name: path.basename(file), mode: 0o600, content }]);
  return file;
}
