import { dayOf, type Day } from '../audit/day.js';
import { latestRun } from '../audit/run-store.js';
import type { Policy } from '../config/policy.js';
import type { PositionRow } from '../spend/position.js';
import { EXIT, type ExitCode } from './exit.js';
import { progressDisplay } from './progress.js';
import { readNow } from './read-now.js';
import { openCommandWorld } from './setup.js';
import { note, timeOf } from './terminal.js';

/** Where the seats are, and on which day they were counted. */
export interface CountedPosition {
  readonly rows: readonly PositionRow[];
  readonly day: Day;
  readonly policy: Policy;
}

/** Answers from the position of the latest run; where there is none yet, from the tenant as it is now. */
export async function withPosition(
  env: string | undefined,
  answer: (position: CountedPosition) => void | Promise<void>,
): Promise<ExitCode> {
  const display = progressDisplay(process.stderr);
  const world = await openCommandWorld(env, { note: display.note });
  const { store, policy, clock } = world.doors;
  try {
    const run = await latestRun(store);
    if (run !== undefined) {
      world.announce();
      await answer({ rows: run.position, day: dayOf(new Date(run.finishedAt)), policy });
      note(`As of the audit of ${timeOf(run.finishedAt)}.`);
      return EXIT.done;
    }
    return await readNow(world, display, async (result) => {
      if (result.kind === 'stopped') {
        note(['The audit was stopped, so there is no position:', ...result.why].join('\n  '));
        return EXIT.stopped;
      }
      await answer({ rows: result.position, day: dayOf(clock.now()), policy });
      note('Read just now and not kept: no audit has run on this store yet.');
      return EXIT.done;
    });
  } finally {
    display.end();
    await world.close();
  }
}
