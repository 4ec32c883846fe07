import type { Policy } from '../../config/policy.js';
import { isWaived } from '../answering/waiver.js';
import { instant, type Case, type CaseFacts, type CaseIn, type Instant, type MessageRef } from '../case.js';
import type { Decision } from '../decision.js';
import type { CaseEvent } from '../events.js';
import { isSealed } from '../hr/sealed.js';
import type { CaseStep } from '../step.js';
import { isUntouched } from '../step-progress.js';
import { STILL_EMPLOYED } from '../still-employed.js';

/** What the person themself was told before anything is taken from them, where `tell.person` says so. */
export interface Notice {
  readonly is: NoticeProgress;
  /** In the chat of the person, and the version that it shows; absent: none was delivered. */
  readonly message?: MessageRef & { readonly shows: number };
  /** The person said that they still need it, and an admin decided anew; a second notice takes no objection. */
  readonly objectedAt?: Instant;
}

export type NoticeProgress =
  /** A new decision: what was told before was about another one. */
  | { readonly kind: 'due' }
  /** Written down before it is sent. `since`: when it was tried first. */
  | { readonly kind: 'trying'; readonly since: Instant }
  /** No step before `stepsFrom`. */
  | { readonly kind: 'told'; readonly at: Instant; readonly stepsFrom: Instant }
  /** For good, with the code of Teams. */
  | { readonly kind: 'notTold'; readonly at: Instant; readonly code: string };

type Told = Pick<Case, 'scenario' | 'protections' | 'state' | 'notice'>;

/**
 * Milliseconds before the first step at which the person is told; undefined: never. Whoever has objected was promised to
 * be told again before anything is done, which stands whatever the policy says by now.
 */
function leadOf({ notice }: Pick<Case, 'notice'>, { tell }: Pick<Policy, 'tell'>): number | undefined {
  if (tell.person !== 'never') return tell.person;
  return notice?.objectedAt === undefined ? undefined : 0;
}

/** Whether the person is told before the steps of a decision. Never of HR's lane, and nobody who has left. Pure. */
export function tellsPerson(
  c: Told,
  decision: Pick<Decision, 'kind'>,
  policy: Pick<Policy, 'tell'>,
): boolean {
  const isTaking = decision.kind === 'reclaim' || decision.kind === 'reassign';
  const isTold = leadOf(c, policy) !== undefined;
  return isTold && isTaking && STILL_EMPLOYED.has(c.scenario) && !isSealed(c);
}

/** When the person is told, so that the first step can be taken at its time; undefined: they are not. Pure. */
export function tellFrom(
  c: Told,
  decision: Pick<Decision, 'kind'>,
  steps: readonly CaseStep[],
  policy: Pick<Policy, 'tell'>,
): Instant | undefined {
  const first = steps.find(({ progress }) => progress.is === 'planned');
  const lead = leadOf(c, policy);
  if (first === undefined || lead === undefined || !isUntouched(steps)) return undefined;
  if (!tellsPerson(c, decision, policy)) return undefined;
  return instant(new Date(Date.parse(first.notBefore) - lead));
}

/** true: the person has to be told before the first step of the case, and was not yet. Pure. */
export function waitsForNotice(c: CaseIn<'scheduled'>, policy: Pick<Policy, 'tell'>): boolean {
  if (!isUntouched(c.steps) || !tellsPerson(c, c.decision, policy) || isWaived(c, { of: 'notice' }))
    return false;
  const kind = c.notice?.is.kind ?? 'due';
  return kind === 'due' || kind === 'trying';
}

/** true: a message that tells the person of this very decision is on its way, or was delivered. Pure. */
export function isBeingTold(c: Case): c is CaseIn<'scheduled'> {
  if (c.state !== 'scheduled' || !isUntouched(c.steps) || isWaived(c, { of: 'notice' })) return false;
  return c.notice?.is.kind === 'trying';
}

/** true: nobody could tell the person, and the policy wants an admin to look. Pure. */
export function isUntold(c: CaseIn<'scheduled' | 'needsPerson'>, policy: Pick<Policy, 'tell'>): boolean {
  const isOpen = isUntouched(c.steps) && !isWaived(c, { of: 'notice' });
  const waits = leadOf(c, policy) !== undefined && policy.tell.undelivered === 'wait';
  return isOpen && waits && c.notice?.is.kind === 'notTold';
}

/** true: the person knows of the decision that the case has now, for they were told. Pure. */
export function wasTold({ notice }: Pick<Case, 'notice'>): boolean {
  return notice?.is.kind === 'told';
}

/** Since when no step may be taken because of what the person was told; undefined: nothing stands. Pure. */
export function noticeUntil({ notice }: Pick<Case, 'notice'>): Instant | undefined {
  return notice?.is.kind === 'told' ? notice.is.stepsFrom : undefined;
}

/** true: the person can still say that they need it. Pure; safety rule 10: who they are is looked up by the caller. */
export function takesObjection(c: Case): c is CaseIn<'scheduled' | 'needsPerson'> {
  if (isSealed(c) || (c.state !== 'scheduled' && c.state !== 'needsPerson')) return false;
  const kind = c.notice?.is.kind;
  // A click can overtake the record of the delivery.
  const isToldNow = kind === 'told' || kind === 'trying';
  return isUntouched(c.steps) && isToldNow && c.notice?.objectedAt === undefined;
}

/** What is known of the notice after an event. Pure. */
export function noticeAfter(c: Case, event: CaseEvent, at: Instant): Pick<CaseFacts, 'notice'> {
  const { notice } = c;
  switch (event.type) {
    case 'tellIntended': {
      const since = notice?.is.kind === 'trying' ? notice.is.since : at;
      return { notice: { ...notice, is: { kind: 'trying', since } } };
    }
    case 'told': {
      const is = { kind: 'told', at, stepsFrom: event.stepsFrom } as const;
      return { notice: { ...notice, is, message: { ...event.message, shows: c.version + 1 } } };
    }
    case 'notTold':
      if (event.tryAgainAt !== undefined) break;
      return { notice: { ...notice, is: { kind: 'notTold', at, code: event.code } } };
    case 'objected':
      return notice === undefined ? {} : { notice: { ...notice, objectedAt: at } };
    case 'decided':
      return notice === undefined ? {} : { notice: { ...notice, is: { kind: 'due' } } };
    default:
  }
  return notice === undefined ? {} : { notice };
}
