import { isInHand } from '../store/lease.js';
import { latestRun } from '../audit/run-store.js';
import type { Policy } from '../config/policy.js';
import { policyHash } from '../config/policy-hash.js';
import { AlreadyExists, ChangedMeanwhile, type Doc, type Stored } from '../store/store.js';
import { instant, type Instant } from './case.js';
import { finished, newCommand, type Command, type CommandOutcome, type PlannedAudit } from './command.js';
import type { Doors } from './doors.js';
import { isCovered, isSameSchedule, nextPlanned, plannedOf, scheduledId } from './schedule.js';

type ScheduleDoors = Pick<Doors, 'store' | 'policy' | 'clock'>;
type Finished = Exclude<CommandOutcome, { is: 'waiting' }>;

/** The schedule that holds: of the service that was started last. */
const CURRENT = 'audit-schedule';
/** Whose audit is under way. */
const TURN = 'audit-turn';
/** A due audit looks so often whether the one before it has ended. */
const WAIT_MS = 30_000;
/** Instances that grab at the same moment try again. */
const TRIES = 5;

interface CurrentSchedule extends Doc {
  readonly kind: 'schedule';
  readonly schedule: string;
  readonly timeZone: string;
}

interface Turn extends Doc {
  readonly kind: 'turn';
  readonly commandId: string;
}

/**
 * At the start of a service: its policy's schedule holds from now on. The next time gets its row, and rows of other
 * schedules are taken off, those that were missed included. A missed row of the same schedule stays: it is due, and so
 * caught up once, however many times have passed since.
 */
export async function planAudits(doors: ScheduleDoors): Promise<void> {
  const { audit } = doors.policy;
  await setCurrent(doors, audit);
  const next = nextPlanned(audit, doors.clock.now());
  await addPlanned(doors, next);
  const where = [
    { field: 'kind', is: '=', value: 'command' },
    { field: 'state', is: '=', value: 'waiting' },
  ] as const;
  for await (const row of doors.store.query<Command>({ container: 'commands', where })) {
    if (isOutdated(row.doc, audit, instant(doors.clock.now()))) await takeOff(doors, row);
  }
}

/**
 * Before an audit that the schedule asked for: writes the row of the next time, so that the schedule goes on whatever
 * becomes of this one. The row's own schedule counts: another instance may have another policy.
 * @returns why the audit is left out; undefined: it is not
 */
export async function planNext(doors: ScheduleDoors, command: Command): Promise<Finished | undefined> {
  if (command.askedBy !== 'schedule') return undefined;
  const planned = plannedOf(command);
  const current = (await doors.store.read<CurrentSchedule>('meta', CURRENT, CURRENT))?.doc;
  if (planned !== undefined && !isSameSchedule(planned, current ?? doors.policy.audit)) {
    return { is: 'done', at: instant(doors.clock.now()), says: REPLACED };
  }
  await addPlanned(doors, nextPlanned(planned ?? current ?? doors.policy.audit, doors.clock.now()));
  return undefined;
}

const REPLACED = 'audit.schedule was changed, so this time of the old schedule was left out.';

/**
 * One audit at a time: waits until the one under way has ended.
 * @returns that an audit which ended meanwhile has done what was planned; undefined: it is this one's turn
 * @throws ChangedMeanwhile when it has to wait: its row is due again in half a minute, and this was no try
 */
export async function takeTurn(doors: ScheduleDoors, command: Command): Promise<Finished | undefined> {
  if (!(await holdsTurn(doors, command))) await setAside(doors, command);
  const at = instant(doors.clock.now());
  const latest = await latestRun(doors.store);
  if (latest === undefined || !isCovered(command, latest, policyHash(doors.policy), at)) return undefined;
  const says = `The audit that ended at ${latest.finishedAt} did already what was planned here.`;
  return { is: 'done', at, runId: latest.runId, says };
}

/** The turn is held as long as the command that has it is leased, so that nobody need renew or give it back. */
async function holdsTurn({ store, clock }: ScheduleDoors, command: Command): Promise<boolean> {
  const mine: Turn = { id: TURN, kind: 'turn', commandId: command.id };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const held = await store.read<Turn>('meta', TURN, TURN);
    if (held?.doc.commandId === command.id) return true;
    if (held !== undefined) {
      const other = await store.read<Command>('commands', held.doc.commandId, held.doc.commandId);
      const until = other?.doc.state === 'waiting' ? other.doc.lease?.until : undefined;
      if (until !== undefined && until > clock.now().toISOString()) return false;
    }
    try {
      await (held === undefined ? store.create('meta', mine) : store.replace('meta', mine, held.etag));
      return true;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
  return false;
}

/** Gives the row back: any instance may take it up in a while. */
async function setAside({ store, clock }: ScheduleDoors, command: Command): Promise<never> {
  const row = await store.read<Command>('commands', command.id, command.id);
  if (row !== undefined && row.doc.lease?.owner === command.lease?.owner) {
    const dueAt = instant(new Date(clock.now().getTime() + WAIT_MS));
    const attempts = Math.max(0, row.doc.attempts - 1);
    await store.replace('commands', { ...row.doc, dueAt, lease: undefined, attempts }, row.etag);
  }
  throw new ChangedMeanwhile('the audit waits until another one has ended');
}

async function setCurrent({ store }: ScheduleDoors, { schedule, timeZone }: Policy['audit']): Promise<void> {
  const doc: CurrentSchedule = { id: CURRENT, kind: 'schedule', schedule, timeZone };
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await store.read<CurrentSchedule>('meta', CURRENT, CURRENT);
    if (stored !== undefined && isSameSchedule(stored.doc, doc)) return;
    try {
      await (stored === undefined ? store.create('meta', doc) : store.replace('meta', doc, stored.etag));
      return;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

/** A time has one row, whoever plans it. One that another schedule had planned, or that was taken off, is taken over. */
async function addPlanned({ store, clock }: ScheduleDoors, planned: PlannedAudit): Promise<void> {
  const { due } = planned;
  const id = scheduledId(due);
  const row = newCommand(id, { order: 'audit', planned }, 'schedule', instant(clock.now()), due);
  const stored = await store.read<Command>('commands', id, id);
  const earlier = stored && plannedOf(stored.doc);
  if (stored?.doc.state === 'waiting' && earlier !== undefined && isSameSchedule(earlier, planned)) return;
  try {
    // The number of tries goes on, because it names the run.
    if (stored === undefined) await store.create('commands', row);
    else await store.replace('commands', { ...row, attempts: stored.doc.attempts }, stored.etag);
  } catch (error) {
    if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
  }
}

/** Rows of an earlier version do not say whose they are: one that was missed is caught up, others are planned anew. */
function isOutdated(command: Command, audit: Policy['audit'], now: Instant): boolean {
  if (command.askedBy !== 'schedule' || command.what.order !== 'audit') return false;
  if (isInHand(command, now)) return false;
  const planned = plannedOf(command);
  if (planned !== undefined) return !isSameSchedule(planned, audit);
  return command.dueAt !== undefined && command.dueAt > now;
}

async function takeOff({ store, clock }: ScheduleDoors, { doc, etag }: Stored<Command>): Promise<void> {
  const at = instant(clock.now());
  await store
    .replace('commands', finished(doc, { is: 'done', at, says: REPLACED }), etag)
    .catch((error: unknown) => {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    });
}
