import { moneyText } from '../../cards/money-text.js';
import type { Money } from '../../spend/money.js';
import { decimal, sumsByCurrency } from '../../spend/money.js';
import type { PositionRow } from '../../spend/position.js';
import type { PageCell, PageTable } from './data.js';
import { SEATS } from './data.js';
import { escapeHtml } from './escape.js';

export const SEAT_WORDS: Readonly<Record<(typeof SEATS)[number], string>> = {
  active: 'In use',
  reclaimable: 'Reclaimable',
  protected: 'Protected',
  unknown: 'Unknown',
  other: 'Other',
  free: 'Free',
};

type Counts = Pick<
  PositionRow,
  | 'bought'
  | 'assigned'
  | 'free'
  | 'active'
  | 'idle'
  | 'protected'
  | 'reclaimable'
  | 'unknown'
  | 'outOfScope'
  | 'unaccounted'
>;

const COUNTED = [
  'bought',
  'assigned',
  'free',
  'active',
  'idle',
  'protected',
  'reclaimable',
  'unknown',
  'outOfScope',
  'unaccounted',
] as const satisfies readonly (keyof Counts)[];

/** All SKUs together. */
export function totalOf(rows: readonly PositionRow[]): Counts {
  const sums = COUNTED.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]);
  return Object.fromEntries(sums) as Record<(typeof COUNTED)[number], number>;
}

/** Where the seats of every license are; the last row adds them up. */
export function licensesTable(rows: readonly PositionRow[]): PageTable {
  return {
    id: 'licenses',
    nouns: ['license', 'licenses'],
    columns: [
      { label: 'License', kind: 'text' },
      { label: 'Where the seats are', kind: 'seats' },
      { label: 'Bought', kind: 'number' },
      { label: 'Free', kind: 'number' },
      { label: 'Assigned', kind: 'number' },
      { label: 'In use', kind: 'number' },
      { label: 'Unknown', kind: 'number' },
      { label: 'Other', kind: 'number' },
      { label: 'Idle', kind: 'number' },
      { label: 'Protected', kind: 'number' },
      { label: 'Reclaimable', kind: 'number' },
      { label: 'Per year', kind: 'ranked' },
    ],
    rows: rows.map((row) => ({ c: cellsOf(row.name, row, priceCell(row)) })),
    foot: cellsOf('All licenses', totalOf(rows), [null, moneyOf(rows)]),
  };
}

function cellsOf(name: string, row: Counts, price: PageCell): readonly PageCell[] {
  return [
    name,
    seatsOf(row),
    row.bought,
    row.free,
    row.assigned,
    row.active,
    row.unknown,
    row.outOfScope + row.unaccounted,
    row.idle,
    row.protected,
    row.reclaimable,
    price,
  ];
}

/** In the order of `SEATS`. */
export function seatsOf(row: Counts): readonly number[] {
  const { active, reclaimable, unknown, free } = row;
  return [active, reclaimable, row.protected, unknown, row.outOfScope + row.unaccounted, free];
}

function priceCell({ annualReclaimable, annualPrice }: PositionRow): PageCell {
  if (annualPrice === undefined || annualReclaimable === undefined) return [null, 'price not entered'];
  return [Number(decimal(annualReclaimable)), moneyText(annualReclaimable, 'en')];
}

/** What all reclaimable seats cost per year, currency by currency. */
function moneyOf(rows: readonly PositionRow[]): string {
  const text = moneyWords(sumsByCurrency(rows.map(({ annualReclaimable }) => annualReclaimable)));
  return text === '' ? 'price not entered' : text;
}

export function moneyWords(sums: readonly Money[]): string {
  return sums.map((sum) => moneyText(sum, 'en')).join(' + ');
}

/** The bar of all seats with its legend: each part has its name and number in words. */
export function seatsFigure(rows: readonly PositionRow[]): string {
  const seats = seatsOf(totalOf(rows));
  const total = seats.reduce((sum, count) => sum + Math.max(0, count), 0);
  let from = 0;
  const rects = SEATS.map((kind, at) => {
    const width = total > 0 ? (Math.max(0, seats[at] ?? 0) / total) * 100 : 0;
    const rect = `<rect x="${from.toFixed(3)}" width="${width.toFixed(3)}" height="12" class="seat-${kind}"/>`;
    from += width;
    return rect;
  });
  const legend = SEATS.flatMap((kind, at) => {
    const count = seats[at] ?? 0;
    if (count === 0 && (kind === 'other' || kind === 'unknown')) return [];
    const key = `<svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" rx="2" class="seat-${kind}"/></svg>`;
    return [`<li>${key}${SEAT_WORDS[kind]} <b>${escapeHtml(count.toLocaleString('en-US'))}</b></li>`];
  });
  return [
    '<figure class="seats"><figcaption>Where all seats are</figcaption>',
    `<svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" class="stack">${rects.join('')}</svg>`,
    `<ul class="legend">${legend.join('')}</ul></figure>`,
  ].join('');
}
