/** Calls to Teams wait for their turn, so that a campaign does not run into its limits. */
export type Turn = () => Promise<void>;

export interface TurnOptions {
  readonly perSecond: number;
  readonly clock: { now(): Date; sleep(ms: number): Promise<void> };
}

/** Half of the 50 that Teams takes from an app in a tenant (teams.md 1.3), so that two instances stay below it. */
export const CALLS_PER_SECOND = 25;

/** Turns evenly apart, first come first served; time in which nobody called is not made up for. */
export function openTurns({ perSecond, clock }: TurnOptions): Turn {
  const apart = 1_000 / perSecond;
  let next = 0;
  return async () => {
    const now = clock.now().getTime();
    const mine = Math.max(now, next);
    next = mine + apart;
    if (mine > now) await clock.sleep(mine - now);
  };
}
