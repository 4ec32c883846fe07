import { whyNot } from '../actions/plan.js';
import { runSteps } from '../actions/run-steps.js';
import type { Delivery } from '../bot/messenger.js';
import type { Json } from '../store/history.js';
import type { Stored } from '../store/store.js';
import { instant, type Case, type CaseIn, type Instant } from './case.js';
import type { Doors } from './doors.js';
import type { CaseEvent } from './events.js';
import { cardOf, showLatest, summaryOf } from './run-cards.js';
import { move, putOff } from './run-move.js';
import { readBrake } from './run-switch.js';
import { cardIsStale, workDueAt } from './transition.js';

/**
 * Does what is due for one claimed case and gives the lease back. Called by the worker only.
 * @throws ChangedMeanwhile when the lease was lost: somebody else has the case now
 */
export async function runCase(doors: Doors, claimed: Stored<Case>): Promise<void> {
  const stored = await showLatest(doors, claimed);
  const now = instant(doors.clock.now());
  const due = workDueAt(stored.doc);
  if (due === undefined || due > now) {
    const again = cardIsStale(stored.doc) ? later(doors, stored.doc) : due;
    return putOff(doors, stored, again);
  }
  await work(doors, stored);
}

function work(doors: Doors, stored: Stored<Case>): Promise<void> {
  const c = stored.doc;
  switch (c.state) {
    case 'opened':
      return ask(doors, { doc: c, etag: stored.etag });
    case 'asked':
      return release(
        move(
          doors,
          stored,
          { type: 'sentToAdmins', why: 'Nobody answered in time.' },
          { actor: 'system', lease: 'release' },
        ),
      );
    case 'kept':
      return release(move(doors, stored, { type: 'keepEnded' }, { actor: 'system', lease: 'release' }));
    case 'decided':
      return afterReview(doors, { doc: c, etag: stored.etag });
    case 'holding':
      return release(move(doors, stored, { type: 'holdEnded' }, { actor: 'system', lease: 'release' }));
    case 'scheduled':
    case 'acting':
    case 'undoing':
      return runSteps(doors, { doc: c, etag: stored.etag });
    case 'adminReview':
    case 'hrReview':
    case 'needsPerson':
    case 'closed':
    case 'cancelled':
    case 'undone':
      return putOff(doors, stored, undefined);
    default:
      return c satisfies never;
  }
}

/** An answer without steps is one for a person; whoever took it may have ended before that was written down. */
async function afterReview(doors: Doors, stored: Stored<CaseIn<'decided'>>): Promise<void> {
  const task = whyNot(stored.doc, doors.policy) ?? 'Look which licenses can go: software could not tell.';
  const event: CaseEvent =
    stored.doc.steps.length === 0 ? { type: 'personNeeded', task } : { type: 'reviewPassed' };
  await move(doors, stored, event, { actor: 'system', lease: 'release' });
}

async function release(moved: Promise<unknown>): Promise<void> {
  await moved;
}

/** Sends the question. The intention is written first; only a confirmed delivery starts the answer clock. */
async function ask(doors: Doors, stored: Stored<CaseIn<'opened'>>): Promise<void> {
  const { asking } = stored.doc;
  if (asking.kind === 'adminReview') {
    await move(
      doors,
      stored,
      { type: 'sentToAdmins', why: asking.why },
      { actor: 'system', lease: 'release' },
    );
    return;
  }
  const brake = await readBrake(doors);
  if (brake === 'stopped') {
    await move(
      doors,
      stored,
      { type: 'cancelled', cause: 'stopped', why: 'The campaign was stopped.' },
      { actor: 'system', lease: 'release' },
    );
    return;
  }
  if (brake !== 'running') return putOff(doors, stored, later(doors, stored.doc));

  const askedOf = asking.person;
  const intended = await move(
    doors,
    stored,
    { type: 'askIntended', askedOf },
    { actor: 'system', lease: 'keep' },
  );
  const question = askedVersion(doors, intended.doc, askedOf.id);
  const delivery = await doors.messenger.send(
    askedOf.id,
    cardOf(doors, question),
    summaryOf(doors, question),
  );
  const now = doors.clock.now();
  if (delivery.kind === 'delivered') {
    const answerDue = instant(new Date(now.getTime() + doors.policy.timetable.answerDue));
    await move(
      doors,
      intended,
      { type: 'asked', askedOf, message: delivery.message, answerDue },
      { actor: 'system', lease: 'release', details: { card: cardOf(doors, question) as Json } },
    );
    return;
  }
  await afterRefusal(doors, intended, delivery);
}

/** Tried again while there is time to deliver; what is refused for good goes to the admins at once. */
async function afterRefusal(
  doors: Doors,
  intended: Stored<Case>,
  delivery: Extract<Delivery, { kind: 'failed' }>,
): Promise<void> {
  const now = doors.clock.now();
  doors.log.warn('A question was not delivered.', { caseId: intended.doc.caseId, code: delivery.code });
  const waited = now.getTime() - Date.parse(intended.doc.openedAt);
  if (delivery.again === 'never' || waited > doors.policy.timetable.deliverWithin) {
    const why = `The question could not be delivered in Teams (${delivery.code}).`;
    await move(doors, intended, { type: 'sentToAdmins', why }, { actor: 'system', lease: 'release' });
    return;
  }
  const tryAgainAt = instant(new Date(now.getTime() + doors.policy.timetable.deliverWithin / 10));
  await move(
    doors,
    intended,
    { type: 'notDelivered', code: delivery.code, tryAgainAt },
    { actor: 'system', lease: 'release' },
  );
}

/** The case as it will be once the question is delivered, so that its card can be drawn before. */
function askedVersion(doors: Doors, c: Case, askedOf: CaseIn<'asked'>['askedOf']): Case {
  const now = doors.clock.now();
  const answerDue = instant(new Date(now.getTime() + doors.policy.timetable.answerDue));
  return { ...c, state: 'asked', version: c.version + 1, askedOf, askedAt: instant(now), answerDue } as Case;
}

/** The next try after a failed one: doubled each time, up to half an hour. */
export function later(doors: Doors, c: Case): Instant {
  const wait = Math.min(doors.pace.retry * 2 ** Math.min(c.attempts, 16), 30 * 60_000);
  return instant(new Date(doors.clock.now().getTime() + wait));
}
