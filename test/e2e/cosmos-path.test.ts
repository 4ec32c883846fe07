import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { openDesk } from '../../src/cases/answering/run-desk.js';
import type { CommandDoors } from '../../src/cases/run-command.js';
import { effectsOf } from '../../src/simulator/changes.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { verifyHistory } from '../../src/store/case-history.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { workOnce } from '../../src/worker.js';
import { startCosmosServer, type CosmosServer } from '../world/cosmos-server.js';
import { aServiceWorld } from '../world/service-process.js';
import { aSteward, type StewardWorld } from '../world/steward-world.js';
import { eventually } from '../world/try-out-process.js';
import { untilAborted } from '../world/until-aborted.js';

const manager = NAMED.itManager.id as UserId;
const idle = [NAMED.plainInactive, NAMED.inactiveWithVisio, NAMED.neverSignedIn, NAMED.disabledLicensed].map(
  ({ id }) => id as UserId,
);
const [dana] = idle as [UserId];

let server: CosmosServer;
beforeAll(async () => {
  server = await startCosmosServer();
});
afterAll(() => server.close());

let stores = 0;
function open(database: string): Promise<Store> {
  const instance = (stores += 1);
  let ids = 0;
  return openStore(
    { kind: 'cosmos', endpoint: server.endpoint, key: server.key, database },
    { log: silentLog, newId: () => `write-${instance}-${(ids += 1)}`, wait: async () => undefined },
  );
}

async function licensesOf({ doors }: StewardWorld, userId: UserId): Promise<readonly string[]> {
  const person = await doors.graph.person(userId);
  return (person?.licenses ?? []).map(
    ({ skuId, disabledPlans }) => `${skuId} ${disabledPlans.toSorted().join()}`,
  );
}

async function reclaim(doors: CommandDoors, world: StewardWorld, userId: UserId): Promise<string> {
  const { caseId, version } = await world.caseOf(userId);
  const answer = { kind: 'reclaim', reason: '' } as const;
  return (await openDesk(doors).answer({ caseId, version, by: manager, answer })).kind;
}

async function faultsIn(store: Store): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const report of verifyHistory(store)) found.push(...report.faults);
  return found;
}

/** Removals and additions of one person, in their order. */
function changesOf({ tenant }: StewardWorld, userId: UserId): readonly string[] {
  return effectsOf(tenant.tenant.book)
    .filter((effect) => effect.userId === userId)
    .map(({ add, remove }) => `+${add.length} -${remove.length}`);
}

describe('the whole path on Cosmos DB', () => {
  it.each<readonly [string, (server: CosmosServer) => void]>([
    ['when all is well', () => undefined],
    [
      'when requests are throttled, cut off and lost',
      ({ front }) => {
        front.fault('any', 'throttled', 3);
        front.fault('batch', 'cutAfter', 2);
        front.fault('batch', 'cutBefore');
        front.fault('batch', 'failedAfter');
        front.fault('replace', 'cutAfter', 2);
        front.fault('replace', 'failedAfter');
        front.fault('create', 'cutAfter');
        front.fault('create', 'throttled');
        front.fault('read', 'cutBefore', 2);
        front.fault('query', 'unavailable', 2);
      },
    ],
  ])(
    'takes a license and gives it back, %s',
    async (name, trouble) => {
      const world = await aSteward({ people: 12, store: await open(`path-${name.length}`) });
      try {
        const before = await licensesOf(world, dana);
        trouble(server);
        await world.audit();
        await world.work(1_000);
        // One card for all of them.
        expect(world.teams.sent.map(({ to }) => to)).toEqual([manager]);

        trouble(server);
        expect(await reclaim(world.doors, world, dana)).toBe('accepted');
        await world.work(30_000);
        expect((await world.caseOf(dana)).state).toBe('holding');
        expect(await licensesOf(world, dana)).toEqual([]);

        trouble(server);
        expect(await world.order({ order: 'undo', userId: dana })).toMatch(/^done/);
        await world.work(30_000);
        expect((await world.caseOf(dana)).state).toBe('undone');
        expect(await licensesOf(world, dana)).toEqual(before);
        expect(changesOf(world, dana)).toEqual(['+0 -1', '+1 -0']);
        expect(effectsOf(world.tenant.tenant.book)).toHaveLength(2);
        expect(await faultsIn(world.store)).toEqual([]);
      } finally {
        server.front.clearFaults();
        await world.close();
      }
    },
    60_000,
  );

  it('is shared by two instances, and nothing is done twice', async () => {
    const world = await aSteward({ people: 60, store: await open('shared') });
    const store = await open('shared');
    try {
      const { clock } = world;
      const moves = { first: 0, second: 0 };
      let ids = 0;
      const first = { ...world.doors, store: counting(world.store, () => (moves.first += 1)) };
      const second: CommandDoors = {
        ...world.doors,
        store: counting(store, () => (moves.second += 1)),
        // Another order in which it reaches for due rows.
        random: {
          ...world.doors.random,
          id: () => `other-${Math.floor((ids += 1))}`,
          fraction: () => (ids += 0.618) % 1,
        },
      };
      const both = async (ms: number): Promise<void> => {
        for (const end = clock.now().getTime() + ms; clock.now().getTime() <= end; clock.advance(500)) {
          for (let more = true; more;) {
            const worked = await Promise.all([look(first, 'first'), look(second, 'second')]);
            more = worked.includes(true);
          }
        }
      };
      await world.audit();
      await both(1_000);
      const questions = world.teams.sent.length;
      expect(questions).toBeGreaterThan(idle.length);
      // The same click reaches both: one of them takes it.
      for (const userId of idle) {
        const answers = await Promise.all([reclaim(first, world, userId), reclaim(second, world, userId)]);
        expect(answers.sort()).toEqual(['accepted', 'movedOn']);
      }
      await both(15_000);
      for (const userId of idle) {
        expect((await world.caseOf(userId)).state).toBe('holding');
        expect(changesOf(world, userId)).toHaveLength(1);
      }
      expect(world.teams.sent).toHaveLength(questions);
      expect(await faultsIn(store)).toEqual([]);
      expect(moves.first).toBeGreaterThan(0);
      expect(moves.second).toBeGreaterThan(0);
    } finally {
      await store.close();
      await world.close();
    }
  }, 60_000);
});

function look(doors: CommandDoors, owner: string): Promise<boolean> {
  return workOnce(doors, { owner, pollMs: 300, leaseMs: doors.leaseMs, sleep: untilAborted });
}

/** Counts moves: batches that were taken. */
function counting(store: Store, count: () => void): Store {
  return {
    ...store,
    batch: async (...args) => {
      const etags = await store.batch(...args);
      count();
      return etags;
    },
  };
}

describe('the service as two processes on Cosmos DB', () => {
  it('takes a license and gives it back, although one of them is killed meanwhile', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-'));
    const policyFile = path.join(folder, 'policy.yaml');
    const policy = readFileSync('src/simulator/policy.yaml', 'utf8');
    writeFileSync(policyFile, policy.replace('count: 25, percent: 10', 'count: 25, percent: 100'));
    const world = await aServiceWorld({ policyFile, people: 12, cosmos: server });
    try {
      const before = await world.licensesOf(dana);
      const first = await world.start();
      await first.listening();
      const second = await world.start();
      await second.listening();
      const become = async (state: string): Promise<void> => {
        await eventually(state, async () => ((await world.caseOf(dana))?.state === state ? true : undefined));
      };
      const pressed = async (service: typeof first, button: 'reclaim' | 'undo'): Promise<void> => {
        await eventually(button, async () => {
          const c = await world.caseOf(dana);
          return c !== undefined && (await world.press(service, c, button, manager)) ? true : undefined;
        });
      };
      await become('asked');
      server.front.fault('batch', 'cutAfter');
      server.front.fault('replace', 'throttled', 2);
      await pressed(first, 'reclaim');
      await become('acting');
      await first.kill();
      await become('holding');
      expect(await world.licensesOf(dana)).toBe('');
      await pressed(second, 'undo');
      await become('undone');
      expect(await world.licensesOf(dana)).toBe(before);
      const own = (await world.effects()).map(({ userId, add, remove }) => [
        userId,
        add.length,
        remove.length,
      ]);
      expect(own).toEqual([
        [dana, 0, 1],
        [dana, 1, 0],
      ]);
      const verified = await world.steward('verify-history', '--log', world.logFile);
      expect(verified).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^4 chains, \d+ entries: all intact/),
      });
    } finally {
      await world.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
