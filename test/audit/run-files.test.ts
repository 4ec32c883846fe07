import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { OutputFile } from '../../src/audit/files.js';
import { writeFiles } from '../../src/audit/run-files.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'steward-files-'));
});
afterEach(() => rm(directory, { recursive: true }));

const list: OutputFile = { name: 'list.csv', mode: 0o644, content: ['a,b\r\n', 'ä,2\r\n'] };
const review: OutputFile = { name: 'hr-review.csv', mode: 0o600, content: ['secret\r\n'] };

test('makes the directory and writes every file in full', async () => {
  const out = join(directory, 'deep', 'out');
  const large: OutputFile = {
    name: 'large.csv',
    mode: 0o644,
    content: Array.from({ length: 50_000 }, (_, n) => `row ${n} ä\r\n`),
  };
  await writeFiles(out, [list, large]);
  expect((await readdir(out)).sort()).toEqual(['large.csv', 'list.csv']);
  expect(await readFile(join(out, 'list.csv'), 'utf8')).toBe('a,b\r\nä,2\r\n');
  expect(await readFile(join(out, 'large.csv'), 'utf8')).toBe([...large.content].join(''));
});

test('only the owner may read what is for HR, even where an open file lay before', async () => {
  await writeFile(join(directory, 'hr-review.csv'), 'old', { mode: 0o644 });
  await writeFiles(directory, [review]);
  expect((await stat(join(directory, 'hr-review.csv'))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(directory, 'hr-review.csv'), 'utf8')).toBe('secret\r\n');
});

test('a failure on the way leaves the files of before, and nothing half-written', async () => {
  await writeFiles(directory, [list]);
  const breaking: OutputFile = {
    name: 'other.csv',
    mode: 0o644,
    content: {
      *[Symbol.iterator]() {
        yield 'half';
        throw new Error('the disk is full');
      },
    },
  };
  await expect(writeFiles(directory, [{ ...list, content: ['new'] }, breaking])).rejects.toThrow(
    'the disk is full',
  );
  expect(await readdir(directory)).toEqual(['list.csv']);
  expect(await readFile(join(directory, 'list.csv'), 'utf8')).toBe('a,b\r\nä,2\r\n');
});
