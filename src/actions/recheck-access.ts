import type { Person } from '../audit/person.js';
import { SHARED_ROOM } from '../spend/mailbox-room.js';
import { beyondRoom } from './recheck-mailbox.js';
import type { LiveFacts, Recheck } from './recheck.js';

/** Blocking sign-in. Role holders are protected and do not come this far. Pure. */
export function recheckSignIn(person: Person): Recheck {
  if (!person.accountEnabled) return { kind: 'skip', why: 'Sign-in was blocked already.' };
  const before = { of: 'signIn', enabled: true } as const;
  return person.onPremisesSync === true
    ? { kind: 'byHand', before, task: DISABLE_IN_AD }
    : { kind: 'go', before };
}

/** Converting the mailbox; what a shared one cannot keep without a license needs a person. Pure. */
export function recheckConversion({ mailbox, exchange }: LiveFacts): Recheck {
  if (mailbox === 'noMailbox') return { kind: 'skip', why: 'There is no mailbox.' };
  if (mailbox === 'shared') return { kind: 'skip', why: 'The mailbox was shared already.' };
  if (mailbox !== 'user')
    return {
      kind: 'blocked',
      task: `The mailbox is of the kind "${mailbox}": see in Exchange what it is for.`,
    };
  const before = { of: 'mailbox', type: 'user' } as const;
  if (exchange === 'noDoor') return { kind: 'byHand', before, task: CONVERT_BY_HAND };
  if (exchange === 'noMailbox') return { kind: 'skip', why: 'Exchange has no mailbox of the person.' };
  const needs = needsLicense(exchange);
  if (needs !== undefined) return { kind: 'blocked', task: needs };
  return { kind: 'go', before };
}

function needsLicense(exchange: Exclude<LiveFacts['exchange'], string>): string | undefined {
  const beyond = beyondRoom(exchange, SHARED_ROOM);
  if (beyond === undefined) return undefined;
  return (
    `The mailbox ${beyond}, so it needs an Exchange Online Plan 2 license even when it is shared: ` +
    'decide in Exchange what becomes of it.'
  );
}

export const CONVERT_BY_HAND =
  'Convert the mailbox to a shared mailbox in the Exchange admin center; the license goes once that is done.';
export const DISABLE_IN_AD =
  'The account is synchronized from Active Directory: disable it there, because a change here would be reverted.';
