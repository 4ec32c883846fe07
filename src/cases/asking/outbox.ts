import type { UserId } from '../../audit/person.js';
import type { Doc } from '../../store/store.js';
import {
  instant,
  type Case,
  type CaseId,
  type CaseIn,
  type Instant,
  type MessageRef,
  type PersonRef,
} from '../case.js';
import type { Ledger } from './deliveries.js';
import type { Policy } from '../../config/policy.js';
import type { CaseEvent } from '../events.js';
import { waitsForNotice } from '../telling/notice.js';

/** More people than that on one card nobody answers in a minute; the rest gets a further one. */
export const MOST_ON_A_CARD = 5;

/**
 * What is to go to one person, so that the questions of a run come as one card. The row is due when it is to be sent, and
 * whoever holds its lease is the only one who writes to the person. No case depends on it: each looks for itself
 * whether it still waits here.
 */
export interface Outbox extends Doc, Ledger {
  readonly kind: 'outbox';
  readonly userId: UserId;
  readonly displayName: string;
  /** Cases whose question or reminder has not gone out, in the order in which they came. */
  readonly waiting: readonly CaseId[];
  /** Written before a message is sent, and kept until all its cases know of it (safety rule 9). */
  readonly outgoing: Outgoing | undefined;
  readonly dueAt: Instant | undefined;
  readonly lease: { readonly owner: string; readonly until: Instant } | undefined;
  readonly attempts: number;
}

/** One message on its way: it may or may not have gone out, or Teams has taken it. */
export type Outgoing =
  { readonly is: 'intended'; readonly digestId: string; readonly caseIds: readonly CaseId[] } | Sent;

/** An earlier message that a newer one takes out of use. */
export interface Replaced extends MessageRef {
  /** A case that it is about; absent in rows of earlier versions. */
  readonly caseId?: CaseId;
}

/** What every case of a message has to be told. */
export interface Sent {
  readonly is: 'sent';
  readonly digestId: string;
  readonly caseIds: readonly CaseId[];
  readonly message: MessageRef;
  /** When the card was drawn, and the date that it names: so that it can be drawn again exactly as it was sent. */
  readonly drawnAt: Instant;
  readonly answerDue: Instant;
  /** In which language it was drawn; absent in older rows: English. */
  readonly locale?: string;
  /** Earlier messages of the same cases, in whose place this one comes. */
  readonly replaces: readonly Replaced[];
  /** It tells a person what happens to their own licenses, and no step is taken before this; absent: it asks. */
  readonly stepsFrom?: Instant;
}

export function outboxId(userId: UserId): string {
  return `outbox-${userId}`;
}

export function newOutbox({ id: userId, displayName }: PersonRef): Outbox {
  return {
    id: outboxId(userId),
    kind: 'outbox',
    userId,
    displayName,
    waiting: [],
    outgoing: undefined,
    dueAt: undefined,
    lease: undefined,
    attempts: 0,
  };
}

/** true: the case is in it already, waiting or on its way. */
export function holds({ waiting, outgoing }: Outbox, caseId: CaseId): boolean {
  return waiting.includes(caseId) || (outgoing?.caseIds.includes(caseId) ?? false);
}

/**
 * The outbox with one case more. Whoever comes first decides when it is sent.
 * @param gather milliseconds for which it waits for others
 */
export function withCase(outbox: Outbox, caseId: CaseId, now: Date, gather: number): Outbox {
  const dueAt = outbox.dueAt ?? instant(new Date(now.getTime() + gather));
  return { ...outbox, waiting: [...outbox.waiting, caseId], dueAt };
}

/** What a case wants to have sent to somebody now. */
export type Wanted =
  | {
      readonly kind: 'question';
      readonly case: CaseIn<'opened' | 'escalated'>;
      readonly intention: Extract<CaseEvent, { type: 'askIntended' }>;
    }
  | {
      readonly kind: 'reminder';
      readonly case: CaseIn<'asked'>;
      readonly intention: Extract<CaseEvent, { type: 'remindIntended' }>;
    }
  /** The person themself is told what happens to their licenses. */
  | {
      readonly kind: 'notice';
      readonly case: CaseIn<'scheduled'>;
      readonly intention: Extract<CaseEvent, { type: 'tellIntended' }>;
    };

/** undefined: nothing, or not to them. Pure. */
export function wanted(
  c: Case,
  userId: UserId,
  now: Instant,
  policy: Pick<Policy, 'tell'>,
): Wanted | undefined {
  if (c.state === 'scheduled') {
    if (c.userId !== userId || !waitsForNotice(c, policy)) return undefined;
    return { kind: 'notice', case: c, intention: { type: 'tellIntended' } };
  }
  if (c.state === 'opened' || c.state === 'escalated') {
    if (c.asking.kind !== 'ask' || c.asking.person.id !== userId) return undefined;
    return { kind: 'question', case: c, intention: { type: 'askIntended', askedOf: c.asking.person } };
  }
  if (c.state !== 'asked' || c.askedOf !== userId || c.answerDue <= now) return undefined;
  if (c.remindAt === undefined || c.remindAt > now) return undefined;
  return { kind: 'reminder', case: c, intention: { type: 'remindIntended' } };
}
