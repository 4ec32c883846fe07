import type { UserId } from '../../audit/person.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { insist } from '../../store/run-insist.js';
import { ChangedMeanwhile, type Stored } from '../../store/store.js';
import { DAY_MS } from '../../config/durations.js';
import { isPutOff, type Delivery } from '../../bot/messenger.js';
import { instant, type CaseIn, type Instant, type PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { isSameMessage, withFurther, type CardCopy } from '../asking/copies.js';
import { keepInTheEnd } from '../asking/run-kept-cards.js';
import { later } from '../asking/run-asking.js';
import { forCase } from '../asking/run-for-case.js';
import { movedCard, reviewerLetter } from '../asking/run-cards.js';
import { move, putOff, type PrivateDetails } from '../run-move.js';
import type { Installation } from '../asking/deliveries.js';
import { sendOnceInstalled } from '../asking/run-installing.js';
import type { NoteType } from '../note.js';
import { tellAnewAt } from '../asking/reminders.js';
import { note, type Note } from '../run-note.js';
import { reviewersOf } from './run-reviewers.js';
import { heldUntil } from '../campaign/run-going-on.js';
import { readBrake } from '../campaign/run-switch.js';
import { cardIsStale } from '../transition.js';

type ForReview = CaseIn<'hrReview' | 'hrProposed'>;
type Waiting = CaseIn<'needsPerson'>;
type Told = ForReview | Waiting;

/**
 * Tells every reviewer of HR who was not told yet how a sealed case stands, one after the other, each written down
 * before. It moves nothing: whoever has a card may answer it while others are still told.
 * @throws GraphFailure, ChangedMeanwhile when somebody has answered meanwhile
 */
export async function tellReviewers(doors: Doors, stored: Stored<ForReview>): Promise<void> {
  const brake = await readBrake(doors);
  if (brake === 'stopped') {
    const event = { type: 'cancelled', cause: 'stopped', why: 'The campaign was stopped.' } as const;
    await move(doors, stored, event, { actor: 'system', lease: 'release' });
    return;
  }
  if (brake !== 'running') return putOff(doors, stored, heldUntil(doors, stored.doc));
  const { now, next } = await tellEach(doors, stored);
  await putOff(doors, now, next);
}

/**
 * The same of a task for a person: of what was parked and is to come back whatever becomes of the campaign, since the undo
 * goes on, too. A policy that observes sends nobody anything. The lease is kept.
 * @returns next: when somebody is to be told again; undefined: nobody is
 * @throws GraphFailure, ChangedMeanwhile
 */
export async function tellOfTask(
  doors: Doors,
  stored: Stored<Waiting>,
): Promise<{ readonly now: Stored<Waiting>; readonly next: Instant | undefined }> {
  if (stored.doc.tell === undefined) return { now: stored, next: undefined };
  const isHeld = stored.doc.undoneBy === undefined && (await readBrake(doors)) !== 'running';
  if (isHeld || doors.policy.mode === 'observe') return { now: stored, next: heldUntil(doors, stored.doc) };
  return tellEach(doors, stored);
}

/** @returns next: when it is to be looked at again, for the sake of those who are to be told */
async function tellEach<C extends Told>(
  doors: Doors,
  stored: Stored<C>,
): Promise<{ readonly now: Stored<C>; readonly next: Instant }> {
  const isDue = isReminderDue(doors, stored.doc);
  const known = stored.doc.tell?.told ?? [];
  // Whether who was told is of HR still is asked once they are to be told anew.
  const reviewers = await reviewersOrAll(doors, stored.doc, isDue ? [] : known);
  if (reviewers === 'all') return { now: stored, next: inMs(doors, doors.pace.watch) };
  // Nobody of HR can see it now; whoever comes to HR later is told.
  if (reviewers.length === 0 && (isDue || known.length === 0)) return { now: stored, next: inADay(doors) };
  let now = isDue ? await remindIfAllTold(doors, stored, reviewers) : stored;
  for (const reviewer of reviewers)
    if (now.doc.tell?.told.includes(reviewer.id) === false) now = await tell(doors, now, reviewer);
  const isLeft = reviewers.some(({ id }) => now.doc.tell?.told.includes(id) === false);
  // A card that could not be edited just now is edited later; whoever comes to HR is told within a day.
  const isToRepeat = isLeft || cardIsStale(now.doc);
  const doc = withAll(now.doc, !isLeft);
  return { now: { ...now, doc }, next: isToRepeat ? later(doors, doc) : nextLook(doors, doc) };
}

/**
 * Who can look at the case; where Graph does not tell now, and everybody was told at the last look, that can wait.
 * @param except who is not asked about, and left out
 * @throws GraphFailure
 */
async function reviewersOrAll(
  doors: Doors,
  c: Told,
  except: readonly UserId[],
): Promise<readonly PersonRef[] | 'all'> {
  try {
    return await reviewersOf(doors, c.userId, except);
  } catch (error) {
    if (!(error instanceof GraphFailure) || c.tell?.isAll !== true) throw error;
    return 'all';
  }
}

function withAll<C extends Told>(c: C, isAll: boolean): C {
  if (c.tell === undefined) return c;
  const { isAll: _before, ...tell } = c.tell;
  return { ...c, tell: isAll ? { ...tell, isAll } : tell };
}

/** A case that nobody decided for as long as a manager may take is told of anew. */
function isReminderDue(doors: Doors, { tell: telling }: Told): boolean {
  const remindAt = tellAnewAt(telling?.since, doors.policy.timetable.answerDue, doors.timeZone);
  return remindAt !== undefined && Date.parse(remindAt) <= doors.clock.now().getTime();
}

/** Where everybody was told of it. */
async function remindIfAllTold<C extends Told>(
  doors: Doors,
  stored: Stored<C>,
  reviewers: readonly PersonRef[],
): Promise<Stored<C>> {
  const { tell: telling } = stored.doc;
  if (!reviewers.every(({ id }) => telling?.told.includes(id) === true)) return stored;
  const since = instant(doors.clock.now());
  const told = stored.doc.state === 'hrProposed' ? [stored.doc.proposal.by.id] : [];
  return note(doors, stored, {
    type: 'hrReminded',
    actor: 'system',
    lease: 'renew',
    change: (c) => ({ ...c, tell: { since, told } }),
  });
}

async function tell<C extends Told>(doors: Doors, stored: Stored<C>, to: PersonRef): Promise<Stored<C>> {
  const about = { actor: 'system', details: { to: to.displayName }, lease: 'renew' } as const;
  const triedAt = instant(doors.clock.now());
  const intended = await note(doors, stored, {
    ...about,
    type: 'hrCardIntended',
    change: (each) => withTry(each, to, triedAt),
  });
  const c = intended.doc;
  const { card, summary } = await reviewerLetter(doors, c, to.id);
  const send = (): Promise<Delivery> => doors.messenger.send(to.id, card, summary);
  const tried = { held: intended, delivery: await send() };
  const { held, delivery } = await sendOnceInstalled(doors, tried, {
    userId: to.id,
    send,
    note: (row, installation) => note(doors, row, { ...about, ...installedWords(installation) }),
  });
  if (delivery.kind === 'failed') {
    if (isPutOff(delivery) && !isTooLate(doors, c, to)) return held;
    const facts = { code: delivery.code };
    return note(doors, held, {
      ...about,
      type: 'hrCardRefused',
      facts,
      change: (each) => told(each, to),
    });
  }
  // An earlier card points to the new one, so that they do not pile up.
  const earlier = c.copies?.find((copy) => copy.to === to.id);
  const edit = earlier && (await doors.messenger.update(earlier.message, await movedCard(doors, to.id)));
  const stays = edit !== undefined && isPutOff(edit) ? earlier : undefined;
  const copy: CardCopy = { to: to.id, message: delivery.message, shows: c.version };
  try {
    return await insist(doors, () => noteSent(doors, held, { copy, stays }, about));
  } catch (error) {
    // It was answered while the card was on its way, or cannot be written down now: it is edited with the case from now on.
    await forCase(doors, c.caseId, (row) => keepInTheEnd(doors, row, copy));
    throw error;
  }
}

/**
 * Somebody of HR who looks at the case at this moment writes that down, and is no reason to send the card once more.
 * Safe to repeat. `stays`: an earlier card that could not be edited now, and is with the case from now on.
 */
async function noteSent<C extends Told>(
  doors: Doors,
  held: Stored<C>,
  { copy, stays }: { readonly copy: CardCopy; readonly stays: CardCopy | undefined },
  about: Pick<Note<C>, 'actor' | 'details' | 'lease'>,
): Promise<Stored<C>> {
  const { caseId, version, lease } = held.doc;
  const noted = await forCase(doors, caseId, async ({ doc, etag }) => {
    if (doc.state !== held.doc.state || doc.version !== version || doc.lease?.owner !== lease?.owner)
      return undefined;
    if (doc.copies?.some(({ message }) => isSameMessage(message, copy.message)) === true)
      return { doc: doc as C, etag };
    const others = (doc.copies ?? []).filter(({ to }) => to !== copy.to);
    const change = (each: C): C => {
      const now: C = { ...told(each, { id: copy.to }), copies: [...others, copy] };
      return stays === undefined ? now : ((withFurther(now, stays) as C | undefined) ?? now);
    };
    return note<C>(doors, { doc: doc as C, etag }, { ...about, type: 'hrCardSent', change });
  });
  if (noted === undefined) throw new ChangedMeanwhile('somebody of HR has moved the case');
  return noted;
}

function installedWords(installation: Installation): {
  readonly type: NoteType;
  readonly facts?: PrivateDetails;
} {
  switch (installation.is) {
    case 'intended':
      return { type: 'hrAppIntended' };
    case 'installed':
      return { type: 'hrAppInstalled' };
    case 'refused':
    case 'failed':
      return { type: 'hrAppRefused', facts: { code: installation.code } };
    default:
      return installation satisfies never;
  }
}

function told<C extends Told>(c: C, { id }: Pick<PersonRef, 'id'>): C {
  return c.tell === undefined ? c : { ...c, tell: { ...c.tell, told: [...c.tell.told, id] } };
}

function withTry<C extends Told>(c: C, { id }: PersonRef, at: Instant): C {
  return c.tell === undefined
    ? c
    : { ...c, tell: { ...c.tell, triedSince: { [id]: at, ...c.tell.triedSince } } };
}

/** Whoever could not be reached for so long sees it in HR's queue. The time of each begins with the first try. */
function isTooLate(doors: Doors, { tell: telling }: Told, { id }: PersonRef): boolean {
  const since = Date.parse(telling?.triedSince?.[id] ?? '');
  return doors.clock.now().getTime() - since > doors.policy.timetable.deliverWithin;
}

/** Whoever comes to HR is told within a day, and a reminder goes out at its hour. */
function nextLook(doors: Doors, { tell: telling }: Told): Instant {
  const remindAt = tellAnewAt(telling?.since, doors.policy.timetable.answerDue, doors.timeZone);
  const tomorrow = inADay(doors);
  return remindAt !== undefined && remindAt < tomorrow ? remindAt : tomorrow;
}

function inADay(doors: Doors): Instant {
  return inMs(doors, DAY_MS);
}

function inMs({ clock }: Doors, ms: number): Instant {
  return instant(new Date(clock.now().getTime() + ms));
}
