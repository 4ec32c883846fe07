import { nameKey } from '../../audit/name-key.js';
import type { Delivery } from '../../bot/messenger.js';
import type { UserId } from '../../audit/person.js';
import type { Instant } from '../case.js';

/** What became of a message to a person. */
export type Became =
  'delivered' | 'blocked' | 'notInstalled' | 'disabledByAdmin' | 'unknownAccount' | 'failed';

/** What became of installing the app for somebody who did not have it. */
export type Installation =
  /** Written before it is tried; what came of it is not known. */
  | { readonly is: 'intended' }
  | { readonly is: 'installed' }
  /** `refused`: for good. `failed`: it may go another time. With the code of Graph. */
  | { readonly is: 'refused' | 'failed'; readonly code: string };

/** One message in the ledger of a person. */
export interface DeliveryNote {
  readonly at: Instant;
  readonly became: Became;
  /** The code of Teams, where it was refused. */
  readonly code?: string;
  /** Absent: the app was there, or was not to be installed. */
  readonly installation?: Installation;
  /** How many cases it was about. */
  readonly cases: number;
}

/** The part of a row about somebody that tells what became of the messages to them. */
export interface Ledger {
  /** What became of the newest messages, oldest first; absent: none was tried. */
  readonly deliveries?: readonly DeliveryNote[];
  /** Of the app, for the message that is on its way: written before it is tried (safety rule 9). */
  readonly installation?: Installation;
}

/** All that is known about the messages to one person, the newest last. */
export interface PersonDeliveries {
  readonly userId: UserId;
  readonly displayName: string;
  readonly notes: readonly DeliveryNote[];
}

/** Older ones are forgotten. */
const MOST_NOTES = 20;

const BECAME: Readonly<Record<string, Became>> = {
  ConversationBlockedByUser: 'blocked',
  MessageWritesBlocked: 'blocked',
  BotNotInConversationRoster: 'notInstalled',
  ForbiddenOperationException: 'notInstalled',
  BotDisabledByAdmin: 'disabledByAdmin',
};

/** Facts: teams.md 1.4. A chat that is gone is opened anew first, so that 404 is about the account. Pure. */
export function becameOf(delivery: Delivery): Became {
  if (delivery.kind === 'delivered') return 'delivered';
  const known = Object.hasOwn(BECAME, delivery.code) ? BECAME[delivery.code] : undefined;
  return known ?? (delivery.status === 404 ? 'unknownAccount' : 'failed');
}

/** A row with what became of one message more, and of the app for it. Pure. */
export function withNote<T extends Ledger>(
  { installation, ...row }: T,
  delivery: Delivery,
  cases: number,
  at: Instant,
): Omit<T, 'installation'> & Ledger {
  const code = delivery.kind === 'failed' ? { code: delivery.code } : {};
  const installing = installation === undefined ? {} : { installation };
  const note: DeliveryNote = { at, became: becameOf(delivery), ...code, ...installing, cases };
  return { ...row, deliveries: newestOf([...(row.deliveries ?? []), note]) };
}

/** Those that are remembered, of notes in their order. Pure. */
export function newestOf(notes: readonly DeliveryNote[]): readonly DeliveryNote[] {
  return notes.slice(-MOST_NOTES);
}

/** Those to whoever is called so: by object id or name in whole, else by the start of the name. Pure. */
export function deliveriesTo(people: readonly PersonDeliveries[], who: string): readonly PersonDeliveries[] {
  const wanted = nameKey(who);
  const exact = people.filter(({ userId, displayName }) => [userId, nameKey(displayName)].includes(wanted));
  return exact.length > 0
    ? exact
    : people.filter(({ displayName }) => nameKey(displayName).startsWith(wanted));
}

/** How the newest messages to everybody ended, most first. Pure. */
export function endingsOf(people: readonly PersonDeliveries[]): readonly (readonly [Became, number])[] {
  const counts = new Map<Became, number>();
  for (const { notes } of people) {
    const became = notes.at(-1)?.became;
    if (became !== undefined) counts.set(became, (counts.get(became) ?? 0) + 1);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]);
}
