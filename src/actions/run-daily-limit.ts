import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { DAY_MS } from '../config/durations.js';
import { isSealed } from '../cases/hr/sealed.js';
import { latestRun } from '../audit/run-store.js';
import { AlreadyExists, ChangedMeanwhile, type Doc } from '../store/store.js';

/** A page of the steps of a day. The next one begins when it is full, and a full one never changes. */
interface StepsOfDay extends Doc {
  readonly kind: 'stepsOfDay';
  /** `caseId:step` of every step begun that day, so that a repeated try is not counted twice. */
  readonly steps: readonly string[];
}

/** Some 30 KB: each further step writes a page anew, and two instances fight for it. */
const STEPS_PER_PAGE = 500;

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
  const key = keyOf(c, step);
  for (;;) {
    const day = await readDay(doors, c);
    const place = placeIn(day, key);
    if (place !== 'free') return place === 'taken';
    // Those before it are full, so that its etag alone guards the count.
    const page = day.pages.find(({ steps }) => steps.length < STEPS_PER_PAGE);
    if (page === undefined) return false;
    const doc: StepsOfDay = { id: page.id, kind: 'stepsOfDay', steps: [...page.steps, key] };
    try {
      if (page.etag === undefined) await doors.store.create('meta', doc);
      else await doors.store.replace('meta', doc, page.etag);
      return true;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

/** Whether a place can be had still today. Takes none, and spares the reads before a step that cannot begin. */
export async function hasPlaceToday(doors: Doors, c: Case, step: number): Promise<boolean> {
  return c.scenario === 'given' || placeIn(await readDay(doors, c), keyOf(c, step)) !== 'none';
}

interface Page {
  readonly id: string;
  readonly steps: readonly string[];
  /** undefined: nobody has begun it. */
  readonly etag: string | undefined;
}

interface Day {
  readonly most: number;
  /** As many as the places need. */
  readonly pages: readonly Page[];
}

async function readDay(doors: Doors, c: Case): Promise<Day> {
  const most = await placesPerDay(doors);
  const first = idToday(doors, c);
  const ids = Array.from({ length: Math.ceil(most / STEPS_PER_PAGE) }, (_, at) =>
    at === 0 ? first : `${first}-${at + 1}`,
  );
  const pages = ids.map(async (id): Promise<Page> => {
    const stored = await doors.store.read<StepsOfDay>('meta', id, id);
    return { id, steps: stored?.doc.steps ?? [], etag: stored?.etag };
  });
  return { most, pages: await Promise.all(pages) };
}

/** Milliseconds until places are counted anew: days are those of UTC. */
export function untilNextDay(now: Date): number {
  return DAY_MS - (now.getTime() % DAY_MS);
}

/** `taken`: by this very step. */
function placeIn({ pages, most }: Day, key: string): 'taken' | 'free' | 'none' {
  const steps = pages.flatMap((page) => page.steps);
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
