import type { CaseIn, CaseState, Instant } from './case.js';
import type { CancelCause } from './cancel-cause.js';
import { mailGoneIn } from './mail-gone.js';
import { endOf, freed, givenOnIn, outcomeOf } from './step-progress.js';

export type WithSteps = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

/** How a case ends of which nothing was carried out. */
export function withoutEffect(c: WithSteps, cause: CancelCause, why: string, at: Instant): CaseState {
  return { state: 'cancelled', cause, why, closedAt: at, askedOf: c.askedOf };
}

/** How an undo ends. */
export function undoneAfter(c: CaseIn<'undoing'>, at: Instant): CaseState {
  const { undoneBy, askedOf } = c;
  return {
    state: 'undone',
    undoneBy,
    closedAt: at,
    askedOf,
    ...backAfter(c),
    ...whyBack(c),
    ...mailGoneIn(c),
  };
}

/** Where nobody asked for the undo. */
function whyBack({
  leaveOver,
  notGiven,
}: CaseIn<'undoing'>): Pick<CaseIn<'undone'>, 'leaveOver' | 'notGiven'> {
  return {
    ...(leaveOver === undefined ? {} : { leaveOver }),
    ...(notGiven === undefined ? {} : { notGiven }),
  };
}

function backAfter(c: WithSteps): Pick<CaseIn<'undone'>, 'took' | 'keptBy'> {
  const { took, keptBy } = endOf(c);
  return keptBy === undefined ? { took } : { took, keptBy };
}

const OUTCOME = { reclaim: 'reclaimed', reassign: 'reassigned', give: 'given' } as const;

/**
 * How a case ends whose hold is over; undefined: what is parked comes back, and ends so.
 * @param files what somebody has to see to; undefined: nothing
 */
export function closedAfter(
  c: WithSteps,
  at: Instant,
  files: CaseIn<'closed'>['files'],
): CaseState | undefined {
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
    ...(took.length === 0 || files === undefined ? {} : { files }),
  };
}
