import type { CaseIn, Instant } from './case.js';
import { parkingOf } from './decision.js';
import type { CaseStep, StepProgress } from './step.js';
import type { UndoAsked } from './undo-asked.js';
import type { Watch } from './watch.js';

export type Stepped = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

/** Whatever stood in the way may be gone without anything that tells so: the return is tried so often anew. */
const AGAIN_MS = 6 * 3_600_000;

/** true: what was parked is to come back, and is not back yet. Pure. */
export function isReturn(c: CaseIn<'undoing' | 'needsPerson'>): boolean {
  return parkingOf(c) !== undefined && c.undoneBy !== undefined;
}

/** Who asked for the undo that goes on, and what HR was told of it; undefined: none does. Pure. */
export function undoIn(c: Stepped): UndoAsked | undefined {
  if (!('undoneBy' in c) || c.undoneBy === undefined) return undefined;
  const { undoneBy, undoAskedAt, leaveOver, notGiven, mailGone } = c;
  const told = c.state === 'needsPerson' && c.tell !== undefined ? { task: c.task, tell: c.tell } : c.told;
  return {
    undoneBy,
    ...(undoAskedAt === undefined ? {} : { undoAskedAt }),
    ...(leaveOver === undefined ? {} : { leaveOver }),
    ...(notGiven === undefined ? {} : { notGiven }),
    ...(told === undefined ? {} : { told }),
    ...(mailGone === undefined ? {} : { mailGone }),
  };
}

const NOT_OPEN: ReadonlySet<StepProgress['is']> = new Set(['planned', 'skipped', 'undone', 'left']);

/** Whatever keeps what was parked from coming back, it is tried once more by itself; undefined: it is no such return. Pure. */
export function againLater(c: Stepped, at: Instant): Watch | undefined {
  if ((c.state !== 'undoing' && c.state !== 'needsPerson') || !isReturn(c)) return undefined;
  const index = c.steps.findLastIndex(({ progress }) => !NOT_OPEN.has(progress.is));
  const lookAt = new Date(Date.parse(at) + AGAIN_MS).toISOString() as Instant;
  return index === -1 ? undefined : { for: 'again', index, lookAt };
}

/** What was sent, or left to a person, is asked for once more: of other undos the person keeps it. Pure. */
export function askedAnew(c: Stepped): readonly CaseStep[] {
  if (parkingOf(c) === undefined) return c.steps;
  return c.steps.map((each) => {
    const { progress } = each;
    if (progress.is !== 'undoSent' && progress.is !== 'undoHandedOver') return each;
    const { at, before } = progress;
    return { ...each, progress: { is: 'undoIntended', at, before, tries: 1 } };
  });
}
