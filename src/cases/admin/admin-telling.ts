import { createHash } from 'node:crypto';
import type { UserId } from '../../audit/person.js';
import { DAY_MS } from '../../config/durations.js';
import type { Doc } from '../../store/store.js';
import type { Ledger } from '../asking/deliveries.js';
import { dayIn, inWorkingHours, tellAnewAt } from '../asking/reminders.js';
import { instant, type Instant, type MessageRef, type PersonRef } from '../case.js';
import { countsOf, type Waiting, type WaitingCount } from './waiting.js';

/** What one admin was told of what waits. Container `commands`; never due by itself. */
export interface AdminTelling extends Doc, Ledger {
  readonly kind: 'adminTelling';
  readonly userId: UserId;
  readonly displayName: string;
  /**
   * The turn for which a message was last written down as intended (safety rule 9): whether it went out or not, there is no
   * second one in the same turn.
   */
  readonly turn?: string;
  /** The newest message that is known to have arrived. */
  readonly told?: Told;
  /** Messages before it that do not say yet that there is a newer one. */
  readonly earlier?: readonly MessageRef[];
}

interface Told {
  readonly at: Instant;
  readonly message: MessageRef;
  /** What it told of and still waits. */
  readonly keys: readonly string[];
  /** What stands on it now. */
  readonly shows: readonly WaitingCount[];
}

/** What a look has found in which everybody was told who was to be, and of whom Microsoft Graph told. */
export interface ToldAll {
  readonly turn: string;
  /** SHA-256 over what waited. */
  readonly waiting: string;
  /** Who was an admin, or was named as one and had nothing to get. */
  readonly admins: readonly UserId[];
  /** Users and groups that may stand for more admins, of whom Microsoft Graph did not tell; absent: none. */
  readonly left?: readonly string[];
}

/** By what is decided when somebody is told. */
export interface TellingTimes {
  readonly now: Date;
  readonly zone: string;
  /** Milliseconds after which somebody is told anew of what waits still. */
  readonly answerDue: number;
}

export function adminTellingId(userId: UserId): string {
  return `admin-telling-${userId}`;
}

export function newTelling({ id: userId, displayName }: PersonRef): AdminTelling {
  return { id: adminTellingId(userId), kind: 'adminTelling', userId, displayName };
}

/**
 * The turn in which an admin is sent a message now: one a working day, in working hours, where something waits of which the
 * last one did not tell, or still waits after `answerDue`. Times under a day are those of a try-out, which has no days.
 * undefined: none is sent. Pure.
 */
export function turnToTell(
  { turn, told }: Pick<AdminTelling, 'turn' | 'told'>,
  waiting: readonly Waiting[],
  times: TellingTimes,
): string | undefined {
  const { now, zone, answerDue } = times;
  const ms = now.getTime();
  if (!isTryOut(times) && inWorkingHours(ms, zone) !== ms) return undefined;
  const today = turnAt(times);
  const anewAt = tellAnewAt(told?.at, answerDue, zone);
  const isLate = anewAt !== undefined && anewAt <= instant(now) && waiting.length > 0;
  const isNew = waiting.some(({ key }) => told?.keys.includes(key) !== true);
  return turn !== today && (isNew || isLate) ? today : undefined;
}

function turnAt(times: TellingTimes): string {
  return isTryOut(times) ? times.now.toISOString() : dayIn(times.now.getTime(), times.zone);
}

function isTryOut({ answerDue }: TellingTimes): boolean {
  return answerDue < DAY_MS;
}

/** The next time to look whether somebody is to be told. Pure. @param pause milliseconds */
export function nextLook(times: TellingTimes, pause: number): Instant {
  const at = times.now.getTime() + pause;
  return instant(new Date(isTryOut(times) ? at : inWorkingHours(at, times.zone)));
}

/**
 * After everybody was told of what waits, but those of whom Graph did not tell. Pure.
 */
export function toldAll(
  { admins, left }: Required<Pick<ToldAll, 'admins' | 'left'>>,
  waiting: readonly Waiting[],
  times: TellingTimes,
): ToldAll {
  const told = { turn: turnAt(times), waiting: hashOf(waiting), admins };
  return left.length === 0 ? told : { ...told, left };
}

/**
 * true: the same waits as in an earlier look of this turn, and nobody who was an admin then is to get anything: nobody needs
 * to be asked who is one now. Pure.
 */
export function isAllTold(
  before: ToldAll | undefined,
  tellings: ReadonlyMap<UserId, AdminTelling>,
  waiting: readonly Waiting[],
  times: TellingTimes,
): boolean {
  if (before?.turn !== turnAt(times) || before.waiting !== hashOf(waiting)) return false;
  return before.admins.every((userId) =>
    isToldAlready(tellings.get(userId), waitingFor(userId, waiting), times),
  );
}

/**
 * true: there is nothing to send to them now, and nothing to edit.
 * @param telling undefined: they were told nothing so far
 * @param waiting what of it is for them
 */
export function isToldAlready(
  telling: AdminTelling | undefined,
  waiting: readonly Waiting[],
  times: TellingTimes,
): boolean {
  const isShown = telling === undefined || (!isOutdated(telling, waiting) && telling.earlier === undefined);
  return isShown && turnToTell(telling ?? {}, waiting, times) === undefined;
}

/** What of it is for an admin: nobody decides about themself. Pure. */
export function waitingFor(userId: UserId, waiting: readonly Waiting[]): readonly Waiting[] {
  return waiting.filter(({ about }) => about !== userId);
}

function hashOf(waiting: readonly Waiting[]): string {
  const keys = waiting.map(({ key }) => key).sort();
  return createHash('sha256').update(JSON.stringify(keys)).digest('hex');
}

/** After a message has arrived: those before it are to point to it. Pure. */
export function afterTelling(
  telling: AdminTelling,
  message: MessageRef,
  waiting: readonly Waiting[],
  at: Instant,
): AdminTelling {
  const earlier = [...(telling.earlier ?? []), ...(telling.told === undefined ? [] : [telling.told.message])];
  const told = { at, message, keys: waiting.map(({ key }) => key), shows: countsOf(waiting) };
  return { ...telling, told, ...(earlier.length === 0 ? {} : { earlier }) };
}

/** true: the newest message tells another thing than what waits now. Pure. */
export function isOutdated({ told }: AdminTelling, waiting: readonly Waiting[]): boolean {
  return told !== undefined && JSON.stringify(told.shows) !== JSON.stringify(countsOf(waiting));
}

/** After the newest message shows what waits now. What came since it was sent was not told by that. Pure. */
export function afterEdit(telling: AdminTelling, waiting: readonly Waiting[]): AdminTelling {
  const { told } = telling;
  if (told === undefined) return telling;
  const still = new Set(waiting.map(({ key }) => key));
  const keys = told.keys.filter((key) => still.has(key));
  return { ...telling, told: { ...told, keys, shows: countsOf(waiting) } };
}

/** After earlier messages point to the newest one, or are gone. Pure. */
export function withoutEarlier(telling: AdminTelling, done: ReadonlySet<string>): AdminTelling {
  const { earlier = [], ...rest } = telling;
  const left = earlier.filter(({ activityId }) => !done.has(activityId));
  return left.length === 0 ? rest : { ...rest, earlier: left };
}
