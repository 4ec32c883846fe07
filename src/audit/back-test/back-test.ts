import type { Price } from '../../config/policy.js';
import { sumsByCurrency, type Money } from '../../spend/money.js';
import { annualPrice } from '../../spend/prices.js';
import type { Day } from '../day.js';
import { judgeIdle, type IdleRun } from './idle-judgement.js';
import { IDLE_DAYS, type IdleRecord } from './idle-record.js';
import type { InactivityRules } from '../inactivity.js';
import type { SkuId } from '../person.js';

/** One stored run with the evidence that it kept. */
export interface StoredIdle extends IdleRun {
  readonly runId: string;
  readonly records: readonly IdleRecord[];
}

/** What a threshold of `days` would have flagged in one run. */
export interface ThresholdFigures {
  readonly days: number;
  /** Proven to be inactive, and not known to be protected. */
  readonly people: number;
  /** Managed licenses that they hold. */
  readonly licenses: number;
  /** What these cost per year, one amount per currency. */
  readonly annualCost: readonly Money[];
  /** People with at least one license that has no price. */
  readonly withoutPrice: number;
  /** Of `people`: nobody has looked yet whether they are protected, because the policy's threshold leaves them alone. */
  readonly unchecked: number;
  /** They come on top or they do not: inactive as far as was read, but their sign-in dates were not. */
  readonly unread: number;
  /** Inactive and protected; people for HR alone are merged in. */
  readonly protected: number;
  readonly guests: number;
}

/** Of those whom a threshold would have flagged in an earlier run. */
export interface ReturnFigures {
  readonly days: number;
  readonly flagged: number;
  /** Seen active within 30 days after. */
  readonly cameBack: number;
  readonly stayedIdle: number;
  /** No later run tells: they left the scope or lost the license, or there was no run in time. */
  readonly untold: number;
}

export interface EarlierRun {
  readonly runId: string;
  readonly day: Day;
  readonly returns: readonly ReturnFigures[];
}

export interface BackTest {
  readonly runId: string;
  readonly day: Day;
  /** The policy's threshold. */
  readonly policyDays: number;
  readonly thresholds: readonly ThresholdFigures[];
  /** Newest first; empty: no run is 30 days older than this one, so that nothing is known yet. */
  readonly earlier: readonly EarlierRun[];
}

export const SMALLEST_THRESHOLD = IDLE_DAYS;
export const LARGEST_THRESHOLD = 180;
const MOST_THRESHOLDS = 10;
/** Tested where nobody says which. */
export const USUAL_THRESHOLDS: readonly number[] = [60, 90, 120, 180];

export type Thresholds =
  | { readonly kind: 'days'; readonly days: readonly number[] }
  /** A sentence that says what to write instead. */
  | { readonly kind: 'wrong'; readonly why: string };

/** Thresholds that can be tested, in order and each once. */
export function thresholdsOf(days: readonly number[]): Thresholds {
  const wanted = [...new Set(days)].sort((a, b) => a - b);
  const [smallest = Number.NaN] = wanted;
  const largest = wanted.at(-1) ?? Number.NaN;
  if (wanted.length === 0 || wanted.some((each) => !Number.isSafeInteger(each)))
    return wrong('A threshold is a whole number of days, such as 60.');
  if (largest > LARGEST_THRESHOLD)
    return wrong(
      `${largest} days cannot be tested: thresholds over ${LARGEST_THRESHOLD} days are refused, because the usage reports cannot prove them.`,
    );
  if (smallest < SMALLEST_THRESHOLD)
    return wrong(
      `${smallest} days cannot be tested: evidence is kept of people without use for ${SMALLEST_THRESHOLD} days or more.`,
    );
  if (wanted.length > MOST_THRESHOLDS)
    return wrong(`Up to ${MOST_THRESHOLDS} thresholds can be tested at once, not ${wanted.length}.`);
  return { kind: 'days', days: wanted };
}

function wrong(why: string): Thresholds {
  return { kind: 'wrong', why };
}

export interface ThresholdRules {
  readonly policy: InactivityRules & { readonly prices: readonly Price[] };
  /** Part numbers, which the policy's prices name. */
  readonly partNumbers: ReadonlyMap<SkuId, string>;
  /** Whose prices hold. */
  readonly today: Day;
}

/** What the thresholds would have flagged in one run. Pure. */
export function thresholdFigures(
  run: StoredIdle,
  thresholds: readonly number[],
  rules: ThresholdRules,
): readonly ThresholdFigures[] {
  const priceOf = pricesOf(rules);
  return thresholds.map((days) => figuresAt(days, run, rules, priceOf));
}

function figuresAt(
  days: number,
  run: StoredIdle,
  { policy }: ThresholdRules,
  priceOf: (skuId: SkuId) => Money | undefined,
): ThresholdFigures {
  const counts = {
    people: 0,
    licenses: 0,
    withoutPrice: 0,
    unchecked: 0,
    unread: 0,
    protected: 0,
    guests: 0,
  };
  const amounts: Money[] = [];
  for (const record of run.records) {
    const judged = judgeIdle(record, days, run, policy);
    if (judged === 'unread' && (record.list === 'normal' || record.list === 'unknown')) counts.unread += 1;
    if (judged !== 'inactive') continue;
    if (record.list === 'protected') counts.protected += 1;
    if (record.list === 'guest') counts.guests += 1;
    if (!isFlagged(record)) continue;
    counts.people += 1;
    counts.licenses += record.licenses.length;
    if (record.list === 'unknown') counts.unchecked += 1;
    const prices = record.licenses.map(priceOf);
    if (prices.includes(undefined)) counts.withoutPrice += 1;
    amounts.push(...prices.flatMap((price) => price ?? []));
  }
  return { days, ...counts, annualCost: sumsByCurrency(amounts) };
}

/** Inactive at a threshold, would the normal path take the person, as far as is known? */
export function isFlagged({ list }: IdleRecord): boolean {
  return list === 'normal' || list === 'unknown';
}

function pricesOf({ policy, partNumbers, today }: ThresholdRules): (skuId: SkuId) => Money | undefined {
  const known = new Map<SkuId, Money | undefined>();
  return (skuId) => {
    if (!known.has(skuId))
      known.set(skuId, annualPrice(policy.prices, partNumbers.get(skuId) ?? skuId, today));
    return known.get(skuId);
  };
}
