import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { endLeftPlayground, forgetProcess, noteProcess } from '../../src/cli/left-playground.js';
import { aFolder, type Folder } from './at-the-terminal.js';

let folder: Folder;
let program: string;
let left: ChildProcess;
beforeEach(async () => {
  folder = aFolder();
  program = folder.at('playground.js');
  writeFileSync(program, `${SOURCE}\nprocess.stdout.write('ready');\n`);
});
afterEach(async () => {
  if (isAlive()) {
    left.kill('SIGKILL');
    await once(left, 'exit');
  }
  folder.remove();
});

const SOURCE = 'setInterval(() => {}, 1000);';
const isAlive = (): boolean => left.exitCode === null && left.signalCode === null;

async function started(cwd = folder.path): Promise<void> {
  left = spawn(process.execPath, [program, '-p', '1'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(left, 'spawn');
  if (left.stdout !== null) await once(left.stdout, 'data');
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;
onLinux('a Playground left behind by a start that was killed', () => {
  test('is ended by the next start', async () => {
    await started();
    const exit = once(left, 'exit');
    noteProcess(folder.path, left.pid);
    expect(await endLeftPlayground(folder.path, program)).toBe('ended');
    expect(await exit).toEqual([null, 'SIGTERM']);
    expect(existsSync(folder.at('playground.pid'))).toBe(false);
    expect(await endLeftPlayground(folder.path, program)).toBe('none');
  });

  test('is killed when it does not end when told to', async () => {
    writeFileSync(program, `process.on('SIGTERM', () => {});\n${SOURCE}\nprocess.stdout.write('ready');\n`);
    await started();
    const exit = once(left, 'exit');
    noteProcess(folder.path, left.pid);
    expect(await endLeftPlayground(folder.path, program)).toBe('ended');
    expect(await exit).toEqual([null, 'SIGKILL']);
  });

  test.each([
    ['runs another program', () => endLeftPlayground(folder.path, folder.at('other.js'))],
    ['runs in another folder', () => endLeftPlayground(folder.at('other'), program)],
  ])('is not confused with a process that %s', async (_what, end) => {
    await started();
    mkdirSync(folder.at('other'));
    noteProcess(folder.path, left.pid);
    noteProcess(folder.at('other'), left.pid);
    expect(await end()).toBe('none');
    expect(isAlive()).toBe(true);
  });

  test.each(['', 'x', '0', '-1', '1'])('is not looked for under the number "%s"', async (text) => {
    await started();
    writeFileSync(folder.at('playground.pid'), text);
    expect(await endLeftPlayground(folder.path, program)).toBe('none');
    expect(isAlive()).toBe(true);
  });

  test('is none when the process was forgotten in order', async () => {
    await started();
    noteProcess(folder.path, left.pid);
    forgetProcess(folder.path);
    forgetProcess(folder.path);
    expect(await endLeftPlayground(folder.path, program)).toBe('none');
    expect(isAlive()).toBe(true);
  });
});
