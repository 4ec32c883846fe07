import type { Waiver } from './answering/waiver.js';
import type { Case, CaseFacts, CaseIn, CaseState, Hop, Instant, StateName } from './case.js';
import type { UserId } from '../audit/person.js';
import { parkingOf } from './decision.js';
import type { CaseEvent, EventType } from './events.js';
import { LIFE } from './life.js';
import { copiesOf } from './asking/copies.js';
import { messageAfter } from './asking/stored-message.js';
import { isReturn } from './parked-return.js';
import { isUntouched } from './step-progress.js';
import { noticeAfter, noticeUntil } from './telling/notice.js';
import { hasSteps, nextWithSteps } from './transition-steps.js';

export type Transition =
  | { readonly kind: 'moved'; readonly case: Case }
  | { readonly kind: 'refused'; readonly state: StateName; readonly event: EventType };

/**
 * Moves a case by one event. Pure: the caller stores the result with its history entry in one batch.
 * The lease is kept; who holds it decides when to give it back.
 */
export function transition(c: Case, event: CaseEvent, at: Instant): Transition {
  const leads = LIFE[c.state][event.type] ?? [];
  const next = leads.length > 0 ? nextState(c, event, at) : undefined;
  if (next === undefined || !leads.includes(next.state))
    return { kind: 'refused', state: c.state, event: event.type };
  const facts: CaseFacts = {
    ...factsOf(c),
    version: c.version + 1,
    attempts: 0,
    ...hopsAfter(c, event, at),
    ...waiversAfter(c, event, at),
    ...noticeAfter(c, event, at),
  };
  // The state's properties come first: where the state stays, `next` is the old case whose facts must not win.
  const moved = { ...next, ...facts, ...messageAfter(c, event) } as Case;
  return { kind: 'moved', case: { ...moved, dueAt: dueAfter(moved, event, at) } };
}

/** true: a card in Teams shows an older version than the case has. */
export function cardIsStale(c: Case): boolean {
  const cards = [c.message, c.notice?.message, ...copiesOf(c)];
  return cards.some((each) => each !== undefined && each.shows < c.version);
}

/**
 * A case of which one more card is known, which may show less than is so by now. Only where the worker would do nothing else
 * does it look at once: what waits for its time must not be tried before that. Pure.
 */
export function withLook<C extends Case>(c: C, now: Instant): C {
  const due = workDueAt(c);
  return cardIsStale(c) && (due === undefined || due > now) ? { ...c, dueAt: now } : c;
}

/** When the worker has to look at a case for its own sake, its card aside. */
export function workDueAt(c: Case): Instant | undefined {
  switch (c.state) {
    case 'opened':
      return c.openedAt;
    case 'escalated':
      return c.since;
    case 'asked':
      return c.remindAt !== undefined && c.remindAt < c.answerDue ? c.remindAt : c.answerDue;
    case 'kept':
      return c.decision.until;
    case 'decided':
      return c.actsFrom;
    case 'scheduled':
      return scheduledFor(c);
    case 'acting':
    case 'undoing':
      return c.openedAt;
    case 'holding':
      return firstOf([c.lookAt, c.holdUntil]);
    case 'needsPerson':
      return firstOf([
        c.watch?.lookAt,
        c.tell?.since,
        c.undoneBy === undefined ? parkingOf(c)?.until : undefined,
      ]);
    case 'hrReview':
    case 'hrProposed':
      return c.tell?.since;
    case 'adminReview':
    case 'closed':
    case 'cancelled':
    case 'undone':
      return undefined;
    default:
      return c satisfies never;
  }
}

/** The first of some times that may not be known. Pure. */
export function firstOf(times: readonly (Instant | undefined)[]): Instant | undefined {
  return times.filter((time) => time !== undefined).toSorted()[0];
}

/** The first step, and before that the time at which the person is told. */
function scheduledFor(c: CaseIn<'scheduled'>): Instant {
  const step = c.steps.find(({ progress }) => progress.is === 'planned')?.notBefore ?? c.openedAt;
  const until = noticeUntil(c);
  if (until !== undefined) return until > step ? until : step;
  const isLeft = c.notice?.is.kind !== 'notTold' && isUntouched(c.steps);
  return isLeft && c.tellFrom !== undefined && c.tellFrom < step ? c.tellFrom : step;
}

function dueAfter(c: Case, event: CaseEvent, at: Instant): Instant | undefined {
  const waits = waitOf(event);
  if (waits !== undefined) return waits;
  return cardIsStale(c) ? at : workDueAt(c);
}

/** Events that name the time at which the worker looks again. */
function waitOf(event: CaseEvent): Instant | undefined {
  switch (event.type) {
    case 'notDelivered':
    case 'notTold':
      return event.tryAgainAt;
    case 'stepPostponed':
      return event.until;
    case 'stepSent':
    case 'undoSent':
      return event.checkAt;
    default:
      return undefined;
  }
}

/** Every fact that a case has in all its states; the compiler sees to it that none is left out. */
const FACTS: Readonly<Record<keyof CaseFacts, true>> = {
  id: true,
  kind: true,
  caseId: true,
  userId: true,
  subject: true,
  runId: true,
  scenario: true,
  scenarioNote: true,
  evidence: true,
  evidenceDate: true,
  daysInactive: true,
  licenses: true,
  annualCost: true,
  protections: true,
  hops: true,
  mailbox: true,
  mailboxUse: true,
  warnings: true,
  owned: true,
  manager: true,
  waivers: true,
  notice: true,
  openedAt: true,
  version: true,
  seq: true,
  head: true,
  subjectKey: true,
  actorSalt: true,
  message: true,
  copies: true,
  further: true,
  dueAt: true,
  lease: true,
  attempts: true,
  erasedAt: true,
};

/** The facts without the state's own properties, so that no old ones are carried over. */
function factsOf(c: Case): CaseFacts {
  const facts = Object.entries(c).filter(([key]) => key in FACTS);
  return Object.fromEntries(facts) as unknown as CaseFacts;
}

/** The next state; undefined when the event does not fit the state's own facts. */
function nextState(c: Case, event: CaseEvent, at: Instant): CaseState | undefined {
  switch (event.type) {
    case 'askIntended':
    case 'notDelivered':
    case 'askedAgain':
    case 'remindIntended':
      return c;
    case 'asked':
      return {
        state: 'asked',
        askedOf: event.askedOf.id,
        askedAt: at,
        answerDue: event.answerDue,
        ...remindAtOf(event),
      };
    case 'reminderAsked':
    case 'reminded':
      return c.state === 'asked' ? { ...c, remindAt: event.remindAt } : undefined;
    case 'passedOn':
      return { state: 'escalated', asking: { kind: 'ask', person: event.to }, since: at };
    case 'sentToAdmins':
      return {
        ...{ state: 'adminReview', why: event.why, since: at },
        askedOf: c.state === 'asked' ? c.askedOf : undefined,
      };
    case 'kept':
      return { state: 'kept', askedOf: event.decision.by.id, decision: event.decision };
    case 'proposed': {
      const { decision } = event;
      return { state: 'hrProposed', proposal: decision, tell: { since: at, told: [decision.by.id] } };
    }
    case 'proposalDeclined':
      return { state: 'hrReview', tell: { since: at, told: (c.copies ?? []).map(({ to }) => to) } };
    case 'decided':
      if (!isDecidedByTwo(c, event.decision)) return undefined;
      return {
        state: 'decided',
        askedOf: event.decision.by.id,
        decision: event.decision,
        steps: event.steps,
        actsFrom: event.actsFrom,
        countedFrom: timetableStart(c),
        ...(event.tellFrom === undefined ? {} : { tellFrom: event.tellFrom }),
        ...(event.deletes === true ? { deletes: true } : {}),
      };
    case 'keepEnded':
      return { state: 'closed', outcome: 'keptUntilPassed', closedAt: at, ...askedBefore(c) };
    case 'cancelled':
      return cancelledBy(c, event, at);
    default:
      return hasSteps(c) ? nextWithSteps(c, event, at) : undefined;
  }
}

/** Safety rule 10: what one person of HR proposed, and what another one agreed to, is the same; others need no second. */
function isDecidedByTwo(c: Case, decision: Extract<CaseEvent, { type: 'decided' }>['decision']): boolean {
  if (c.state !== 'hrReview' && c.state !== 'hrProposed') return true;
  // Nobody decides about themself, as the first or as the second.
  if (decision.kind === 'reassign' || decision.by.id === c.userId) return false;
  if (c.state === 'hrReview') return true;
  if (decision.approvedBy === undefined || decision.approvedBy.id === c.userId) return false;
  return decision.by.id === c.proposal.by.id && decision.approvedBy.id !== decision.by.id;
}

/** What was done is given back first, but for what was parked of somebody whose account is gone. */
function cancelledBy(
  c: Case,
  { cause, why }: Extract<CaseEvent, { type: 'cancelled' }>,
  at: Instant,
): CaseState | undefined {
  const ended = { state: 'cancelled', cause, why, closedAt: at, ...askedBefore(c) } as const;
  if (c.state !== 'undoing' && (c.state !== 'needsPerson' || c.undoneBy === undefined)) return ended;
  return isReturn(c) && cause === 'gone' ? { ...ended, parked: true } : undefined;
}

/** From when the timetable of a case's steps counts (design 5). */
export function timetableStart(c: Case): Instant {
  if (c.state === 'asked') return c.askedAt;
  return 'countedFrom' in c && c.countedFrom !== undefined ? c.countedFrom : c.openedAt;
}

function remindAtOf({ remindAt }: { readonly remindAt?: Instant | undefined }): {
  readonly remindAt?: Instant;
} {
  return remindAt === undefined ? {} : { remindAt };
}

/** Who had the question so far, and why it went on from there; nobody is asked twice. */
function hopsAfter(c: Case, event: CaseEvent, at: Instant): Pick<CaseFacts, 'hops'> {
  if ((event.type !== 'passedOn' && event.type !== 'sentToAdmins') || event.from === undefined)
    return c.hops === undefined ? {} : { hops: c.hops };
  const hop: Hop = {
    askedOf: event.from,
    until: at,
    why: event.why,
    ...(event.type === 'passedOn' && event.named === true ? { named: event.to.id } : {}),
    ...(c.state === 'adminReview' ? { asAdmin: true } : {}),
  };
  return { hops: [...(c.hops ?? []), hop] };
}

function waiversAfter(c: Case, event: CaseEvent, at: Instant): Pick<CaseFacts, 'waivers'> {
  const kept = waiversKept(c, event);
  if (event.type !== 'waived') return kept === undefined ? {} : { waivers: kept };
  const { waived, by, reason } = event;
  return { waivers: [...(kept ?? []), { waived, by, at, reason }] };
}

/** Another decision has other steps: what was let be was one of those before. */
function waiversKept({ waivers }: Case, { type }: CaseEvent): CaseFacts['waivers'] {
  // What somebody looked into then may be another thing by now.
  const isOver = ({ waived }: Waiver): boolean =>
    'left' in waived || waived.of === 'mailbox' || waived.of === 'account';
  return type === 'decided' ? waivers?.filter((each) => !isOver(each)) : waivers;
}

/** Whoever was asked may look at the end, too: their late click is no stranger's. */
function askedBefore(c: Case): { readonly askedOf?: UserId } {
  return 'askedOf' in c && c.askedOf !== undefined ? { askedOf: c.askedOf } : {};
}
