import type { Told } from './hr/telling.js';
import type { WithSteps } from './transition-ends.js';

export type Carried = Pick<
  WithSteps,
  'askedOf' | 'decision' | 'steps' | 'countedFrom' | 'tellFrom' | 'deletes' | 'hrTold'
>;

/** What goes from state to state. */
export function carried(c: WithSteps): Carried {
  const { askedOf, decision, steps, countedFrom, tellFrom, deletes } = c;
  const hrTold = toldIn(c);
  return {
    askedOf,
    decision,
    steps,
    ...(countedFrom === undefined ? {} : { countedFrom }),
    ...(tellFrom === undefined ? {} : { tellFrom }),
    ...(deletes === undefined ? {} : { deletes }),
    ...(hrTold === undefined ? {} : { hrTold }),
  };
}

/** Of an undo it is known elsewhere. */
function toldIn(c: WithSteps): Told | undefined {
  if (c.state !== 'needsPerson' || c.undoneBy !== undefined || c.tell === undefined) return c.hrTold;
  return { task: c.task, tell: c.tell };
}
