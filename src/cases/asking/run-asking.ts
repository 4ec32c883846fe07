import { chatRulesNow } from '../../actions/run-live-facts.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import type { Stored } from '../../store/store.js';
import { instant, type CaseIn, type Instant, type PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { PROTECTED } from '../reason-gone.js';
import { move, putOff, type Actor } from '../run-move.js';
import { join } from './run-outbox.js';
import { withOwned } from './run-owned.js';
import { nextToAsk, routingDoors } from './run-routing.js';
import { heldUntil } from '../campaign/run-going-on.js';
import { remindsFrom } from './reminders.js';
import { readBrake } from '../campaign/run-switch.js';

/** Puts the question on its way, with what else goes to the same person; or says why nobody is asked. */
export async function ask(doors: Doors, stored: Stored<CaseIn<'opened' | 'escalated'>>): Promise<void> {
  const { asking, userId } = stored.doc;
  // It may have been said while the case was being opened, so that it was not there to be ended.
  if ((await chatRulesNow(doors, userId)).length > 0)
    return done(move(doors, stored, { type: 'cancelled', ...PROTECTED }, BY_SYSTEM));
  if (asking.kind === 'adminReview') return toAdmins(doors, stored, { from: undefined, why: asking.why });
  if (asking.kind === 'next') return passOnInTime(doors, stored, asking.why, askingSince(stored.doc));
  const brake = await readBrake(doors);
  if (brake === 'stopped') {
    const event = { type: 'cancelled', cause: 'stopped', why: 'The campaign was stopped.' } as const;
    return done(move(doors, stored, event, BY_SYSTEM));
  }
  if (brake !== 'running') return putOff(doors, stored, heldUntil(doors, stored.doc));
  await join(doors, stored, asking.person);
}

/** What is due for a question that waits: another reminder, or the next person. Silence removes nothing (safety rule 4). */
export async function waitForAnswer(doors: Doors, stored: Stored<CaseIn<'asked'>>): Promise<void> {
  const now = instant(doors.clock.now());
  const { answerDue, remindAt, askedOf, manager } = stored.doc;
  if (answerDue <= now) return passOnInTime(doors, stored, 'Nobody answered in time.', answerDue);
  if (remindAt === undefined) return putOff(doors, stored, answerDue);
  const from = remindsFrom(stored.doc, remindAt, await doors.timeZoneOf(askedOf), doors.clock.now());
  if (from >= answerDue) return putOff(doors, stored, answerDue);
  if (from > now) return putOff(doors, stored, from);
  if ((await readBrake(doors)) !== 'running') {
    const until = heldUntil(doors, stored.doc);
    return putOff(doors, stored, until < answerDue ? until : answerDue);
  }
  // Whoever was asked has an outbox with their name.
  await join(doors, stored, manager?.id === askedOf ? manager : { id: askedOf, displayName: askedOf });
}

/**
 * The question goes to the next person who can answer; where there is none, to the admins.
 * @throws GraphFailure
 */
export async function passOn(
  doors: Doors,
  stored: Stored<CaseIn<'opened' | 'asked' | 'escalated'>>,
  why: string,
  actor: Actor = 'system',
): Promise<void> {
  const c = stored.doc;
  const from = await askedSoFar(doors, c);
  const to = await nextToAsk(routingDoors(doors), c, from);
  if (to === undefined) return toAdmins(doors, stored, { from, why }, actor);
  await move(doors, stored, { type: 'passedOn', to, from, why }, { actor, lease: 'release' });
}

/** An admin has to look, and sees on the card what is so now. */
async function toAdmins(
  doors: Doors,
  { doc, etag }: Stored<CaseIn<'opened' | 'asked' | 'escalated'>>,
  said: { readonly from: PersonRef | undefined; readonly why: string },
  actor: Actor = 'system',
): Promise<void> {
  const looked = { doc: await withOwned(doors, doc), etag };
  await move(doors, looked, { type: 'sentToAdmins', ...said }, { actor, lease: 'release' });
}

/**
 * The same, and to the admins as well where it is long over and Graph does not tell who is next: a question does not wait
 * for ever for that.
 * @param since when it was to go on first
 * @throws GraphFailure before that
 */
export async function passOnInTime(
  doors: Doors,
  stored: Stored<CaseIn<'opened' | 'asked' | 'escalated'>>,
  why: string,
  since: Instant,
): Promise<void> {
  await inTime(doors, stored, since, () => passOn(doors, stored, why));
}

/** So many times `deliverWithin` a question waits for Graph to tell to whom it can go. */
const MOST_WAITS = 2;

/**
 * What has to be read before a question goes on.
 * @returns undefined: Graph failed, and the question has gone to the admins, because it has waited for too long
 * @throws GraphFailure before that
 */
export async function inTime<T>(
  doors: Doors,
  stored: Stored<CaseIn<'opened' | 'asked' | 'escalated'>>,
  since: Instant,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const waited = doors.clock.now().getTime() - Date.parse(since);
    const isLong = waited > doors.policy.timetable.deliverWithin * MOST_WAITS;
    if (!(error instanceof GraphFailure) || !isLong) throw error;
    const from = knownReceiver(stored.doc);
    await move(doors, stored, { type: 'sentToAdmins', from, why: NEXT_UNKNOWN }, BY_SYSTEM);
    return undefined;
  }
}

const NEXT_UNKNOWN = 'Microsoft Graph did not tell in time who could be asked.';

/** Since when the question is on its way to whoever has it now. */
export function askingSince(c: CaseIn<'opened' | 'escalated'>): Instant {
  return c.state === 'escalated' ? c.since : c.openedAt;
}

/** Who has the question now, as far as it is known without Graph. */
function knownReceiver(c: CaseIn<'opened' | 'asked' | 'escalated'>): PersonRef | undefined {
  if (c.state !== 'asked') return c.asking.kind === 'ask' ? c.asking.person : undefined;
  return c.manager?.id === c.askedOf ? c.manager : { id: c.askedOf, displayName: c.askedOf };
}

/** Who has the question now; nobody while it was never on its way. */
async function askedSoFar(
  doors: Doors,
  c: CaseIn<'opened' | 'asked' | 'escalated'>,
): Promise<PersonRef | undefined> {
  const known = knownReceiver(c);
  if (known === undefined || known.displayName !== known.id) return known;
  const person = await doors.graph.person(known.id);
  return { id: known.id, displayName: person?.displayName ?? known.displayName };
}

/** The next try after a failed one: doubled each time, up to half an hour. */
export function later(doors: Doors, { attempts }: { readonly attempts: number }): Instant {
  const wait = Math.min(doors.pace.retry * 2 ** Math.min(attempts, 16), 30 * 60_000);
  return instant(new Date(doors.clock.now().getTime() + wait));
}

const BY_SYSTEM = { actor: 'system', lease: 'release' } as const;

async function done(moved: Promise<unknown>): Promise<void> {
  await moved;
}
