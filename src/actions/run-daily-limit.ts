import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { DAY_MS } from '../config/durations.js';
import { isSealed } from '../cases/hr/sealed.js';
import { latestRun } from '../audit/run-store.js';
import { AlreadyExists, ChangedMeanwhile, type Doc } from '../store/store.js';

interface StepsOfDay extends Doc {
  readonly kind: 'stepsOfDay';
  /** `caseId:step` of every step begun that day, so that a repeated try is not counted twice. */
  readonly steps: readonly string[];
}

/**
 * Takes one place under `limits.stepsPerDay` (count, and percent of in-scope licensed people, rounded up), across
 * all instances. A place once taken stays taken: a broken count errs on the side of doing less. HR's lane has places
 * of its own, or the admins could tell from a place that is missing that an executive's license goes. Gifts need none: an
 * admin ordered exactly this.
 */
export async function mayTakeStepToday(doors: Doors, c: Case, step: number): Promise<boolean> {
  if (c.scenario === 'given') return true;
  const take = (): Promise<boolean> => takePlace(doors, c, step);
  return doors.sideBySide === undefined ? take() : doors.sideBySide.inTurn(take);
}

async function takePlace(doors: Doors, c: Case, step: number): Promise<boolean> {
  const id = idToday(doors, c);
  const most = await placesPerDay(doors);
  for (;;) {
    const stored = await doors.store.read<StepsOfDay>('meta', id, id);
    const place = placeIn(stored?.doc, keyOf(c, step), most);
    if (place !== 'free') return place === 'taken';
    const doc: StepsOfDay = {
      id,
      kind: 'stepsOfDay',
      steps: [...(stored?.doc.steps ?? []), keyOf(c, step)],
    };
    try {
      if (stored === undefined) await doors.store.create('meta', doc);
      else await doors.store.replace('meta', doc, stored.etag);
      return true;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

/** Whether a place can be had still today. Takes none, and spares the reads before a step that cannot begin. */
export async function hasPlaceToday(doors: Doors, c: Case, step: number): Promise<boolean> {
  if (c.scenario === 'given') return true;
  const id = idToday(doors, c);
  const stored = await doors.store.read<StepsOfDay>('meta', id, id);
  return placeIn(stored?.doc, keyOf(c, step), await placesPerDay(doors)) !== 'none';
}

/** Milliseconds until places are counted anew: days are those of UTC. */
export function untilNextDay(now: Date): number {
  return DAY_MS - (now.getTime() % DAY_MS);
}

/** `taken`: by this very step. */
function placeIn(day: StepsOfDay | undefined, key: string, most: number): 'taken' | 'free' | 'none' {
  const steps = day?.steps ?? [];
  if (steps.includes(key)) return 'taken';
  return steps.length >= most ? 'none' : 'free';
}

function keyOf({ caseId }: Case, step: number): string {
  return `${caseId}:${step}`;
}

function idToday({ clock }: Doors, c: Case): string {
  return `steps-${clock.now().toISOString().slice(0, 10)}${isSealed(c) ? '-hr' : ''}`;
}

async function placesPerDay(doors: Doors): Promise<number> {
  const { count, percent } = doors.policy.limits.stepsPerDay;
  const run = await latestRun(doors.store);
  if (run === undefined) return 0;
  return Math.min(count, Math.ceil((run.figures.people * percent) / 100));
}
