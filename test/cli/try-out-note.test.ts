import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WrongUse } from '../../src/cli/exit.js';
import { holdDataDir, notedGraphUrl } from '../../src/cli/try-out-note.js';
import { StoreUnavailable } from '../../src/store/store.js';
import { aFolder, type Folder } from './at-the-terminal.js';

let folder: Folder;
let other: ChildProcess;
beforeEach(async () => {
  folder = aFolder();
  other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(other, 'spawn');
});
afterEach(async () => {
  await ended();
  folder.remove();
});

async function ended(): Promise<void> {
  if (other.exitCode !== null || other.signalCode !== null) return;
  other.kill('SIGKILL');
  await once(other, 'exit');
}

const note = (): string => folder.at('try-out.json');

describe('the folder of a try-out', () => {
  test('is taken with the number of the process, and free again when it is given back', async () => {
    const hold = await holdDataDir(folder.path);
    expect(JSON.parse(readFileSync(note(), 'utf8'))).toEqual({ pid: process.pid });
    hold.giveBack();
    hold.giveBack();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('tells others where the tenant answers, as long as it does', async () => {
    const hold = await holdDataDir(folder.path);
    expect(notedGraphUrl(folder.path)).toBeUndefined();
    hold.tell('http://127.0.0.1:1234');
    expect(notedGraphUrl(folder.path)).toBe('http://127.0.0.1:1234');
    hold.tell(undefined);
    expect(notedGraphUrl(folder.path)).toBeUndefined();
    expect(readdirSync(folder.path)).toEqual(['try-out.json']);
  });

  test('is refused while a living process has it, whether its tenant answers or not', async () => {
    const text = JSON.stringify({ graphUrl: 'http://127.0.0.1:1', pid: other.pid });
    writeFileSync(note(), text);
    await expect(holdDataDir(folder.path)).rejects.toThrow(WrongUse);
    await expect(holdDataDir(folder.path)).rejects.toThrow(`It is process ${other.pid}`);
    expect(readFileSync(note(), 'utf8')).toBe(text);
  });

  test('is taken over from a process that has ended, and from a note that was never written whole', async () => {
    writeFileSync(note(), JSON.stringify({ graphUrl: 'http://127.0.0.1:1', pid: other.pid }));
    await ended();
    (await holdDataDir(folder.path)).giveBack();
    writeFileSync(note(), '{"pi');
    (await holdDataDir(folder.path)).giveBack();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('leaves the note of another alone', async () => {
    const hold = await holdDataDir(folder.path);
    const text = JSON.stringify({ graphUrl: 'http://127.0.0.1:1', pid: other.pid });
    writeFileSync(note(), text);
    hold.tell('http://127.0.0.1:2');
    hold.giveBack();
    expect(readFileSync(note(), 'utf8')).toBe(text);
  });

  test('is refused with a remedy when something else stands in the place of the note', async () => {
    mkdirSync(note());
    await expect(holdDataDir(folder.path)).rejects.toThrow(StoreUnavailable);
    expect(existsSync(note())).toBe(true);
  });
});
