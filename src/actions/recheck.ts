import { dayOf, daysBetween } from '../audit/day.js';
import type { Protection, ProtectionKind } from '../audit/finding.js';
import type { MailboxPurpose, Person, Sku, SkuId } from '../audit/person.js';
import type { RosterFact } from '../audit/roster/roster.js';
import type { CancelCause, Case, CaseLicense, Step, StepLicense } from '../cases/case.js';
import type { Policy } from '../config/policy.js';
import type { SignInRow } from '../graph/graph-door.js';
import { coverNow } from './cover-now.js';
import { heldDirectly } from './licenses.js';
import { mailboxIsSafe } from './plan.js';

/** What was read live, just before a step; safety rule 5. */
export interface LiveFacts {
  /** The person whose licenses the step changes; undefined: gone. */
  readonly person: Person | undefined;
  /** undefined: sign-in dates could not be read, which is not the same as none. */
  readonly signIn: SignInRow | 'unreadable';
  readonly protections: readonly Protection[];
  readonly mailbox: MailboxPurpose;
  /**
   * What the newest complete audit says of the person; `tooOld`: nothing any
   * more. `unknown` also when the user source leaves the state of the person open.
   */
  readonly latest: 'candidate' | 'active' | 'unknown' | 'tooOld';
  /** What a fresh user source or the directory's own dates say; undefined: nothing. */
  readonly roster: RosterFact | undefined;
  /** The tenant's subscriptions; empty where the case is not about a second suite. */
  readonly skus: readonly Sku[];
}

export type Recheck =
  | { readonly kind: 'go'; readonly before: readonly StepLicense[] }
  /** Nothing is left to do for this step. */
  | { readonly kind: 'skip'; readonly why: string }
  /** The reason for the case is gone: the whole case ends. */
  | {
      readonly kind: 'cancel';
      readonly cause: CancelCause;
      readonly why: string;
      readonly protections?: readonly ProtectionKind[];
    }
  | { readonly kind: 'personNeeded'; readonly task: string }
  /** Asked again later: what is known is too old to act on. */
  | { readonly kind: 'postpone'; readonly why: string };

/** Decides from live facts whether a step that takes licenses may run. Pure. */
export function recheckRemoval(c: Case, step: Step, live: LiveFacts, policy: Policy, now: Date): Recheck {
  const { person } = live;
  if (person === undefined) return { kind: 'cancel', cause: 'gone', why: 'The account no longer exists.' };
  // Not how: managers and admins must not learn that somebody is an executive or on leave (safety rule 3).
  if (live.protections.length > 0) {
    const protections = live.protections.map(({ kind }) => kind);
    return { kind: 'cancel', cause: 'protected', why: 'The person is protected now.', protections };
  }
  if (live.latest === 'active') {
    return { kind: 'cancel', cause: 'activeAgain', why: 'The newest audit finds the person active.' };
  }
  const again = reasonIsGone(c, person, live, policy, now);
  if (again?.kind === 'cancel') return again;
  const notNow = auditIsMissing(live) ?? again;
  if (notNow !== undefined) return notNow;
  const before = heldDirectly(person, step.licenses);
  if (before.length === 0) return { kind: 'skip', why: 'The licenses were gone already.' };
  const going = c.licenses.filter(({ skuId }) => before.some((held) => held.skuId === skuId));
  const covered = c.scenario === 'unusedLicense' ? stillCovered(going, person, live, policy, now) : NONE;
  if (
    c.scenario === 'unusedLicense' &&
    going.some((license) => isForCover(license) && !covered.has(license.skuId))
  )
    return COVER_IS_GONE;
  const takesMailbox = going.some(({ hasMailboxPlan, skuId }) => hasMailboxPlan && !covered.has(skuId));
  if (takesMailbox && !mailboxIsSafe(live.mailbox, policy)) {
    return {
      kind: 'personNeeded',
      task: 'Convert the mailbox to a shared mailbox first, then the license can go.',
    };
  }
  return { kind: 'go', before };
}

/** Decides whether a receiver may get the seats; asked again just before the step. Pure. */
export function recheckReceiver(step: Step, person: Person | undefined): Recheck {
  if (person === undefined)
    return { kind: 'personNeeded', task: 'The receiver no longer exists: choose another one.' };
  if (!person.accountEnabled) {
    return { kind: 'personNeeded', task: 'The receiver’s account is disabled: choose another one.' };
  }
  if (person.usageLocation === undefined) {
    return {
      kind: 'personNeeded',
      task: 'The receiver has no usage location: set one, then assign the license.',
    };
  }
  const held = new Set(person.licenses.map((license) => license.skuId));
  const wanted = step.licenses.filter((license) => !held.has(license.skuId));
  if (wanted.length === 0) return { kind: 'skip', why: 'The receiver has the licenses already.' };
  return { kind: 'go', before: wanted };
}

function auditIsMissing({ latest }: LiveFacts): Recheck | undefined {
  if (latest === 'tooOld') {
    return {
      kind: 'postpone',
      why: 'The newest audit is more than 8 days old: too much may have changed since. Run an audit.',
    };
  }
  return latest === 'unknown'
    ? {
        kind: 'personNeeded',
        task: 'The newest audit could not tell whether the person is inactive: look yourself.',
      }
    : undefined;
}

/** Who left may sign in, which is for security to look at; who is active may have a license that is not used. */
function reasonIsGone(
  c: Case,
  person: Person,
  live: LiveFacts,
  policy: Policy,
  now: Date,
): Recheck | undefined {
  switch (c.scenario) {
    case 'leftCompany':
      return notLeft(live);
    case 'unusedLicense':
      return undefined;
    case 'disabledButLicensed':
      return enabledAgain(person);
    case 'neverSignedIn':
    case 'inactive':
      return activeAgain(c, live, policy, now);
    default:
      return c.scenario satisfies never;
  }
}

/** Sources are corrected: an old one does not prove that somebody left. */
function notLeft({ roster }: LiveFacts): Recheck | undefined {
  if (roster?.status === 'left') return undefined;
  return roster?.status === 'active'
    ? {
        kind: 'cancel',
        cause: 'activeAgain',
        why: 'The newest user source says that the person did not leave.',
      }
    : {
        kind: 'personNeeded',
        task: 'No fresh user source says that the person left: import a newer one and look yourself.',
      };
}

const NONE: ReadonlySet<SkuId> = new Set();

/** A second suite may go only while the first one is there, gives as much and stays. */
const COVER_IS_GONE: Recheck = {
  kind: 'cancel',
  cause: 'activeAgain',
  why: 'The other license, because of which this one was too many, is gone or does not give the same any more.',
};

/** The license is asked about because of another one, not because it is not used. */
function isForCover({ coveredBy, unused }: CaseLicense): boolean {
  return coveredBy !== undefined && (unused === undefined || unused.kind === 'covered');
}

/** Those of the licenses to be taken that another license, which is not taken, covers at this moment. */
function stillCovered(
  going: readonly CaseLicense[],
  person: Person,
  { skus }: LiveFacts,
  policy: Policy,
  now: Date,
): ReadonlySet<SkuId> {
  const covers = coverNow(person, skus, policy, now);
  const stays = (by: SkuId | undefined): boolean =>
    by !== undefined && !going.some(({ skuId }) => skuId === by);
  const covered = going.filter(({ skuId, coveredBy }) => coveredBy !== undefined && stays(covers.get(skuId)));
  return new Set(covered.map(({ skuId }) => skuId));
}

function enabledAgain(person: Person): Recheck | undefined {
  return person.accountEnabled
    ? { kind: 'cancel', cause: 'activeAgain', why: 'The account was enabled again.' }
    : undefined;
}

/**
 * By the rules of the audit: successful sign-ins count, in whole days, and attempts of others do not. A fresh one counts
 * whatever the policy requires; only where it requires sign-ins does a missing date stop the step.
 */
function activeAgain(c: Case, { signIn }: LiveFacts, policy: Policy, now: Date): Recheck | undefined {
  const isRequired = policy.evidence.require.includes('signIn');
  if (signIn === 'unreadable') return isRequired ? CANNOT_TELL : undefined;
  if (signIn.successful === undefined) return isRequired && hadSignIn(c) ? CANNOT_TELL : undefined;
  return daysBetween(dayOf(signIn.successful), dayOf(now)) < policy.inactivity.days
    ? { kind: 'cancel', cause: 'activeAgain', why: 'The person has signed in again.' }
    : undefined;
}

const CANNOT_TELL: Recheck = {
  kind: 'personNeeded',
  task: 'Sign-in dates cannot be read now, so nobody can tell whether the person came back.',
};

/** A date that the audit saw does not vanish: when it is missing now, something conceals it. */
function hadSignIn({ evidence }: Case): boolean {
  return evidence.some(({ source, fact }) => source === 'signIn' && fact.kind === 'on');
}
