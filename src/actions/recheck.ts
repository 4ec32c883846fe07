import { dayOf, daysBetween } from '../audit/day.js';
import type { Protection } from '../audit/finding.js';
import type { GroupId, MailboxPurpose, Person, Sku, SkuId } from '../audit/person.js';
import { peopleScope } from '../audit/scope/scope.js';
import type { RosterFact } from '../audit/roster/roster.js';
import type { Case } from '../cases/case.js';
import type { CancelCause } from '../cases/cancel-cause.js';
import type { Before, Step } from '../cases/step.js';
import type { MailboxUse } from '../cases/mailbox-use.js';
import { ACCOUNT_GONE, reasonGone } from '../cases/reason-gone.js';
import { withoutOtherOwner } from '../cases/owned-alone.js';
import type { Policy } from '../config/policy.js';
import type { MailboxState } from '../graph/exchange-door.js';
import type { GroupFacts, OwnedThing, SignInRow } from '../graph/graph-door.js';
import { hadSignIn } from './about-sign-ins.js';
import { seatsOf } from './plan.js';
import { isBack } from './plan-parking.js';
import { recheckConversion, recheckSignIn } from './recheck-access.js';
import { needsAccount, recheckDeletion } from './recheck-deletion.js';
import { recheckLeaving } from './recheck-leaving.js';
import { recheckRemoval } from './recheck-removal.js';
import { stillManaged } from './still-managed.js';

/** What was read live, just before a step; safety rule 5. */
export interface LiveFacts {
  /** The person whose licenses the step changes; undefined: gone. */
  readonly person: Person | undefined;
  /** `unreadable`: nobody may read them, which is not the same as none. `blank`: nobody has a date just now. */
  readonly signIn: SignInRow | 'unreadable' | 'blank';
  readonly protections: readonly Protection[];
  readonly mailbox: MailboxPurpose;
  /**
   * What the newest complete audit says of the person; `tooOld`: nothing any more; `stopped`: a guard has stopped a
   * newer one, so that nobody knows what it would say. `unknown` also when the user source leaves the state of the person open.
   */
  readonly latest: 'candidate' | 'active' | 'unknown' | 'tooOld' | 'stopped';
  /** What the newest mailbox report says that an audit has read; undefined: nothing that is new enough. */
  readonly mailboxReport: MailboxUse | undefined;
  /** What a fresh user source or the directory's own dates say; undefined: nothing. */
  readonly roster: RosterFact | undefined;
  /** The tenant's subscriptions; empty where no second suite, nothing given and no plan that was switched since asks for them. */
  readonly skus: readonly Sku[];
  /** Seats that undos of other cases may need; empty where the step gives nothing. */
  readonly heldSeats: ReadonlyMap<SkuId, number>;
  /**
   * What Exchange says; `noDoor`: we have no right to ask it. Read for a conversion, before a shared mailbox loses its
   * license, and where one is to live on under a license with less room for it.
   */
  readonly exchange: MailboxState | 'noMailbox' | 'noDoor';
  /** Groups that the step is about, with what they give. */
  readonly groups: ReadonlyMap<GroupId, GroupFacts>;
  /** Groups and teams that nobody else owns; read before the first step of a case that takes all of somebody's access, and before their account goes. */
  readonly soleOwned: readonly OwnedThing[] | { readonly unknown: string };
}

/** What a live re-check comes to. `ofReceiver`: what stands in the way is whoever is to get a license, or their license. */
export type Recheck =
  | { readonly kind: 'go'; readonly before: Before }
  /** Software cannot take the step: a person does it, and software looks for the effect. */
  | { readonly kind: 'byHand'; readonly before: Before; readonly task: string }
  /** Something has to be put right first, by a person or by a newer audit or source; then the step goes on by itself. */
  | { readonly kind: 'blocked'; readonly task: string; readonly ofReceiver?: true }
  /** Nothing is left to do for this step. */
  | { readonly kind: 'skip'; readonly why: string }
  /** The reason for the case is gone: the whole case ends. */
  | {
      readonly kind: 'cancel';
      readonly cause: CancelCause;
      readonly why: string;
    }
  | { readonly kind: 'personNeeded'; readonly task: string; readonly ofReceiver?: true }
  /** Asked again later: what is known is too old to act on. */
  | { readonly kind: 'postpone'; readonly why: string };

/** A step that takes something from the person of the case. */
export type TakingStep = Exclude<Step, { kind: 'assignLicenses' | 'setUsageLocation' }>;

/** Decides from live facts whether a step that takes something may run. Pure. */
export function recheckStep(c: Case, step: TakingStep, live: LiveFacts, policy: Policy, now: Date): Recheck {
  const { person } = live;
  if (person === undefined && step.kind === 'deleteAccount')
    return { kind: 'skip', why: 'The account was deleted already.' };
  const isLeft = step.kind === 'deleteAccount' && needsAccount(live);
  const against = againstAll(c, isLeft ? { ...live, soleOwned: [] } : live, policy, now);
  if (person === undefined || against !== undefined) return against ?? GONE;
  switch (step.kind) {
    case 'disableSignIn':
      return recheckSignIn(person);
    case 'convertMailbox':
      return recheckConversion(c, live);
    case 'leaveGroup':
      return recheckLeaving(c, step, { ...live, person }, policy, now);
    case 'deleteAccount':
      return recheckDeletion(c, { ...live, person }, policy);
    case 'removeLicenses':
      return recheckRemoval(c, step, { ...live, person }, policy, now);
    default:
      return step satisfies never;
  }
}

/** The words do not say which reason: it could be one that is for HR alone. */
function endOf(c: Pick<Case, 'scenario'>): Recheck {
  return { kind: 'cancel', ...reasonGone(c) };
}

const GONE: Recheck = { kind: 'cancel', ...ACCOUNT_GONE };

/** What stands against every step of a case, for whomever; undefined: nothing. Pure. */
export function againstAll(c: Case, live: LiveFacts, policy: Policy, now: Date): Recheck | undefined {
  const { person } = live;
  if (person === undefined) return GONE;
  return reasonStands(c, person, live, policy, now) ?? ownsAlone(c, live);
}

/** Whether the case may go on at all: not protected, still not active, and known so; undefined: it may. */
function reasonStands(
  c: Case,
  person: Person,
  live: LiveFacts,
  policy: Policy,
  now: Date,
): Recheck | undefined {
  if (isBack(c, now)) return { kind: 'cancel', cause: 'backFromLeave', why: BACK };
  if (live.protections.length > 0) return endOf(c);
  if (!peopleScope(policy.scope)(person) || isNoneManaged(c, policy)) return endOf(c);
  if (live.latest === 'active') return endOf(c);
  const again = reasonIsGone(c, person, live, policy, now);
  return again?.kind === 'cancel' ? again : (auditIsMissing(live) ?? again);
}

const BACK = 'The person is back from leave by now.';

/** What goes beside other licenses is no reason for a case of its own. */
function isNoneManaged(c: Case, policy: Policy): boolean {
  const asked = seatsOf(c);
  return asked.length > 0 && stillManaged(c, asked, policy).length === 0;
}

const CANNOT_SEE_OWNED =
  'Whether the person is the only owner of a group or team could not be read: permit it, or set reclaim.owned to ignore.';

/** field.md N15: a group or team without an owner is nobody's, and nobody could hand it over any more. */
function ownsAlone(c: Case, { soleOwned: all }: LiveFacts): Recheck | undefined {
  if ('unknown' in all) return { kind: 'blocked', task: `${CANNOT_SEE_OWNED} (${all.unknown})` };
  // In one order always: the task is shown anew only when it is another one.
  const soleOwned = withoutOtherOwner(c, all);
  if (soleOwned.length === 0) return undefined;
  const names = soleOwned
    .slice(0, 5)
    .map(({ displayName, isTeam }) => `${isTeam ? 'team' : 'group'} ${displayName}`);
  const more = soleOwned.length > names.length ? ` and ${soleOwned.length - names.length} more` : '';
  return {
    kind: 'blocked',
    task: `The person is the only owner of the ${names.join(', ')}${more}: add another owner there first, or waive it (\`steward waive USER NAME --reason TEXT\`).`,
  };
}

function auditIsMissing({ latest }: LiveFacts): Recheck | undefined {
  if (latest === 'tooOld') {
    return {
      kind: 'postpone',
      why: 'The newest audit is more than 8 days old: too much may have changed since. Run an audit.',
    };
  }
  if (latest === 'stopped') {
    return {
      kind: 'postpone',
      why: 'The newest audit was stopped, because its data cannot be trusted: nothing is taken before one is done.',
    };
  }
  return latest === 'unknown'
    ? {
        kind: 'blocked',
        task: 'The newest audit could not tell whether the person is inactive: look yourself, or wait, the case goes on once an audit can tell.',
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
      return notLeft(c, live);
    case 'unusedLicense':
    case 'given':
      return undefined;
    case 'disabledButLicensed':
      return person.accountEnabled ? endOf(c) : undefined;
    case 'neverSignedIn':
    case 'inactive':
      return activeAgain(c, live, policy, now);
    default:
      return c.scenario satisfies never;
  }
}

/** Sources are corrected: an old one does not prove that somebody left. */
function notLeft(c: Case, { roster }: LiveFacts): Recheck | undefined {
  if (roster?.status === 'left') return undefined;
  return roster?.status === 'active'
    ? endOf(c)
    : {
        kind: 'blocked',
        task: 'No fresh user source says that the person left: import a newer one, and the case goes on by itself.',
      };
}

/**
 * By the rules of the audit: successful sign-ins count, in whole days, and attempts of others do not. A fresh one counts
 * whatever the policy requires; only where it requires sign-ins does a missing date stop the step.
 */
function activeAgain(c: Case, { signIn }: LiveFacts, policy: Policy, now: Date): Recheck | undefined {
  const isRequired = policy.evidence.require.includes('signIn');
  if (signIn === 'blank') return isRequired ? NO_DATES_NOW : undefined;
  if (signIn === 'unreadable') return isRequired ? CANNOT_TELL : undefined;
  if (signIn.successful === undefined) return isRequired && hadSignIn(c) ? CANNOT_TELL : undefined;
  return daysBetween(dayOf(signIn.successful), dayOf(now)) < policy.inactivity.days ? endOf(c) : undefined;
}

const NO_DATES_NOW: Recheck = {
  kind: 'postpone',
  why: 'Microsoft Graph shows a date of sign-in of nobody now, so nobody can tell whether the person came back.',
};

const CANNOT_TELL: Recheck = {
  kind: 'blocked',
  task: 'Sign-in dates cannot be read now, so nobody can tell whether the person came back.',
};
