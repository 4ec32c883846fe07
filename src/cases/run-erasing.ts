import { isInHand } from '../store/lease.js';
import { removeEnded } from '../audit/protection/run-chat-protections.js';
import { eraseStaged } from '../audit/roster/run-staged.js';
import { eraseRuns, removeParts } from '../audit/run-erasing.js';
import { eraseDetails } from '../store/case-history.js';
import { DAY_MS } from '../config/durations.js';
import { ChangedMeanwhile, type Doc, type Store, type Stored } from '../store/store.js';
import { instant, TERMINAL, type Case, type Instant } from './case.js';
import type { AdminTelling } from './admin/admin-telling.js';
import { eraseDeeds } from './admin/run-deeds.js';
import type { Command } from './command.js';
import type { Digest } from './asking/digest.js';
import type { Doors } from './doors.js';
import { erased, erasedBefore, isToErase, type OverCase } from './erasing.js';
import type { Outbox } from './asking/outbox.js';
import { pointerId, type PersonPointer } from './person-pointer.js';
import { everyCaseIn, unsealedOf } from './run-all-cases.js';
import { heldAgainAfter } from './savings/savings-counter.js';
import { isSealed } from './hr/sealed.js';

export type ErasingDoors = Pick<Doors, 'store' | 'policy' | 'clock' | 'log'>;

/**
 * Carries out `privacy.retainDays`: names, ids and texts of people go from cases that ended that long ago, from the
 * findings of audits, and with the orders that were carried out. Safe to repeat after a crash at any point.
 * @returns false: a case was left because somebody wrote it at that moment
 */
export async function eraseOld(doors: ErasingDoors): Promise<boolean> {
  const now = instant(doors.clock.now());
  const before = erasedBefore(doors.policy, now);
  const { cases, isAll } = await eraseCases(doors, now);
  const runs = await eraseRuns(doors.store, before);
  const deeds = await eraseDeeds(doors.store, before);
  const commands = await removeOrders(doors, before);
  const messages =
    (await removeOutboxes(doors, before)) +
    (await removeTellings(doors, before)) +
    (await removeDigests(doors)) +
    (await removeQuestions(doors));
  const approvals = await removeApprovals(doors, before);
  const protections = await removeEnded(doors.store, before.slice(0, 10));
  await eraseStaged(doors.store, doors.clock.now());
  const counts = { cases, runs, deeds, approvals, protections, commands, messages };
  if (Object.values(counts).some((count) => count > 0))
    doors.log.info('Personal data past privacy.retainDays were erased.', counts);
  return isAll;
}

async function eraseCases(
  doors: ErasingDoors,
  now: Instant,
): Promise<{ readonly cases: number; readonly isAll: boolean }> {
  const over: Stored<OverCase>[] = [];
  for (const state of TERMINAL)
    for await (const { doc, etag } of everyCaseIn(doors, state))
      if (isToErase(doc, doors.policy, now)) over.push({ doc, etag });
  // What a later case has found is asked of it while it still says whose it is.
  over.sort((a, b) => (a.doc.openedAt < b.doc.openedAt ? -1 : 1));
  let cases = 0;
  let isAll = true;
  for (const stored of over) {
    const isDone = await eraseCase(doors, stored, now);
    isAll &&= isDone;
    // The log counts none of HR's.
    if (isDone && !isSealed(stored.doc)) cases += 1;
  }
  return { cases, isAll };
}

/** The case goes last: a crash before leaves it to be found again. */
async function eraseCase(
  { store }: ErasingDoors,
  { doc, etag }: Stored<OverCase>,
  now: Instant,
): Promise<boolean> {
  try {
    const tookSomething = doc.state === 'closed' && doc.took !== undefined && !isSealed(doc);
    const heldAgain = tookSomething ? heldAgainAfter(doc, await unsealedOf({ store }, doc.userId)) : [];
    await eraseDetails(store, doc.caseId);
    const pointer = await store.read<PersonPointer>('meta', pointerId(doc.userId), pointerId(doc.userId));
    // In this version only: somebody may open the person's next case at this moment.
    if (pointer?.doc.caseId === doc.caseId)
      await store.remove('meta', pointer.doc.id, pointer.doc.id, pointer.etag);
    await store.replace<Case>('cases', erased(doc, now, heldAgain), etag);
    return true;
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    return false;
  }
}

/** Who was asked, and what became of it, where nothing is on its way to them any more. */
async function removeOutboxes({ store }: ErasingDoors, before: Instant): Promise<number> {
  const old: Stored<Outbox>[] = [];
  const where = [{ field: 'kind', is: '=', value: 'outbox' }] as const;
  for await (const stored of store.query<Outbox>({ container: 'commands', where })) {
    const { waiting, outgoing, lease, deliveries = [] } = stored.doc;
    const isIdle = waiting.length === 0 && outgoing === undefined && lease === undefined;
    if (isIdle && deliveries.every(({ at }) => at <= before)) old.push(stored);
  }
  return removeAll(store, 'commands', old);
}

/** What admins were told, where they were told nothing since: what waits still is told to them anew. */
async function removeTellings({ store }: ErasingDoors, before: Instant): Promise<number> {
  const old: Stored<AdminTelling>[] = [];
  const where = [{ field: 'kind', is: '=', value: 'adminTelling' }] as const;
  for await (const stored of store.query<AdminTelling>({ container: 'commands', where })) {
    const { deliveries = [], turn = '' } = stored.doc;
    // Somebody may be about to tell them at this moment.
    const isIdle = turn.slice(0, 10) <= before.slice(0, 10);
    if (isIdle && deliveries.length > 0 && deliveries.every(({ at }) => at <= before)) old.push(stored);
  }
  return removeAll(store, 'commands', old);
}

/** Messages whose cases were all erased: nobody edits them any more. */
async function removeDigests({ store, clock }: ErasingDoors): Promise<number> {
  const now = instant(clock.now());
  const old: Stored<Digest>[] = [];
  const where = [{ field: 'kind', is: '=', value: 'digest' }] as const;
  for await (const stored of store.query<Digest>({ container: 'refs', where })) {
    const { cases } = stored.doc;
    if (!isInHand(stored.doc, now) && (await areErased(store, cases))) old.push(stored);
  }
  return removeAll(store, 'refs', old);
}

/**
 * What somebody asked in chat a day ago, the address of the file that they got, and who was to be told of an order: nobody
 * refers to it any more.
 */
async function removeQuestions({ store, clock }: ErasingDoors): Promise<number> {
  const before = instant(new Date(clock.now().getTime() - DAY_MS));
  const old: Stored<Doc & { readonly askedAt: Instant }>[] = [];
  for (const kind of ['lastQuestion', 'fileLink', 'audience']) {
    const where = [{ field: 'kind', is: '=', value: kind }] as const;
    for await (const stored of store.query<Doc & { readonly askedAt: Instant }>({ container: 'refs', where }))
      if (stored.doc.askedAt <= before) old.push(stored);
  }
  return removeAll(store, 'refs', old);
}

async function areErased(store: Store, cases: Digest['cases']): Promise<boolean> {
  for (const { caseId } of cases) {
    const stored = await store.read<Case>('cases', caseId, caseId);
    if (stored !== undefined && stored.doc.erasedAt === undefined) return false;
  }
  return true;
}

/** What somebody writes at this moment stays, and is looked at again another day. */
async function removeAll(
  store: Store,
  container: 'commands' | 'refs' | 'meta',
  old: readonly Stored<Doc>[],
): Promise<number> {
  for (const { doc, etag } of old)
    await store.remove(container, doc.id, doc.id, etag).catch((error: unknown) => {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    });
  return old.length;
}

/** Who approved which plan of a run: it counts for a day. Rows of earlier versions count for nothing. */
async function removeApprovals({ store }: ErasingDoors, before: Instant): Promise<number> {
  const old: Stored<Doc & { readonly at?: string }>[] = [];
  for (const kind of ['runApproval', 'seenPlan']) {
    const where = [{ field: 'kind', is: '=', value: kind }] as const;
    for await (const stored of store.query<Doc & { readonly at?: string }>({ container: 'meta', where }))
      if ((stored.doc.at ?? '') <= before) old.push(stored);
  }
  return removeAll(store, 'meta', old);
}

/** They say who asked for what; what became of it stands in the history. */
async function removeOrders({ store }: ErasingDoors, before: Instant): Promise<number> {
  const old: Stored<Command>[] = [];
  const where = [{ field: 'kind', is: '=', value: 'command' }] as const;
  for await (const stored of store.query<Command>({ container: 'commands', where })) {
    const { outcome } = stored.doc;
    if (outcome.is !== 'waiting' && outcome.at <= before) old.push(stored);
  }
  // Tries that ended before their audit was whole have left parts of it behind.
  for (const { doc } of old) if (doc.what.order === 'audit') await removeParts(store, doc.id, doc.attempts);
  return removeAll(store, 'commands', old);
}
