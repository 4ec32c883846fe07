import { readFileSync } from 'node:fs';
import { WrongConfiguration } from './wrong-configuration.js';

const WHY: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder: name the file in it',
  EACCES: 'may not be read by this account: check its permissions',
  EPERM: 'may not be read by this account: check its permissions',
  ENOTDIR: 'lies in something that is no folder: correct the path',
  ELOOP: 'is a link to itself: correct the link',
};

/**
 * A file's text; undefined when there is no such file.
 * @throws WrongConfiguration when it is there and cannot be read: that must not pass for an absent one
 */
export function textOf(file: string): string | undefined {
  return bytesOf(file)?.toString('utf8');
}

/** The same before anything is made of the bytes. */
export function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT') return undefined;
    throw new WrongConfiguration('Configuration', [
      `${file} ${WHY[code] ?? `cannot be read (${code}): look at the file`}.`,
    ]);
  }
}
