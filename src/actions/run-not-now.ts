import type { Before } from '../cases/step.js';
import { goesBack } from '../cases/not-given.js';
import type { Doors } from '../cases/doors.js';
import type { Stored } from '../store/store.js';
import type { Recheck } from './recheck.js';
import { at, endFor, nextLook, say, stepAt, wait, type Acting } from './run-step-moves.js';
import { stepInWords } from './step-words.js';

/** What becomes of a step that the live re-check does not let begin. */
export async function notNow(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  verdict: Exclude<Recheck, { kind: 'go' }>,
): Promise<void> {
  const isForNobody = 'ofReceiver' in verdict && goesBack(stored.doc, index);
  switch (verdict.kind) {
    case 'skip':
      return say(doors, stored, { type: 'stepSkipped', index, why: verdict.why });
    case 'personNeeded':
      return isForNobody
        ? say(doors, stored, { type: 'notGiven', index, why: verdict.task })
        : say(doors, stored, { type: 'personNeeded', task: verdict.task });
    case 'byHand':
      return handOver(doors, stored, index, verdict);
    case 'blocked': {
      const times = {
        lookAt: nextLook(doors),
        ...(isForNobody ? { giveBackFrom: at(doors, doors.pace.giveUpStep) } : {}),
      };
      return say(doors, stored, { type: 'stepBlocked', index, task: verdict.task, ...times });
    }
    case 'postpone':
      return wait(doors, stored, verdict.why);
    case 'cancel':
      return endFor(doors, stored, index, verdict);
    default:
      return verdict satisfies never;
  }
}

/** The before-state is written down with the task, so that what a person does can be undone as well. */
export async function handOver(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  { before, task }: { readonly before: Before; readonly task: string },
): Promise<void> {
  const { step } = stepAt(stored.doc, index);
  const event = { type: 'stepHandedOver', index, before, task, lookAt: nextLook(doors) } as const;
  await say(doors, stored, event, stepInWords(step, before));
}
