import { sumsByCurrency, type Money } from './money.js';

/** How sure a seat is: `final`: gone, and no undo any more. `onHold`: gone, and can be undone. `inSight`: decided, not yet gone. */
export type SeatStanding = 'final' | 'onHold' | 'inSight';

/** What became of a seat. `replaced`: a cheaper license was given for it. `givenOn`: somebody else holds it. */
export type SeatOutcome = 'freed' | 'replaced' | 'givenOn';

/** One seat that was taken from somebody, or is to be. */
export interface TakenSeat {
  readonly standing: SeatStanding;
  /** `YYYY-MM-DD`: since when it is final, or when its undo window ends; undefined: it is not gone yet. */
  readonly day: string | undefined;
  readonly outcome: SeatOutcome;
  readonly partNumber: string;
  readonly name: string;
  /** At the price of its time, less that of a cheaper license; undefined: no price was entered, or not in one currency. */
  readonly annual: Money | undefined;
}

/** Seats that are alike, month by month. */
export interface SavingsRow {
  readonly standing: SeatStanding;
  /** `YYYY-MM`; undefined: not gone yet. */
  readonly month: string | undefined;
  readonly outcome: SeatOutcome;
  readonly partNumber: string;
  readonly name: string;
  readonly seats: number;
  /** A seat that somebody else holds saves no money: undefined, as where no price was entered. */
  readonly annual: Money | undefined;
}

/** What was saved, and nobody is named in it. */
export interface Savings {
  /** The newest month in front, and what is not gone yet at the end. */
  readonly rows: readonly SavingsRow[];
  /** The first day on which something was final, `YYYY-MM-DD`; undefined: nothing is. */
  readonly since: string | undefined;
  /** Seats that were taken and count nothing: they were given back, or found with the same person again. */
  readonly takenBack: number;
  readonly heldAgain: number;
}

/** Some rows together. Currencies are never added up. */
export interface SeatSum {
  readonly freed: number;
  readonly replaced: number;
  readonly givenOn: number;
  /** A year, by currency. */
  readonly annual: readonly Money[];
  /** Freed or replaced seats of which no price was entered. */
  readonly withoutPrice: number;
}

/** Counts seats one by one. */
export function savingsRows(seats: Iterable<TakenSeat>): readonly SavingsRow[] {
  const rows = new Map<string, SavingsRow>();
  for (const { standing, day, outcome, partNumber, name, annual: worth } of seats) {
    const annual = outcome === 'givenOn' ? undefined : worth;
    const month = day?.slice(0, 7);
    const key = [standing, month, outcome, partNumber, annual?.currency].join(' ');
    const before = rows.get(key);
    const minor = (before?.annual?.minor ?? 0) + (annual?.minor ?? 0);
    rows.set(key, {
      ...(before ?? { standing, month, outcome, partNumber, name }),
      seats: (before?.seats ?? 0) + 1,
      annual: annual && { minor, currency: annual.currency },
    });
  }
  return [...rows.values()].sort(inOrder);
}

const STANDINGS: readonly SeatStanding[] = ['final', 'onHold', 'inSight'];

function inOrder(a: SavingsRow, b: SavingsRow): number {
  const standing = STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing);
  if (standing !== 0) return standing;
  if (a.month !== b.month) return (a.month ?? '') > (b.month ?? '') ? -1 : 1;
  return sortKey(a) < sortKey(b) ? -1 : 1;
}

function sortKey({ partNumber, outcome, annual }: SavingsRow): string {
  return [partNumber, outcome, annual?.currency ?? ''].join(' ');
}

export function sumOf(rows: readonly SavingsRow[]): SeatSum {
  const count = (some: readonly SavingsRow[]): number => some.reduce((sum, { seats }) => sum + seats, 0);
  const of = (outcome: SeatOutcome): readonly SavingsRow[] => rows.filter((row) => row.outcome === outcome);
  return {
    freed: count(of('freed')),
    replaced: count(of('replaced')),
    givenOn: count(of('givenOn')),
    annual: sumsByCurrency(rows.map(({ annual }) => annual)),
    withoutPrice: count(rows.filter(({ outcome, annual }) => outcome !== 'givenOn' && annual === undefined)),
  };
}

export function rowsThatAre(rows: readonly SavingsRow[], standing: SeatStanding): readonly SavingsRow[] {
  return rows.filter((row) => row.standing === standing);
}

/** A twelfth, to the nearest smallest coin. */
export function monthly({ minor, currency }: Money): Money {
  return { minor: Math.round(minor / 12), currency };
}

/** Rows by something that they have, such as their month, in their order. */
export function rowsBy(
  rows: readonly SavingsRow[],
  keyOf: (row: SavingsRow) => string,
): ReadonlyMap<string, readonly SavingsRow[]> {
  const groups = new Map<string, SavingsRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
