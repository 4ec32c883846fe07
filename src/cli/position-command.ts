import type { DoneAudit } from '../audit/audit-result.js';
import { latestRun } from '../audit/run-store.js';
import { moneyText } from '../cards/money-text.js';
import { sumsByCurrency } from '../spend/money.js';
import type { PositionRow } from '../spend/position.js';
import { EXIT, type ExitCode } from './exit.js';
import { progressDisplay } from './progress.js';
import { readNow } from './read-now.js';
import { openCommandWorld } from './setup.js';
import type { CommandLine } from './command-line.js';
import { counted, note, say, table, timeOf } from './terminal.js';

/** The position of the latest run; where there is none yet, of the tenant as it is now. */
export async function positionCommand(line: CommandLine): Promise<ExitCode> {
  const display = progressDisplay(process.stderr);
  const world = await openCommandWorld(line.env, { note: display.note });
  try {
    const run = await latestRun(world.doors.store);
    if (run !== undefined) {
      world.announce();
      say(positionText(run.position));
      note(`As of the audit of ${timeOf(run.finishedAt)}.`);
      return EXIT.done;
    }
    return await readNow(world, display, (result) => {
      if (result.kind === 'stopped') {
        note(['The audit was stopped, so there is no position:', ...result.why].join('\n  '));
        return EXIT.stopped;
      }
      say(positionText(result.position));
      note('Read just now and not kept: no audit has run on this store yet.');
      return EXIT.done;
    });
  } finally {
    display.end();
    await world.close();
  }
}

/** A table whose rows add up, the rule by which they do, and the sum of what can be taken back. */
export function positionText(rows: DoneAudit['position']): string {
  const other = (row: PositionRow): number => row.outOfScope + row.unaccounted;
  const hasOther = rows.some((row) => other(row) !== 0);
  const columns: readonly (readonly [string, (row: PositionRow) => string])[] = [
    ['LICENSE', (row) => row.name],
    ['BOUGHT', (row) => count(row.bought)],
    ['FREE', (row) => count(row.free)],
    ['ASSIGNED', (row) => count(row.assigned)],
    ['ACTIVE', (row) => count(row.active)],
    ['UNKNOWN', (row) => count(row.unknown)],
    ...(hasOther ? ([['OTHER', (row: PositionRow) => count(other(row))]] as const) : []),
    ['IDLE', (row) => count(row.idle)],
    ['PROTECTED', (row) => count(row.protected)],
    ['RECLAIMABLE', (row) => count(row.reclaimable)],
    ['PER YEAR', (row) => (row.annualReclaimable ? moneyText(row.annualReclaimable, 'en') : 'no price')],
  ];
  const cells = rows.map((row) => columns.map(([, of]) => of(row)));
  const right = columns.flatMap(([name], column) => (name === 'LICENSE' ? [] : [column]));
  return [
    table([columns.map(([name]) => name), ...cells], right),
    '',
    `BOUGHT = FREE + ASSIGNED; ASSIGNED = ACTIVE + UNKNOWN${hasOther ? ' + OTHER' : ''} + IDLE; IDLE = PROTECTED + RECLAIMABLE.`,
    ...(hasOther
      ? ['OTHER: held outside of the policy’s scope, or counted by Microsoft and held by nobody.']
      : []),
    reclaimableText(rows),
  ].join('\n');
}

function reclaimableText(rows: readonly PositionRow[]): string {
  const seats = rows.reduce((sum, row) => sum + row.reclaimable, 0);
  const sums = sumsByCurrency(rows.map(({ annualReclaimable }) => annualReclaimable));
  const unpriced = rows.filter((row) => row.reclaimable > 0 && row.annualReclaimable === undefined).length;
  const money = sums.length > 0 ? `, ${sums.map((sum) => moneyText(sum, 'en')).join(' + ')} a year` : '';
  const without = unpriced > 0 ? ` (${counted(unpriced, 'product')} without a price)` : '';
  return `Reclaimable: ${counted(seats, 'license')}${money}${without}.`;
}

function count(value: number): string {
  return value.toLocaleString('en');
}
