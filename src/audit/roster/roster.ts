import type { Day } from '../day.js';
import type { UserId } from '../person.js';

/** What a user source (HR, AD, another system) says of somebody, mapped by the policy's words. */
export type RosterStatus = 'active' | 'left' | 'onLeave' | 'unknown';

/** Why nobody knows what the sources mean; `DOUBTS` says it in words. */
export type RosterDoubt =
  | 'keysDisagree'
  | 'contradictory'
  | 'unknownStatus'
  | 'leaveRejected'
  /** The file and the directory contradict each other. */
  | 'directory'
  | 'hiredAgain';

/** One person in the newest user source. */
export interface RosterFact {
  readonly status: RosterStatus;
  /** The day of the source, and its name: a file, or `directory` for Graph's own dates. */
  readonly asOf: Day;
  readonly origin: string;
  /** Leave, both days inclusive; undefined is open. */
  readonly leaveFrom: Day | undefined;
  readonly leaveUntil: Day | undefined;
  /** Of status `unknown` alone. */
  readonly doubt?: RosterDoubt | undefined;
}

/** What one file says of one person. */
export type RosterEntry = Pick<RosterFact, 'status' | 'leaveFrom' | 'leaveUntil' | 'doubt'>;

/** `people` are those whom rows name: active + left + onLeave + unknown. The rest of the numbers are rows. */
export interface RosterCounts {
  readonly rows: number;
  readonly people: number;
  readonly active: number;
  readonly left: number;
  readonly onLeave: number;
  readonly unknown: number;
  /** Rows that name nobody in the directory, or more than one person. */
  readonly unmatched: number;
  readonly unreadable: number;
}

/** The newest imported user source. */
export interface Roster {
  readonly asOf: Day;
  readonly origin: string;
  readonly counts: RosterCounts;
  /** undefined: the file does not name the person, which says nothing; least of all that they left. */
  factOf(userId: UserId): RosterFact | undefined;
  /** true: not older than `maxAgeDays`, and not of a later day than today. */
  isFresh(today: Day, maxAgeDays: number): boolean;
}
