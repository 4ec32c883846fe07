import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { verifyHistory } from '../store/case-history.js';
import { SETTINGS_CHAIN, type Head } from '../store/history.js';
import type { Fault } from '../store/verify-chain.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { openCommandWorld } from './setup.js';
import type { CommandLine } from './command-line.js';
import { counted, note, say } from './terminal.js';

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
      for (const fault of report.faults) note(`${nameOf(report.caseId)}: ${faultText(fault)}`);
    }
    world.announce();
    const erasedText = erased > 0 ? ` (${erased} with erased details)` : '';
    const size = `${counted(chains, 'chain')}, ${counted(entries, 'entry', 'entries')}${erasedText}`;
    say(`${size}: ${broken === 0 ? 'all intact' : `${broken} broken`}.`);
    return broken === 0 ? EXIT.done : EXIT.failed;
  } finally {
    await world.close();
  }
}

function nameOf(caseId: string): string {
  return caseId === SETTINGS_CHAIN ? 'Tenant settings' : `Case ${caseId}`;
}

/** Entries are counted from 1. */
function faultText(fault: Fault): string {
  // Faults of one entry have its place from 0 on; the others have the length of a chain.
  const entry = `entry ${'id' in fault ? fault.seq + 1 : fault.seq}`;
  switch (fault.kind) {
    case 'outOfPlace':
      return `${entry} is not where it belongs: one is missing, too many or out of order.`;
    case 'unreadable':
      return `${entry} cannot be read.`;
    case 'changed':
      return `${entry} was changed.`;
    case 'wrongPrevious':
      return `${entry} does not follow the one before it.`;
    case 'detailsChanged':
      return `The names and texts of ${entry} were changed.`;
    case 'strayDetails':
      return `There are names and texts of ${entry} that belong to no entry.`;
    case 'truncated':
      return `The history ends before ${entry}, which is known to have been there.`;
    case 'surplus':
      return `The history goes on after ${entry}, where the case ends.`;
    case 'caseMissing':
      return `The case itself is gone; its history has ${counted(fault.seq, 'entry', 'entries')}.`;
    case 'wrongHead':
      return `Up to ${entry} the history is not the one that was recorded.`;
    default:
      return fault satisfies never;
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
