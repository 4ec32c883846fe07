import type { Person, Sku } from '../audit/person.js';
import { isWaived } from '../cases/answering/waiver.js';
import type { Case } from '../cases/case.js';
import { isSealed } from '../cases/hr/sealed.js';
import type { Policy } from '../config/policy.js';
import { isFreeOrTrial, productName } from '../spend/product-names.js';
import { mailboxIsSafe } from './plan.js';
import type { LiveFacts, Recheck } from './recheck.js';

type Live = Pick<LiveFacts, 'mailbox' | 'skus'> & { readonly person: Person };

/**
 * Deleting the account: a shared mailbox needs it, one that can sign in again has a reason, and what is still in it would go
 * with it. Pure; safety rule 7.
 */
export function recheckDeletion(c: Case, live: Live, policy: Policy): Recheck {
  if (policy.timetable.delete === 'never')
    return { kind: 'personNeeded', task: 'The policy deletes no accounts any more.' };
  if (needsAccount(live)) return { kind: 'skip', why: 'The shared mailbox needs the account.' };
  const { person } = live;
  if (person.accountEnabled)
    return {
      kind: 'blocked',
      task: 'Sign-in is allowed, so the account is not deleted: see why, and block it.',
    };
  const task = isWaived(c, { of: 'account' }) ? undefined : stillInside(c, live, policy);
  if (task !== undefined) return { kind: 'blocked', task };
  const before = { of: 'account', present: true } as const;
  return person.onPremisesSync === true
    ? { kind: 'byHand', before, task: DELETE_IN_AD }
    : { kind: 'go', before };
}

/** true: the account is not deleted, whatever else is so. Pure. */
export function needsAccount({ mailbox }: Pick<LiveFacts, 'mailbox'>): boolean {
  return mailbox === 'shared';
}

function stillInside(c: Case, live: Live, policy: Policy): string | undefined {
  const held = live.person.licenses.filter(({ skuId }) => counts(skuOf(live, skuId)));
  const names = held.map(({ skuId }) => nameOf(c, live, skuId)).join(', ');
  const found = [
    ...(held.length === 0 ? [] : [`The account still holds ${names}.`]),
    ...(mailboxIsSafe(live.mailbox, policy) ? [] : ['Its mailbox is not a shared one.']),
  ];
  if (found.length > 0) return [...found, isSealed(c) ? TAKE_OUT_HR : TAKE_OUT].join(' ');
  return policy.reclaim.oneDrive === 'waive' || isWaived(c, { of: 'files' }) ? undefined : filesFirst(c);
}

/** What is free or a trial is in no case; of a product that nobody knows that is not believed. */
function counts(sku: Sku | undefined): boolean {
  return sku === undefined || !isFreeOrTrial(sku);
}

function skuOf({ skus }: Live, wanted: string): Sku | undefined {
  return skus.find(({ skuId }) => skuId === wanted);
}

function nameOf({ licenses }: Case, live: Live, wanted: string): string {
  const sku = skuOf(live, wanted);
  return sku === undefined
    ? (licenses.find(({ skuId }) => skuId === wanted)?.name ?? wanted)
    : productName(sku);
}

/** Nothing can be read of who has access to files, so that somebody has to say it. */
function filesFirst(c: Case): string {
  if (isSealed(c)) return FILES_FIRST_HR;
  const files = 'decision' in c && 'files' in c.decision ? c.decision.files : undefined;
  return files?.is === 'handedOver'
    ? `The files in OneDrive go 30 days after the account: give ${files.to.displayName} access to them, then say so (\`steward waive USER OneDrive --reason TEXT\`).`
    : FILES_FIRST;
}

const TAKE_OUT =
  'All of that would go with the account: take it out first, or waive it for this person (`steward waive USER account --reason TEXT`).';
const TAKE_OUT_HR = 'All of that would go with the account: take it out first, or leave the rest as it is.';
const FILES_FIRST =
  'The files in OneDrive go 30 days after the account: see what becomes of them, then say so (`steward waive USER OneDrive --reason TEXT`).';
const FILES_FIRST_HR =
  'The files in OneDrive go 30 days after the account, and in a case of HR nobody waives that: leave the rest as it is, and the account stays.';
const DELETE_IN_AD = 'The account is synchronized from Active Directory: delete it there.';
