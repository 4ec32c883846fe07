import type { ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import { newestCase } from './newest-case.js';
import type { StoreChoice } from '../../src/config/settings.js';
import type { Effect } from '../../src/simulator/changes.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { aTeamsConnector, type TeamsConnector } from './teams-connector.js';
import { actionsOf, answerOn, type CardAction } from './card-actions.js';
import { endOf, eventually, freePort, run, type Ended } from './try-out-process.js';

/** The service as a process, which can be killed, between a simulated tenant and a pretended Teams that live on. */
export interface ServiceWorld {
  readonly connector: TeamsConnector;
  /** The store of the service, opened by this process as well. */
  readonly store: Store;
  /** What the services have logged, one JSON object a line. */
  readonly logFile: string;
  /** Starts one more process of the service; it does not listen yet. */
  start(): Promise<RunningService>;
  caseOf(userId: UserId): Promise<Case | undefined>;
  /** Presses a button on the card of a case; false when the card has none such, or nobody answered. */
  press(service: RunningService, c: Case, button: 'reclaim' | 'undo', by: UserId): Promise<boolean>;
  effects(): Promise<readonly Effect[]>;
  /** The direct licenses of a person with what is switched off in them. */
  licensesOf(userId: UserId): Promise<string>;
  steward(...words: readonly string[]): Promise<Ended>;
  close(): Promise<void>;
}

export interface RunningService {
  readonly url: string;
  /** Resolves when it answers. */
  listening(): Promise<unknown>;
  /** kill -9, then waits until it is gone. */
  kill(): Promise<void>;
}

export interface ServiceWorldOptions {
  readonly policyFile: string;
  readonly people: number;
  /** Default: SQLite in a folder of its own. */
  readonly cosmos?: { readonly endpoint: string; readonly key: string };
  /** Further settings. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function aServiceWorld(options: ServiceWorldOptions): Promise<ServiceWorld> {
  const folder = mkdtempSync(path.join(tmpdir(), 'service-'));
  const connector = await aTeamsConnector();
  const simulatorPort = await freePort();
  const graphUrl = `http://127.0.0.1:${simulatorPort}`;
  const simulator = run(
    [
      'dist/cli/simulator.js',
      ...['--data', path.join(folder, 'tenant'), '--people', String(options.people)],
      ...['--port', String(simulatorPort), '--license-delay', '400'],
    ],
    {},
  );
  const simulatorEnded = endOf(simulator);
  await eventually('The simulated tenant', () => answers(`${graphUrl}/_simulator/effects`));
  const { cosmos } = options;
  const environment = {
    DATA_DIR: path.join(folder, 'data'),
    POLICY_FILE: options.policyFile,
    GRAPH_BASE_URL: graphUrl,
    TEAMS_SERVICE_URL: connector.serviceUrl,
    LOG_LEVEL: 'info',
    HOST: '127.0.0.1',
    COSMOS_ENDPOINT: cosmos?.endpoint ?? '',
    COSMOS_KEY: cosmos?.key ?? '',
    ...options.settings,
  };
  const choice: StoreChoice =
    cosmos === undefined
      ? { kind: 'embedded', dataDir: environment.DATA_DIR }
      : { kind: 'cosmos', ...cosmos, database: 'license-steward' };
  let ids = 0;
  const newId = (): string => `test-${(ids += 1)}`;
  const store = await openStore(choice, { log: silentLog, newId, wait: async () => undefined });
  const logFile = path.join(folder, 'services.log');
  const living = new Set<ChildProcess>();

  return {
    connector,
    store,
    logFile,
    start: () => startService(environment, logFile, living),
    caseOf: (userId) => newestCase({ store }, userId),
    press: (service, c, button, by) => press({ connector, service }, c, button, by),
    effects: async () => (await (await fetch(`${graphUrl}/_simulator/effects`)).json()) as readonly Effect[],
    licensesOf: async (userId) =>
      licensesIn(await (await fetch(`${graphUrl}/_simulator/people/${userId}`)).json()),
    steward: (...words) => endOf(run(['dist/cli/steward.js', ...words], environment)),
    async close() {
      for (const child of living) child.kill('SIGKILL');
      simulator.kill('SIGTERM');
      await simulatorEnded;
      await store.close();
      await connector.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startService(
  environment: Readonly<Record<string, string>>,
  logFile: string,
  living: Set<ChildProcess>,
): Promise<RunningService> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = run(['dist/index.js'], { ...environment, PORT: String(port) });
  living.add(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => appendFileSync(logFile, chunk));
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    url,
    listening: () => eventually('The service', () => answers(`${url}/healthz`)),
    async kill() {
      child.kill('SIGKILL');
      await ended;
      living.delete(child);
    },
  };
}

async function answers(url: string): Promise<true | undefined> {
  const answer = await fetch(url).catch(() => undefined);
  return answer?.ok === true ? true : undefined;
}

async function press(
  world: { readonly connector: TeamsConnector; readonly service: RunningService },
  c: Case,
  button: 'reclaim' | 'undo',
  by: UserId,
): Promise<boolean> {
  const message = world.connector.messages.find(({ id }) => id === c.message?.activityId);
  const card = message?.activity['attachments'];
  const action = button === 'undo' ? undoOf(card, c) : answerOn(card, c.caseId, 'reclaim');
  if (message === undefined || action === undefined) return false;
  const answer = await fetch(`${world.service.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      type: 'invoke',
      name: 'adaptiveCard/action',
      channelId: 'msteams',
      id: `click-${c.caseId}-${c.version}`,
      replyToId: message.id,
      serviceUrl: world.connector.serviceUrl,
      from: { id: `29:${by}`, aadObjectId: by },
      recipient: { id: '28:bot' },
      conversation: { id: message.conversationId, conversationType: 'personal', tenantId: 'tenant' },
      channelData: { tenant: { id: 'tenant' } },
      value: { action: { type: 'Action.Execute', ...action }, trigger: 'manual' },
    }),
  }).catch(() => undefined);
  return answer?.ok === true;
}

/** On a card about several people it is the one that Details opens that has the button. */
function undoOf(card: unknown, { caseId, version, message }: Case): CardAction | undefined {
  const shared = message?.digestId !== undefined;
  if (shared) return { title: 'Undo', verb: 'undo', data: { caseId, version } };
  return actionsOf(card).find(({ verb }) => verb === 'undo');
}

function licensesIn(person: unknown): string {
  const { licenses } = person as {
    readonly licenses: readonly { skuId: string; group: string | null; disabledPlans: readonly string[] }[];
  };
  return licenses
    .filter(({ group }) => group === null)
    .map(({ skuId, disabledPlans }) => `${skuId} without ${[...disabledPlans].sort().join()}`)
    .sort()
    .join('\n');
}
