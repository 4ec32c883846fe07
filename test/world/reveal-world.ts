import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NamesShown } from '../../src/audit/reveal/record.js';
import { putBackNames } from '../../src/audit/reveal/run-back.js';
import { NamesStop, type RevealDoors } from '../../src/audit/reveal/run-doors.js';
import { readNames } from '../../src/audit/reveal/run-record.js';
import { showsNames } from '../../src/audit/reveal/look.js';
import { withNamesShown } from '../../src/audit/reveal/run-reveal.js';
import type { Command } from '../../src/cases/command.js';
import type { CommandDoors } from '../../src/cases/run-command.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { readHistory, verifyHistory } from '../../src/store/case-history.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import { SETTINGS_CHAIN } from '../../src/store/history.js';
import type { Store } from '../../src/store/store.js';
import type { Log } from '../../src/telemetry/log.js';
import { workOnce } from '../../src/worker.js';
import { mortal, type Crash, type Turn } from './crashing-doors.js';
import { graphWorld } from './graph-world.js';
import { policyOf } from './policies.js';
import { pretendTeams, START } from './steward-world.js';
import { usageText } from './usage-report-text.js';

const MINUTE = 60_000;
const STEP_MS = 20_000;
const IN_MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
export const REVEALING = policyOf('reports: { revealNames: true }');

/** A setting of the tenant, and reports that follow it some time later. */
export interface PretendTenant {
  readonly graph: GraphDoor;
  concealed(): boolean;
  /** Somebody else changes the setting. */
  flip(concealed: boolean): void;
  /** Every change that reached the tenant, ours and others'. */
  readonly changes: { readonly concealed: boolean; readonly by: 'us' | 'other' }[];
  /** Called before each call of Graph; may throw, as a call that never reached Graph. */
  before: (name: keyof GraphDoor) => void;
  /** Called after each change; may throw, as an answer that was lost. */
  afterChange: () => void;
  followMs: number;
}

export interface RevealWorld {
  readonly tenant: PretendTenant;
  readonly store: Store;
  readonly clock: { now(): Date; advance(ms: number): void };
  readonly log: readonly string[];
  readonly announced: string[];
  /** A process; its calls may be held up by `turn` or end with `crash`. */
  process(fate?: { readonly crash?: Crash | undefined; readonly turn?: Turn }): Process;
  /** New processes without faults: a start, then due rows, for an hour. */
  restart(): Promise<void>;
  evidence(): Promise<Evidence>;
  close(): Promise<void>;
}

export interface Process {
  readonly doors: RevealDoors;
  readonly commandDoors: CommandDoors;
  readonly calls: readonly string[];
  readonly died: Promise<'died'>;
  /** An audit that reads two reports, with minutes in between. */
  audit(): Promise<string>;
}

export interface Evidence {
  readonly concealed: boolean;
  readonly state: string | undefined;
  readonly history: readonly string[];
  readonly faults: number;
  readonly waitingRows: number;
}

export async function aRevealWorld(
  options: { readonly concealed?: boolean; readonly store?: Store } = {},
): Promise<RevealWorld> {
  const folder = mkdtempSync(path.join(IN_MEMORY, 'reveal-'));
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const store = options.store ?? openEmbeddedStore(path.join(folder, 'steward.sqlite'), { newId });
  const clock = steppingClock();
  const tenant = pretendTenant(clock, options.concealed ?? true);
  const lines: string[] = [];
  const announced: string[] = [];
  const world: RevealWorld = {
    tenant,
    store,
    clock,
    log: lines,
    announced,
    process: ({ crash, turn } = {}) => {
      const { doors, calls, died } = mortal(commandDoors(), crash, turn);
      const reveal: RevealDoors = {
        ...doors,
        sleep: clock.sleep,
        announce: (sentence) => void announced.push(sentence),
      };
      return { doors: reveal, commandDoors: doors, calls, died, audit: () => anAudit(reveal, clock) };
    },
    async restart() {
      const { doors, commandDoors: working } = world.process();
      await putBackNames(doors);
      const worker = { owner: newId(), pollMs: 300, leaseMs: 5 * MINUTE, sleep: clock.sleep };
      for (let step = 0; step < 120; step += 1) {
        while (await workOnce(working, worker));
        clock.advance(MINUTE / 2);
      }
    },
    evidence: () => evidenceOf(store, tenant),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return world;

  function commandDoors(): CommandDoors {
    return {
      store,
      graph: tenant.graph,
      auditGraph: tenant.graph,
      messenger: pretendTeams(),
      policy: REVEALING,
      clock,
      random: { id: newId, salt: () => (ids += 1).toString(16).padStart(32, '0'), fraction: () => 0.5 },
      log: logInto(lines),
      pace: { checkStep: 1_000, giveUpStep: MINUTE, watch: MINUTE, gather: 0, retry: 1_000, held: 10_000 },
      leaseMs: 5 * MINUTE,
      rolesOf: async () => [],
      localeOf: async () => 'en',
      timeZoneOf: async () => 'Etc/UTC',
      timeZone: 'Etc/UTC',
      onAuditProgress: () => {},
      sleep: (ms) => clock.sleep(ms),
    };
  }
}

async function anAudit(doors: RevealDoors, clock: { sleep(ms: number): Promise<void> }): Promise<string> {
  try {
    return await withNamesShown(doors, REVEALING, async () => {
      const read = async (): Promise<string> =>
        (await showsNames(doors.graph.report('email'))) ? 'names' : 'concealed';
      const first = await read();
      await clock.sleep(2 * MINUTE);
      return `${first}, ${await read()}`;
    });
  } catch (error) {
    if (error instanceof NamesStop) return `stopped: ${error.why}`;
    throw error;
  }
}

/** A clock that moves by what is slept; those who sleep with a signal wake when others have moved it. */
export function steppingClock() {
  let now = START.getTime();
  let sleeping: { readonly until: number; readonly wake: () => void }[] = [];
  const advance = (ms: number): void => {
    now += ms;
    const due = sleeping.filter(({ until }) => until <= now);
    sleeping = sleeping.filter(({ until }) => until > now);
    for (const { wake } of due) wake();
  };
  return {
    now: () => new Date(now),
    advance,
    sleep: async (ms: number, signal?: AbortSignal): Promise<void> => {
      if (signal === undefined) {
        for (let left = ms; left > 0; left -= STEP_MS) {
          advance(Math.min(left, STEP_MS));
          // Whoever is woken does its next calls before more time passes.
          for (let turns = 0; turns < 12; turns += 1) await new Promise((resolve) => setImmediate(resolve));
        }
        return;
      }
      await new Promise<void>((resolve) => {
        if (signal.aborted) return resolve();
        sleeping.push({ until: now + ms, wake: resolve });
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
  };
}

function pretendTenant(clock: { now(): Date }, concealedAtFirst: boolean): PretendTenant {
  const settings: { readonly at: number; readonly concealed: boolean }[] = [
    { at: 0, concealed: concealedAtFirst },
  ];
  const at = (time: number): boolean => settings.findLast((each) => each.at <= time)?.concealed ?? true;
  const current = (): boolean => settings.at(-1)?.concealed ?? true;
  const set = (concealed: boolean, by: 'us' | 'other'): void => {
    settings.push({ at: clock.now().getTime(), concealed });
    tenant.changes.push({ concealed, by });
  };
  const tenant: PretendTenant = {
    changes: [],
    before: () => {},
    afterChange: () => {},
    followMs: 20_000,
    concealed: current,
    flip: (concealed) => set(concealed, 'other'),
    graph: {
      ...graphWorld([]),
      namesConcealed: async () => {
        tenant.before('namesConcealed');
        return current();
      },
      setNamesConcealed: async (concealed) => {
        tenant.before('setNamesConcealed');
        set(concealed, 'us');
        tenant.afterChange();
      },
      async *report() {
        tenant.before('report');
        const upn = at(clock.now().getTime() - tenant.followMs)
          ? 'FE7CC8C15246EDCCA289C9A4022762F7'
          : 'dana@harbor.example';
        yield usageText([{ upn, refreshed: '2026-11-21' }]);
      },
    },
  };
  return tenant;
}

async function evidenceOf(store: Store, tenant: PretendTenant): Promise<Evidence> {
  const doc: NamesShown | undefined = (await readNames(store))?.doc;
  const { events } = await readHistory(store, SETTINGS_CHAIN);
  let faults = 0;
  for await (const report of verifyHistory(store)) faults += report.faults.length;
  let waitingRows = 0;
  const rows = { container: 'commands', where: [{ field: 'kind', is: '=', value: 'command' }] } as const;
  for await (const row of store.query<Command>(rows)) waitingRows += row.doc.state === 'waiting' ? 1 : 0;
  return {
    concealed: tenant.concealed(),
    state: doc?.state,
    history: events.map(({ type }) => type),
    faults,
    waitingRows,
  };
}

function logInto(lines: string[]): Log {
  const at = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
