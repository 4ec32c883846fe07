// TypeScript without its types. What was made once is kept by its content: a process has some hundred files to read.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/without-types', import.meta.url));
mkdirSync(FOLDER, { recursive: true });

/** @param {string} text */
export function withoutTypes(text) {
  const key = createHash('sha256').update(process.version).update(text).digest('hex');
  const file = path.join(FOLDER, `${key}.js`);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const source = stripTypeScriptTypes(text, { mode: 'transform' });
    // Another process may read it at this moment.
    writeFileSync(`${file}.${process.pid}`, source);
    renameSync(`${file}.${process.pid}`, file);
    return source;
  }
}
