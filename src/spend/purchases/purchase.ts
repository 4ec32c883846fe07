import type { Day } from '../../audit/day.js';
import type { Money } from '../money.js';

/** One line of the customer's own list: how many licenses of what were bought, for how much and from when until when. */
export interface Purchase {
  /** On which it begins, counted from 1. */
  readonly line: number;
  /** What names the license, as it is written: its SKU id, part number or name; at least one. */
  readonly keys: readonly string[];
  /** Number of the order or invoice; undefined: the list has none. */
  readonly order: string | undefined;
  /** Negative for a credit. */
  readonly seats: number;
  /** Of all its licenses for a year; undefined when the list has no price for them. */
  readonly annual: Money | undefined;
  /** First and last day for which it was bought, inclusive; undefined is open. */
  readonly effective: Day | undefined;
  readonly ending: Day | undefined;
}

/** Why a line cannot be read and what to do about it, as the rest of a sentence that begins with the line. */
export interface PurchaseError {
  readonly line: number;
  readonly says: string;
}

export type PurchaseFile =
  | { readonly kind: 'purchases'; readonly purchases: readonly Purchase[] }
  | { readonly kind: 'errors'; readonly errors: readonly PurchaseError[] }
  /** `why` is the rest of a sentence that begins with the file's name. */
  | { readonly kind: 'unusable'; readonly why: string };
