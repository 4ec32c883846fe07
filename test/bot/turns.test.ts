import { describe, expect, it } from '@jest/globals';
import { openTurns } from '../../src/bot/turns.js';

/** Sleeps end when the clock comes to them. */
function aClock(): { now(): Date; sleep(ms: number): Promise<void>; run(ms: number): Promise<void> } {
  let at = 0;
  const sleeping: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(at),
    sleep: (ms) => new Promise((wake) => sleeping.push({ until: at + ms, wake })),
    async run(ms) {
      for (const end = at + ms; at < end; at += 1) {
        for (const each of sleeping.filter(({ until }) => until === at)) each.wake();
        await Promise.resolve();
        await Promise.resolve();
      }
    },
  };
}

type Take = (thread: string) => void;

/** When the turns came that `ask` took, with `gap` milliseconds after each time that it was asked. */
async function timesOf(gap: number, ...ask: readonly ((take: Take) => void)[]): Promise<readonly number[]> {
  const clock = aClock();
  const turn = openTurns({ perSecond: 25, clock });
  const times: number[] = [];
  for (const each of ask) {
    each(
      (thread) =>
        void turn(thread).then((is) => (is === 'yours' ? times.push(clock.now().getTime()) : undefined)),
    );
    await clock.run(gap);
  }
  return times;
}

/** Calls about so many chats at once, one each. */
function toMany(count: number): (take: Take) => void {
  return (take) => {
    for (let n = 0; n < count; n += 1) take(`chat-${n}`);
  };
}

function toOne(count: number): (take: Take) => void {
  return (take) => {
    for (let n = 0; n < count; n += 1) take('chat');
  };
}

/** The most that came within so many milliseconds. */
function mostWithin(times: readonly number[], ms: number): number {
  return Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + ms).length));
}

describe('calls to Teams', () => {
  it('go out at 25 a second, however many come at once, and none is lost', async () => {
    const times = await timesOf(2_100, toMany(50), toMany(50));
    expect(times).toHaveLength(100);
    expect(times.slice(0, 4)).toEqual([0, 40, 80, 120]);
    expect(mostWithin(times, 1_000)).toBeLessThanOrEqual(25);
  });

  it('do not come in a burst after a while without any', async () => {
    expect(await timesOf(60_000, toMany(2), toMany(2))).toEqual([0, 40, 60_000, 60_040]);
  });

  it('about one chat keep to half of what Teams takes of it, in the order of asking', async () => {
    const times = await timesOf(130_000, toOne(60));
    expect(times).toHaveLength(60);
    expect(times.slice(0, 5)).toEqual([0, 40, 80, 1_000, 2_000]);
    expect(mostWithin(times, 1_000)).toBe(3);
    expect(mostWithin(times, 2_000)).toBe(4);
    expect(mostWithin(times, 30_000)).toBe(30);
  });

  it('about one chat are refused where their turn would come in more than a minute, and take none', async () => {
    const times = await timesOf(120_000, toOne(100), toOne(1));
    expect(times.filter((at) => at <= 60_000)).toHaveLength(times.length - 1);
    expect(times.length).toBeLessThan(101);
    expect(times.at(-1)).toBe(120_000);
  });

  it('about one chat hold up no other', async () => {
    const times = await timesOf(3_000, (take) => {
      toOne(5)(take);
      toMany(3)(take);
    });
    expect(times).toEqual([0, 40, 80, 120, 160, 200, 1_000, 2_000]);
  });

  it('of two chats that wait come as soon as each may', async () => {
    const times = await timesOf(3_000, (take) => {
      for (let n = 0; n < 4; n += 1) for (const thread of ['one', 'other']) take(thread);
    });
    expect(times).toEqual([0, 40, 80, 120, 160, 200, 1_000, 1_040]);
  });

  it('go on in their pace under a clock that was put back by an hour', async () => {
    let at = 7_200_000;
    const slept: number[] = [];
    const sleep = async (ms: number): Promise<void> => void slept.push(ms);
    const turn = openTurns({ perSecond: 25, clock: { now: () => new Date(at), sleep } });
    expect(await turn('chat')).toBe('yours');
    at -= 3_600_000;
    expect(await turn('chat')).toBe('yours');
    expect(await turn('other')).toBe('yours');
    expect(slept).toEqual([40, 80]);
  });
});
