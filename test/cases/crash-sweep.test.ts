import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import type { Act, Scenario } from '../world/crash-life.js';
import { aCrashWorld, type CrashWorld } from '../world/crash-world.js';
import { intentionWrittenLate, removalSentWithUndo, writtenInPieces } from '../world/planted-faults.js';
import { someOf } from '../world/some-of.js';
import { actingPolicy } from '../world/steward-world.js';
import {
  click,
  HOLDING,
  idle,
  momentsOf,
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

const receiver = NAMED.thirdActiveReport.userPrincipalName;
const policy = actingPolicy();

const SCENARIOS: readonly Scenario[] = [
  { name: 'reclaim', acts: [reclaim, quiet] },
  { name: 'undo', before: HOLDING, acts: [undo, quiet] },
  { name: 'undo ordered at a terminal', before: HOLDING, acts: [ordered('undo-1', 'undo'), quiet] },
  { name: 'reassign', acts: [click({ kind: 'reassign', reason: '', receiver }), quiet] },
  { name: 'keep', acts: [click({ kind: 'keep', reason: 'Back soon', until: '2027-01-15' }), quiet] },
  {
    name: 'reclaim of what only a person may take',
    policy: { ...policy, reclaim: { ...policy.reclaim, mailbox: 'convert' } },
    acts: [reclaim, quiet],
  },
  {
    name: 'audit and opening',
    before: NOTHING,
    // A few cases show all that many would: each is opened and asked about in the same way.
    policy: { ...policy, limits: { ...policy.limits, casesPerRun: { count: 6, percent: 100 } } },
    acts: [ordered('audit-1', 'audit'), quiet],
  },
  {
    name: 'audit and opening under a limit',
    before: [],
    policy: { ...policy, limits: { ...policy.limits, casesPerRun: { count: 2, percent: 100 } } },
    acts: [ordered('audit-1', 'audit'), quiet],
  },
];

describe('a process that is killed', () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    'loses nothing and does nothing twice, whenever it is killed: %s',
    async (name, scenario) => {
      expect(told(name, await sweep(world, scenario))).toEqual([]);
    },
    300_000,
  );

  it('carries out an undo that was ordered before anything was done, or right after it', async () => {
    const order = ordered('undo-1', 'undo');
    const scenario: Scenario = { name: 'undo ordered early', acts: [reclaim, order, quiet] };
    // A crash takes time, in which the step may come before the order.
    const late = await play(world, { name: 'undo ordered late', acts: [reclaim, quiet, order, quiet] });
    const early = await play(world, scenario);
    const rights = [early.evidence, late.evidence];
    expect(told(scenario.name, await sweep(world, scenario, { rights }))).toEqual([]);
  }, 60_000);

  it('takes nothing any more when the undo is clicked right after the kill', async () => {
    const untilKilled: Act = async (life) => {
      await life.quiet('crash');
      life.world.clock.advance(1);
    };
    const scenario: Scenario = {
      name: 'undo right after the kill',
      acts: [reclaim, untilKilled, undo, quiet],
    };
    const untouched = (await play(world, { name: 'nothing', acts: [] })).evidence;
    const { calls } = await play(world, { name: 'reclaim', acts: [reclaim, quiet] });
    const moments = momentsOf(calls);
    const looked = someOf(moments, scenario.name, ONE_OF);
    const found: string[] = [];
    for (const crash of looked) {
      const { cases, effects, licenses, takenAfterUndo, wrongs } = (
        await play(world, scenario, { crashes: [crash] })
      ).evidence;
      const taken = (effects[idle] ?? []).filter((effect) => !effect.endsWith('-[]')).length;
      const problems = [
        ...(/^(undone|cancelled)/.test(cases[idle] ?? '') ? [] : [`the case is ${cases[idle]}`]),
        ...(JSON.stringify(licenses) === JSON.stringify(untouched.licenses) ? [] : ['licenses are missing']),
        ...(taken > 1 ? [`taken ${taken} times`] : []),
        ...takenAfterUndo.map(() => 'taken after the undo was asked for'),
        ...wrongs,
      ];
      found.push(
        ...problems.map((each) => `${crash.when} call ${crash.at} (${calls[crash.at - 1]}): ${each}`),
      );
    }
    expect(told(scenario.name, { moments: moments.length, lookedAt: looked.length, found })).toEqual([]);
  }, 60_000);
});

describe('the sweep', () => {
  it.each([
    ['intentions are written after the call', intentionWrittenLate],
    ['a case and its history are written one after the other', writtenInPieces],
    ['what is given back is taken again', removalSentWithUndo],
  ])(
    'notices when %s',
    async (_name, plant) => {
      const scenario: Scenario = { name: 'reclaim and undo', acts: [reclaim, quiet, undo, quiet] };
      const rights = [(await play(world, scenario)).evidence];
      const { found } = await sweep(world, { ...scenario, plant }, { rights, untilFound: true });
      expect(found).not.toEqual([]);
    },
    60_000,
  );
});
