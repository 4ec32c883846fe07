import type { CaseId } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { latestRun } from '../audit/run-store.js';
import { AlreadyExists, ChangedMeanwhile, type Doc } from '../store/store.js';

interface StepsOfDay extends Doc {
  readonly kind: 'stepsOfDay';
  /** `caseId:step` of every step begun that day, so that a repeated try is not counted twice. */
  readonly steps: readonly string[];
}

/**
 * Takes one place under `limits.stepsPerDay` (count, and percent of in-scope licensed people, rounded up), across
 * all instances. A place once taken stays taken: a broken count errs on the side of doing less.
 */
export function mayTakeStepToday(doors: Doors, caseId: CaseId, step: number): Promise<boolean> {
  const take = (): Promise<boolean> => takePlace(doors, caseId, step);
  return doors.sideBySide === undefined ? take() : doors.sideBySide.inTurn(take);
}

async function takePlace(doors: Doors, caseId: CaseId, step: number): Promise<boolean> {
  const id = `steps-${doors.clock.now().toISOString().slice(0, 10)}`;
  const key = `${caseId}:${step}`;
  const most = await placesPerDay(doors);
  for (;;) {
    const stored = await doors.store.read<StepsOfDay>('meta', id, id);
    const steps = stored?.doc.steps ?? [];
    if (steps.includes(key)) return true;
    if (steps.length >= most) return false;
    const doc: StepsOfDay = { id, kind: 'stepsOfDay', steps: [...steps, key] };
    try {
      if (stored === undefined) await doors.store.create('meta', doc);
      else await doors.store.replace('meta', doc, stored.etag);
      return true;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

async function placesPerDay(doors: Doors): Promise<number> {
  const { count, percent } = doors.policy.limits.stepsPerDay;
  const run = await latestRun(doors.store);
  if (run === undefined) return 0;
  return Math.min(count, Math.ceil((run.figures.people * percent) / 100));
}
