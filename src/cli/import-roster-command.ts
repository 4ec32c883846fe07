import { statSync } from 'node:fs';
import path from 'node:path';
import { dayOf, isoDay, parseDay, type Day } from '../audit/day.js';
import { importRoster, type RosterImport } from '../audit/roster/run-roster.js';
import { ChangedMeanwhile } from '../store/store.js';
import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { contentOf, outBeside } from './given-file.js';
import { countsText, problemsCsv, problemsText, wordsText } from './import-roster-text.js';
import { checkFile, writePrivately } from './private-file.js';
import { openCommandWorld, type CommandWorld } from './setup.js';
import { clean, note, say } from './terminal.js';

/** Reads a file of HR or of another system and keeps what it says of everybody; audits use it from then on. */
export async function importRosterCommand(line: CommandLine): Promise<ExitCode> {
  const file = line.words[0] ?? '';
  const bytes = contentOf(file, 'a list of people');
  const out = outBeside(file, line.out);
  await checkFile(out);
  const world = await openCommandWorld(line.env);
  try {
    const { auditGraph: graph, store, clock, random, policy } = world.doors;
    const asOf = dayOfFile(line.asOf, file, dayOf(clock.now()));
    note(`Reading everybody in ${world.source} ...`);
    const origin = path.basename(file);
    const answer = await importRoster(
      { graph, store, clock, random },
      { bytes, origin, asOf, force: line.force },
      policy,
    );
    if (answer.kind === 'unusable') throw new WrongUse(`${file} cannot be used: ${answer.why}.`);
    if (out !== undefined) await writePrivately(out, problemsCsv(answer.match.problems, line.csv));
    return show(answer, origin, asOf, { world, out });
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    note(
      `${error.message} Nothing of ${file} was kept: look which file is the right one, and import it again.`,
    );
    return EXIT.failed;
  } finally {
    await world.close();
  }
}

/** @throws WrongUse when the day is none, or is still to come */
function dayOfFile(asOf: string | undefined, file: string, today: Day): Day {
  const day = asOf === undefined ? dayOf(statSync(file).mtime) : exactDay(asOf);
  if (day === undefined)
    throw new WrongUse(`--as-of is "${asOf}": use a day such as ${isoDay(today)}, of which the file is.`);
  if (day <= today) return day;
  throw new WrongUse(
    asOf === undefined
      ? `${file} was last changed on ${isoDay(day)}, which is still to come: say with --as-of of which day it is.`
      : `--as-of ${asOf} is still to come: use the day of which the file is.`,
  );
}

function exactDay(text: string): Day | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDay(text) : undefined;
}

function show(
  answer: Exclude<RosterImport, { readonly kind: 'unusable' }>,
  origin: string,
  asOf: Day,
  { world, out }: { readonly world: CommandWorld; readonly out: string | undefined },
): ExitCode {
  const { match, unknownWords } = answer;
  const parts = [
    `${clean(origin)} of ${isoDay(asOf)}\n\n${countsText(match.counts)}`,
    problemsText(match.problems, out !== undefined),
    wordsText(unknownWords) ?? '',
    out === undefined ? '' : `Every problem by its line is in ${path.resolve(out)}.`,
  ];
  say(parts.filter((part) => part !== '').join('\n\n'));
  if (answer.kind === 'refused') {
    note(`Nothing was kept: ${answer.why}. Look at the file; --force keeps it nevertheless.`);
    return EXIT.failed;
  }
  const { maxAgeDays } = world.doors.policy.roster;
  const today = dayOf(world.doors.clock.now());
  const last = (asOf + maxAgeDays) as Day;
  say(
    last < today
      ? `\nIt is kept, but only leave in it counts: it is more than ${maxAgeDays} days old (roster.maxAgeDays).`
      : `\nIt is kept. Audits use it until ${isoDay(last)} (roster.maxAgeDays is ${maxAgeDays}), and leave in it for as long as it lasts.`,
  );
  return EXIT.done;
}
