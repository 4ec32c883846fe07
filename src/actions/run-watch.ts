import type { CaseIn, Watch } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { putOff } from '../cases/run-move.js';
import { readBrake } from '../cases/run-switch.js';
import type { Stored } from '../store/store.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { effectOf } from './effects/run-effect.js';
import { at, say, stepAt } from './run-step-moves.js';
import { recheck } from './run-recheck.js';
import { stepInWords } from './step-words.js';

type Waiting = Stored<CaseIn<'needsPerson'>>;

/** A person has a task: looks whether it is done, by reading and not by trust. Nothing is changed in the tenant. */
export async function runWatch(doors: Doors, stored: Waiting): Promise<void> {
  const { watch } = stored.doc;
  if (watch === undefined) return putOff(doors, stored, undefined);
  try {
    if (await isDone(doors, stored.doc, watch)) return await goOn(doors, stored, watch);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    doors.log.warn('What a person has to do could not be looked at.', {
      caseId: stored.doc.caseId,
      failure: error.kind,
    });
  }
  await putOff(doors, stored, at(doors, doors.pace.watch));
}

async function isDone(doors: Doors, c: CaseIn<'needsPerson'>, watch: Watch): Promise<boolean> {
  const { step, progress } = stepAt(c, watch.index);
  switch (watch.for) {
    case 'effect':
      if (progress.is !== 'handedOver') return false;
      return (await effectOf(step).tookEffect(doors, step, progress.before, progress.at)) === 'yes';
    case 'giveBack':
      if (progress.is !== 'undoHandedOver') return false;
      return (await effectOf(step).isGivenBack(doors, step, progress.before, progress.at)) === 'yes';
    case 'clear': {
      if ((await readBrake(doors)) !== 'running') return false;
      // Anything but the same obstacle is for the step itself to find out, with its own words.
      return (await recheck(doors, c, watch.index)).kind !== 'blocked';
    }
    default:
      return watch.for satisfies never;
  }
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
