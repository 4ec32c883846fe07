import { readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How long a Playground that was told to end may take before it is killed. */
const POLITE_MS = 3_000;
const KILL_MS = 2_000;

/** Keeps the number of the Playground's process, for a next start after this one was killed. */
export function noteProcess(folder: string, pid: number | undefined): void {
  if (pid !== undefined) writeFileSync(pidFile(folder), String(pid));
}

export function forgetProcess(folder: string): void {
  rmSync(pidFile(folder), { force: true });
}

/**
 * Ends the Playground that a killed start left behind in `folder`, and nothing else: a number may long be that of
 * another program. Only Linux tells enough about a process to be sure.
 * @param program the script that the process must be running
 */
export async function endLeftPlayground(folder: string, program: string): Promise<'ended' | 'none'> {
  const pid = notedPid(folder);
  const isLeft = (): boolean => pid !== undefined && isRunning(pid, folder, program);
  if (pid === undefined || !isLeft()) return 'none';
  signal(pid, 'SIGTERM');
  if (!(await isOver(isLeft, POLITE_MS))) {
    signal(pid, 'SIGKILL');
    await isOver(isLeft, KILL_MS);
  }
  forgetProcess(folder);
  return 'ended';
}

function pidFile(folder: string): string {
  return path.join(folder, 'playground.pid');
}

function notedPid(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile(folder), 'utf8'));
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** It runs that very script in that very folder; a process that has ended has neither. */
function isRunning(pid: number, folder: string, program: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.includes(program) && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return false;
  }
}

/** It may have ended by itself meanwhile. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isOver(isLeft: () => boolean, longest: number): Promise<boolean> {
  for (const end = Date.now() + longest; Date.now() < end;) {
    if (!isLeft()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return !isLeft();
}
