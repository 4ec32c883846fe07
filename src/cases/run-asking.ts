import type { Delivery } from '../bot/messenger.js';
import type { UserId } from '../audit/person.js';
import type { Json } from '../store/history.js';
import type { Stored } from '../store/store.js';
import { instant, type Case, type CaseIn, type Instant, type PersonRef } from './case.js';
import type { Doors } from './doors.js';
import { nextReminder } from './reminders.js';
import { cardOf, movedCard, reminderOf, summaryOf } from './run-cards.js';
import { move, putOff, type Actor } from './run-move.js';
import { canBeAsked, nextToAsk } from './run-routing.js';
import { readBrake } from './run-switch.js';

/** Sends the question. The intention is written first; only a confirmed delivery starts the answer clock. */
export async function ask(doors: Doors, stored: Stored<CaseIn<'opened' | 'escalated'>>): Promise<void> {
  const { asking } = stored.doc;
  if (asking.kind === 'adminReview')
    return done(move(doors, stored, { type: 'sentToAdmins', why: asking.why }, BY_SYSTEM));
  if (asking.kind === 'next') return passOn(doors, stored, asking.why);
  const brake = await readBrake(doors);
  if (brake === 'stopped') {
    const event = { type: 'cancelled', cause: 'stopped', why: 'The campaign was stopped.' } as const;
    return done(move(doors, stored, event, BY_SYSTEM));
  }
  if (brake !== 'running') return putOff(doors, stored, later(doors, stored.doc));

  const askedOf = asking.person;
  if (!(await canBeAsked(doors, stored.doc, askedOf.id))) return passOn(doors, stored, CANNOT_BE_ASKED);
  const intention = { type: 'askIntended', askedOf } as const;
  const intended = await move(doors, stored, intention, { actor: 'system', lease: 'keep' });
  const question = askedVersion(doors, intended.doc, askedOf.id);
  const card = cardOf(doors, question);
  const delivery = await doors.messenger.send(askedOf.id, card, summaryOf(doors, question));
  if (delivery.kind !== 'delivered') return afterRefusal(doors, intended as typeof stored, delivery);
  const { answerDue } = question;
  const remindAt = reminderAfter(doors, { askedAt: question.askedAt, answerDue });
  const event = { type: 'asked', askedOf, message: delivery.message, answerDue, remindAt } as const;
  await move(doors, intended, event, { ...BY_SYSTEM, details: { card: card as Json } });
}

/** What is due for a question that waits: another reminder, or the next person. Silence removes nothing (safety rule 4). */
export async function waitForAnswer(doors: Doors, stored: Stored<CaseIn<'asked'>>): Promise<void> {
  const now = instant(doors.clock.now());
  const { answerDue, remindAt } = stored.doc;
  if (answerDue <= now) return passOn(doors, stored, 'Nobody answered in time.');
  if (remindAt === undefined || remindAt > now) return putOff(doors, stored, remindAt ?? answerDue);
  if ((await readBrake(doors)) !== 'running') return putOff(doors, stored, later(doors, stored.doc));
  await remind(doors, stored);
}

/** The question once more, for a new notification; the earlier card points to it, so that they do not pile up. */
async function remind(doors: Doors, stored: Stored<CaseIn<'asked'>>): Promise<void> {
  const keep = { actor: 'system', lease: 'keep' } as const;
  const intended = (await move(doors, stored, { type: 'remindIntended' }, keep)) as typeof stored;
  const c = intended.doc;
  const next: Case = { ...c, version: c.version + 1 };
  const remindAt = reminderAfter(doors, c);
  const delivery = await doors.messenger.send(c.askedOf, cardOf(doors, next), reminderOf(doors, next));
  if (delivery.kind !== 'delivered') {
    doors.log.warn('A reminder was not delivered.', { caseId: c.caseId, code: delivery.code });
    return putOff(doors, intended, remindAt ?? c.answerDue);
  }
  if (c.message !== undefined) await doors.messenger.update(c.message, movedCard());
  await move(doors, intended, { type: 'reminded', message: delivery.message, remindAt }, BY_SYSTEM);
}

/** The question goes to the next person who can answer; where there is none, to the admins. */
export async function passOn(
  doors: Doors,
  stored: Stored<CaseIn<'opened' | 'asked' | 'escalated'>>,
  why: string,
  actor: Actor = 'system',
): Promise<void> {
  const c = stored.doc;
  const from = await askedSoFar(doors, c);
  const to = await nextToAsk(doors, from === undefined ? c : withHop(c, from));
  const event =
    to === undefined
      ? ({ type: 'sentToAdmins', why } as const)
      : ({ type: 'passedOn', to, from, why } as const);
  await move(doors, stored, event, { actor, lease: 'release' });
}

/** Who has the question now; nobody while it was never on its way. */
async function askedSoFar(
  doors: Doors,
  c: CaseIn<'opened' | 'asked' | 'escalated'>,
): Promise<PersonRef | undefined> {
  if (c.state !== 'asked') return c.asking.kind === 'ask' ? c.asking.person : undefined;
  if (c.manager?.id === c.askedOf) return c.manager;
  const person = await doors.graph.person(c.askedOf);
  return { id: c.askedOf, displayName: person?.displayName ?? c.askedOf };
}

function withHop<C extends Case>(c: C, askedOf: PersonRef): C {
  return { ...c, hops: [...(c.hops ?? []), { askedOf, until: c.openedAt, why: '' }] };
}

/** Tried again while there is time to deliver; what is refused for good goes to the next person at once. */
async function afterRefusal(
  doors: Doors,
  intended: Stored<CaseIn<'opened' | 'escalated'>>,
  delivery: Extract<Delivery, { kind: 'failed' }>,
): Promise<void> {
  const now = doors.clock.now();
  const c = intended.doc;
  doors.log.warn('A question was not delivered.', { caseId: c.caseId, code: delivery.code });
  const waited = now.getTime() - Date.parse(c.state === 'escalated' ? c.since : c.openedAt);
  if (delivery.again === 'never' || waited > doors.policy.timetable.deliverWithin) {
    const why = `The question could not be delivered in Teams (${delivery.code}).`;
    return passOn(doors, intended, why);
  }
  const tryAgainAt = instant(new Date(now.getTime() + doors.policy.timetable.deliverWithin / 10));
  await move(doors, intended, { type: 'notDelivered', code: delivery.code, tryAgainAt }, BY_SYSTEM);
}

/** The case as it will be once the question is delivered, so that its card can be drawn before. */
function askedVersion(doors: Doors, c: Case, askedOf: UserId): CaseIn<'asked'> {
  const now = doors.clock.now();
  const answerDue = instant(new Date(now.getTime() + doors.policy.timetable.answerDue));
  const asked = {
    state: 'asked',
    version: c.version + 1,
    askedOf,
    askedAt: instant(now),
    answerDue,
  } as const;
  return { ...c, ...asked } as CaseIn<'asked'>;
}

function reminderAfter(
  doors: Doors,
  awaited: { readonly askedAt: Instant; readonly answerDue: Instant },
): Instant | undefined {
  return nextReminder(awaited, doors.policy.timetable.reminders, doors.timeZone, doors.clock.now());
}

/** The next try after a failed one: doubled each time, up to half an hour. */
export function later(doors: Doors, c: Case): Instant {
  const wait = Math.min(doors.pace.retry * 2 ** Math.min(c.attempts, 16), 30 * 60_000);
  return instant(new Date(doors.clock.now().getTime() + wait));
}

const CANNOT_BE_ASKED = 'The person named to answer cannot be asked now.';

const BY_SYSTEM = { actor: 'system', lease: 'release' } as const;

async function done(moved: Promise<unknown>): Promise<void> {
  await moved;
}
