import { describe, expect, it } from '@jest/globals';
import type { DirectoryEntry, UserId } from '../../src/audit/person.js';
import { openNear, type Near } from '../../src/graph/near.js';
import { silentLog } from '../../src/telemetry/log.js';
import { aPerson, userId } from '../world/people.js';

const GRACE = userId('Grace');
const ADA = aPerson('Ada').person;

interface Around {
  readonly near: Near;
  readonly asked: UserId[];
  readonly warnings: string[];
  answer: () => Promise<readonly DirectoryEntry[]>;
  advance(ms: number): void;
}

/** A clock whose seconds pass at once, where somebody waits for them. */
function around(): Around {
  let now = Date.parse('2026-11-23T08:00:00.000Z');
  const world: Around = {
    near: openNear({
      graph: {
        directReports: (manager) => {
          world.asked.push(manager);
          return world.answer();
        },
      },
      clock: { now: () => new Date(now), sleep: () => new Promise((resolve) => setImmediate(resolve)) },
      log: {
        ...silentLog,
        warn: (message, fields) => world.warnings.push(JSON.stringify([message, fields])),
      },
    }),
    asked: [],
    warnings: [],
    answer: async () => [ADA],
    advance: (ms) => void (now += ms),
  };
  return world;
}

describe('The people around somebody', () => {
  it('are read once an hour for each, also by a clock that was put back', async () => {
    const world = around();
    expect(await world.near(GRACE)).toEqual([ADA]);
    world.advance(3_599_999);
    await world.near(GRACE);
    expect(world.asked).toEqual([GRACE]);
    await world.near(userId('Otto'));
    world.advance(1);
    await world.near(GRACE);
    world.advance(-7_200_000);
    await world.near(GRACE);
    expect(world.asked).toEqual([GRACE, userId('Otto'), GRACE, GRACE]);
  });

  it('are nobody for a minute where Graph fails, and the log names no more than the id', async () => {
    const world = around();
    world.answer = () => Promise.reject(new Error('Ada Lang is secret'));
    expect(await world.near(GRACE)).toEqual([]);
    world.answer = async () => [ADA];
    world.advance(59_999);
    expect(await world.near(GRACE)).toEqual([]);
    world.advance(1);
    expect(await world.near(GRACE)).toEqual([ADA]);
    expect(world.warnings).toEqual([
      JSON.stringify(['Direct reports could not be read; cards go without.', { userId: GRACE }]),
    ]);
  });

  it('are nobody where Graph takes its time, and there when it has answered', async () => {
    const world = around();
    let go = (_people: readonly DirectoryEntry[]): void => {};
    world.answer = () => new Promise((resolve) => (go = resolve));
    expect(await world.near(GRACE)).toEqual([]);
    go([ADA]);
    expect(await world.near(GRACE)).toEqual([ADA]);
    expect(world.asked).toHaveLength(1);
  });

  it('of thousands do not fill the memory', async () => {
    const world = around();
    for (let n = 0; n <= 500; n += 1) await world.near(userId(`Manager ${n}`));
    await world.near(userId('Manager 0'));
    expect(world.asked).toHaveLength(502);
  });
});
