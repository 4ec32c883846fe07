import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TERMINAL, type Case } from '../../src/cases/case.js';
import type { Effect } from '../../src/simulator/changes.js';
import { readHistory } from '../../src/store/case-history.js';
import { chancesOf, type Chance } from '../simulation/random.js';
import { aServiceWorld, type RunningService, type ServiceWorld } from '../world/service-process.js';

const SEED = 20261126;
const KILLS = 10;
const MOST_KILLS = 14;
/** On a machine that does much else a service takes its time to listen; then there are fewer kills of working ones. */
const MOST_MS = 240_000;

let folder: string;
let policyFile: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'two-services-'));
  policyFile = path.join(folder, 'policy.yaml');
  const policy = readFileSync('src/simulator/policy.yaml', 'utf8')
    .replace(/(afterDecision|disableSignIn|convertMailbox|removeLicenses): PT\d+S/g, '$1: PT1S')
    .replace('hold: P30D', 'hold: PT2S')
    .replace('casesPerRun: { count: 25, percent: 10 }', 'casesPerRun: { count: 25, percent: 100 }')
    .replace('stepsPerDay: { count: 100, percent: 20 }', 'stepsPerDay: { count: 100, percent: 100 }');
  writeFileSync(policyFile, policy);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function casesIn({ store }: ServiceWorld): Promise<readonly Case[]> {
  const cases: Case[] = [];
  const where = [{ field: 'kind', is: '=', value: 'case' }] as const;
  for await (const { doc } of store.query<Case>({ container: 'cases', where })) cases.push(doc);
  return cases;
}

/** Over, or a named person has to do something: nothing is left that goes on by itself. */
function rests(c: Case): boolean {
  const waits: readonly Case['state'][] = [...TERMINAL, 'adminReview', 'hrReview', 'needsPerson', 'kept'];
  return waits.includes(c.state);
}

/** Everybody who was asked answers; of every third case the answer is regretted as soon as it can be undone. */
async function people(world: ServiceWorld, services: () => readonly RunningService[], chance: Chance) {
  for (const [index, c] of (await casesIn(world)).entries()) {
    const service = chance.pick(services());
    if (c.state === 'asked') await world.press(service, c, 'reclaim', c.askedOf);
    if (c.state === 'holding' && index % 3 === 0) await world.press(service, c, 'undo', c.askedOf);
  }
}

/** Two services; one of them is killed again and again, and another one started in its place. */
async function liveAndDie(world: ServiceWorld): Promise<number> {
  const chance = chancesOf(SEED).world;
  const services = [await world.start(), await world.start()];
  const end = Date.now() + MOST_MS;
  let kills = 0;
  while (Date.now() < end) {
    const rest = sleep(chance.whole(300, 2_500));
    await people(world, () => services, chance);
    await rest;
    const cases = await casesIn(world);
    if (kills >= KILLS && cases.length > 0 && cases.every(rests)) break;
    // A campaign that is over early goes on being killed; one that takes longer is left to come to its end.
    if (kills >= MOST_KILLS) continue;
    const victim = chance.whole(0, 1);
    await services[victim]?.kill();
    kills += 1;
    services[victim] = await world.start();
  }
  for (const service of services) await service.kill();
  return kills;
}

/** License changes of the tenant that no intention precedes, and those that are there a second time. */
async function wrongsOf(world: ServiceWorld, effects: readonly Effect[]): Promise<readonly string[]> {
  const wrongs: string[] = [];
  const cases = await casesIn(world);
  for (const userId of new Set(effects.map((effect) => effect.userId))) {
    const own = effects.filter((effect) => effect.userId === userId);
    const takings = own.filter(({ remove }) => remove.length > 0);
    const givings = own.filter(({ add }) => add.length > 0);
    if (takings.length > 1) wrongs.push(`${userId} lost licenses ${takings.length} times`);
    if (givings.length > takings.length) wrongs.push(`${userId} got licenses ${givings.length} times`);
    const about = cases.filter((c) => c.userId === userId);
    const events = (await Promise.all(about.map((c) => readHistory(world.store, c.caseId)))).flatMap(
      (history) => history.events,
    );
    for (const { add, at } of own) {
      const intention = add.length > 0 ? 'undoIntended' : 'stepIntended';
      if (!events.some((event) => event.type === intention && event.at <= at))
        wrongs.push(`${userId}: ${at} has no ${intention} before it`);
    }
  }
  return wrongs;
}

describe('two services on one store, one of which is killed again and again', () => {
  it('bring a campaign to its end: everything was intended before, and nothing was done twice', async () => {
    const world = await aServiceWorld({ policyFile, people: 30 });
    try {
      const kills = await liveAndDie(world);
      const cases = await casesIn(world);
      const effects = await world.effects();
      const states = cases.map(({ state }) => state).sort();
      process.stdout.write(`${kills} kills, ${effects.length} license changes; ${states.join(', ')}\n`);
      expect(kills).toBeGreaterThanOrEqual(KILLS);
      expect(cases.length).toBeGreaterThanOrEqual(4);
      expect(cases.filter((c) => !rests(c)).map(({ state, userId }) => `${userId} ${state}`)).toEqual([]);
      expect(effects.filter(({ remove }) => remove.length > 0).length).toBeGreaterThanOrEqual(4);
      expect(await wrongsOf(world, effects)).toEqual([]);
      const heads = path.join(folder, 'heads.log');
      copyFileSync(world.logFile, heads);
      expect(await world.steward('verify-history', '--log', heads)).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^\d+ chains, \d+ entries: all intact/),
      });
    } finally {
      await world.close();
    }
  }, 300_000);
});
