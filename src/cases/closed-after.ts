import { archivedAfter } from './answering/files-plan.js';
import type { CaseIn, CaseState, Instant } from './case.js';
import { endOf, freed, givenOnIn, outcomeOf } from './step-progress.js';
import type { WithSteps } from './transition-steps.js';

/** Only what was really taken has an end of its files. */
function filesAfter({ decision, steps }: WithSteps): Pick<CaseIn<'closed'>, 'files'> {
  const done = steps.filter(({ progress }) => progress.is === 'done');
  const at = archivedAfter(done);
  return decision.files === undefined || at === undefined
    ? {}
    : { files: { ...decision.files, archivedAt: at } };
}

const OUTCOME = { reclaim: 'reclaimed', reassign: 'reassigned', give: 'given' } as const;

/** How a case ends after its hold; undefined: what is parked comes back, and ends so. Pure. */
export function closedAfter(c: WithSteps, at: Instant): CaseState | undefined {
  const { took: taken, gave } = endOf(c);
  const took = freed(taken, c.steps);
  const kind = outcomeOf(c);
  if (kind === 'park') return undefined;
  const outcome = OUTCOME[kind];
  const gaveOn = outcome === 'reassigned' ? givenOnIn(c.steps) : undefined;
  return {
    state: 'closed',
    outcome,
    closedAt: at,
    askedOf: c.askedOf,
    took,
    ...(gave.length === 0 ? {} : { gave }),
    ...(gaveOn === undefined ? {} : { gaveOn }),
    ...(took.length === 0 ? {} : filesAfter(c)),
  };
}
