import { isInHand } from '../../store/lease.js';
import type { UserId } from '../../audit/person.js';
import type { Delivery } from '../../bot/messenger.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { insist } from '../../store/run-insist.js';
import type { Stored } from '../../store/store.js';
import { instant, type Case, type CaseId, type CaseIn, type MessageRef } from '../case.js';
import { withNote } from './deliveries.js';
import type { Doors } from '../doors.js';
import {
  MOST_ON_A_CARD,
  wanted,
  type Outbox,
  type Outgoing,
  type Replaced,
  type Sent,
  type Wanted,
} from './outbox.js';
import { noticeLetter, stepsAfter } from '../telling/run-notice-card.js';
import { mayBeTold } from '../telling/run-may-be-told.js';
import { askingSince, inTime, later, passOn } from './run-asking.js';
import { forCase } from './run-for-case.js';
import { changeHeld, giveBack, setAside } from './run-held-outbox.js';
import { sendOnceInstalled } from './run-installing.js';
import { letterOf } from './run-letter.js';
import { ownedIn } from './run-owned.js';
import { move } from '../run-move.js';
import { CANNOT_BE_ASKED } from './routing.js';
import { remindsFrom } from './reminders.js';
import { canAnswer, mayBeAskedOf, routingDoors } from './run-routing.js';
import { readBrake } from '../campaign/run-switch.js';
import { keepEarlier, keepUntold, tellDelivered, tellRefused } from './run-delivered.js';

/**
 * Sends what waits in one claimed outbox, at most five cases in one message, and gives the lease back. Called by the
 * worker only. Every case has its intention in the history before the message goes out, and only a confirmed delivery
 * starts its answer clock (safety rules 4 and 9).
 * @throws ChangedMeanwhile when the lease was lost: somebody else has the outbox now
 */
export async function runOutbox(doors: Doors, claimed: Stored<Outbox>): Promise<void> {
  try {
    await work(doors, claimed);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    doors.log.warn('A message waits: Microsoft Graph failed.', { failure: error.kind });
    await setAside(doors, claimed, later(doors, claimed.doc));
  }
}

async function work(doors: Doors, claimed: Stored<Outbox>): Promise<void> {
  const { outgoing, userId } = claimed.doc;
  // It went out, and whoever sent it ended before every case knew.
  if (outgoing?.is === 'sent') return tell(doors, claimed, outgoing);
  if ((await readBrake(doors)) !== 'running') return setAside(doors, claimed, later(doors, claimed.doc));
  const receiver = receiverOf(doors, userId);
  const taken = outgoing === undefined ? await takeOut(doors, claimed, receiver) : claimed;
  // Before any case is ours: it may take longer than a lease lasts, and goes with the intention.
  const owned = await ownedIn(doors, taken.doc.outgoing?.caseIds ?? []);
  const held = owned.size === 0 ? taken : await changeHeld(doors, taken, (outbox) => outbox);
  const cases = await intend(doors, held, owned, receiver);
  const [first] = cases;
  const digestId = held.doc.outgoing?.digestId;
  if (first === undefined || digestId === undefined) return giveBack(doors, held);

  const drawnAt = instant(doors.clock.now());
  const answerDue = instant(new Date(Date.parse(drawnAt) + doors.policy.timetable.answerDue));
  const locale = await doors.localeOf(userId);
  const stepsFrom = first.state === 'scheduled' ? stepsAfter(doors, first, drawnAt) : undefined;
  const letter =
    first.state === 'scheduled' && stepsFrom !== undefined
      ? noticeLetter(doors, first, { stepsFrom, drawnAt, locale })
      : letterOf(doors, { digestId, userId, cases, drawnAt, answerDue, locale });
  const send = (): Promise<Delivery> => doors.messenger.send(userId, letter.card, letter.summary);
  const tried = { held, delivery: await send() };
  const { held: ours, delivery } = await sendOnceInstalled(doors, tried, {
    userId,
    send,
    note: (row, installation) => changeHeld(doors, row, (outbox) => ({ ...outbox, installation })),
  });
  const note = (outbox: Outbox): Outbox =>
    withNote(outbox, delivery, cases.length, instant(doors.clock.now()));
  if (delivery.kind === 'failed') {
    const noted = await changeHeld(doors, ours, note);
    await tellRefused(doors, userId, cases, delivery);
    return giveBack(doors, noted);
  }
  const message: MessageRef = cases.length > 1 ? { ...delivery.message, digestId } : delivery.message;
  const caseIds = cases.map(({ caseId }) => caseId);
  const replaces = replacedBy(cases);
  const drawn = { drawnAt, answerDue, locale, ...(stepsFrom === undefined ? {} : { stepsFrom }) };
  const sent: Sent = { is: 'sent', digestId, caseIds, message, replaces, ...drawn };
  await tell(doors, await written(doors, ours, { sent, note }), sent);
}

/**
 * Where the delivery cannot be written down it is sent once more, and the first card is edited with its case, if the store
 * takes that.
 */
async function written(
  doors: Doors,
  held: Stored<Outbox>,
  { sent, note }: { readonly sent: Sent; readonly note: (outbox: Outbox) => Outbox },
): Promise<Stored<Outbox>> {
  try {
    return await insist(doors, () =>
      changeHeld(doors, held, (outbox) =>
        outbox.outgoing?.is === 'sent' ? outbox : { ...note(outbox), outgoing: sent },
      ),
    );
  } catch (error) {
    await keepUntold(doors, held.doc.userId, sent);
    throw error;
  }
}

/** An earlier message that cannot be edited so often must not keep the next ones waiting. */
const MOST_EDITS = 4;

async function tell(doors: Doors, held: Stored<Outbox>, sent: Sent): Promise<void> {
  const told = await tellDelivered(doors, held.doc, sent);
  const isLeft = told === 'held' || (told === 'later' && held.doc.attempts < MOST_EDITS);
  if (isLeft) return setAside(doors, held, later(doors, held.doc));
  if (told === 'later') await keepEarlier(doors, held.doc.userId, sent);
  await giveBack(doors, held);
}

/** Whoever gets the message: looked up once for all its cases, and not at all where none of them asks. */
interface Receiver {
  readonly userId: UserId;
  readonly canAnswer: () => Promise<boolean>;
}

function receiverOf(doors: Doors, userId: UserId): Receiver {
  let known: Promise<boolean> | undefined;
  return { userId, canAnswer: () => (known ??= canAnswer(routingDoors(doors), userId)) };
}

/** Chooses whom the next message is about, and writes it down. What somebody is told about themself has one of its own. */
async function takeOut(doors: Doors, held: Stored<Outbox>, receiver: Receiver): Promise<Stored<Outbox>> {
  const { waiting } = held.doc;
  const chosen: CaseId[] = [];
  const looked: CaseId[] = [];
  for (const caseId of waiting) {
    if (chosen.length >= MOST_ON_A_CARD) break;
    const sends = await forCase(doors, caseId, (stored) => isToSend(doors, stored, receiver));
    if (sends === 'notice' && chosen.length > 0) continue;
    looked.push(caseId);
    if (sends !== undefined && sends !== 'no') chosen.push(caseId);
    if (sends === 'notice') break;
  }
  const digestId = `digest-${doors.random.id()}`;
  const outgoing: Outgoing | undefined =
    chosen.length === 0 ? undefined : { is: 'intended', digestId, caseIds: chosen };
  return changeHeld(doors, held, (outbox) => ({
    ...outbox,
    outgoing,
    waiting: outbox.waiting.filter((caseId) => !looked.includes(caseId)),
  }));
}

/**
 * Whether a case still is to be sent to this person, who can be asked now; if not, it goes on to the next. One that
 * somebody works on is left to them: it comes back by itself.
 */
async function isToSend(
  doors: Doors,
  stored: Stored<Case>,
  receiver: Receiver,
): Promise<Wanted['kind'] | 'no'> {
  const { userId } = receiver;
  const now = instant(doors.clock.now());
  const wants = wanted(stored.doc, userId, now, doors.policy);
  if (wants === undefined || isInHand(stored.doc, now)) return 'no';
  switch (wants.kind) {
    case 'reminder':
      // It may have waited until the evening; the case brings it back in the morning.
      return remindsFrom(wants.case, now, await doors.timeZoneOf(userId), doors.clock.now()) > now
        ? 'no'
        : 'reminder';
    case 'notice':
      // What speaks against it by now is for the case itself to find out.
      return (await mayBeTold(doors, wants.case)) ? 'notice' : 'no';
    case 'question':
      return sendsQuestion(doors, { doc: wants.case, etag: stored.etag }, receiver);
    default:
      return wants satisfies never;
  }
}

async function sendsQuestion(
  doors: Doors,
  stored: Stored<CaseIn<'opened' | 'escalated'>>,
  { userId, canAnswer: canThey }: Receiver,
): Promise<'question' | 'no'> {
  const sends = await inTime(doors, stored, askingSince(stored.doc), async () => {
    if (mayBeAskedOf(stored.doc, userId) && (await canThey())) return 'question';
    await passOn(doors, stored, CANNOT_BE_ASKED);
    return 'no';
  });
  return sends ?? 'no';
}

/** Writes into each case what is about to be sent; cases that want nothing any more are left out. */
async function intend(
  doors: Doors,
  { doc: outbox }: Stored<Outbox>,
  owned: Awaited<ReturnType<typeof ownedIn>>,
  receiver: Receiver,
): Promise<readonly Case[]> {
  const { userId, outgoing, lease } = outbox;
  const caseIds = outgoing?.caseIds ?? [];
  const cases: Case[] = [];
  for (const caseId of caseIds) {
    const c = await forCase(doors, caseId, async (stored) => {
      const wants = wanted(stored.doc, userId, instant(doors.clock.now()), doors.policy);
      if (wants === undefined || (await isToSend(doors, stored, receiver)) === 'no') return undefined;
      // Nobody else is to work on it while the message is on its way.
      const doc = { ...wants.case, lease, ...owned.get(caseId) };
      const ours: Stored<Case> = { doc, etag: stored.etag };
      return (await move(doors, ours, wants.intention, { actor: 'system', lease: 'keep' })).doc;
    });
    if (c !== undefined) cases.push(c);
  }
  return cases;
}

/** Earlier messages of the same cases, each once. */
function replacedBy(cases: readonly Case[]): readonly Replaced[] {
  const refs = new Map<string, Replaced>();
  for (const { state, ...c } of cases) {
    const message = state === 'scheduled' ? c.notice?.message : state === 'asked' ? c.message : undefined;
    if (message === undefined) continue;
    const { conversationId, activityId, serviceUrl, digestId: shared } = message;
    const ref = {
      conversationId,
      activityId,
      serviceUrl,
      ...(shared === undefined ? {} : { digestId: shared }),
      caseId: c.caseId,
    };
    refs.set(ref.activityId, ref);
  }
  return [...refs.values()];
}
