import type { Stored } from '../../store/store.js';
import { DAY_MS } from '../../config/durations.js';
import { instant, type CaseIn, type HrCopy, type PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { later } from '../asking/run-asking.js';
import { movedCard, reviewerCard, reviewerSummary } from '../asking/run-cards.js';
import { move, putOff } from '../run-move.js';
import { note } from '../run-note.js';
import { reviewersOf } from './run-reviewers.js';
import { readBrake } from '../campaign/run-switch.js';
import { cardIsStale } from '../transition.js';

type ForReview = CaseIn<'hrReview' | 'hrProposed'>;

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
  if (brake !== 'running') return putOff(doors, stored, later(doors, stored.doc));
  const reviewers = await reviewersOf(doors, stored.doc.userId);
  // Nobody of HR can see it now; whoever comes to HR later is told.
  if (reviewers.length === 0) return putOff(doors, stored, inADay(doors));
  let now = stored;
  for (const reviewer of reviewers)
    if (now.doc.tell?.told.includes(reviewer.id) === false) now = await tell(doors, now, reviewer);
  const isLeft = reviewers.some(({ id }) => now.doc.tell?.told.includes(id) === false);
  if (isLeft) return putOff(doors, now, later(doors, now.doc));
  // A card that could not be edited just now is edited later; whoever comes to HR is told within a day.
  await putOff(doors, now, cardIsStale(now.doc) ? later(doors, now.doc) : inADay(doors));
}

async function tell(doors: Doors, stored: Stored<ForReview>, to: PersonRef): Promise<Stored<ForReview>> {
  const about = { actor: 'system', details: { to: to.displayName }, lease: 'renew' } as const;
  const intended = await note(doors, stored, { ...about, type: 'hrCardIntended' });
  const c = intended.doc;
  const card = reviewerCard(doors, c, to.id);
  const delivery = await doors.messenger.send(to.id, card, reviewerSummary(doors, c));
  if (delivery.kind === 'failed') {
    if (delivery.again === 'later' && !isTooLate(doors, c)) return intended;
    const facts = { code: delivery.code };
    return note(doors, intended, {
      ...about,
      type: 'hrCardRefused',
      facts,
      change: (each) => told(each, to),
    });
  }
  // An earlier card points to the new one, so that they do not pile up.
  const earlier = c.copies?.find((copy) => copy.to === to.id);
  if (earlier !== undefined) await doors.messenger.update(earlier.message, movedCard());
  const copy: HrCopy = { to: to.id, message: delivery.message, shows: c.version };
  const others = (c.copies ?? []).filter((each) => each.to !== to.id);
  return note(doors, intended, {
    ...about,
    type: 'hrCardSent',
    change: (each) => ({ ...told(each, to), copies: [...others, copy] }),
  });
}

function told(c: ForReview, { id }: PersonRef): ForReview {
  return c.tell === undefined ? c : { ...c, tell: { ...c.tell, told: [...c.tell.told, id] } };
}

/** Whoever could not be reached for so long sees it in HR's queue. */
function isTooLate(doors: Doors, { tell: telling }: ForReview): boolean {
  const since = Date.parse(telling?.since ?? '');
  return doors.clock.now().getTime() - since > doors.policy.timetable.deliverWithin;
}

function inADay(doors: Doors) {
  return instant(new Date(doors.clock.now().getTime() + DAY_MS));
}
