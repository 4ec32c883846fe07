import { allCases } from '../chat/run-read-model.js';
import { notOne } from './case-text.js';
import { order } from './change-commands.js';
import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { meantCase } from './meant-case.js';
import { reasonOf } from './reason.js';
import { openCommandWorld } from './setup.js';
import { note } from './terminal.js';

const USAGE = 'Usage: npm run steward -- waive USER THING --reason TEXT';

/** An admin takes upon themself what stands in the way of somebody's case, by name and with a reason. */
export async function waiveCommand(line: CommandLine): Promise<ExitCode> {
  const [user = '', ...words] = line.words;
  const thing = words.join(' ').trim();
  if (thing === '')
    throw new WrongUse(
      `Say what is waived: a group, a team, OneDrive, mailbox, account or notice.\n${USAGE}`,
    );
  const reason = reasonOf(line, USAGE);
  const world = await openCommandWorld(line.env);
  try {
    world.announce();
    const match = meantCase(await allCases(world.doors), user, 'waived');
    if (match.kind !== 'one') {
      note(notOne(match, user));
      return EXIT.failed;
    }
    const { userId, caseId } = match.case;
    return await order(world.doors, { order: 'waive', userId, caseId, thing, reason }, line.now);
  } finally {
    await world.close();
  }
}
