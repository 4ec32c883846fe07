import { settingsWords } from '../audit/reveal/words.js';
import { deedText } from '../cards/deeds-card.js';
import { readDeeds } from '../cases/admin/run-deeds.js';
import type { Case, CaseId } from '../cases/case.js';
import { findCase } from '../cases/find-case.js';
import { lifeDiagram } from '../cases/life.js';
import { meaningOf } from '../cases/state-meanings.js';
import { readDeliveries } from '../cases/asking/run-deliveries.js';
import { allCases, historyOf } from '../chat/run-read-model.js';
import { readHistory } from '../store/case-history.js';
import { SETTINGS_CHAIN } from '../store/history.js';
import { ENGLISH } from '../i18n/locale.js';
import { cardLines } from './card-lines.js';
import { casesText, caseText, historyHeading, notOne } from './case-text.js';
import type { CommandLine } from './command-line.js';
import { deliveriesText } from './deliveries-text.js';
import { EXIT, WrongUse, type ExitCode } from './exit.js';
import { openCommandWorld, type CommandWorld } from './setup.js';
import { clean, note, say } from './terminal.js';

export const casesCommand = showing(async (world) => {
  const cases = await allCases(world.doors);
  say(cases.length === 0 ? 'There are no cases yet.' : casesText(cases));
  return EXIT.done;
});

export const deliveriesCommand = showing(async (world) => {
  const people = await readDeliveries(world.doors.store);
  say(people.length === 0 ? 'Nothing was sent to anybody yet.' : deliveriesText(people));
  return EXIT.done;
});

export const caseCommand = showing((world, line) => withCase(world, line, (c) => caseText(c)));

export const historyCommand = showing((world, line) =>
  line.settings === true ? settingsHistory(world, line) : personHistory(world, line),
);

/** When names in usage reports were shown, for how long at most, and how it ended; then what admins did. */
async function settingsHistory({ doors }: CommandWorld, { words }: CommandLine): Promise<ExitCode> {
  if (words.length > 0) throw new WrongUse('--settings is about the tenant: leave the person out.');
  const { events } = await readHistory(doors.store, SETTINGS_CHAIN);
  const lines = events.map((event) => `${event.at.slice(0, 19).replace('T', ' ')}  ${settingsWords(event)}`);
  say(
    lines.length === 0
      ? 'Names in usage reports were never shown by this program.'
      : ['The tenant’s settings; times in UTC', ...lines].join('\n'),
  );
  const deeds = await readDeeds(doors.store);
  if (deeds.length > 0)
    say(
      [
        '',
        'What admins did; times in UTC',
        ...deeds.map(
          (deed) => `${deed.at.slice(0, 19).replace('T', ' ')}  ${clean(deedText(deed, ENGLISH))}`,
        ),
      ].join('\n'),
    );
  return EXIT.done;
}

function personHistory(world: CommandWorld, line: CommandLine): Promise<ExitCode> {
  return withCase(world, line, async (c) => {
    const lines = await historyOf(world.doors, c.caseId);
    const cards = line.cards ? await cardsOf(world, c.caseId) : [];
    return [
      historyHeading(c),
      ...lines.flatMap(({ at, text }, index) => [
        `${at.slice(0, 19).replace('T', ' ')}  ${clean(text)}`,
        ...(cards[index] ?? []).map((each) => `    | ${clean(each)}`),
      ]),
    ].join('\n');
  });
}

/** What was on the card that was sent, by the place of its entry; nothing where none was, or it was erased. */
async function cardsOf({ doors }: CommandWorld, caseId: CaseId): Promise<readonly (readonly string[])[]> {
  const { events, sides } = await readHistory(doors.store, caseId);
  const kept = new Map(sides.map(({ seq, details }) => [seq, details] as const));
  return events.map(({ seq }) => cardLines((kept.get(seq) as { readonly card?: unknown } | undefined)?.card));
}

export async function statesCommand(): Promise<ExitCode> {
  say(lifeDiagram(meaningOf));
  return EXIT.done;
}

type Show = (world: CommandWorld, line: CommandLine) => Promise<ExitCode>;

function showing(show: Show): (line: CommandLine) => Promise<ExitCode> {
  return async (line) => {
    const world = await openCommandWorld(line.env);
    try {
      world.announce();
      return await show(world, line);
    } finally {
      await world.close();
    }
  };
}

async function withCase(
  world: CommandWorld,
  line: CommandLine,
  textOf: (c: Case) => string | Promise<string>,
): Promise<ExitCode> {
  const text = line.words.join(' ');
  const match = findCase(await allCases(world.doors), text);
  if (match.kind !== 'one') {
    note(notOne(match, text));
    return EXIT.failed;
  }
  say(await textOf(match.case));
  return EXIT.done;
}
