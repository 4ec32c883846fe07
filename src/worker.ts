import { AuditInterrupted } from './audit/interrupted.js';
import { runCase } from './cases/run-cases.js';
import type { Case } from './cases/case.js';
import { instant } from './cases/case.js';
import type { Command } from './cases/command.js';
import { finished } from './cases/command.js';
import type { Doors } from './cases/doors.js';
import { signInsAhead, type SignInsAhead } from './actions/run-sign-ins-ahead.js';
import { runCommand, type CommandDoors } from './cases/run-command.js';
import { isSealed } from './cases/hr/sealed.js';
import { nameOf, placeOf } from './telemetry/error-words.js';
import type { LogFields } from './telemetry/log.js';
import { sideBySide, type SideBySide } from './cases/side-by-side.js';
import { dueOutboxes, type DueOutboxes } from './cases/asking/run-due-outboxes.js';
import type { Outbox } from './cases/asking/outbox.js';
import { claimDue, claimRow, release, renew, type Claim } from './store/leases.js';
import { AlreadyExists, ChangedMeanwhile, StoreUnavailable, type Doc, type Stored } from './store/store.js';

export interface WorkerOptions {
  /** Names this instance in leases. */
  readonly owner: string;
  /** Milliseconds between looks for due rows. */
  readonly pollMs: number;
  /** Milliseconds for which a claimed row is ours. */
  readonly leaseMs: number;
  /** Ends early, in whatever way, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Worker {
  /** Ends after the row in hand; rows left are due still. Safe to call twice. */
  stop(): Promise<void>;
}

interface Heartbeat extends Doc {
  readonly kind: 'heartbeat';
  readonly at: string;
}

type DueRow = Case | Command | Outbox;

/** Where a terminal sees that a service is running. */
export const HEARTBEAT = 'service-heartbeat';
const HEARTBEAT_MS = 5_000;
/** Enough to fill the batches of their live reads, and to hide how long Graph takes for one answer. */
const CASES_AT_ONCE = 60;
/** A row that fails for reasons nobody foresaw rests this long, so that it cannot stop the others. */
const REST_MS = 60_000;

/** Carries out due rows until it is stopped: cases, outboxes and commands side by side, each row under a lease. */
export function startWorker(doors: CommandDoors, options: WorkerOptions): Worker {
  const ending = new AbortController();
  const round: Round = { ending: ending.signal, ahead: signInsAhead(), sideBySide: sideBySide() };
  const outboxes = outboxesOf(doors, options, ending.signal);
  const loops = [
    loop(() => workOnCases(doors, options, round)),
    loop(() => outboxes.workOn()),
    loop(() => workOnCommands({ ...doors, ending: ending.signal }, options)),
    loop(() => beat(doors), HEARTBEAT_MS),
  ];
  return {
    async stop() {
      ending.abort();
      await Promise.all(loops);
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
  options: WorkerOptions,
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
export async function workOnce(doors: CommandDoors, options: WorkerOptions): Promise<boolean> {
  const ending = new AbortController().signal;
  const round: Round = { ending, ahead: signInsAhead(), sideBySide: sideBySide() };
  const cases = await workOnCases(doors, options, round);
  const outboxes = outboxesOf(doors, options, ending);
  const hadOutboxes = await outboxes.workOn();
  await outboxes.end();
  const commands = await workOnCommands(doors, options);
  return cases || hadOutboxes || commands;
}

/** What one look for due cases has in common with those before it. */
interface Round {
  readonly ending: AbortSignal;
  readonly ahead: SignInsAhead;
  readonly sideBySide: SideBySide;
}

/** @returns true when there may be more to do at once */
async function workOnCases(
  doors: Doors,
  options: WorkerOptions,
  { ending, ahead, sideBySide: together }: Round,
): Promise<boolean> {
  const claimed = await claim<Case>(doors, options, { container: 'cases', limit: CASES_AT_ONCE });
  const graph = await ahead.door(doors, claimed.length === CASES_AT_ONCE, ending);
  const ready: Doors = { ...doors, graph, sideBySide: together };
  const work = (stored: Stored<Case>): Promise<void> =>
    ending.aborted ? giveBack(doors, stored) : attempt(doors, stored, () => runCase(ready, stored));
  // Steps side by side, so that their live reads go out together; messages not: Teams takes 30 a second.
  const steps = claimed.filter(({ doc }) => TAKES_STEPS.has(doc.state));
  const ends = await Promise.allSettled(steps.map(work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  for (const stored of claimed) if (!TAKES_STEPS.has(stored.doc.state)) await work(stored);
  return claimed.length > 0;
}

const TAKES_STEPS: ReadonlySet<Case['state']> = new Set(['scheduled', 'acting', 'undoing']);

/** What was claimed and not begun: another instance may take it at once, and it was no try. */
async function giveBack(doors: Doors, { doc, etag }: Stored<Case>): Promise<void> {
  await release(
    doors.store,
    { doc: { ...doc, attempts: Math.max(0, doc.attempts - 1) }, etag },
    { container: 'cases' },
  );
}

function outboxesOf(doors: Doors, options: WorkerOptions, ending: AbortSignal): DueOutboxes {
  return dueOutboxes(doors, {
    lease: options,
    ending,
    attempt: (stored, act) => attempt(doors, stored, act),
  });
}

async function workOnCommands(doors: CommandDoors, options: WorkerOptions): Promise<boolean> {
  const claimed = await claim<Command>(doors, options, { container: 'commands', kind: 'command', limit: 1 });
  for (const stored of claimed) {
    await attempt(doors, stored, () => carryOut(doors, options, stored));
  }
  return claimed.length > 0;
}

function claim<T extends DueRow>(
  doors: Doors,
  options: WorkerOptions,
  what: Pick<Claim, 'container' | 'kind' | 'limit'>,
): Promise<readonly Stored<T>[]> {
  return claimDue<T>(doors.store, {
    ...what,
    now: doors.clock.now(),
    owner: options.owner,
    leaseMs: options.leaseMs,
    random: () => doors.random.fraction(),
  });
}

/** Runs a command, which may take long, and keeps its lease alive meanwhile. */
async function carryOut(
  doors: CommandDoors,
  options: WorkerOptions,
  claimed: Stored<Command>,
): Promise<void> {
  let held = claimed;
  let lost = false;
  const over = new AbortController();
  const keeper = (async () => {
    for (;;) {
      await resting(options, options.leaseMs / 3, over.signal);
      if (over.signal.aborted) return;
      const terms = {
        container: 'commands',
        now: doors.clock.now(),
        owner: options.owner,
        leaseMs: options.leaseMs,
      } as const;
      const renewed = await renew(doors.store, held, terms);
      if (renewed === 'lost') throw new ChangedMeanwhile('somebody else has the command now');
      held = renewed;
    }
  })().catch((error: unknown) => {
    lost = true;
    doors.log.warn('The lease of a command could not be kept.', {
      command: claimed.doc.id,
      error: nameOf(error),
    });
  });
  let outcome: Awaited<ReturnType<typeof runCommand>>;
  try {
    outcome = await runCommand(doors, claimed.doc);
  } finally {
    over.abort();
    await keeper;
  }
  if (lost) return;
  if (outcome.is === 'later') {
    const doc = outcome.anew ? { ...held.doc, attempts: 0 } : held.doc;
    await release(doors.store, { doc, etag: held.etag }, { container: 'commands', dueAt: outcome.dueAt });
  } else await doors.store.replace('commands', finished(held.doc, outcome), held.etag);
}

async function attempt(doors: Doors, stored: Stored<DueRow>, act: () => Promise<void>): Promise<void> {
  const { id } = stored.doc;
  try {
    await act();
  } catch (error) {
    if (error instanceof ChangedMeanwhile)
      return doors.log.debug('A row was taken over by somebody else.', isSealedRow(stored.doc) ? {} : { id });
    if (error instanceof StoreUnavailable) throw error;
    if (error instanceof AuditInterrupted) {
      doors.log.info('The audit was broken off; the next service takes it up.', { id });
      return rest(doors, stored);
    }
    doors.log.error('A row could not be worked on; it rests.', whatFailed(stored.doc, error));
    await rest(doors, stored);
  }
}

function isSealedRow(row: DueRow): boolean {
  return row.kind === 'case' && isSealed(row);
}

/** Of a sealed case nothing may stand in the log but that something went wrong. */
function whatFailed(row: DueRow, error: unknown): LogFields {
  if (isSealedRow(row))
    return { error: error instanceof Error ? error.name : 'unknown', where: placeOf(error) };
  return { id: row.id, error: nameOf(error), where: placeOf(error) };
}

/** Sets a row aside for a while, unless somebody else has it. */
async function rest(doors: Doors, stored: Stored<DueRow>): Promise<void> {
  const container = stored.doc.kind === 'case' ? 'cases' : 'commands';
  const current = await doors.store.read<DueRow>(container, stored.doc.id, stored.doc.id);
  if (current === undefined || current.doc.lease?.owner !== stored.doc.lease?.owner) return;
  const dueAt = instant(new Date(doors.clock.now().getTime() + REST_MS));
  const doc = { ...current.doc, dueAt, lease: undefined };
  await doors.store.replace(container, doc, current.etag).catch((error: unknown) => {
    if (!(error instanceof ChangedMeanwhile)) throw error;
  });
}

async function beat(doors: Doors): Promise<void> {
  const doc: Heartbeat = { id: HEARTBEAT, kind: 'heartbeat', at: doors.clock.now().toISOString() };
  const stored = await doors.store.read<Heartbeat>('meta', HEARTBEAT, HEARTBEAT);
  if (stored === undefined) await doors.store.create('meta', doc);
  else await doors.store.replace('meta', doc, stored.etag);
}

/** Sleeps; a sleep that was broken off by its signal is no failure. */
function resting(options: WorkerOptions, ms: number, signal: AbortSignal): Promise<void> {
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
