import type { UserId } from '../audit/person.js';
import type { RosterSource } from '../audit/roster/run-store.js';
import type { Messenger } from '../bot/messenger.js';
import type { Policy } from '../config/policy.js';
import type { ExchangeDoor } from '../graph/exchange-door.js';
import type { GraphDoor } from '../graph/graph-door.js';
import type { Near } from '../graph/near.js';
import type { Locale } from '../i18n/locale.js';
import type { Store } from '../store/store.js';
import type { Log } from '../telemetry/log.js';
import type { HeldSeatsSource } from './campaign/run-held-seats.js';
import type { Role } from './roles.js';
import type { SideBySide } from './side-by-side.js';

/** Randomness, passed in so that a run can be repeated. */
export interface Random {
  /** A new id: letters, digits and dashes only. */
  id(): string;
  /** 32 random hexadecimal digits. */
  salt(): string;
  /** 0 <= x < 1 */
  fraction(): number;
}

/** Milliseconds between looks at things that take their time. */
export interface Pace {
  /** From a license call to the first look whether it took effect, and between looks. */
  readonly checkStep: number;
  /** A step that has not taken effect by then needs a person. */
  readonly giveUpStep: number;
  /** Between looks at what a person has to do, and the most between those at a step that is put off. */
  readonly watch: number;
  /** From the first question for a person until it is sent, so that others can go with it. */
  readonly gather: number;
  /** After a failed try; doubled with each further one, up to half an hour. */
  readonly retry: number;
  /** Between looks at a case that a brake holds, as long as nobody lets the campaign go on. */
  readonly held: number;
}

/** Everything that running cases and steps touch. */
export interface Doors {
  readonly store: Store;
  /** Gives up within the lease, so that a call of ours never lands after somebody else has taken the row over. */
  readonly graph: GraphDoor;
  /** Sign-in requests in any 60 seconds that a door to Graph allows itself. */
  readonly signInsPerMinute?: number | undefined;
  /** Exchange, where we have a right to it; without it, mailboxes are converted by a person. */
  readonly exchange?: ExchangeDoor | undefined;
  readonly messenger: Messenger;
  /** The app's id in the tenant's catalog; without it, nobody gets the app from us. */
  readonly teamsAppId?: string | undefined;
  readonly policy: Policy;
  readonly clock: { now(): Date };
  /** Resolves after `ms`; ends early, in whatever way, when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly random: Random;
  readonly log: Log;
  readonly pace: Pace;
  /** Milliseconds for which a claimed row is ours; longer than `graph` ever goes on with one call. */
  readonly leaseMs: number;
  readonly rolesOf: (userId: UserId) => Promise<readonly Role[]>;
  /** In which language somebody reads; undefined: whoever it is. */
  readonly localeOf: (userId: UserId | undefined) => Promise<Locale>;
  /** IANA zone in which somebody works. */
  readonly timeZoneOf: (userId: UserId) => Promise<string>;
  /** IANA zone in which dates are told. */
  readonly timeZone: string;
  /** The people around somebody; absent: nobody is offered before they have typed anything. */
  readonly near?: Near | undefined;
  /** Absent where a roster is asked for only now and then. */
  readonly roster?: RosterSource;
  /** Absent where nobody else asks for them at the same time. */
  readonly heldSeats?: HeldSeatsSource;
  /** Absent where cases are not worked on side by side. */
  readonly sideBySide?: SideBySide;
}
