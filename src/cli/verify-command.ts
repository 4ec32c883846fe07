import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { verifyHistory } from '../store/case-history.js';
import type { Head } from '../store/history.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { openCommandWorld } from './setup.js';
import type { CommandLine } from './steward.js';

/** The log line of every move, which proves outside the store how far a chain had come. */
const LoggedHead = z.object({ caseId: z.string(), seq: z.number().int(), head: z.string() });

/** Checks every chain; exit code 1 when one is broken. */
export async function verifyCommand(line: CommandLine): Promise<ExitCode> {
  const heads = line.log === undefined ? undefined : await readHeads(line.log);
  const world = await openCommandWorld(line.env);
  try {
    let chains = 0;
    let entries = 0;
    let erased = 0;
    let broken = 0;
    for await (const report of verifyHistory(world.doors.store, heads)) {
      chains += 1;
      entries += report.seq;
      erased += report.erased.length;
      if (report.faults.length === 0) continue;
      broken += 1;
      for (const fault of report.faults) process.stderr.write(`${report.caseId}: ${JSON.stringify(fault)}\n`);
    }
    const erasedText = erased > 0 ? ` (${erased} with erased details)` : '';
    process.stdout.write(
      `${chains} chains, ${entries} entries${erasedText}: ${broken === 0 ? 'all intact' : `${broken} broken`}.\n`,
    );
    return broken === 0 ? EXIT.done : EXIT.failed;
  } finally {
    await world.close();
  }
}

async function readHeads(file: string): Promise<ReadonlyMap<string, readonly Head[]>> {
  const heads = new Map<string, Head[]>();
  try {
    for await (const text of createInterface({ input: createReadStream(file, 'utf8') })) {
      const logged = LoggedHead.safeParse(jsonOr(text));
      if (!logged.success) continue;
      const { caseId, seq, head } = logged.data;
      heads.set(caseId, [...(heads.get(caseId) ?? []), { seq, head }]);
    }
  } catch (cause) {
    throw new WrongUse(
      `The log ${file} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    );
  }
  return heads;
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
