import type { DoneAudit } from '../audit/audit-result.js';
import { moneyText } from '../cards/money-text.js';
import { sumsByCurrency } from '../spend/money.js';
import type { PositionRow } from '../spend/position.js';
import type { CommandLine } from './command-line.js';
import type { ExitCode } from './exit.js';
import { counted, say, table } from './terminal.js';
import { withPosition } from './with-position.js';

/** The position of the latest run; where there is none yet, of the tenant as it is now. */
export async function positionCommand(line: CommandLine): Promise<ExitCode> {
  return withPosition(line.env, ({ rows }) => say(positionText(rows)));
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
