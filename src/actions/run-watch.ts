import type { Case, CaseIn, Instant } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import type { Step, StepProgress } from '../cases/step.js';
import type { Watch } from '../cases/watch.js';
import { ACCOUNT_GONE } from '../cases/reason-gone.js';
import { putOff } from '../cases/run-move.js';
import { workDueAt } from '../cases/transition.js';
import { isUntold } from '../cases/telling/notice.js';
import { readBrake } from '../cases/campaign/run-switch.js';
import type { Stored } from '../store/store.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { Look } from './effects/effect.js';
import { effectOf } from './effects/run-effect.js';
import { isGoneWithAccount } from './gone-with-account.js';
import { at, say, stepAt } from './run-step-moves.js';
import { recheck } from './run-recheck.js';
import { stepInWords } from './step-words.js';

type Waiting = Stored<CaseIn<'needsPerson'>>;

/** A person has a task: looks whether it is done, by reading and not by trust. Nothing is changed in the tenant. */
export async function runWatch(doors: Doors, stored: Waiting): Promise<void> {
  const { watch } = stored.doc;
  if (watch === undefined) return putOff(doors, stored, nextWake(doors, stored.doc));
  try {
    const found = await lookAt(doors, stored.doc, watch);
    if (found === 'done') return await goOn(doors, stored, watch);
    if (found === 'gone') return await leaveOut(doors, stored, watch);
    if (found !== 'notYet') return await lookLater(doors, stored, seen(watch, found));
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    doors.log.warn('What a person has to do could not be looked at.', {
      caseId: stored.doc.caseId,
      failure: error.kind,
    });
  }
  await putOff(doors, stored, at(doors, doors.pace.watch));
}

/** Nothing is looked for; HR is told anew of what is to come back, and what is parked comes back with the return. */
function nextWake(doors: Doors, c: CaseIn<'needsPerson'>): Instant | undefined {
  return c.tell === undefined ? workDueAt(c) : at(doors, doors.pace.watch);
}

type Found =
  | 'done'
  | 'notYet'
  /** The account, and with it what the step takes. */
  | 'gone'
  /** It was seen to be so for the first time. */
  | { readonly seenAfter: Instant }
  /** It was so before, and is not any more. */
  | 'reverted';

function seen(
  { seenAfter: _before, ...watch }: Watch,
  found: Exclude<Found, 'done' | 'notYet' | 'gone'>,
): Watch {
  return found === 'reverted' ? watch : { ...watch, ...found };
}

async function lookAt(doors: Doors, c: CaseIn<'needsPerson'>, watch: Watch): Promise<Found> {
  const { step, progress } = stepAt(c, watch.index);
  const effect = effectOf(step);
  switch (watch.for) {
    case 'effect':
      if (progress.is !== 'handedOver' && progress.is !== 'sent') return 'notYet';
      return unlessGone(doors, step, () =>
        lookTwice(doors, watch, step, () => effect.tookEffect(doors, step, progress.before, progress.at)),
      );
    case 'giveBack':
      if (progress.is !== 'undoHandedOver') return 'notYet';
      return lookTwice(doors, watch, step, () =>
        effect.isGivenBack(doors, step, progress.before, progress.at),
      );
    case 'clear': {
      // No brake holds what is given back.
      if (c.undoneBy !== undefined) return seatsAreFree(doors, step, progress);
      if ((await readBrake(doors)) !== 'running' || isUntold(c, doors.policy)) return 'notYet';
      // Anything but the same obstacle is for the step itself to find out, with its own words.
      const verdict = await recheck(doors, c, watch.index);
      return verdict.kind === 'blocked' && verdict.task === c.task ? 'notYet' : 'done';
    }
    default:
      return watch.for satisfies never;
  }
}

/** Of an undo that was refused because no seat was free. */
async function seatsAreFree(doors: Doors, step: Step, progress: StepProgress): Promise<Found> {
  if (!('before' in progress)) return 'notYet';
  const isFree = (await effectOf(step).hasSeatsFor?.(doors, step, progress.before)) ?? false;
  return isFree ? 'done' : 'notYet';
}

/** Whoever had to take something from an account may have deleted it, which is more than was asked for. */
async function unlessGone(doors: Doors, step: Step, look: () => Promise<Found>): Promise<Found> {
  const found = await look();
  if (found !== 'notYet' || !isGoneWithAccount(step)) return found;
  return (await doors.graph.person(step.userId)) === undefined ? 'gone' : found;
}

/**
 * What another directory writes over (microsoft-graph.md 5) counts only when it is so before and after one more time that
 * it did: somebody may have changed it here, which the next synchronization reverts.
 */
async function lookTwice(
  doors: Doors,
  { for: want, seenAfter }: Watch,
  step: Step,
  isSo: () => Promise<Look>,
): Promise<Found> {
  const found = await effectOf(step).overwritten?.(doors, step, want === 'giveBack' ? want : 'effect');
  if (found === undefined) return (await isSo()) === 'yes' ? 'done' : 'notYet';
  if (!found.isSo) return seenAfter === undefined ? 'notYet' : 'reverted';
  if (seenAfter === undefined) return { seenAfter: found.writtenAt };
  return found.writtenAt > seenAfter ? 'done' : 'notYet';
}

/** With what is known by now. */
async function lookLater(doors: Doors, { doc, etag }: Waiting, watch: Watch): Promise<void> {
  const next: Case = { ...doc, watch, dueAt: at(doors, doors.pace.watch), lease: undefined };
  await doors.store.replace('cases', next, etag);
}

/** Of what was sent nobody knows whether it came before the end of the account: it can be undone once that is restored. */
function leaveOut(doors: Doors, stored: Waiting, { index }: Watch): Promise<void> {
  const { step, progress } = stepAt(stored.doc, index);
  return progress.is === 'sent'
    ? say(doors, stored, { type: 'stepDone', index }, stepInWords(step, progress.before))
    : say(doors, stored, { type: 'stepSkipped', index, why: ACCOUNT_GONE.why });
}

function goOn(doors: Doors, stored: Waiting, { for: what, index }: Watch): Promise<void> {
  const { step, progress } = stepAt(stored.doc, index);
  const words = 'before' in progress ? stepInWords(step, progress.before) : undefined;
  const event = {
    effect: { type: 'stepDone', index },
    giveBack: { type: 'undoDone', index },
    clear: { type: 'stepCleared', index },
  } as const;
  return say(doors, stored, event[what], words);
}
