import { GraphFailure } from '../../graph/graph-failure.js';
import { isPutOff, type Delivery } from '../../bot/messenger.js';
import type { UserId } from '../../audit/person.js';
import { ENGLISH, nearestLocale, type Locale } from '../../i18n/locale.js';
import type { Stored } from '../../store/store.js';
import type { Json } from '../../store/history.js';
import { instant, type Case, type CaseId, type CaseIn, type Instant, type MessageRef } from '../case.js';
import type { Doors } from '../doors.js';
import { wanted, type Outbox, type Sent } from './outbox.js';
import { nextReminder, reminderAfterOne } from './reminders.js';
import { askingSince, later, passOnInTime } from './run-asking.js';
import { movedCard } from './run-cards.js';
import { isBeingTold } from '../telling/notice.js';
import { movedNotice, noticeSeen } from '../telling/run-notice-card.js';
import { casesIn, createDigest, showDigest } from './run-digest.js';
import { forCase } from './run-for-case.js';
import { isInHands, keepInTheEnd, keepLate } from './run-kept-cards.js';
import { seenAbout } from './run-letter.js';
import { move, putOff } from '../run-move.js';
import { cardIsStale } from '../transition.js';

/**
 * Tells every case of a delivered message that it was delivered, and takes the earlier messages out of use. Safe to
 * repeat: what knows already wants nothing any more.
 * @returns `later`: an earlier message could not be edited now; `held`: a case is in somebody's hands, and has still to be
 * told
 */
export async function tellDelivered(
  doors: Doors,
  to: Pick<Outbox, 'userId' | 'displayName'>,
  sent: Sent,
): Promise<'told' | 'later' | 'held'> {
  const { userId } = to;
  const { digestId } = sent.message;
  if (digestId !== undefined) await writeDigest(doors, userId, sent, digestId);
  const ends: TellingEnd[] = [];
  for (const caseId of sent.caseIds) ends.push(await tellOne(doors, caseId, to, sent));
  const isHeld = ends.includes('held');
  if (doors.policy.mode === 'observe') {
    // It messages nobody. Earlier cards are edited with their cases once the policy acts again.
    await keepEarlier(doors, userId, sent);
    return isHeld ? 'held' : 'told';
  }
  // One that was withdrawn while the message was on its way must not go on being asked about.
  if (digestId !== undefined && ends.some((end) => end !== 'told')) await showDigest(doors, digestId);
  const retired = await retire(doors, userId, sent);
  return isHeld ? 'held' : retired;
}

/** Before the cases name it, so that each finds it. */
async function writeDigest(doors: Doors, userId: UserId, sent: Sent, digestId: string): Promise<void> {
  const now = instant(doors.clock.now());
  const shows = (c: Case): number => (wanted(c, userId, now, doors.policy) === undefined ? 0 : c.version + 1);
  const cases = await casesIn(doors, sent.caseIds);
  await createDigest(doors, {
    id: digestId,
    kind: 'digest',
    userId,
    message: sent.message,
    cases: cases.map((c) => ({ caseId: c.caseId, shows: shows(c) })),
    lease: undefined,
  });
}

/** `late`: the case wanted nothing from this person any more, and remembers the message. */
type TellingEnd = 'told' | 'late' | 'held';

async function tellOne(
  doors: Doors,
  caseId: CaseId,
  { userId, displayName }: Pick<Outbox, 'userId' | 'displayName'>,
  sent: Sent,
): Promise<TellingEnd> {
  const { message, answerDue, drawnAt, replaces } = sent;
  const locale = nearestLocale(sent.locale) ?? ENGLISH.locale;
  const zone = await doors.timeZoneOf(userId);
  const told = await forCase(doors, caseId, async (stored): Promise<TellingEnd> => {
    if (sent.stepsFrom !== undefined)
      return tellNotice(doors, stored, { ...sent, stepsFrom: sent.stepsFrom }, locale);
    const wants = wanted(stored.doc, userId, instant(doors.clock.now()), doors.policy);
    if (wants === undefined || wants.kind === 'notice') {
      if (knows(stored.doc, message)) return 'told';
      const end = await keepLate(doors, stored, { to: userId, message, replaces });
      return end === 'kept' ? 'late' : end;
    }
    const card = seenAbout(doors, wants.case, { ...sent, userId, locale }, sent.caseIds.length) as Json;
    if (wants.kind === 'reminder') {
      const { reminders } = doors.policy.timetable;
      const remindAt = reminderAfterOne(wants.case, reminders, zone, doors.clock.now());
      const by = { ...BY_SYSTEM, details: { askedOf: displayName, card } };
      await move(doors, stored, { type: 'reminded', message, remindAt }, by);
      return 'told';
    }
    const { askedOf } = wants.intention;
    const remindAt = reminderAfter(doors, { askedAt: drawnAt, answerDue }, zone);
    const event = { type: 'asked', askedOf, message, answerDue, remindAt } as const;
    await move(doors, stored, event, { ...BY_SYSTEM, details: { card } });
    return 'told';
  });
  return told ?? 'late';
}

/**
 * What the person has read stands, whatever the policy says by now. Where a click overtook the record, the message is
 * about an earlier decision: it is no notice of a newer one, but goes on being edited.
 */
async function tellNotice(
  doors: Doors,
  stored: Stored<Case>,
  { message, stepsFrom, drawnAt }: Sent & { readonly stepsFrom: Instant },
  locale: Locale,
): Promise<TellingEnd> {
  const { doc: c } = stored;
  if (isBeingTold(c)) {
    const card = noticeSeen(doors, c, { stepsFrom, drawnAt, locale }) as Json;
    await move(doors, stored, { type: 'told', message, stepsFrom }, { ...BY_SYSTEM, details: { card } });
    return 'told';
  }
  if (knows(c, message)) return 'told';
  if (isInHands(c, instant(doors.clock.now()))) return 'held';
  await keepNotice(doors, stored, message);
  return 'late';
}

/** An earlier try has told the case of the message. */
function knows({ message, notice }: Case, { activityId }: MessageRef): boolean {
  return message?.activityId === activityId || notice?.message?.activityId === activityId;
}

/** The case names the message from now on, so that it is edited to what is so by now. */
async function keepNotice(doors: Doors, { doc: c, etag }: Stored<Case>, message: MessageRef): Promise<void> {
  const { notice } = c;
  if (notice === undefined) return;
  const dueAt = instant(doors.clock.now());
  const doc: Case = { ...c, notice: { ...notice, message: { ...message, shows: 0 } }, dueAt };
  await doors.store.replace<Case>('cases', doc, etag);
}

/** Only one of the cards about a question can be answered, and the earlier ones say so. */
async function retire(
  doors: Doors,
  userId: UserId,
  { replaces, stepsFrom }: Sent,
): Promise<'told' | 'later'> {
  const moved = stepsFrom === undefined ? movedCard : movedNotice;
  let ended: 'told' | 'later' = 'told';
  for (const earlier of replaces) {
    const edit =
      earlier.digestId === undefined
        ? await doors.messenger.update(earlier, await moved(doors, userId))
        : await showDigest(doors, earlier.digestId);
    if (edit.kind === 'later' || (edit.kind !== 'shown' && isPutOff(edit))) ended = 'later';
  }
  return ended;
}

/** Earlier messages that could not be taken out of use in time are edited with their case from now on, or with one of them. */
export async function keepEarlier(doors: Doors, to: UserId, { replaces, stepsFrom }: Sent): Promise<void> {
  if (stepsFrom !== undefined) return;
  for (const { caseId, ...message } of replaces)
    if (caseId !== undefined)
      await forCase(doors, caseId, (stored) => keepInTheEnd(doors, stored, { to, message }));
}

/** A card of which nothing could be written down. One that several cases share gets a row of its own. */
export async function keepUntold(doors: Doors, to: UserId, sent: Sent): Promise<void> {
  const { caseIds, message: asSent, stepsFrom } = sent;
  if (stepsFrom !== undefined) return;
  const id = `digest-${doors.random.id()}`;
  const message = asSent.digestId === undefined ? asSent : { ...asSent, digestId: id };
  if (message.digestId !== undefined) {
    const cases = caseIds.map((caseId) => ({ caseId, shows: 0 }));
    await createDigest(doors, { id, kind: 'digest', userId: to, message, cases, lease: undefined });
  }
  for (const caseId of caseIds)
    await forCase(doors, caseId, (stored) => keepInTheEnd(doors, stored, { to, message }));
}

/** What follows from a refusal: for good, the next person at once; for now, another try while there is time to deliver. */
export async function tellRefused(
  doors: Doors,
  userId: UserId,
  cases: readonly Case[],
  delivery: Extract<Delivery, { kind: 'failed' }>,
): Promise<void> {
  for (const { caseId, state } of cases) {
    const { code } = delivery;
    doors.log.warn('A message was not delivered.', { caseId, state, code });
    await forCase(doors, caseId, async (stored) => {
      const wants = wanted(stored.doc, userId, instant(doors.clock.now()), doors.policy);
      if (wants?.kind === 'reminder') return putOff(doors, stored, await afterReminder(doors, wants.case));
      if (wants?.kind === 'notice') return untold(doors, wants.case, stored.etag, delivery);
      if (wants?.kind === 'question') return refused(doors, wants.case, stored.etag, delivery);
    });
  }
}

/** A card that the intention has made outdated is put right soon. */
async function afterReminder(doors: Doors, c: CaseIn<'asked'>): Promise<Instant> {
  if (cardIsStale(c)) return later(doors, c);
  return reminderAfter(doors, c, await doors.timeZoneOf(c.askedOf)) ?? c.answerDue;
}

async function refused(
  doors: Doors,
  c: CaseIn<'opened' | 'escalated'>,
  etag: string,
  { again, code }: Extract<Delivery, { kind: 'failed' }>,
): Promise<void> {
  const now = doors.clock.now();
  const { deliverWithin } = doors.policy.timetable;
  const since = askingSince(c);
  const waited = now.getTime() - Date.parse(since);
  if (again === 'never' || waited > deliverWithin) {
    const why = `The question could not be delivered in Teams (${code}).`;
    const isOn = await unlessUnknown(passOnInTime(doors, { doc: c, etag }, why, since));
    if (isOn) return;
  }
  const tryAgainAt = instant(new Date(now.getTime() + deliverWithin / 10));
  await move(doors, { doc: c, etag }, { type: 'notDelivered', code, tryAgainAt }, BY_SYSTEM);
}

/** false: nobody knows now who is next. What was refused for good is not to be sent again and again until somebody does. */
async function unlessUnknown(goingOn: Promise<void>): Promise<boolean> {
  try {
    await goingOn;
    return true;
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return false;
  }
}

/** Steps wait, or go on, as the policy says; nobody else is told in place of the person. */
async function untold(
  doors: Doors,
  c: CaseIn<'scheduled'>,
  etag: string,
  { again, code }: Extract<Delivery, { kind: 'failed' }>,
): Promise<void> {
  const now = doors.clock.now();
  const { deliverWithin } = doors.policy.timetable;
  const since = c.notice?.is.kind === 'trying' ? Date.parse(c.notice.is.since) : now.getTime();
  const isOver = again === 'never' || now.getTime() - since > deliverWithin;
  const tryAgainAt = isOver ? undefined : instant(new Date(now.getTime() + deliverWithin / 10));
  await move(doors, { doc: c, etag }, { type: 'notTold', code, tryAgainAt }, BY_SYSTEM);
}

function reminderAfter(
  doors: Doors,
  awaited: { readonly askedAt: Instant; readonly answerDue: Instant },
  zone: string,
): Instant | undefined {
  return nextReminder(awaited, doors.policy.timetable.reminders, zone, doors.clock.now());
}

const BY_SYSTEM = { actor: 'system', lease: 'release' } as const;
