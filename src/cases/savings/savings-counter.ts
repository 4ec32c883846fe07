import type { SkuId } from '../../audit/person.js';
import { savingsRows, type Savings, type TakenSeat } from '../../spend/savings.js';
import type { Case, Instant } from '../case.js';
import { isSealed } from '../hr/sealed.js';
import { endOf } from '../step-progress.js';
import { takenLicenses, type TakenLicense } from './taken-licenses.js';

/** Counts cases one by one, so that nobody holds all of them. */
export interface SavingsCounter {
  add(c: Case): void;
  done(): Savings;
}

interface Found extends TakenLicense {
  /** Of whom and what, undefined once the names are erased. */
  readonly key: string | undefined;
  readonly openedAt: Instant;
  /** It was found again before the names were erased. */
  readonly wasHeld: boolean;
}

/**
 * What was saved, from every case. HR's are in none of it, nor do they change anything of it: that somebody of HR's lane
 * holds again what an earlier case took would otherwise tell of their case by a sum that falls (safety rule 3).
 * @param dayIn the day of a moment for the people of the tenant, `YYYY-MM-DD`
 */
export function savingsCounter(dayIn: (at: Instant) => string): SavingsCounter {
  const found: Found[] = [];
  /** When the newest case was opened that found the person with the license, or gave it to them. */
  const heldAt = new Map<string, Instant>();
  return {
    add(c) {
      if (isSealed(c)) return;
      for (const taken of takenLicenses(c))
        found.push({
          ...taken,
          key: keyOf(c, taken.license.skuId),
          openedAt: c.openedAt,
          wasHeld: c.state === 'closed' && (c.heldAgain ?? []).includes(taken.license.skuId),
        });
      for (const skuId of foundWith(c)) {
        const key = keyOf(c, skuId);
        if (key !== undefined && c.openedAt > (heldAt.get(key) ?? '')) heldAt.set(key, c.openedAt);
      }
    },
    done: () => totalOf(found, heldAt, dayIn),
  };
}

function keyOf({ userId }: Pick<Case, 'userId'>, skuId: SkuId): string | undefined {
  return userId === '' ? undefined : `${userId} ${skuId}`;
}

/**
 * What a case took, and another one that was opened later has found with the same person. Pure.
 * @param theirs the person's cases, without those of HR's lane
 */
export function heldAgainAfter(c: Case, theirs: readonly Case[]): readonly SkuId[] {
  const later = new Set(theirs.filter(({ openedAt }) => openedAt > c.openedAt).flatMap(foundWith));
  return takenLicenses(c)
    .map(({ license: { skuId } }) => skuId)
    .filter((skuId) => later.has(skuId));
}

/** What the person held when the case was opened, or was given in it and has. */
function foundWith(c: Case): readonly SkuId[] {
  if (c.scenario !== 'given') return c.licenses.map(({ skuId }) => skuId);
  const gave = c.state === 'closed' ? (c.gave ?? []) : c.state === 'holding' ? endOf(c).gave : [];
  return gave.map(({ skuId }) => skuId);
}

function totalOf(
  found: readonly Found[],
  heldAt: ReadonlyMap<string, Instant>,
  dayIn: (at: Instant) => string,
): Savings {
  const seats: TakenSeat[] = [];
  let takenBack = 0;
  let heldAgain = 0;
  for (const { license, key, openedAt, wasHeld, standing, at, outcome, annual } of found) {
    const isHeld = wasHeld || (key !== undefined && (heldAt.get(key) ?? openedAt) > openedAt);
    const { partNumber, name } = license;
    if (standing === 'takenBack') takenBack += 1;
    else if (isHeld) heldAgain += 1;
    else seats.push({ standing, outcome, annual, partNumber, name, day: at && dayIn(at) });
  }
  const since = seats
    .flatMap(({ standing, day }) => (standing === 'final' && day !== undefined ? [day] : []))
    .reduce(
      (first: string | undefined, day) => (first === undefined || day < first ? day : first),
      undefined,
    );
  return { rows: savingsRows(seats), since, takenBack, heldAgain };
}
