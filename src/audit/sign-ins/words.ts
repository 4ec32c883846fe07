import { isoDay, dayOf } from '../day.js';
import { minutesFor, type SignInStep } from './plan.js';

/** What was decided, how long it was expected to take, and what it took. */
export interface SignInPlanReport {
  /** One sentence per decision, in order: the first is what was announced, others follow where counts told better. */
  readonly announced: readonly string[];
  /** Requests expected with the last decision, those before it included; 0 where none were needed. */
  readonly expectedRequests: number;
  /** Whole minutes that `expectedRequests` take at the pace. */
  readonly expectedMinutes: number;
  /** Requests made. */
  readonly requests: number;
  /** Rows that an earlier run had read within a day. */
  readonly kept: number;
}

interface Announced {
  readonly step: Extract<SignInStep, { readonly requests: number }>;
  readonly needed: number;
  readonly licensed: number;
  readonly olderThan: Date;
  /** Undefined before the sweep was looked at. */
  readonly sweepRows: number | undefined;
  /** Requests in all, those already made for finding out included. */
  readonly requests: number;
  readonly perMinute: number;
  readonly kept: number;
  /** An earlier run has begun the sweep or pass. */
  readonly goesOn: boolean;
}

/** `Sign-in dates: about 49 requests, 5 minutes (sweep of 4,512 sign-ins before 2026-08-25, then about 600 people by id)` */
export function planSentence(plan: Announced): string {
  const kept = plan.kept === 0 ? '' : `; ${keptText(plan.kept)} read within the last day`;
  const requests = plan.requests === 1 ? '1 request' : `about ${count(plan.requests)} requests`;
  return `Sign-in dates: ${requests}, ${duration(plan.requests, plan.perMinute)} (${wayOf(plan)}${kept})`;
}

export function nothingToRead(kept: number): string {
  return kept === 1
    ? 'Sign-in dates: nothing to read (the one needed was read within the last day)'
    : `Sign-in dates: nothing to read (all ${count(kept)} needed were read within the last day)`;
}

function keptText(kept: number): string {
  return kept === 1 ? '1 was' : `${count(kept)} were`;
}

function wayOf({ step, needed, licensed, olderThan, sweepRows, goesOn }: Announced): string {
  if (step.kind === 'full')
    return `${goesOn ? 'the rest of a' : 'a'} pass over ${count(licensed)} licensed people`;
  if (step.kind === 'ids') return `${people(needed)} by id`;
  const rest = goesOn ? 'the rest of a ' : '';
  const sweep = `${rest}sweep of ${count(sweepRows ?? 0)} sign-ins before ${isoDay(dayOf(olderThan))}`;
  return step.rest === 0 ? sweep : `${sweep}, then about ${people(step.rest)} by id`;
}

function people(number: number): string {
  return number === 1 ? '1 person' : `${count(number)} people`;
}

function duration(requests: number, perMinute: number): string {
  const minutes = minutesFor(requests, perMinute);
  if (minutes === 0) return 'less than a minute';
  return minutes === 1 ? '1 minute' : `${count(minutes)} minutes`;
}

/** As `toLocaleString('en-US')` writes it, which loads all of the runtime's language data (8 MB) in every audit. */
function count(number: number): string {
  return String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}
