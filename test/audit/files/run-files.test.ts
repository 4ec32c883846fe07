import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutputFile } from '../../../src/audit/files/files.js';
import { CannotWrite, checkFolder, writeFiles } from '../../../src/audit/files/run-files.js';

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

describe('a folder that cannot take the files', () => {
  test('is found before anything is read, and nothing is made on the way', async () => {
    const file = join(directory, 'file');
    await writeFile(file, 'old');
    for (const wrong of [file, join(file, 'below'), join(file, 'far', 'below')]) {
      await expect(checkFolder(wrong)).rejects.toThrow(`to ${wrong}: ${file} is a file, not a folder.`);
    }
    await checkFolder(directory);
    await checkFolder(join(directory, 'not', 'there', 'yet'));
    expect(await readdir(directory)).toEqual(['file']);
  });

  test('is said in words when it shows itself at the end', async () => {
    const file = join(directory, 'file');
    await writeFile(file, 'old');
    await expect(writeFiles(file, [list])).rejects.toThrow(CannotWrite);
    await expect(writeFiles(join(file, 'below'), [list])).rejects.toThrow('is a file, not a folder');
    expect(await readFile(file, 'utf8')).toBe('old');
  });

  test('keeps all earlier files when one of them cannot be replaced', async () => {
    await writeFiles(directory, [list, review]);
    await mkdir(join(directory, 'other.csv'));
    const other: OutputFile = { name: 'other.csv', mode: 0o644, content: ['new'] };
    await expect(writeFiles(directory, [{ ...list, content: ['new'] }, other])).rejects.toThrow(
      'other.csv there is a folder; move it away',
    );
    expect(await readFile(join(directory, 'list.csv'), 'utf8')).toBe('a,b\r\nä,2\r\n');
    expect((await readdir(directory)).sort()).toEqual(['hr-review.csv', 'list.csv', 'other.csv']);
  });
});
