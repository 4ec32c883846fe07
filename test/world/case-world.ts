import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UserId } from '../../src/audit/person.js';
import { whoMay } from '../../src/bot/who-may.js';
import type { Pace } from '../../src/cases/doors.js';
import type { CommandDoors } from '../../src/cases/run-command.js';
import type { Policy } from '../../src/config/policy.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { silentLog, type Log } from '../../src/telemetry/log.js';
import { graphWorld, type GraphWorld, type WorldOptions } from './graph-world.js';
import { NOW, type WorldPerson } from './people.js';
import {
  actingPolicy,
  manualClock,
  pretendTeams,
  verbsOver,
  type CaseVerbs,
  type PretendTeams,
} from './steward-world.js';

export interface CaseWorld extends CaseVerbs {
  readonly graph: GraphWorld;
  readonly teams: PretendTeams;
  close(): Promise<void>;
}

export interface CaseWorldOptions extends Omit<WorldOptions, 'exchange'> {
  /** Further lines of the policy, which acts within seconds. */
  readonly policy?: string;
  readonly exchange?: CommandDoors['exchange'];
  /** Whom the policy names, for `byPolicy`. */
  readonly admins?: readonly UserId[] | 'byPolicy';
  readonly log?: Log;
  /** Turns the policy into one that no file can say. */
  readonly reshape?: (policy: Policy) => Policy;
  /** Another store than SQLite in a folder of its own; the world closes it. */
  readonly store?: Store;
  readonly pace?: Partial<Pace>;
  /** The app's id in the catalog of Teams. */
  readonly teamsAppId?: string | undefined;
  /** What is put between the program and its doors. */
  readonly through?: (doors: CommandDoors, graph: GraphWorld) => CommandDoors;
}

/** Cases about a few people of whom everything is told, in a tenant that lies in memory. */
export async function aCaseWorld(
  people: readonly WorldPerson[],
  {
    policy = '',
    exchange,
    admins = [],
    log = silentLog,
    reshape = (rules) => rules,
    through = (doors) => doors,
    ...options
  }: CaseWorldOptions = {},
): Promise<CaseWorld> {
  const folder = mkdtempSync(path.join(tmpdir(), 'cases-'));
  const clock = manualClock(NOW);
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const store =
    options.store ??
    (await openStore(
      { kind: 'embedded', dataDir: folder },
      { log: silentLog, newId, wait: (ms) => clock.sleep(ms) },
    ));
  const graph = graphWorld(people, { now: () => clock.now(), ...options });
  const teams = pretendTeams();
  const rules = reshape(
    actingPolicy(policy.includes('evidence:') ? policy : `evidence: { reports: [] }\n${policy}`),
  );
  const doors: CommandDoors = {
    store,
    graph,
    auditGraph: graph,
    exchange,
    messenger: teams,
    teamsAppId: options.teamsAppId,
    policy: rules,
    clock,
    random: { id: newId, salt: () => (ids += 1).toString(16).padStart(32, '0'), fraction: () => 0.5 },
    log,
    pace: {
      checkStep: 1_000,
      giveUpStep: 60_000,
      watch: 30_000,
      gather: 0,
      retry: 1_000,
      held: 10_000,
      ...options.pace,
    },
    leaseMs: 15_000,
    rolesOf:
      admins === 'byPolicy'
        ? whoMay({ policy: rules, graph, clock })
        : async (userId) => (admins.includes(userId) ? ['admin'] : []),
    localeOf: async (userId) => teams.locales.get(userId ?? '') ?? 'en',
    timeZoneOf: async (userId) => teams.zones.get(userId) ?? 'Etc/UTC',
    timeZone: 'Etc/UTC',
    onAuditProgress: () => {},
    sleep: (ms) => clock.sleep(ms),
  };
  return {
    ...verbsOver(through(doors, graph), { clock, teams }),
    graph,
    teams,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
