import type { CardJson } from '../bot/messenger.js';
import type { Instant } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { sumsByCurrency } from '../spend/money.js';
import type { PositionRow } from '../spend/position.js';
import { timeText, type Reader } from './dates.js';
import { card, facts, line, quiet, title } from './elements.js';
import { cardText } from './escape.js';
import { moneyText, yearlyText } from './money-text.js';

const ROWS = 15;

/** Where the seats of each license are, those with the most to take back first. */
export function positionCard(rows: readonly PositionRow[], finishedAt: string, view: Reader): CardJson {
  const sorted = rows.toSorted(byWorth);
  const shown = sorted.slice(0, ROWS);
  const count = sorted.length - shown.length;
  return card([
    title(positionHeadline(rows, view)),
    quiet(auditText(finishedAt, view)),
    ...(shown.length === 0 ? [] : [facts(shown.map((row) => [cardText(row.name, 80), rowText(row, view)]))]),
    ...(count > 0 ? [quiet(text(view, 'admin.position.more', { count }))] : []),
    line(totalText(rows, view)),
    quiet(text(view, 'admin.position.rule')),
  ]);
}

/** What is said beside the position as a file. */
export function positionNote(rows: readonly PositionRow[], finishedAt: string, reader: Reader): ReadyText {
  return joined(
    [positionHeadline(rows, reader), auditText(finishedAt, reader), text(reader, 'admin.position.rule')],
    '\n\n',
  );
}

function auditText(finishedAt: string, reader: Reader): ReadyText {
  return text(reader, 'admin.position.audit', { time: timeText(finishedAt as Instant, reader) });
}

export function positionHeadline(rows: readonly PositionRow[], reader: Language): ReadyText {
  return text(reader, 'admin.position.headline', {
    bought: sumOf(rows, 'bought'),
    reclaimable: sumOf(rows, 'reclaimable'),
  });
}

function byWorth(a: PositionRow, b: PositionRow): number {
  const worth = (b.annualReclaimable?.minor ?? 0) - (a.annualReclaimable?.minor ?? 0);
  if (worth !== 0) return worth;
  return b.reclaimable - a.reclaimable || (a.partNumber < b.partNumber ? -1 : 1);
}

function sumOf(rows: readonly PositionRow[], of: 'bought' | 'reclaimable'): number {
  return rows.reduce((sum, row) => sum + row[of], 0);
}

function rowText(row: PositionRow, reader: Language): ReadyText {
  const { bought, assigned, idle, reclaimable } = row;
  const seats = text(reader, 'admin.position.row', {
    ...{ bought, assigned, idle, reclaimable },
    protected: row.protected,
  });
  return reclaimable === 0 ? seats : joined([seats, yearlyText(row.annualReclaimable, reader.locale)], ' · ');
}

/** Money of different currencies is never added up. */
function totalText(rows: readonly PositionRow[], reader: Language): ReadyText {
  const sums = sumsByCurrency(rows.map(({ annualReclaimable }) => annualReclaimable)).filter(
    ({ minor }) => minor > 0,
  );
  const unpriced = rows.filter((row) => row.reclaimable > 0 && row.annualReclaimable === undefined).length;
  const cost =
    sums.length === 0
      ? text(reader, 'money.noPrice')
      : joined(
          sums.map((sum) => moneyText(sum, reader.locale)),
          ' + ',
        );
  const count = sumOf(rows, 'reclaimable');
  if (rows.length === 0) return text(reader, 'admin.position.none');
  if (count === 0) return text(reader, 'admin.position.nothing');
  return unpriced > 0 && sums.length > 0
    ? text(reader, 'admin.position.totalSome', { count, cost, unpriced })
    : text(reader, 'admin.position.total', { count, cost });
}
