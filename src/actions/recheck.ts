import { dayOf, daysBetween } from '../audit/day.js';
import type { Protection, ProtectionKind } from '../audit/finding.js';
import type { MailboxPurpose, Person, SkuId } from '../audit/person.js';
import type { CancelCause, Case, Step, StepLicense } from '../cases/case.js';
import type { Policy } from '../config/policy.js';
import type { SignInRow } from '../graph/graph-door.js';
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
  /** What the newest complete audit says of the person; `unknown` also when the user source leaves their state open. */
  readonly latest: 'candidate' | 'active' | 'unknown';
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
  | { readonly kind: 'personNeeded'; readonly task: string };

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
  if (live.latest === 'unknown') {
    return {
      kind: 'personNeeded',
      task: 'The newest audit could not tell whether the person is inactive: look yourself.',
    };
  }
  const again = reasonIsGone(c, person, live, policy, now) ?? coverIsGone(c, step, person);
  if (again !== undefined) return again;
  const before = heldDirectly(person, step.licenses);
  if (before.length === 0) return { kind: 'skip', why: 'The licenses were gone already.' };
  if (carriesMailbox(c, before) && !mailboxIsSafe(live.mailbox, policy)) {
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

/** A second suite may go only while the first one is there. */
function coverIsGone(c: Case, step: Step, person: Person): Recheck | undefined {
  const concerned = new Set(step.licenses.map(({ skuId }) => skuId));
  const holds = (skuId: SkuId): boolean =>
    person.licenses.some(
      (license) => license.skuId === skuId && license.paths.some(({ state }) => state === 'active'),
    );
  const isGone = c.licenses.some(
    ({ skuId, coveredBy }) => coveredBy !== undefined && concerned.has(skuId) && !holds(coveredBy),
  );
  return isGone
    ? {
        kind: 'cancel',
        cause: 'activeAgain',
        why: 'The other license, because of which this one was too many, is gone.',
      }
    : undefined;
}

function enabledAgain(person: Person): Recheck | undefined {
  return person.accountEnabled
    ? { kind: 'cancel', cause: 'activeAgain', why: 'The account was enabled again.' }
    : undefined;
}

/** By the rules of the audit: successful sign-ins count, in whole days, and attempts of others do not. */
function activeAgain(c: Case, { signIn }: LiveFacts, policy: Policy, now: Date): Recheck | undefined {
  if (!policy.evidence.require.includes('signIn')) return undefined;
  if (signIn === 'unreadable') return CANNOT_TELL;
  if (signIn.successful === undefined) return hadSignIn(c) ? CANNOT_TELL : undefined;
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

function carriesMailbox(c: Case, before: readonly StepLicense[]): boolean {
  return c.licenses.some(
    (license) => license.hasMailboxPlan && before.some((held) => held.skuId === license.skuId),
  );
}
