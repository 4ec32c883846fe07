import type { Instant } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import type { Before, StepOf } from '../cases/step.js';
import { staysWithReceiver } from '../cases/step-progress.js';
import type { Stored } from '../store/store.js';
import { ACCEPTED } from './effects/effect.js';
import { effectOf } from './effects/run-effect.js';
import { leave, refuseBack } from './run-undo.js';
import { lookAgain, say, showsAllBefore, stepAt, type Acting } from './run-step-moves.js';

const NOBODY_KNOWS = 'A step that was begun may have taken effect, and what it took could not be given back.';

/** Somebody wants it undone: a step that shows no effect for long enough is not sent, and what it took is given back anyway. */
export async function forget(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  { at: begun, before }: { readonly at: Instant; readonly before: Before },
): Promise<void> {
  if (!showsAllBefore(doors, begun)) return lookAgain(doors, stored);
  const each = stepAt(stored.doc, index);
  const { step } = each;
  if (!staysWithReceiver(each, stored.doc)) {
    const task = step.kind === 'assignLicenses' ? await heldByNow(doors, step) : undefined;
    if (task !== undefined) return say(doors, stored, { type: 'personNeeded', task });
    // If it was sent after all and shows up late, this comes after it; if not, it changes nothing.
    const answer =
      step.kind === 'assignLicenses' ? ACCEPTED : await effectOf(step).giveBack(doors, step, before);
    if (answer.kind !== 'accepted') {
      const task = `${NOBODY_KNOWS} ${answer.task}`;
      // What a person does by hand ends the undo as soon as it is read; asking once more would only be refused again.
      return answer.kind === 'byHand'
        ? leave(doors, stored, index, task)
        : refuseBack(doors, stored, index, { ...answer, task });
    }
  }
  await say(doors, stored, { type: 'stepSkipped', index, why: 'It was never seen to take effect.' });
}

/**
 * What was to be given and is held otherwise came by another hand: to take it is not what was recorded, and a person
 * decides. undefined: none of it is held, and there is nothing to take.
 */
async function heldByNow(
  { graph }: Pick<Doors, 'graph'>,
  { userId, licenses }: StepOf<'assignLicenses'>,
): Promise<string | undefined> {
  const person = await graph.person(userId);
  const held = licenses.filter(({ skuId }) => person?.licenses.some((license) => license.skuId === skuId));
  if (held.length === 0) return undefined;
  const names = held.map(({ name }) => name).join(', ');
  return `${names} is held by now, and not as it was to be given: see who gave it. If it has to go, take it by hand, then undo once more.`;
}
