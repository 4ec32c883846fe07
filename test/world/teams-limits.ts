import type { ConnectorCall, ScriptedAnswer } from './teams-connector.js';

/** What Teams takes of one bot (teams.md 1.3): so many calls in so many milliseconds. */
const IN_ONE_THREAD = [
  [7, 1_000],
  [8, 2_000],
  [60, 30_000],
  [1_800, 3_600_000],
] as const;
const OF_AN_APP_IN_A_TENANT = [[50, 1_000]] as const;

/** The published limits of Teams, and how far they were used. */
export interface TeamsLimits {
  /** The answer to a call beyond them; for a call within them undefined. */
  refuse(call: ConnectorCall): ScriptedAnswer | undefined;
  /** When each call came that was taken, in milliseconds. */
  readonly taken: readonly number[];
  readonly refused: number;
}

/** @param now milliseconds */
export function teamsLimits(now: () => number): TeamsLimits {
  const taken: number[] = [];
  const threads = new Map<string, number[]>();
  let refused = 0;
  return {
    taken,
    get refused() {
      return refused;
    },
    refuse(call) {
      const at = now();
      const thread = threadOf(call);
      const inThread = threads.get(thread) ?? [];
      if (isFull(inThread, IN_ONE_THREAD, at) || isFull(taken, OF_AN_APP_IN_A_TENANT, at)) {
        refused += 1;
        return { status: 429, headers: { 'retry-after': '1' }, body: { error: { code: 'Throttled' } } };
      }
      taken.push(at);
      threads.set(thread, [...inThread, at]);
      return undefined;
    },
  };
}

type Limit = readonly [most: number, ms: number];

function isFull(times: readonly number[], limits: readonly Limit[], at: number): boolean {
  return limits.some(
    ([most, ms]) => (times.at(-most) ?? Number.NEGATIVE_INFINITY) > at - ms && times.length >= most,
  );
}

/** The conversation, or the person with whom one is opened. */
function threadOf({ path, body }: ConnectorCall): string {
  const member = (body['members'] as readonly { readonly id?: string }[] | undefined)?.[0]?.id;
  return member ?? path.split('/')[3] ?? '';
}
