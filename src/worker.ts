import { withAudience } from './cases/admin/run-teller.js';
import { runCase } from './cases/run-cases.js';
import type { Case } from './cases/case.js';
import type { Command } from './cases/command.js';
import { finished } from './cases/command.js';
import type { Doors } from './cases/doors.js';
import type { WorkTerms } from './cases/due-work.js';
import { attempt } from './cases/run-attempt.js';
import { dueCases } from './cases/run-due-cases.js';
import { runCommand, type CommandDoors } from './cases/run-command.js';
import { nameOf } from './telemetry/error-words.js';
import { dueOutboxes } from './cases/asking/run-due-outboxes.js';
import { keepLease } from './store/keep-lease.js';
import { claimDue, claimRow, release } from './store/leases.js';
import { AlreadyExists, ChangedMeanwhile, type Doc, type Stored } from './store/store.js';

export interface Worker {
  /** Ends after the row in hand; rows left are due still. Safe to call twice. */
  stop(): Promise<void>;
}

interface Heartbeat extends Doc {
  readonly kind: 'heartbeat';
  readonly at: string;
}

/** Where a terminal sees that a service is running. */
export const HEARTBEAT = 'service-heartbeat';
const HEARTBEAT_MS = 5_000;

/** Carries out due rows until it is stopped: cases, outboxes, audits and orders side by side, each row under a lease. */
export function startWorker(doors: CommandDoors, options: WorkTerms): Worker {
  const ending = new AbortController();
  const cases = dueCases(doors, options, ending.signal);
  const outboxes = dueOutboxes(doors, options, ending.signal);
  const loops = [
    loop(() => cases.workOn()),
    loop(() => outboxes.workOn()),
    loop(() => workOnCommands({ ...doors, ending: ending.signal }, options, 'audits')),
    loop(() => workOnCommands({ ...doors, ending: ending.signal }, options, 'others')),
    loop(() => beat(doors), HEARTBEAT_MS),
  ];
  return {
    async stop() {
      ending.abort();
      await Promise.all(loops);
      await guarded(doors, () => cases.end());
      await guarded(doors, () => outboxes.end());
      // So that a terminal does not wait for a service that is gone. Another instance writes it again at once.
      await guarded(doors, () => doors.store.remove('meta', HEARTBEAT, HEARTBEAT));
    },
  };

  async function loop(once: () => Promise<boolean | void>, rest = options.pollMs): Promise<void> {
    while (!ending.signal.aborted) {
      const more = await guarded(doors, once);
      if (more !== true) await resting(options, rest, ending.signal);
    }
  }
}

/**
 * One row, if it is due and nobody has it: for a command that is carried out without a running service.
 * Everything else that is due is left alone: whoever stopped the service did not ask for it.
 */
export async function workOnRow(
  doors: CommandDoors,
  options: WorkTerms,
  row: { readonly container: 'cases' | 'commands'; readonly id: string },
): Promise<void> {
  const terms = { now: doors.clock.now(), owner: options.owner, leaseMs: options.leaseMs };
  const stored = await claimRow<Case | Command>(doors.store, row, terms);
  if (stored === undefined) return;
  await attempt(doors, stored, () =>
    isCommand(stored) ? carryOut(doors, options, stored) : runCase(doors, stored as Stored<Case>),
  );
}

function isCommand(stored: Stored<Case | Command>): stored is Stored<Command> {
  return stored.doc.kind === 'command';
}

/** Everything that is due now, once. For tests. */
export async function workOnce(doors: CommandDoors, options: WorkTerms): Promise<boolean> {
  const ending = new AbortController().signal;
  const cases = dueCases(doors, options, ending);
  const hadCases = await cases.workOn();
  await cases.end();
  const outboxes = dueOutboxes(doors, options, ending);
  const hadOutboxes = await outboxes.workOn();
  await outboxes.end();
  const hadAudits = await workOnCommands(doors, options, 'audits');
  const hadOthers = await workOnCommands(doors, options, 'others');
  return hadCases || hadOutboxes || hadAudits || hadOthers;
}

/** One order at a time, and one audit beside it, which may take hours: nobody's stop or undo waits for that. */
async function workOnCommands(
  doors: CommandDoors,
  options: WorkTerms,
  which: 'audits' | 'others',
): Promise<boolean> {
  const claimed = await claimDue<Command>(doors.store, {
    container: 'commands',
    kind: 'command',
    limit: 1,
    now: doors.clock.now(),
    owner: options.owner,
    leaseMs: options.leaseMs,
    random: () => doors.random.fraction(),
    except: ({ what }) => (what.order === 'audit') !== (which === 'audits'),
  });
  for (const stored of claimed) {
    await attempt(doors, stored, () => carryOut(doors, options, stored));
  }
  return claimed.length > 0;
}

/** Runs a command, which may take long, and keeps its lease alive meanwhile. */
async function carryOut(doors: CommandDoors, options: WorkTerms, claimed: Stored<Command>): Promise<void> {
  const { store, clock, log } = doors;
  const { owner, leaseMs, sleep } = options;
  const kept = keepLease(store, claimed, {
    container: 'commands',
    owner,
    leaseMs,
    clock,
    sleep,
    onLost: (why) =>
      log.warn('The lease of a command could not be kept.', { command: claimed.doc.id, error: nameOf(why) }),
  });
  const ending = doors.ending === undefined ? kept.lost : AbortSignal.any([doors.ending, kept.lost]);
  let outcome: Awaited<ReturnType<typeof runCommand>>;
  try {
    outcome = await withAudience({ ...doors, ending }, claimed.doc, (its) => runCommand(its, claimed.doc));
  } finally {
    await kept.end();
  }
  const held = await kept.end();
  if (outcome.is === 'later') {
    const { what = held.doc.what, anew } = outcome;
    const doc = { ...held.doc, what, attempts: anew ? 0 : held.doc.attempts };
    await release(store, { doc, etag: held.etag }, { container: 'commands', dueAt: outcome.dueAt });
  } else await store.replace('commands', finished(held.doc, outcome), held.etag);
}

async function beat(doors: Doors): Promise<void> {
  const doc: Heartbeat = { id: HEARTBEAT, kind: 'heartbeat', at: doors.clock.now().toISOString() };
  const stored = await doors.store.read<Heartbeat>('meta', HEARTBEAT, HEARTBEAT);
  if (stored === undefined) await doors.store.create('meta', doc);
  else await doors.store.replace('meta', doc, stored.etag);
}

/** Sleeps; a sleep that was broken off by its signal is no failure. */
function resting(options: WorkTerms, ms: number, signal: AbortSignal): Promise<void> {
  return options.sleep(ms, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** A loop must never end by an error: it says what happened and looks again later. */
async function guarded(doors: Doors, once: () => Promise<boolean | void>): Promise<boolean | void> {
  try {
    return await once();
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile || error instanceof AlreadyExists)) {
      doors.log.error('The worker could not look for due rows; it tries again.', { error: nameOf(error) });
    }
    return false;
  }
}
