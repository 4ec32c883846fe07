import type { Person } from '../audit/person.js';
import type { Case } from '../cases/case.js';
import { isSealed } from '../cases/hr/sealed.js';
import type { LiveFacts, Recheck } from './recheck.js';
import { needsLicense } from './recheck-sharing.js';

/** Blocking sign-in. Role holders are protected and do not come this far. Pure. */
export function recheckSignIn(person: Person): Recheck {
  if (!person.accountEnabled) return { kind: 'skip', why: 'Sign-in was blocked already.' };
  const before = { of: 'signIn', enabled: true } as const;
  return person.onPremisesSync === true
    ? { kind: 'byHand', before, task: DISABLE_IN_AD }
    : { kind: 'go', before };
}

/** Converting the mailbox; what a shared one cannot keep without a license needs a person. Pure. */
export function recheckConversion(c: Case, { mailbox, exchange, mailboxReport }: LiveFacts): Recheck {
  if (mailbox === 'noMailbox') return { kind: 'skip', why: 'There is no mailbox.' };
  if (mailbox === 'shared') return { kind: 'skip', why: 'The mailbox was shared already.' };
  if (mailbox !== 'user')
    return {
      kind: 'blocked',
      task: `The mailbox is of the kind "${mailbox}": see in Exchange what it is for.`,
    };
  const before = { of: 'mailbox', type: 'user' } as const;
  if (exchange === 'noMailbox') return { kind: 'skip', why: 'Exchange has no mailbox of the person.' };
  const needs = needsLicense({ ...c, isSealed: isSealed(c) }, { exchange, mailboxReport });
  if (needs?.is === 'sure' || (needs !== undefined && exchange !== 'noDoor'))
    return { kind: 'blocked', task: needs.task };
  if (exchange !== 'noDoor') return { kind: 'go', before };
  const task = needs === undefined ? CONVERT_BY_HAND : `${CONVERT_AND_LOOK} ${needs.task}`;
  return { kind: 'byHand', before, task };
}

export const CONVERT_BY_HAND =
  'Convert the mailbox to a shared mailbox in the Exchange admin center; the license goes once that is done.';
const CONVERT_AND_LOOK = 'Convert the mailbox to a shared mailbox in the Exchange admin center.';
export const DISABLE_IN_AD =
  'The account is synchronized from Active Directory: disable it there, because a change here would be reverted.';
