import { csv, type CsvForm } from '../audit/csv/writer.js';
import type { CaseIn } from '../cases/case.js';
import { findCase } from '../cases/find-case.js';
import { caseMeantBy, type Wanted } from '../cases/meant-case.js';
import type { ReviewVerdict, SeenCase } from '../cases/campaign/run-review.js';
import { LONGEST_REASON } from '../cases/answering/answer-rules.js';
import { allCases } from '../chat/run-read-model.js';
import { bytesOf } from '../config/text-file.js';
import { notOne } from './case-text.js';
import { order } from './change-commands.js';
import type { CommandLine } from './command-line.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { checkFile, writePrivately } from './private-file.js';
import { readBatch, REVIEW_COLUMNS, reviewRow } from './review-file.js';
import { reviewTable } from './review-text.js';
import { openCommandWorld, type CommandWorld } from './setup.js';
import { note, say } from './terminal.js';

/** Decisions whose review time runs: what would be done, by whose word and from when. Changes nothing. */
export async function reviewCommand(line: CommandLine): Promise<ExitCode> {
  await checkFile(line.out);
  const world = await openCommandWorld(line.env);
  try {
    world.announce();
    const cases = await inReview(world);
    if (line.out !== undefined) await write(line.out, line.csv, cases);
    say(cases.length === 0 ? 'No decision waits for a review.' : reviewTable(cases));
    return EXIT.done;
  } finally {
    await world.close();
  }
}

/** Decisions that an admin has looked at need not wait for the rest of their review time. */
export function releaseCommand(line: CommandLine): Promise<ExitCode> {
  return decideReview(line, { is: 'release' });
}

/** Decisions that an admin has looked at are not carried out. */
export async function vetoCommand(line: CommandLine): Promise<ExitCode> {
  const reason = line.reason?.trim() ?? '';
  if (reason === '')
    throw new WrongUse(
      'Say why: whoever decided is told.\nUsage: npm run steward -- veto USER --reason TEXT',
    );
  if (reason.length > LONGEST_REASON)
    throw new WrongUse(`--reason is longer than ${LONGEST_REASON} characters: shorten it.`);
  return decideReview(line, { is: 'veto', reason });
}

async function decideReview(line: CommandLine, verdict: ReviewVerdict): Promise<ExitCode> {
  const batch = line.batch === undefined ? undefined : batchIn(line.batch);
  if (batch !== undefined && line.words.length > 0)
    throw new WrongUse('--batch says who: leave the person out.');
  const world = await openCommandWorld(line.env);
  try {
    world.announce();
    const wanted = verdict.is === 'veto' ? 'vetoed' : 'released';
    const cases = batch ?? (await caseNamed(world, line.words.join(' '), wanted));
    if (cases === undefined) return EXIT.failed;
    return await order(world.doors, { order: 'review', verdict, cases }, line.now);
  } finally {
    await world.close();
  }
}

/** The one case that is meant, of those of the person that can be reviewed; undefined: it was said why there is none. */
async function caseNamed(
  { doors }: CommandWorld,
  text: string,
  wanted: Wanted,
): Promise<readonly SeenCase[] | undefined> {
  const all = await allCases(doors);
  const person = findCase(all, text);
  const match = person.kind === 'one' ? caseMeantBy(text, person.case.userId, all, wanted) : person;
  if (match.kind === 'one') return [{ caseId: match.case.caseId, version: match.case.version }];
  note(notOne(match, text));
  return undefined;
}

async function inReview({ doors }: CommandWorld): Promise<readonly CaseIn<'decided'>[]> {
  const cases = await allCases(doors);
  return cases
    .flatMap((c) => (c.state === 'decided' ? [c] : []))
    .sort((a, b) => (a.actsFrom < b.actsFrom ? -1 : 1));
}

/** @throws WrongUse, WrongConfiguration */
function batchIn(file: string): readonly SeenCase[] {
  const bytes = bytesOf(file);
  if (bytes === undefined) throw new WrongUse(`There is no file ${file}: correct the path.`);
  const batch = readBatch(bytes);
  if ('why' in batch)
    throw new WrongUse(
      `${file} ${batch.why}.\nKeep a list with \`review --out FILE\`, for a spreadsheet that splits at semicolons with --csv semicolon.`,
    );
  return batch.cases;
}

async function write(out: string, form: CsvForm, cases: readonly CaseIn<'decided'>[]): Promise<void> {
  const file = await writePrivately(out, csv(REVIEW_COLUMNS, cases.map(reviewRow), form));
  note(
    `The list is in ${file}. Take out the lines that you do not want to decide about, then:\n` +
      `  npm run steward -- release --batch ${out}\n  npm run steward -- veto --batch ${out} --reason TEXT`,
  );
}
