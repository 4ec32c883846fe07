import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { aServiceWorld, type RunningService, type ServiceWorld } from '../world/service-process.js';
import { eventually } from '../world/try-out-process.js';

const manager = NAMED.itManager.id as UserId;
const idle = [NAMED.plainInactive, NAMED.inactiveWithVisio, NAMED.neverSignedIn, NAMED.disabledLicensed].map(
  ({ id }) => id as UserId,
);

/**
 * Milliseconds after which the service is killed: the first ones from its start, in its first audit, the others from
 * the moment at which it listens and people click. One row per service; the services run beside each other.
 */
const FROM_START = [
  [500, 750],
  [600, 850],
  [700, 1_000],
] as const;
const FROM_CLICK = [
  [0, 320, 1_450, 2_700, 700, 1_900],
  [15, 1_150, 430, 2_300, 1_700, 250],
  [60, 2_000, 900, 150, 3_100, 1_300],
] as const;

let folder: string;
let policyFile: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kill-'));
  policyFile = path.join(folder, 'policy.yaml');
  const policy = readFileSync('src/simulator/policy.yaml', 'utf8')
    .replace(/(afterDecision|disableSignIn|convertMailbox|removeLicenses): PT\d+S/g, '$1: PT1S')
    .replace('casesPerRun: { count: 25, percent: 10 }', 'casesPerRun: { count: 25, percent: 100 }')
    .replace('stepsPerDay: { count: 100, percent: 20 }', 'stepsPerDay: { count: 100, percent: 100 }');
  writeFileSync(policyFile, policy);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The manager answers one more question, and regrets one more answer whose licenses are gone. */
async function clicks(world: ServiceWorld, service: RunningService): Promise<boolean> {
  const cases = await Promise.all(idle.map((userId) => world.caseOf(userId)));
  const next = (state: Case['state']): Case | undefined => cases.find((c) => c?.state === state);
  const [asked, holding] = [next('asked'), next('holding')];
  const pressed = await Promise.all([
    asked !== undefined && world.press(service, asked, 'reclaim', manager),
    holding !== undefined && world.press(service, holding, 'undo', manager),
  ]);
  return pressed.includes(true);
}

async function statesOf(world: ServiceWorld): Promise<readonly string[]> {
  const cases = await Promise.all(idle.map((userId) => world.caseOf(userId)));
  return cases.map((c) => {
    const progress = c !== undefined && 'steps' in c ? c.steps.map((step) => step.progress.is).join() : '';
    return c === undefined ? 'none' : `${c.state} ${progress}`.trim();
  });
}

/** What the service before has left under its lease rests for a while; until then nothing could be interrupted. */
async function untilSomethingMoves(world: ServiceWorld, service: RunningService): Promise<void> {
  const before = (await statesOf(world)).join();
  await eventually('A move', async () =>
    (await clicks(world, service)) || (await statesOf(world)).join() !== before ? true : undefined,
  );
}

interface Killed {
  readonly kills: number;
  readonly at: readonly string[];
}

async function liveAndDie(world: ServiceWorld, row: number): Promise<Killed> {
  const at: string[] = [];
  for (const ms of FROM_START[row] ?? []) {
    const service = await world.start();
    await sleep(ms);
    await service.kill();
    at.push((await statesOf(world)).join('; '));
  }
  for (const ms of FROM_CLICK[row] ?? []) {
    const service = await world.start();
    await service.listening();
    await untilSomethingMoves(world, service);
    await sleep(ms);
    await service.kill();
    at.push((await statesOf(world)).join('; '));
  }
  return { kills: at.length, at };
}

/** One process that stays: everything is answered, taken, regretted and given back. */
async function liveOn(world: ServiceWorld): Promise<void> {
  const service = await world.start();
  await service.listening();
  await eventually('Everything undone', async () => {
    await clicks(world, service);
    return (await statesOf(world)).every((state) => state.startsWith('undone')) ? true : undefined;
  });
  await service.kill();
}

describe('a service that is killed with SIGKILL again and again', () => {
  it('takes every license once, gives exactly it back once, and keeps its history', async () => {
    const runs = FROM_CLICK.map(async (_, row) => {
      const world = await aServiceWorld({ policyFile, people: 12 });
      try {
        const before = await Promise.all(idle.map((userId) => world.licensesOf(userId)));
        const killed = await liveAndDie(world, row);
        await liveOn(world);
        const after = await Promise.all(idle.map((userId) => world.licensesOf(userId)));
        const heads = path.join(folder, `heads-${row}.log`);
        copyFileSync(world.logFile, heads);
        const verified = await world.steward('verify-history', '--log', heads);
        return { before, after, killed, verified, effects: await world.effects() };
      } finally {
        await world.close();
      }
    });
    const done = await Promise.all(runs);
    for (const { before, after, killed, verified, effects } of done) {
      process.stdout.write(`killed at:\n  ${killed.at.join('\n  ')}\n`);
      expect(before.every((licenses) => licenses !== '')).toBe(true);
      expect(after).toEqual(before);
      for (const userId of idle) {
        const own = effects.filter((effect) => effect.userId === userId);
        expect(own.map(({ add, remove }) => [add.length > 0, remove.length > 0])).toEqual([
          [false, true],
          [true, false],
        ]);
        expect(own[1]?.add.toSorted()).toEqual(own[0]?.remove.toSorted());
      }
      expect(effects).toHaveLength(2 * idle.length);
      expect(verified).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^4 chains, \d+ entries: all intact/),
      });
    }
    expect(done.reduce((sum, { killed }) => sum + killed.kills, 0)).toBeGreaterThanOrEqual(20);
  }, 300_000);
});
