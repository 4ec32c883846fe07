import { elapsing } from '../graph/clock.js';

/**
 * Calls to Teams wait for their turn, so that a campaign does not run into its limits.
 * @param thread whose chat it is about: its own limits are kept as well
 * @returns `tooFar`: the turn would come so late that whoever wants it had better come again; none was taken
 */
export type Turn = (thread: string) => Promise<'yours' | 'tooFar'>;

export interface TurnOptions {
  readonly perSecond: number;
  readonly clock: { now(): Date; sleep(ms: number): Promise<void> };
}

/** Half of the 50 that Teams takes from an app in a tenant (teams.md 1.3), so that two instances stay below it. */
export const CALLS_PER_SECOND = 25;

/** So many calls about one chat in so many milliseconds: half of what Teams takes (teams.md 1.3). */
const IN_ONE_CHAT = [
  [3, 1_000],
  [4, 2_000],
  [30, 30_000],
  [900, 3_600_000],
] as const;
const REMEMBERED_MS = 3_600_000;
/** Well below the lease of whoever waits, which nobody renews meanwhile. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Turns evenly apart, first come first served, and those of one chat in the order of asking; time in which nobody called
 * is not made up for. Whoever has to wait because of their chat holds nobody else up.
 */
export function openTurns({ perSecond, clock }: TurnOptions): Turn {
  const apart = 1_000 / perSecond;
  const elapsed = elapsing(clock);
  /** Up to here every moment is taken or over. */
  let next = 0;
  /** Moments after that which are taken by those whose chat keeps them waiting, in order. */
  let ahead: readonly number[] = [];
  /** Moments taken for one chat, in order; the chat that was called last stands last. */
  const chats = new Map<string, readonly number[]>();
  return async (thread) => {
    const now = elapsed();
    forget(chats, now - REMEMBERED_MS);
    const before = chats.get(thread) ?? [];
    const soonest = Math.max(now, next);
    const wanted = soonestIn(before);
    const mine = firstFree(ahead, Math.max(soonest, wanted), apart);
    if (mine - now > LONGEST_WAIT_MS) return 'tooFar';
    if (wanted <= soonest) next = mine + apart;
    else ahead = [...ahead, mine].toSorted((a, b) => a - b);
    ahead = ahead.filter((at) => at > Math.max(now, next) - apart);
    chats.delete(thread);
    chats.set(thread, [...before.filter((at) => at > mine - REMEMBERED_MS), mine]);
    if (mine > now) await clock.sleep(mine - now);
    return 'yours';
  };
}

/** The first moment from `from` on that is `apart` from every other one. */
function firstFree(taken: readonly number[], from: number, apart: number): number {
  return taken.reduce((at, other) => (Math.abs(other - at) < apart ? other + apart : at), from);
}

/** When a chat takes the next call. */
function soonestIn(before: readonly number[]): number {
  const byWindow = IN_ONE_CHAT.map(([most, ms]) => {
    const earlier = before.at(-most);
    return before.length < most || earlier === undefined ? 0 : earlier + ms;
  });
  return Math.max(before.at(-1) ?? 0, ...byWindow);
}

/** Chats that were not called since then; the map has them in the order of their last call, more or less. */
function forget(chats: Map<string, readonly number[]>, since: number): void {
  for (const [thread, times] of chats) {
    if ((times.at(-1) ?? 0) > since) return;
    chats.delete(thread);
  }
}
