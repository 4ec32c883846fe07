import { statSync } from 'node:fs';
import path from 'node:path';
import { bytesOf } from '../config/text-file.js';
import { WrongUse } from './exit.js';

const LARGEST_FILE = 256 * 1024 * 1024;

/**
 * The bytes of a file that the command line names.
 * @param what what it has to be, such as `a list of people`
 * @throws WrongUse, WrongConfiguration
 */
export function contentOf(file: string, what: string): Buffer {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size !== undefined && size > LARGEST_FILE) throw new WrongUse(`${file} is too large to be ${what}.`);
  const bytes = bytesOf(file);
  if (bytes === undefined) throw new WrongUse(`There is no file ${file}: correct the path.`);
  return bytes;
}

/**
 * The file of `--out` beside one that is read.
 * @throws WrongUse where it cannot be written, or is the same
 */
export function outBeside(file: string, out: string | undefined): string | undefined {
  if (out === undefined) return undefined;
  if (out.trim() === '') throw new WrongUse('--out needs the name of a file.');
  if (path.resolve(out) === path.resolve(file))
    throw new WrongUse('--out names the file that is read: choose another name.');
  const folder = path.dirname(path.resolve(out));
  if (statSync(folder, { throwIfNoEntry: false }) === undefined)
    throw new WrongUse(`--out names a file in ${folder}, which is no folder: make it first.`);
  return out;
}
