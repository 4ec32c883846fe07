import { isInHand } from '../../store/lease.js';
import { digestCard } from '../../cards/digest-card.js';
import { isPutOff } from '../../bot/messenger.js';
import type { UserId } from '../../audit/person.js';
import { AlreadyExists, ChangedMeanwhile, type Stored } from '../../store/store.js';
import { instant, type Case, type CaseId } from '../case.js';
import { entryOf, isCurrent, type Digest, type DigestView } from './digest.js';
import type { Doors } from '../doors.js';
import { viewIn } from './run-cards.js';

/** Writes the row of a message; it may be there already, by an earlier try. */
export async function createDigest(doors: Doors, digest: Digest): Promise<void> {
  try {
    await doors.store.create('refs', digest);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
}

export function readDigest(
  doors: Pick<Doors, 'store'>,
  digestId: string,
): Promise<Stored<Digest> | undefined> {
  return doors.store.read<Digest>('refs', digestId, digestId);
}

/**
 * A message was drawn before one of its cases moved on otherwise than it was drawn for: what was taken for the version that
 * it shows may be the number of another one. It is edited with the next look.
 * @throws ChangedMeanwhile
 */
export async function showsNoMore(doors: Doors, digestId: string, caseId: CaseId): Promise<void> {
  const stored = await readDigest(doors, digestId);
  if (stored === undefined || !stored.doc.cases.some((one) => one.caseId === caseId && one.shows > 0)) return;
  const cases = stored.doc.cases.map((one) => (one.caseId === caseId ? { ...one, shows: 0 } : one));
  await doors.store.replace<Digest>('refs', { ...stored.doc, cases }, stored.etag);
}

/** The cases of a digest as they stand now; those that cannot be found are left out. */
export async function casesIn(doors: Pick<Doors, 'store'>, ids: readonly CaseId[]): Promise<readonly Case[]> {
  const cases: Case[] = [];
  for (const caseId of ids) {
    const stored = await doors.store.read<Case>('cases', caseId, caseId);
    if (stored?.doc.kind === 'case') cases.push(stored.doc);
  }
  return cases;
}

/** A digest for the person in whose chat it is; undefined: it is not there, or not theirs. */
export async function digestFor(
  doors: Pick<Doors, 'store'>,
  digestId: string,
  by: UserId,
): Promise<DigestView | undefined> {
  const stored = await readDigest(doors, digestId);
  if (stored === undefined || stored.doc.kind !== 'digest' || stored.doc.userId !== by) return undefined;
  return digestView(stored.doc, await casesIn(doors, idsOf(stored.doc)));
}

/** How an edit of a shared message ended. */
export type DigestEdit =
  | { readonly kind: 'shown'; readonly shows: ReadonlyMap<CaseId, number> }
  | { readonly kind: 'gone' }
  /** Teams could not now, or somebody else edits it at this moment. */
  | { readonly kind: 'later'; readonly code: string };

const BUSY = { kind: 'later', code: 'EditedElsewhere' } as const;

/** Edits a digest so that it shows every case as it stands now, if it does not yet. One at a time, under a lease. */
export async function showDigest(doors: Doors, digestId: string): Promise<DigestEdit> {
  const stored = await readDigest(doors, digestId);
  if (stored === undefined) return { kind: 'gone' };
  const cases = await casesIn(doors, idsOf(stored.doc));
  if (isCurrent(stored.doc, cases)) return { kind: 'shown', shows: showsOf(stored.doc) };
  const locale = await doors.localeOf(stored.doc.userId);
  const held = await take(doors, stored);
  if (held === undefined) return BUSY;
  // Read under the lease: what was read before may be older than what somebody else has just shown.
  const latest = await casesIn(doors, idsOf(held.doc));
  const card = digestCard(digestView(held.doc, latest), viewIn(doors, locale));
  const answer = await doors.messenger.update(held.doc.message, card);
  const shows = answer.kind === 'delivered' ? latest : [];
  const next = { ...held.doc, lease: undefined, cases: held.doc.cases.map((one) => shownIn(one, shows)) };
  try {
    await doors.store.replace<Digest>('refs', next, held.etag);
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    return BUSY;
  }
  if (answer.kind === 'delivered') return { kind: 'shown', shows: showsOf(next) };
  return isPutOff(answer) ? { kind: 'later', code: answer.code } : { kind: 'gone' };
}

function digestView(digest: Digest, cases: readonly Case[]): DigestView {
  return { digestId: digest.id, entries: cases.map((c) => entryOf(c, digest)) };
}

async function take(doors: Doors, { doc, etag }: Stored<Digest>): Promise<Stored<Digest> | undefined> {
  const now = doors.clock.now();
  if (isInHand(doc, instant(now))) return undefined;
  const lease = { owner: doors.random.id(), until: instant(new Date(now.getTime() + doors.leaseMs)) };
  try {
    return await doors.store.replace<Digest>('refs', { ...doc, lease }, etag);
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return undefined;
    throw error;
  }
}

function shownIn(one: Digest['cases'][number], shown: readonly Case[]): Digest['cases'][number] {
  const c = shown.find(({ caseId }) => caseId === one.caseId);
  return c === undefined ? one : { ...one, shows: c.version };
}

function showsOf({ cases }: Digest): ReadonlyMap<CaseId, number> {
  return new Map(cases.map(({ caseId, shows }) => [caseId, shows]));
}

function idsOf({ cases }: Digest): readonly CaseId[] {
  return cases.map(({ caseId }) => caseId);
}
