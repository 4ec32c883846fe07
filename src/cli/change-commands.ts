import { userInfo } from 'node:os';
import { instant, TERMINAL, type Case } from '../cases/case.js';
import { newCommand, type Command, type CommandOrder } from '../cases/command.js';
import { findCase } from '../cases/find-case.js';
import { addCommand, type CommandDoors } from '../cases/run-command.js';
import { setSwitch, type Switch } from '../cases/run-switch.js';
import { allCases } from '../chat/run-read-model.js';
import { systemClock } from '../graph/clock.js';
import { HEARTBEAT, workOnce } from '../worker.js';
import { EXIT, type ExitCode } from './exit.js';
import { openCommandWorld } from './setup.js';
import type { CommandLine } from './steward.js';
import { clean } from './terminal.js';

const POLL_MS = 300;
/** A running service takes a row up within seconds. */
const TAKE_UP_MS = 30_000;
/** An undo is followed until the directory shows it; with a real tenant that takes minutes. */
const FOLLOW_MS = 10 * 60_000;
const SERVICE_SEEN_MS = 20_000;

export async function undoCommand(line: CommandLine): Promise<ExitCode> {
  const world = await openCommandWorld(line.env);
  try {
    const match = findCase(await allCases(world.doors), line.words.join(' '));
    if (match.kind === 'none') return fail(`There is no case about "${line.words.join(' ')}".`);
    if (match.kind === 'several') {
      const names = match.cases.map(
        (c) => `  ${clean(c.subject.displayName)} (${c.subject.userPrincipalName})`,
      );
      return fail(['Several people fit; give the user principal name:', ...names].join('\n'));
    }
    const name = clean(match.case.subject.displayName);
    const code = await order(world.doors, { order: 'undo', userId: match.case.userId }, line.now);
    if (code !== EXIT.done) return code;
    return await followUndo(world.doors, match.case, name, line.now);
  } finally {
    await world.close();
  }
}

export async function approveCommand(line: CommandLine): Promise<ExitCode> {
  const world = await openCommandWorld(line.env);
  try {
    return await order(world.doors, { order: 'approve' }, line.now);
  } finally {
    await world.close();
  }
}

/** The switch is read before every question and step, so that writing it is all that is needed. */
export function switchCommand(to: Switch): (line: CommandLine) => Promise<ExitCode> {
  return async (line) => {
    const world = await openCommandWorld(line.env);
    try {
      await setSwitch(world.doors.store, to, userInfo().username, world.doors.clock.now().toISOString());
      process.stdout.write(`The campaign is ${to}.\n`);
      return EXIT.done;
    } finally {
      await world.close();
    }
  };
}

/** Writes a due row and waits until the running service, or with `now` this process, has carried it out. */
async function order(doors: CommandDoors, what: CommandOrder, now: boolean): Promise<ExitCode> {
  if (!now && !(await serviceRuns(doors))) {
    return fail(
      'No service is running on this store. Start it (npm start or npm run serve), or add --now to do it here.',
    );
  }
  const at = instant(doors.clock.now());
  const command = newCommand(doors.random.id(), what, userInfo().username, at, at);
  await addCommand(doors, command);
  const done = await waitFor(doors, now, TAKE_UP_MS, async () => {
    const stored = await doors.store.read<Command>('commands', command.id, command.id);
    return stored?.doc.outcome.is === 'waiting' ? undefined : stored?.doc.outcome;
  });
  if (done === undefined) {
    return fail('The service has not taken it up yet; it will. Look again with `history` in a while.');
  }
  process.stdout.write(`${done.says}\n`);
  return done.is === 'done' ? EXIT.done : done.is === 'stopped' ? EXIT.stopped : EXIT.failed;
}

async function followUndo(doors: CommandDoors, before: Case, name: string, now: boolean): Promise<ExitCode> {
  const last = await waitFor(doors, now, FOLLOW_MS, async () => {
    const stored = await doors.store.read<Case>('cases', before.caseId, before.caseId);
    const c = stored?.doc;
    return c !== undefined && (TERMINAL as readonly string[]).concat('needsPerson').includes(c.state)
      ? c
      : undefined;
  });
  if (last === undefined) {
    return fail(
      `The undo for ${name} is under way; Microsoft 365 has not shown it yet. Look again with \`history\`.`,
    );
  }
  if (last.state === 'needsPerson') return fail(`A person is needed: ${last.task}`);
  process.stdout.write(
    last.state === 'undone'
      ? `${name} has exactly the same licenses as before.\n`
      : `The case of ${name} is ${last.state}.\n`,
  );
  return EXIT.done;
}

async function waitFor<T>(
  doors: CommandDoors,
  workHere: boolean,
  longest: number,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const end = doors.clock.now().getTime() + longest;
  const options = { owner: doors.random.id(), pollMs: POLL_MS, leaseMs: 60_000, sleep: systemClock.sleep };
  for (;;) {
    if (workHere) await workOnce(doors, options);
    const found = await look();
    if (found !== undefined || doors.clock.now().getTime() > end) return found;
    await systemClock.sleep(POLL_MS);
  }
}

async function serviceRuns(doors: CommandDoors): Promise<boolean> {
  const stored = await doors.store.read<{ id: string; kind: string; at: string }>(
    'meta',
    HEARTBEAT,
    HEARTBEAT,
  );
  return stored !== undefined && doors.clock.now().getTime() - Date.parse(stored.doc.at) < SERVICE_SEEN_MS;
}

function fail(text: string): ExitCode {
  process.stderr.write(`${text}\n`);
  return EXIT.failed;
}
