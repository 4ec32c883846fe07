import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { damage } from '../world/crash-evidence.js';
import type { Act, Scenario } from '../world/crash-life.js';
import { aCrashWorld, type CrashWorld } from '../world/crash-world.js';
import { turnsBy, type Crash } from '../world/crashing-doors.js';
import { etagsIgnored } from '../world/planted-faults.js';
import { someOf } from '../world/some-of.js';
import { actingPolicy } from '../world/steward-world.js';
import {
  HOLDING,
  NOTHING,
  ONE_OF,
  ordered,
  play,
  quiet,
  reclaim,
  sweep,
  told,
  undo,
} from '../world/sweep.js';

let world: CrashWorld;
beforeAll(() => {
  world = aCrashWorld();
});
afterAll(() => world.close());

const { limits, ...policy } = actingPolicy();
/** A few cases show all that many would. */
const FEW = { ...policy, limits: { ...limits, casesPerRun: { count: 4, percent: 100 } } };

/** With the order of calls among the processes. */
const SHARED: readonly (readonly [Scenario, number])[] = [
  [{ name: 'reclaim', acts: [reclaim, quiet] }, 1],
  [{ name: 'reclaim', acts: [reclaim, quiet] }, 2],
  [{ name: 'undo', before: HOLDING, acts: [undo, quiet] }, 3],
  [
    {
      name: 'two audits',
      policy: FEW,
      before: NOTHING,
      acts: [ordered('audit-1', 'audit'), ordered('audit-2', 'audit'), quiet],
    },
    4,
  ],
];

const wake: Act = (life) => life.wake();

describe('two processes on one store', () => {
  it.each(SHARED.map(([scenario, seed]) => [scenario.name, seed, scenario] as const))(
    'share the work of: %s (order of calls %i), also when one is killed',
    async (name, seed, scenario) => {
      const rights = [(await play(world, scenario)).evidence];
      const fate = { processes: 2, turn: turnsBy(seed) };
      expect(told(`two processes, ${name}`, await sweep(world, scenario, { fate, rights }))).toEqual([]);
    },
    300_000,
  );

  it.each<readonly [string, Scenario]>([
    ['reclaim', { name: 'reclaim', acts: [reclaim, quiet, wake, quiet] }],
    [
      'an audit',
      {
        name: 'audit',
        policy: FEW,
        before: NOTHING,
        acts: [ordered('audit-1', 'audit'), quiet, wake, quiet],
      },
    ],
  ])(
    'do nothing twice when one stands still for minutes and then goes on where it was: %s',
    async (name, scenario) => {
      const { evidence, calls } = await play(world, scenario);
      const found: string[] = [];
      const looked = someOf(
        calls.map((_, index) => index + 1),
        scenario.name,
        ONE_OF,
      );
      for (const at of looked) {
        const run = await play(world, scenario, { standsStill: { process: 1, at } });
        const where = `at call ${at} (${calls[at - 1]})`;
        if (run.calls.length < at) found.push(`${where}: it never came so far`);
        found.push(...damage(run.evidence, [evidence], 1).map((each) => `${where}: ${each}`));
      }
      expect(
        told(`one stands still, ${name}`, { moments: calls.length, lookedAt: looked.length, found }),
      ).toEqual([]);
    },
    180_000,
  );

  it('take nothing again after an undo, when one stood still before it sent a step anew', async () => {
    const scenario: Scenario = { name: 'again', acts: [reclaim, quiet, undo, quiet, wake, quiet] };
    const { evidence, calls } = await play(world, scenario);
    // The first ends when it has written the intention; the second finds it, and stands still somewhere.
    const crash: Crash = { at: calls.indexOf('graph.changeLicenses') + 1, when: 'before' };
    const { secondCalls } = await play(world, scenario, { crashes: [crash] });
    const sent = secondCalls.indexOf('graph.changeLicenses') + 1;
    const found: string[] = [];
    for (let at = 1; at < sent; at += 1) {
      const run = await play(world, scenario, { crashes: [crash], standsStill: { process: 2, at } });
      const where = `at call ${at} (${secondCalls[at - 1]})`;
      found.push(...damage(run.evidence, [evidence], 2).map((each) => `${where}: ${each}`));
    }
    expect(found).toEqual([]);
    expect(sent).toBeGreaterThan(5);
  }, 60_000);

  it('are caught when the store takes writes under old etags', async () => {
    const scenario: Scenario = { name: 'reclaim', acts: [reclaim, quiet] };
    const rights = [(await play(world, scenario)).evidence];
    const found: string[] = [];
    for (let seed = 1; seed <= 10; seed += 1) {
      const fate = { processes: 2, turn: turnsBy(seed) };
      const { evidence } = await play(world, { ...scenario, plant: etagsIgnored }, fate);
      found.push(...damage(evidence, rights, 0));
    }
    expect(found).not.toEqual([]);
  }, 60_000);
});
