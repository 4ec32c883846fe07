import type { CaseId } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { DAY_MS } from '../config/durations.js';
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
export async function mayTakeStepToday(doors: Doors, caseId: CaseId, step: number): Promise<boolean> {
  const id = idToday(doors);
  const most = await placesPerDay(doors);
  for (;;) {
    const stored = await doors.store.read<StepsOfDay>('meta', id, id);
    const place = placeIn(stored?.doc, { caseId, step }, most);
    if (place !== 'free') return place === 'taken';
    const doc: StepsOfDay = {
      id,
      kind: 'stepsOfDay',
      steps: [...(stored?.doc.steps ?? []), keyOf({ caseId, step })],
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
export async function hasPlaceToday(doors: Doors, caseId: CaseId, step: number): Promise<boolean> {
  const id = idToday(doors);
  const stored = await doors.store.read<StepsOfDay>('meta', id, id);
  return placeIn(stored?.doc, { caseId, step }, await placesPerDay(doors)) !== 'none';
}

/** Milliseconds until places are counted anew: days are those of UTC. */
export function untilNextDay(now: Date): number {
  return DAY_MS - (now.getTime() % DAY_MS);
}

interface Place {
  readonly caseId: CaseId;
  readonly step: number;
}

/** `taken`: by this very step. */
function placeIn(day: StepsOfDay | undefined, place: Place, most: number): 'taken' | 'free' | 'none' {
  const steps = day?.steps ?? [];
  if (steps.includes(keyOf(place))) return 'taken';
  return steps.length >= most ? 'none' : 'free';
}

function keyOf({ caseId, step }: Place): string {
  return `${caseId}:${step}`;
}

function idToday({ clock }: Doors): string {
  return `steps-${clock.now().toISOString().slice(0, 10)}`;
}

async function placesPerDay(doors: Doors): Promise<number> {
  const { count, percent } = doors.policy.limits.stepsPerDay;
  const run = await latestRun(doors.store);
  if (run === undefined) return 0;
  return Math.min(count, Math.ceil((run.figures.people * percent) / 100));
}
