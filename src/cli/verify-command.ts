import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { DEEDS_CHAIN } from '../cases/admin/deed.js';
import type { Case } from '../cases/case.js';
import { isSealed } from '../cases/hr/sealed.js';
import { verifyHistory } from '../store/case-history.js';
import { SETTINGS_CHAIN, type Head } from '../store/history.js';
import type { Store } from '../store/store.js';
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
    const { faults, summary } = await checkChains(world.doors.store, heads);
    faults.forEach((fault) => note(fault));
    world.announce();
    say(summary);
    return faults.length === 0 ? EXIT.done : EXIT.failed;
  } finally {
    await world.close();
  }
}

/** What is wrong with the chains of a store, a sentence each, and what there is to say of all. */
export async function checkChains(
  store: Store,
  heads?: ReadonlyMap<string, readonly Head[]>,
): Promise<{ readonly faults: readonly string[]; readonly summary: string }> {
  const faults: string[] = [];
  const count = { chains: 0, entries: 0, erased: 0, broken: 0 };
  for await (const report of verifyHistory(store, heads)) {
    if (report.faults.length === 0 && (await isSealedChain(store, report.caseId))) continue;
    count.chains += 1;
    count.entries += report.seq;
    count.erased += report.erased.length;
    if (report.faults.length > 0) count.broken += 1;
    for (const fault of report.faults) faults.push(`${nameOf(report.caseId)}: ${faultText(fault)}`);
  }
  const erasedText = count.erased > 0 ? ` (${count.erased} with erased details)` : '';
  const size = `${counted(count.chains, 'chain')}, ${counted(count.entries, 'entry', 'entries')}${erasedText}`;
  return { faults, summary: `${size}: ${count.broken === 0 ? 'all intact' : `${count.broken} broken`}.` };
}

/** HR's chains are checked like all others; as long as they are intact, not even their number is told. */
async function isSealedChain(store: Store, caseId: string): Promise<boolean> {
  const stored = await store.read<Case>('cases', caseId, caseId);
  return stored?.doc.kind === 'case' && isSealed(stored.doc);
}

function nameOf(caseId: string): string {
  if (caseId === DEEDS_CHAIN) return 'What admins did';
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
