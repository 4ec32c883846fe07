import type { WithSteps } from './transition-ends.js';

export type Carried = Pick<
  WithSteps,
  'askedOf' | 'decision' | 'steps' | 'countedFrom' | 'tellFrom' | 'deletes'
>;

/** What goes from state to state. */
export function carried(c: WithSteps): Carried {
  const { askedOf, decision, steps, countedFrom, tellFrom, deletes } = c;
  return {
    askedOf,
    decision,
    steps,
    ...(countedFrom === undefined ? {} : { countedFrom }),
    ...(tellFrom === undefined ? {} : { tellFrom }),
    ...(deletes === undefined ? {} : { deletes }),
  };
}
