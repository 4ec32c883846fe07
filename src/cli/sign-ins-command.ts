import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { findUser, notOneUser } from './find-user.js';
import { openCommandWorld } from './setup.js';
import { MOST_DAYS, signInsText } from './sign-ins-text.js';
import { note, say } from './terminal.js';

const DAY_MS = 86_400_000;
/** More rows than anybody reads at a terminal. */
const MOST_ROWS = 200;

/** What Entra's log has of one person: to look at before somebody decides. Changes nothing, judges nothing. */
export async function signInsCommand(line: CommandLine): Promise<ExitCode> {
  const days = daysOf(line.days);
  const text = line.words.join(' ');
  const world = await openCommandWorld(line.env);
  try {
    world.announce();
    const { graph, clock } = world.doors;
    const match = await findUser(graph, text);
    if (match.kind !== 'one') {
      note(notOneUser(match, text));
      return EXIT.failed;
    }
    const since = new Date(clock.now().getTime() - days * DAY_MS);
    const log = await graph.signInLogOf(match.person.id, since, MOST_ROWS);
    say(signInsText(match.person, log, days));
    return EXIT.done;
  } finally {
    await world.close();
  }
}

/** @throws WrongUse, whose message says how it should look */
function daysOf(text: string | undefined): number {
  if (text === undefined) return MOST_DAYS;
  const days = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (days >= 1 && days <= MOST_DAYS) return days;
  throw new WrongUse(
    `--days: the sign-in log reaches back ${MOST_DAYS} days, so give a whole number from 1 to ${MOST_DAYS}.\n` +
      'Usage: npm run steward -- sign-ins USER [--days 30]',
  );
}
