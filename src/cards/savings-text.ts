import type { SavingsSeen } from '../cases/admin/admin-desk.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import type { Money } from '../spend/money.js';
import { monthly, rowsBy, rowsThatAre, sumOf, type SavingsRow, type SeatSum } from '../spend/savings.js';
import { dayText, monthText, timeText, type Reader } from './dates.js';
import { moneyText } from './money-text.js';

type Row = readonly [name: ReadyText, value: ReadyText];

/** What was saved in words, the same in a card and at a terminal. */
export interface SavingsText {
  readonly headline: ReadyText;
  /** When the cases were read, and since when something is final. */
  readonly asOf: ReadyText;
  readonly standings: readonly Row[];
  /** Of what is final, the newest in front. */
  readonly years: readonly Row[];
  readonly months: readonly Row[];
  /** Names as their products have them, those with the most in front. */
  readonly licenses: readonly (readonly [name: string, value: ReadyText])[];
  /** What the figures mean. */
  readonly rules: readonly ReadyText[];
}

export function savingsText(seen: SavingsSeen, reader: Reader): SavingsText {
  const { savings } = seen;
  const final = rowsThatAre(savings.rows, 'final');
  return {
    headline: savingsHeadline(savings.rows, reader),
    asOf: asOfText(seen, 'asOf', reader),
    standings: [...standingsOf(savings.rows, reader), ...notCounted(savings, reader)],
    years: by(
      final,
      ({ month }) => (month ?? '').slice(0, 4),
      (year) => year as ReadyText,
      reader,
    ),
    months: by(
      final,
      ({ month }) => month ?? '',
      (month) => monthText(month, reader),
      reader,
    ),
    licenses: licensesOf(savings.rows, reader),
    rules: [text(reader, 'admin.savings.rule.counted'), text(reader, 'admin.savings.rule.money')],
  };
}

export function savingsHeadline(rows: readonly SavingsRow[], reader: Language): ReadyText {
  const sum = sumOf(rowsThatAre(rows, 'final'));
  const count = sum.freed + sum.replaced;
  if (count === 0) return text(reader, 'admin.savings.none');
  return text(reader, 'admin.savings.headline', { count, cost: yearly(sum, reader) });
}

/** Of when the figures are, and what does not count among them: for beside a file, whose rows are all counted. */
export function savingsNote(seen: SavingsSeen, reader: Reader): ReadyText {
  const left = notCounted(seen.savings, reader).map((row) => joined(row, ': '));
  return joined([asOfText(seen, 'asOfNothing', reader), ...left], '\n\n');
}

/** @param before where nothing is final yet: `asOf` where that is said already */
function asOfText({ savings, asOf }: SavingsSeen, before: 'asOf' | 'asOfNothing', reader: Reader): ReadyText {
  const time = timeText(asOf, reader);
  return savings.since === undefined
    ? text(reader, `admin.savings.${before}`, { time })
    : text(reader, 'admin.savings.since', { time, date: dayText(savings.since, reader) });
}

const STANDINGS = ['final', 'onHold', 'inSight'] as const;

function standingsOf(rows: readonly SavingsRow[], reader: Language): readonly Row[] {
  return STANDINGS.map((standing) => [
    text(reader, `admin.savings.${standing}`),
    sumText(sumOf(rowsThatAre(rows, standing)), reader),
  ]);
}

function notCounted(
  { takenBack, heldAgain }: Pick<SavingsSeen['savings'], 'takenBack' | 'heldAgain'>,
  reader: Language,
): readonly Row[] {
  const parts = [
    ...(takenBack > 0 ? [text(reader, 'admin.savings.takenBack', { count: takenBack })] : []),
    ...(heldAgain > 0 ? [text(reader, 'admin.savings.heldAgain', { count: heldAgain })] : []),
  ];
  return parts.length === 0 ? [] : [[text(reader, 'admin.savings.notCounted'), joined(parts, ' · ')]];
}

function by(
  rows: readonly SavingsRow[],
  keyOf: (row: SavingsRow) => string,
  nameOf: (key: string) => ReadyText,
  reader: Language,
): readonly Row[] {
  return [...rowsBy(rows, keyOf)].map(([key, some]) => [nameOf(key), shortText(sumOf(some), reader)]);
}

function licensesOf(rows: readonly SavingsRow[], reader: Language): SavingsText['licenses'] {
  const groups = [...rowsBy(rows, ({ partNumber }) => partNumber).values()];
  return groups
    .toSorted((a, b) => worthOf(b) - worthOf(a) || seatsOf(b) - seatsOf(a))
    .map((some) => [
      some[0]?.name ?? '',
      joined(
        STANDINGS.flatMap((standing) => {
          const of = rowsThatAre(some, standing);
          const name = text(reader, `admin.savings.${standing}`);
          return of.length === 0 ? [] : [joined([name, shortText(sumOf(of), reader)], ': ')];
        }),
        '; ',
      ),
    ]);
}

/** Only to put rows in an order: amounts of several currencies are never shown together. */
function worthOf(rows: readonly SavingsRow[]): number {
  return Math.max(0, ...sumOf(rows).annual.map(({ minor }) => minor));
}

function seatsOf(rows: readonly SavingsRow[]): number {
  return rows.reduce((all, { seats }) => all + seats, 0);
}

/** `12 licenses · 3 of them for a cheaper one · $684 a year, $57 a month · 2 of them without a price entered`. */
function sumText(sum: SeatSum, reader: Language): ReadyText {
  const { freed, replaced, givenOn } = sum;
  const count = freed + replaced;
  if (count + givenOn === 0) return text(reader, 'admin.savings.nothing');
  const saved = [
    text(reader, 'admin.savings.seats', { count }),
    ...(replaced > 0 ? [text(reader, 'admin.savings.replaced', { count: replaced })] : []),
    moneyOf(sum, reader),
    ...unpriced(sum, reader),
  ];
  const given = givenOn > 0 ? [text(reader, 'admin.savings.givenOn', { count: givenOn })] : [];
  return joined([...(count > 0 ? saved : []), ...given], ' · ');
}

/** `12 licenses, $684 a year`. */
function shortText(sum: SeatSum, reader: Language): ReadyText {
  const { freed, replaced, givenOn } = sum;
  const count = freed + replaced;
  return joined(
    [
      ...(count > 0 ? [text(reader, 'admin.savings.seats', { count }), yearly(sum, reader)] : []),
      ...unpriced(sum, reader),
      ...(givenOn > 0 ? [text(reader, 'admin.savings.passedOn', { count: givenOn })] : []),
    ],
    ', ',
  );
}

function moneyOf({ annual }: SeatSum, reader: Language): ReadyText {
  if (annual.length === 0) return text(reader, 'money.noPrice');
  return text(reader, 'admin.savings.money', {
    year: added(annual, reader),
    month: added(annual.map(monthly), reader),
  });
}

/** Some of the seats; where none has a price, that is said in place of the money. */
function unpriced({ annual, withoutPrice }: SeatSum, reader: Language): readonly ReadyText[] {
  return withoutPrice > 0 && annual.length > 0
    ? [text(reader, 'admin.savings.withoutPrice', { count: withoutPrice })]
    : [];
}

function yearly({ annual }: SeatSum, reader: Language): ReadyText {
  return annual.length === 0
    ? text(reader, 'money.noPrice')
    : text(reader, 'money.yearly', { amount: added(annual, reader) });
}

/** Side by side: money of different currencies is never added up. */
function added(amounts: readonly Money[], { locale }: Language): ReadyText {
  return joined(
    amounts.map((amount) => moneyText(amount, locale)),
    ' + ',
  );
}
