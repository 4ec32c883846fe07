import type { UserId } from '../../audit/person.js';
import { readHistory } from '../../store/case-history.js';
import type { Stored } from '../../store/store.js';
import type { RemindOutcome } from '../answering/desk.js';
import { caseForAdmin, nameOf } from '../answering/run-rights.js';
import { readBrake } from '../campaign/run-switch.js';
import { instant, type Case, type CaseId, type CaseIn, type Instant } from '../case.js';
import type { Doors } from '../doors.js';
import type { EventType } from '../events.js';
import { move } from '../run-move.js';
import { outboxId, type Outbox } from './outbox.js';
import { canRemind } from './remind-now.js';

/**
 * Has whoever was asked reminded before the timetable does so, for an admin, whose right is looked up here (safety rules 3
 * and 10). The reminder goes the way of every other one: in place of the card before, once the case is due.
 * @throws GraphFailure, ChangedMeanwhile
 */
export async function remindForAdmin(
  doors: Doors,
  { caseId, by }: { readonly caseId: CaseId; readonly by: UserId },
): Promise<RemindOutcome> {
  const stored = await caseForAdmin(doors, caseId, by);
  if (stored === undefined) return { kind: 'noSuchCase' };
  const { doc: c, etag } = stored;
  if (c.state !== 'asked') return { kind: 'notAsked', case: c };
  if (c.askedOf === by) return { kind: 'yourself', case: c };
  const brake = await readBrake(doors);
  return brake === 'running' ? remind(doors, { doc: c, etag }, by) : { kind: 'held', brake };
}

async function remind(
  doors: Doors,
  { doc: c, etag }: Stored<CaseIn<'asked'>>,
  by: UserId,
): Promise<RemindOutcome> {
  const now = doors.clock.now();
  const askedOf = await nameOfAsked(doors, c);
  const zone = await doors.timeZoneOf(c.askedOf);
  const can = canRemind(c, await lastMessage(doors, c), zone, now);
  if (can.kind !== 'reminds') return { ...can, case: c, askedOf };
  const actor = await nameOf(doors, by);
  const event = { type: 'reminderAsked', by: actor, remindAt: can.at } as const;
  await move(doors, { doc: c, etag }, event, { actor, lease: 'release', details: { askedOf } });
  return { ...can, isNow: can.at <= instant(now), case: c, askedOf };
}

/** Whoever was asked has an outbox with their name. */
async function nameOfAsked(doors: Doors, { askedOf }: CaseIn<'asked'>): Promise<string> {
  const outbox = await doors.store.read<Outbox>('commands', outboxId(askedOf), outboxId(askedOf));
  return outbox?.doc.displayName ?? (await nameOf(doors, askedOf)).displayName;
}

const MESSAGES: ReadonlySet<string> = new Set<EventType>(['asked', 'askedAgain', 'reminded']);

async function lastMessage({ store }: Doors, { caseId, askedAt }: Case & CaseIn<'asked'>): Promise<Instant> {
  const { events } = await readHistory(store, caseId);
  const last = events.findLast(({ type }) => MESSAGES.has(type))?.at as Instant | undefined;
  return last !== undefined && last > askedAt ? last : askedAt;
}
