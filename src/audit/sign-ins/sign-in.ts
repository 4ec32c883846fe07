import { DAY_MS } from '../../config/durations.js';
import type { SignInRow } from '../../graph/graph-door.js';
import { dayOf, parseDay, type Day } from '../day.js';
import type { Evidence, Fact } from '../evidence.js';

/** `lastSuccessfulSignInDateTime` exists since this day and was not filled in for the time before. */
export const SUCCESS_RECORDED_SINCE = parseDay('2023-12-01') as Day;
/** The same as a moment. */
export const SUCCESSES_SINCE = new Date(SUCCESS_RECORDED_SINCE * DAY_MS);
/** Interactive sign-ins are kept since then: "never" said of an older account reaches back only so far. */
export const SIGN_INS_RECORDED_SINCE = parseDay('2020-04-01') as Day;

/** What the sign-in dates show beyond single rows: those of the people who needed them, not of the whole tenant. */
export type SignInSource =
  | { readonly kind: 'unread'; readonly why: string }
  | {
      readonly kind: 'read';
      /** People whose dates could change a verdict, and those of them who have a row. */
      readonly asked: number;
      readonly rows: number;
      /** Rows of theirs with any date, and with a successful one. */
      readonly withDates: number;
      readonly withSuccess: number;
      /**
       * Somebody in the tenant, asked for or not, has a successful sign-in. Without a value of anybody an absent one
       * proves nothing, and people who were picked for not being active may well have none.
       */
      readonly othersHaveValues: boolean;
      /** Some were read just now, and none of these has a date: what was kept of a time before does not speak for them. */
      readonly isBlankNow?: true;
    };

/** Why sign-in dates were not read although they could have been. */
export const NOBODY_NEEDED = 'nobody needed them';

const UNKNOWN_FACT = (why: string): Fact => ({ kind: 'unknown', why });

/**
 * What `signInActivity` proves about one person.
 * @param row undefined when Graph did not return the person
 * @param created of the account; undefined counts as older than every record
 */
export function signInEvidence(
  row: SignInRow | undefined,
  source: SignInSource,
  created: Day | undefined,
): Evidence['signIn'] {
  if (source.kind === 'unread') return { unknown: source.why };
  if (row === undefined) return { unknown: 'the person is not among the sign-in rows' };
  if (isBlank(row, source)) return { unknown: 'nobody in the tenant has a sign-in date' };
  const successful = dayIn(row.successful);
  const interactive = dayIn(row.interactive);
  const nonInteractive = dayIn(row.nonInteractive);
  const attempts = [interactive, nonInteractive].filter((at) => at !== undefined);
  const noAttempt: Fact = { kind: 'none', since: noSignInSince(created) };
  return {
    successful:
      successful === undefined ? noSuccess(attempts, source, created) : { kind: 'on', day: successful },
    interactive: interactive === undefined ? noAttempt : { kind: 'on', day: interactive },
    nonInteractive: nonInteractive === undefined ? noAttempt : { kind: 'on', day: nonInteractive },
  };
}

/** true: the row has no date, and neither has anybody else whose dates were read with it. */
function isBlank(row: SignInRow, source: Extract<SignInSource, { kind: 'read' }>): boolean {
  if (source.othersHaveValues) return false;
  return source.withDates === 0 || (source.isBlankNow === true && !hasDate(row));
}

/** true: any of the three dates is there. */
export function hasDate({ successful, interactive, nonInteractive }: SignInRow): boolean {
  return (successful ?? interactive ?? nonInteractive) !== undefined;
}

/** Absent in all three fields means never (or not in recorded time); absent beside attempts, not since recording began. */
function noSuccess(
  attempts: readonly Day[],
  source: Extract<SignInSource, { kind: 'read' }>,
  created: Day | undefined,
): Fact {
  if (attempts.length === 0) return { kind: 'none', since: noSignInSince(created) };
  if (source.withSuccess === 0 && !source.othersHaveValues)
    return UNKNOWN_FACT('nobody in the tenant has a successful sign-in date');
  // The account may be older than its creation date says: it was restored, or its attempts prove it.
  const isYounger = [created, ...attempts].every((at) => at !== undefined && at >= SUCCESS_RECORDED_SINCE);
  return { kind: 'none', since: isYounger ? undefined : SUCCESS_RECORDED_SINCE };
}

/** undefined: never. The directory leaves the creation date out for accounts that are older than the records. */
function noSignInSince(created: Day | undefined): Day | undefined {
  return created === undefined || created < SIGN_INS_RECORDED_SINCE ? SIGN_INS_RECORDED_SINCE : undefined;
}

/** A never value may come as year 1. */
function dayIn(at: Date | undefined): Day | undefined {
  return at === undefined || Number.isNaN(at.getTime()) || at.getUTCFullYear() <= 1 ? undefined : dayOf(at);
}
