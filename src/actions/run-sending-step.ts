import type { Before } from '../cases/step.js';
import type { Doors } from '../cases/doors.js';
import type { Stored } from '../store/store.js';
import type { EffectAnswer } from './effects/effect.js';
import { effectOf } from './effects/run-effect.js';
import { holdOn, stepAt, type Acting } from './run-step-moves.js';

/**
 * The calls of a step that stands at `intended`. Where two are needed, the case is held anew between them: whoever lost it
 * during the first sends no second.
 * @throws ChangedMeanwhile when it was lost; GraphFailure
 */
export async function sendStep(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  before: Before,
): Promise<{ readonly stored: Stored<Acting>; readonly answer: EffectAnswer }> {
  const { step } = stepAt(stored.doc, index);
  const effect = effectOf(step);
  const first = await effect.first?.(doors, step);
  if (first !== undefined && first.kind !== 'accepted') return { stored, answer: first };
  const held = first === undefined ? stored : await holdOn(doors, stored, index);
  return { stored: held, answer: await effect.act(doors, step, before) };
}
