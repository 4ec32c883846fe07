import { savingsText } from '../cards/savings-text.js';
import { readSavings } from '../cases/admin/run-savings.js';
import type { SavingsSeen } from '../cases/admin/admin-desk.js';
import { ENGLISH } from '../i18n/locale.js';
import { text } from '../i18n/text.js';
import { savingsCsv } from '../spend/savings-csv.js';
import type { CommandLine } from './command-line.js';
import { EXIT, type ExitCode } from './exit.js';
import { checkFile, writePrivately } from './private-file.js';
import { openCommandWorld } from './setup.js';
import { clean, note, say, table } from './terminal.js';

/** What was saved, what is on hold and what is in sight, in the words of the chat; `--out` writes every figure. */
export async function savingsCommand(line: CommandLine): Promise<ExitCode> {
  await checkFile(line.out);
  const world = await openCommandWorld(line.env);
  try {
    world.announce();
    const seen = await readSavings(world.doors);
    say(savingsLines(seen, world.doors.timeZone));
    if (line.out !== undefined)
      note(
        `Every figure is in ${await writePrivately(line.out, [savingsCsv(seen.savings.rows, line.csv)])}.`,
      );
    return EXIT.done;
  } finally {
    await world.close();
  }
}

export function savingsLines(seen: SavingsSeen, timeZone: string): string {
  const { headline, asOf, standings, years, months, licenses, rules } = savingsText(seen, {
    ...ENGLISH,
    timeZone,
  });
  const parts = [
    `${headline}\n${asOf}`,
    table(standings),
    block(text(ENGLISH, 'admin.savings.years'), years),
    block(text(ENGLISH, 'admin.savings.months'), months),
    block(
      text(ENGLISH, 'admin.savings.licenses'),
      licenses.map(([name, value]) => [clean(name), value]),
    ),
    rules.join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function block(name: string, rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${name}\n${table(rows)}`;
}
