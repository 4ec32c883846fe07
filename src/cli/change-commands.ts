import { userInfo } from 'node:os';
import { letBeIn } from '../cases/answering/waiver.js';
import { instant, TERMINAL, type Case, type CaseId, type CaseIn } from '../cases/case.js';
import { askedAtTerminal } from '../cases/asked-by.js';
import { newCommand, type Command, type CommandOrder } from '../cases/command.js';
import { addCommand } from '../cases/run-add-command.js';
import type { CommandDoors } from '../cases/run-command.js';
import type { Entry } from '../cases/admin/run-holding.js';
import { meaningOf } from '../cases/state-meanings.js';
import { setSwitchAtTerminal } from '../cases/admin/run-campaign.js';
import { seeSwitch, type NamedSwitch, type Switch } from '../cases/campaign/run-switch.js';
import { allCases } from '../chat/run-read-model.js';
import { systemRandom } from '../open-doors.js';
import { systemClock } from '../graph/clock.js';
import { HEARTBEAT, workOnRow } from '../worker.js';
import { notOne } from './case-text.js';
import type { CommandLine } from './command-line.js';
import { EXIT, type ExitCode } from './exit.js';
import { meantCase } from './meant-case.js';
import { openCommandStore, openCommandWorld } from './setup.js';
import { clean, note, say } from './terminal.js';

const POLL_MS = 300;
/** A running service takes a row up within seconds. */
const TAKE_UP_MS = 30_000;
/** An undo is followed until the directory shows it; with a real tenant that takes minutes. */
const FOLLOW_MS = 10 * 60_000;
const SERVICE_SEEN_MS = 20_000;

export async function undoCommand(line: CommandLine): Promise<ExitCode> {
  const world = await openCommandWorld(line.env);
  try {
    world.announce();
    const text = line.words.join(' ');
    const match = meantCase(await allCases(world.doors), text, 'undoAsked');
    if (match.kind !== 'one') return fail(notOne(match, text));
    const { userId, caseId } = match.case;
    const code = await order(world.doors, { order: 'undo', userId, caseId }, line.now);
    return code === EXIT.done ? await followUndo(world.doors, match.case, line.now) : code;
  } finally {
    await world.close();
  }
}

/** With `--plan` only the plan that somebody has looked at. */
export const approveCommand = (line: CommandLine): Promise<ExitCode> =>
  orderCommand({ order: 'approve', planId: line.plan })(line);

/** Somebody has looked at the figures of the audit that a guard stopped, and they are right. */
export const acceptJumpCommand = orderCommand({ order: 'audit', acceptJump: true });

function orderCommand(what: CommandOrder): (line: CommandLine) => Promise<ExitCode> {
  return async (line) => {
    const world = await openCommandWorld(line.env);
    try {
      world.announce();
      return await order(world.doors, what, line.now);
    } finally {
      await world.close();
    }
  };
}

const SWITCHED: Readonly<Record<Switch, string>> = {
  paused: 'Paused: nobody is asked and no step is taken until `resume`. Undo still works.',
  running: 'Running: questions and steps go on.',
  stopped:
    'Stopped: nobody is asked and no step is taken. Cases in which nothing was done yet are cancelled as they come due; ' +
    'what was done can still be undone.',
};

const UNWRITTEN: Readonly<Record<Exclude<Entry, 'written'>, string>> = {
  later:
    'It could not be written into the history of what admins did (the log says why): a service enters it as soon as it can.',
  lost: 'It could not be written into the history of what admins did, and will not be: the log above is all that tells of it.',
};

/**
 * The switch is read before every question and step, so that writing it is all that is needed, service or not.
 * It asks for nothing but the store: whoever wants to stop cannot be told to correct the policy file first.
 */
export function switchCommand(to: Switch): (line: CommandLine) => Promise<ExitCode> {
  return async (line) => {
    const world = await openCommandStore(line.env);
    const { store } = world;
    try {
      world.announce();
      const seen = to === 'running' ? await seeSwitch(store) : undefined;
      const entry = await setSwitchAtTerminal(
        { ...world, clock: systemClock, random: systemRandom() },
        to,
        userInfo().username,
      );
      say(SWITCHED[to]);
      if (seen !== undefined) for (const sentence of pausedBecause(seen)) note(sentence);
      if (entry !== 'written') note(UNWRITTEN[entry]);
      if (!(await serviceRuns({ store, clock: systemClock })))
        note('No service is running on this store; it holds for the next one.');
      return EXIT.done;
    } finally {
      await store.close();
    }
  };
}

/** Where a guard had paused it: why. Whoever lets it run has to mend that, or it is paused again. */
function pausedBecause({ guarded }: NamedSwitch): readonly string[] {
  if (guarded === undefined) return [];
  const { says } = guarded;
  return [
    'It had paused itself because steps failed for several people in a row. Mend that, or it pauses again.',
    ...(says === undefined ? [] : [`Last failure: ${clean(says)}`]),
  ];
}

/**
 * Writes a due row and waits until the running service, or with `now` this process, has carried it out.
 * @param id of the row, which is new
 */
export async function order(
  doors: CommandDoors,
  what: CommandOrder,
  now: boolean,
  id: string = doors.random.id(),
): Promise<ExitCode> {
  if (!now && !(await serviceRuns(doors))) {
    return fail(
      'No service is running on this store, so nothing was done.\n' +
        'Start one (npm start for the try-out, npm run serve for a tenant), or add --now to do it here.',
    );
  }
  const at = instant(doors.clock.now());
  const command = newCommand(id, what, askedAtTerminal(userInfo().username), at, at);
  await addCommand(doors, command);
  const row = { container: 'commands', id: command.id } as const;
  const done = await waitFor(doors, now ? row : undefined, TAKE_UP_MS, async () => {
    const stored = await doors.store.read<Command>('commands', command.id, command.id);
    return stored?.doc.outcome.is === 'waiting' ? undefined : stored?.doc.outcome;
  });
  if (done === undefined) {
    return fail(
      now
        ? 'It could not be carried out here. The order is kept: the next service carries it out.'
        : 'The service has not taken it up yet. The order is kept, and done as soon as it does; look again with `history`.',
    );
  }
  if (done.is !== 'done') note(done.says);
  else say(done.says);
  return done.is === 'done' ? EXIT.done : done.is === 'stopped' ? EXIT.stopped : EXIT.failed;
}

async function followUndo(doors: CommandDoors, before: Case, now: boolean): Promise<ExitCode> {
  const name = clean(before.subject.displayName);
  const last = await follow(doors, before.caseId, now, isOver);
  if (last === undefined) {
    return fail(
      `The undo for ${name} is under way; Microsoft 365 has not shown it yet. Look again with \`history\`.`,
    );
  }
  if (last.state === 'needsPerson') return fail(`A person is needed: ${clean(last.task)}`);
  const left = letBeIn(last).flatMap(({ waived }) => (waived.of === 'undo' ? waived.left : []));
  if (left.length > 0) {
    const steps = clean(left.map(({ words }) => words).join('; '));
    return fail(
      `Undone, but not everything: an administrator left as it is what could not be given back (${steps}).`,
    );
  }
  say(
    last.state === 'undone'
      ? `${name} has exactly the same licenses as before.`
      : `Nothing had been done in the case of ${name}: ${meaningOf(last.state)}.`,
  );
  return EXIT.done;
}

type Over = CaseIn<(typeof TERMINAL)[number] | 'needsPerson'>;

function isOver(c: Case): c is Over {
  return c.state === 'needsPerson' || TERMINAL.some((state) => state === c.state);
}

/** true: no step of the case is left to be taken, or it cannot go on. */
export function hasNoStepsLeft(c: Case): c is Over | CaseIn<'holding'> {
  return c.state === 'holding' || isOver(c);
}

/**
 * Waits until a case has come to an end; with `now` this process does what is due in it.
 * @returns undefined: it takes longer than anybody waits
 */
export function follow<C extends Case>(
  doors: CommandDoors,
  caseId: CaseId,
  now: boolean,
  isEnd: (c: Case) => c is C,
): Promise<C | undefined> {
  const row = { container: 'cases', id: caseId } as const;
  return waitFor(doors, now ? row : undefined, FOLLOW_MS, async () => {
    const stored = await doors.store.read<Case>('cases', caseId, caseId);
    return stored !== undefined && isEnd(stored.doc) ? stored.doc : undefined;
  });
}

/** Looks again and again, and works on `row` in between where one is given. */
async function waitFor<T>(
  doors: CommandDoors,
  row: Parameters<typeof workOnRow>[2] | undefined,
  longest: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const end = doors.clock.now().getTime() + longest;
  const options = {
    owner: doors.random.id(),
    pollMs: POLL_MS,
    leaseMs: doors.leaseMs,
    sleep: (ms: number, signal: AbortSignal) => systemClock.sleep(ms, signal),
  };
  for (;;) {
    if (row !== undefined) await workOnRow(doors, options, row);
    const found = await look();
    if (found !== undefined || doors.clock.now().getTime() > end) return found;
    await systemClock.sleep(POLL_MS);
  }
}

async function serviceRuns(doors: Pick<CommandDoors, 'store' | 'clock'>): Promise<boolean> {
  const stored = await doors.store.read<{ id: string; kind: string; at: string }>(
    'meta',
    HEARTBEAT,
    HEARTBEAT,
  );
  return stored !== undefined && doors.clock.now().getTime() - Date.parse(stored.doc.at) < SERVICE_SEEN_MS;
}

function fail(text: string): ExitCode {
  note(text);
  return EXIT.failed;
}
