import { isObjectId } from '../audit/object-id.js';
import type { UserId } from '../audit/person.js';
import type { PersonRef } from './case.js';

/**
 * Who asked for something, as commands keep it: the Entra object id of whoever wrote to the bot, `terminal:ACCOUNT`, or
 * one of the product's own names. Rows of earlier versions have the account of a terminal as it is.
 */
const TERMINAL = 'terminal:';

/** The audits of the schedule, and the first one of a service: nobody asked for them. */
const OWN: readonly string[] = ['schedule', 'service'];

/** @param account of the operating system, which one person may have several of */
export function askedAtTerminal(account: string): string {
  return `${TERMINAL}${account}`;
}

function accountOf(askedBy: string): string {
  return askedBy.startsWith(TERMINAL) ? askedBy.slice(TERMINAL.length) : askedBy;
}

/** Somebody at a terminal has no Entra object id; the account's name is all there is. Pure. */
export function personAtTerminal(askedBy: string): PersonRef {
  return { id: 'terminal' as UserId, displayName: `${accountOf(askedBy)} (terminal)` };
}

export function isNobody(askedBy: string): boolean {
  return OWN.includes(askedBy);
}

/** true: Teams has said who it is. Of an account at a terminal nobody knows which person it is. */
export function isKnownPerson(askedBy: string): boolean {
  return isObjectId(askedBy);
}
