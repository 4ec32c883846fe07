import type { SkuId, UserId } from '../audit/person.js';
import { DAY_MS } from '../config/durations.js';
import type { Policy } from '../config/policy.js';
import { instant, type Case, type CaseIn, type Instant, type PersonRef, type TERMINAL } from './case.js';
import { earlierOf } from './campaign/opening.js';

/** A case that is over. */
export type OverCase = CaseIn<(typeof TERMINAL)[number]>;

/** Nobody, in place of a name that was erased. */
export const ERASED: PersonRef = { id: '' as UserId, displayName: 'Erased' };

/**
 * Whether the names in a case have to go: `privacy.retainDays` after its end, and not while an answer in it keeps the
 * person in peace, or they would be asked about again. Pure.
 */
export function isToErase(c: Case, policy: Policy, now: Instant): c is OverCase {
  if (!('closedAt' in c) || c.erasedAt !== undefined) return false;
  if (c.lease !== undefined && c.lease.until > now) return false;
  const earlier = earlierOf(c, policy);
  if (earlier?.kind === 'coolDown' && earlier.until > now) return false;
  return c.closedAt <= erasedBefore(policy, now);
}

/** What ended before this is erased. */
export function erasedBefore({ privacy }: Pick<Policy, 'privacy'>, now: Instant): Instant {
  return instant(new Date(Date.parse(now) - privacy.retainDays * DAY_MS));
}

/**
 * A case without anything that tells whom it was about: what was decided, when, about which licenses and what they cost
 * stays, so that figures still add up and the history can be verified. Pure.
 * @param heldAgain what it took and a later case has found with the person again, which nobody can find any more
 */
export function erased(c: OverCase, at: Instant, heldAgain: readonly SkuId[] = []): Case {
  const { state, closedAt } = c;
  const facts = {
    id: c.id,
    kind: c.kind,
    caseId: c.caseId,
    userId: ERASED.id,
    subject: {
      displayName: ERASED.displayName,
      userPrincipalName: '',
      jobTitle: undefined,
      department: undefined,
      country: undefined,
    },
    runId: c.runId,
    scenario: c.scenario,
    evidence: [],
    evidenceDate: undefined,
    daysInactive: undefined,
    licenses: c.licenses,
    annualCost: c.annualCost,
    protections: c.protections,
    mailbox: c.mailbox,
    manager: undefined,
    openedAt: c.openedAt,
    version: c.version,
    seq: c.seq,
    head: c.head,
    subjectKey: c.subjectKey,
    actorSalt: '',
    message: undefined,
    dueAt: undefined,
    lease: undefined,
    attempts: 0,
    erasedAt: at,
  } as const;
  switch (state) {
    case 'closed':
      return {
        ...facts,
        state,
        closedAt,
        outcome: c.outcome,
        ...licensesOf(c),
        ...(heldAgain.length === 0 ? {} : { heldAgain }),
      };
    case 'cancelled':
      return { ...facts, state, closedAt, cause: c.cause, why: '' };
    case 'undone':
      return {
        ...facts,
        state,
        closedAt,
        undoneBy: ERASED,
        ...(c.took === undefined ? {} : { took: c.took }),
      };
    default:
      return c satisfies never;
  }
}

function licensesOf({
  took,
  gave,
  gaveOn,
}: CaseIn<'closed'>): Pick<CaseIn<'closed'>, 'took' | 'gave' | 'gaveOn'> {
  return {
    ...(took === undefined ? {} : { took }),
    ...(gave === undefined ? {} : { gave }),
    ...(gaveOn === undefined ? {} : { gaveOn }),
  };
}
