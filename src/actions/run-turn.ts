import type { Before } from '../cases/step.js';
import type { Doors } from '../cases/doors.js';
import type { Tried } from '../cases/side-by-side.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { Stored } from '../store/store.js';
import type { Recheck } from './recheck.js';
import { afterFailure } from './run-after-failure.js';
import { notNow } from './run-not-now.js';
import { recheck, signInFor } from './run-recheck.js';
import { lookAgain, type Acting } from './run-step-moves.js';

/** Whoever waited longer for their turn is looked at anew: what was read then is not what safety rule 5 wants to know. */
const LONGEST_TURN_MS = 60_000;

/** What a live re-check found. */
export interface Seen<Verdict = Recheck> {
  readonly verdict: Verdict;
  /** When what must be of this minute began to be read, in milliseconds since 1970. */
  readonly readAt: number;
}

/** The live re-check of a step, with sign-in dates that are read once, before it. @throws GraphFailure */
export async function looking(doors: Doors, c: Acting, index: number): Promise<() => Promise<Seen>> {
  const signIn = await signInFor(doors, c, index);
  return async () => {
    const readAt = doors.clock.now().getTime();
    return { readAt, verdict: await recheck(doors, c, index, signIn) };
  };
}

export interface Turn {
  readonly stored: Stored<Acting>;
  readonly index: number;
  readonly seen: Seen<Extract<Recheck, { kind: 'go' }>>;
  /** A step that takes a seat which others may want as well is looked at once more, one after the other. */
  readonly seatFor?: (() => Promise<Seen>) | undefined;
}

/** What fails is counted before the next one's turn. */
export async function tryOne(
  doors: Doors,
  { stored, index, seen, seatFor }: Turn,
  act: (before: Before) => Promise<Tried>,
): Promise<void> {
  const inTime = async ({ verdict, readAt }: Turn['seen']): Promise<Tried> => {
    const age = doors.clock.now().getTime() - readAt;
    // Less than nothing: the clock was put back, and nobody knows how old it is.
    if (age >= 0 && age <= LONGEST_TURN_MS) return act(verdict.before);
    await lookAgain(doors, stored, 0);
    return 'notTried';
  };
  const alone = async (look: NonNullable<Turn['seatFor']>): Promise<Tried> => {
    const { verdict, readAt } = await look();
    if (verdict.kind === 'go') return inTime({ verdict, readAt });
    await notNow(doors, stored, index, verdict);
    return 'notTried';
  };
  const counted = async (): Promise<Tried> => {
    try {
      const { sideBySide } = doors;
      if (seatFor === undefined || sideBySide === undefined) return await inTime(seen);
      return await sideBySide.alone(() => alone(seatFor));
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      await afterFailure(doors, stored, error);
      return 'failed';
    }
  };
  await (doors.sideBySide === undefined ? counted() : doors.sideBySide.effect(counted));
}
