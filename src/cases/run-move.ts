import { letBeIn } from './answering/waiver.js';
import { hash } from 'node:crypto';
import { historyOperations, SYSTEM_ACTOR, type Json } from '../store/history.js';
import type { Operation, Stored } from '../store/store.js';
import { instant, type Case, type CaseIn, type Instant, type PersonRef } from './case.js';
import type { Doors } from './doors.js';
import { publicFacts, type CaseEvent } from './events.js';
import { isSealed, sealedLog } from './hr/sealed.js';
import { transition } from './transition.js';
import { mailGoneIn } from './mail-gone.js';

export type Actor = PersonRef | 'system';

/** Names, ids and texts of people that belong to a history entry; erasable. */
export type PrivateDetails = { readonly [key: string]: Json | undefined };

/** The transition table does not allow this event now: a mistake of the program, never of a person. */
export class IllegalMove extends Error {
  override readonly name = 'IllegalMove';
  constructor(
    readonly caseId: string,
    readonly state: string,
    readonly event: string,
  ) {
    super(`A case in state ${state} does not take the event ${event}.`);
  }
}

/**
 * Moves a case by one event: new state, history entry and its erasable details in one batch under the etag.
 * @param lease `keep`: the worker goes on with this case; `release`: anybody may take it when it is due
 * @throws ChangedMeanwhile when somebody else moved the case first, IllegalMove
 */
export async function move(
  doors: Doors,
  stored: Stored<Case>,
  event: CaseEvent,
  by: { readonly actor: Actor; readonly details?: PrivateDetails; readonly lease: 'keep' | 'release' },
): Promise<Stored<Case>> {
  const at = instant(doors.clock.now());
  const moved = transition(stored.doc, event, at);
  if (moved.kind === 'refused') throw new IllegalMove(stored.doc.caseId, moved.state, moved.event);
  const entry = {
    type: event.type,
    at,
    actor: by.actor,
    facts: { ...publicFacts(event), ...endFacts(moved.case), from: stored.doc.state, to: moved.case.state },
    details: { ...personsOf(event), ...keeperOf(moved.case), ...by.details },
  };
  const written = withHistory(doors, moved.case, entry);
  const next: Case = {
    ...written.case,
    lease: by.lease === 'keep' ? renewed(doors, written.case) : undefined,
  };
  const operations: Operation[] = [{ kind: 'replace', doc: next, etag: stored.etag }, ...written.operations];
  const [etag] = await doors.store.batch('cases', next.caseId, operations);
  // The head goes to the log too: outside the store, it proves that the chain was not cut or rewritten.
  const { caseId, state, seq, head } = next;
  const log = isSealed(stored.doc) ? sealedLog(doors.log) : doors.log;
  log.info('A case moved.', { caseId, event: event.type, state, seq, head });
  return { doc: next, etag: etag ?? '' };
}

/** The lease of a write after which the whole of it is left again for what comes before the next. */
export function renewed(doors: Doors, c: Case): Case['lease'] {
  if (c.lease === undefined) return undefined;
  return { owner: c.lease.owner, until: instant(new Date(doors.clock.now().getTime() + doors.leaseMs)) };
}

/** Stores a new case with its first history entry. @throws AlreadyExists */
export async function begin(
  doors: Doors,
  c: CaseIn<'opened' | 'hrReview' | 'scheduled'>,
  first: Omit<Entry, 'at'> = foundBy(c),
): Promise<void> {
  const written = withHistory(doors, c, { ...first, at: c.openedAt });
  await doors.store.batch('cases', c.caseId, [{ kind: 'create', doc: written.case }, ...written.operations]);
}

function foundBy(c: Case): Omit<Entry, 'at'> {
  return {
    type: 'opened',
    actor: 'system',
    facts: { runId: c.runId, scenario: c.scenario, skus: c.licenses.map((license) => license.skuId) },
    details: {
      userId: c.userId,
      subject: { ...c.subject },
      licenses: c.licenses.map((license) => license.name),
    },
  };
}

/** What is written down of something that happened. */
export interface Entry {
  readonly type: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly facts: PrivateDetails;
  readonly details: PrivateDetails;
}

/** A case under its new head, and the documents that go with it into the same batch. */
export function withHistory<C extends Case>(
  doors: Doors,
  c: C,
  entry: Entry,
): { case: C; operations: readonly Operation[] } {
  const { operations, head, seq } = historyOperations(
    { caseId: c.caseId, head: c.head, seq: c.seq, subjectKey: c.subjectKey },
    {
      type: entry.type,
      at: entry.at,
      actorKey: entry.actor === 'system' ? SYSTEM_ACTOR : actorKey(c.actorSalt, entry.actor.id),
      public: entry.facts,
      private: entry.actor === 'system' ? entry.details : { ...entry.details, actor: { ...entry.actor } },
    },
    doors.random.salt(),
  );
  return { case: { ...c, head, seq }, operations };
}

/** The same person has the same key within a case and another one in every other case. */
function actorKey(salt: string, userId: string): string {
  return hash('sha256', `${salt}:${userId}`, 'hex').slice(0, 32);
}

function personsOf(event: CaseEvent): PrivateDetails {
  switch (event.type) {
    case 'askIntended':
    case 'asked':
      return { askedOf: event.askedOf.displayName };
    case 'passedOn':
      return { to: event.to.displayName, ...fromWhom(event) };
    case 'sentToAdmins':
      return fromWhom(event);
    case 'kept':
      return event.decision.kind === 'onLeave'
        ? { by: event.decision.by.displayName, onLeave: true }
        : { by: event.decision.by.displayName, reason: event.decision.reason };
    // Names of groups and teams, which people choose.
    case 'stepHandedOver':
    case 'stepBlocked':
    case 'stepRefused':
    case 'stepReverted':
    case 'undoHandedOver':
      return { task: event.task };
    case 'notGiven':
      return { why: event.why };
    case 'released':
    case 'reminderAsked':
    case 'proposalDeclined':
      return { by: event.by.displayName };
    case 'vetoed':
    case 'objected':
      return { by: event.by.displayName, reason: event.reason };
    case 'proposed':
    case 'decided':
      return decisionDetails(event);
    case 'waived':
      return { by: event.by.displayName, name: event.name, reason: event.reason };
    case 'undoAsked':
      return { by: event.by.displayName };
    default:
      return {};
  }
}

function fromWhom({ from }: { readonly from: PersonRef | undefined }): PrivateDetails {
  return from === undefined ? {} : { from: from.displayName };
}

type Deciding = Extract<CaseEvent, { readonly type: 'decided' | 'proposed' }>;

function decisionDetails(event: Deciding): PrivateDetails {
  const { decision } = event;
  const approvedBy = decision.kind === 'reassign' ? undefined : decision.approvedBy;
  return {
    by: decision.by.displayName,
    reason: decision.reason ?? '',
    ...(decision.kind === 'park' ? { returnsOn: decision.returnsOn } : {}),
    ...(decision.kind === 'reassign' ? { receiver: decision.receiver.displayName } : {}),
    ...filesOf(event),
    ...(approvedBy === undefined ? {} : { approvedBy: approvedBy.displayName }),
  };
}

function filesOf(event: Deciding): PrivateDetails {
  const { files } = event.decision;
  if (files === undefined) return {};
  if (files.is === 'handedOver')
    return { files: `${files.to.displayName} is to get access to the files in OneDrive.` };
  const isDeleted = event.type === 'decided' && event.deletes === true;
  return {
    files: isDeleted
      ? 'The files in OneDrive go 30 days after the account.'
      : 'The files in OneDrive are archived.',
  };
}

/** Only the state knows when what was parked comes back, and at the end of an undo whether somebody keeps what a reassignment gave, something was let be, or mail is gone. */
function endFacts(c: Case): PrivateDetails {
  return {
    ...(keeperOf(c)['receiver'] === undefined ? {} : { receiverKeeps: true }),
    ...(c.state === 'holding' && c.decision.kind === 'park' ? { returnsOn: c.decision.returnsOn } : {}),
    ...(c.state === 'undone' && letBeIn(c).some(({ waived }) => waived.of === 'undo')
      ? { isLeft: true }
      : {}),
    ...(c.state === 'undone' ? mailGoneIn(c) : {}),
  };
}

function keeperOf(c: Case): PrivateDetails {
  return c.state === 'undone' && c.keptBy !== undefined ? { receiver: c.keptBy.displayName } : {};
}

/** Puts off a case without a change of its state: no history entry, the lease is given back. */
export async function putOff(doors: Doors, stored: Stored<Case>, until: Instant | undefined): Promise<void> {
  const doc: Case = { ...stored.doc, dueAt: until, lease: undefined };
  await doors.store.replace('cases', doc, stored.etag);
}
