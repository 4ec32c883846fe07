import { giftCaseId } from '../cases/giving/run-give.js';
import type { CaseIn } from '../cases/case.js';
import { follow, hasNoStepsLeft, order } from './change-commands.js';
import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { findUser, notOneUser } from './find-user.js';
import { reasonOf } from './reason.js';
import { openCommandWorld } from './setup.js';
import { clean, note, say } from './terminal.js';

const USAGE = 'Usage: npm run steward -- give USER SKU --reason TEXT';

/** An admin gives somebody a license for which there is a free seat; `undo` takes it back. */
export async function giveCommand(line: CommandLine): Promise<ExitCode> {
  const [user = '', ...words] = line.words;
  const sku = words.join(' ').trim();
  if (sku === '') throw new WrongUse(`Say what is given: a SKU part number such as VISIOCLIENT.\n${USAGE}`);
  const reason = reasonOf(line, USAGE);
  const world = await openCommandWorld(line.env);
  try {
    world.announce();
    const match = await findUser(world.doors.graph, user);
    if (match.kind !== 'one') {
      note(notOneUser(match, user));
      return EXIT.failed;
    }
    const id = world.doors.random.id();
    const code = await order(
      world.doors,
      { order: 'give', userId: match.person.id, sku, reason },
      line.now,
      id,
    );
    if (code !== EXIT.done) return code;
    const name = clean(match.person.displayName);
    const last = await follow(world.doors, giftCaseId(id), line.now, hasNoStepsLeft);
    return ended(name, last);
  } finally {
    await world.close();
  }
}

type Ended = CaseIn<'holding' | 'closed' | 'cancelled' | 'undone' | 'needsPerson'>;

function ended(name: string, last: Ended | undefined): ExitCode {
  switch (last?.state) {
    case 'holding':
    case 'closed':
      say(wasGiven(last) ? `${name} has the license.` : `${name} had the license already.`);
      return EXIT.done;
    case 'needsPerson':
      note(`A person is needed: ${clean(last.task)}`);
      return EXIT.failed;
    case 'cancelled':
      note(`Nothing was given: ${clean(last.why)}`);
      return EXIT.failed;
    default:
      note(`It is being given to ${name}; Microsoft 365 has not shown it yet. Look again with \`history\`.`);
      return EXIT.failed;
  }
}

function wasGiven(c: CaseIn<'holding' | 'closed'>): boolean {
  if (c.state === 'closed') return c.gave !== undefined;
  return c.steps.some(({ step, progress }) => step.kind === 'assignLicenses' && progress.is === 'done');
}
