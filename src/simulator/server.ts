import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBook } from './changes.js';
import { makeFaults } from './faults.js';
import type { Faults } from './faults.js';
import type { Graph } from './graph.js';
import { ALL_PERMISSIONS } from './operations.js';
import { changePermissions } from './permissions.js';
import type { PermissionChange } from './permissions.js';
import { guidFor } from './random.js';
import { makeRecorder } from './recorder.js';
import type { Exchange, RequestRecord } from './recorder.js';
import { serve } from './serve.js';
import type { Service } from './serve.js';
import { makeTenant } from './tenant.js';
import type { Tenant } from './tenant.js';
import { openChangeFile, readFacts, writeFacts } from './tenant-files.js';
import { NO_LIMITS, publishedLimits } from './throttle.js';
import { SIMULATOR_TOKEN } from './token.js';
import type { World } from './world.js';

export interface SimulatorOptions {
  readonly seed: number;
  /** 10 to 500,000. */
  readonly people: number;
  readonly now: () => Date;
  /** Keeps the tenant there and finds it again: a tenant that is already there wins over seed and people. */
  readonly dataDir?: string;
  /** Loopback only (default 127.0.0.1). */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Until reads show an accepted license change (default 0). */
  readonly licenseDelayMs?: number;
  /** Until Graph shows that a mailbox was converted (default 3 minutes). */
  readonly mailboxDelayMs?: number;
  /** From one sync with AD to the next, which takes back what was changed on synced accounts (default 30 minutes). */
  readonly syncCycleMs?: number;
  /** Default `published`: Graph's limits, on the clock given as `now`. */
  readonly throttling?: 'published' | 'off';
  /** Every answer takes this long (default 0). */
  readonly latencyMs?: number;
  /** A license change keeps others off the same person for so long (default: just a moment). */
  readonly changeMs?: number;
  /** Compresses for callers that accept gzip (default true). */
  readonly gzip?: boolean;
  /** Whether the tenant starts with concealed names in reports (default false). */
  readonly concealNames?: boolean;
  /** Entra ID P1 or P2 present (default true). */
  readonly premium?: boolean;
  /** false: asking for more than 500 users with signInActivity is an error instead of a shorter page. */
  readonly capSignInPages?: boolean;
  /** Further members without a license, behind `people`, most of them dormant (default 0). */
  readonly unlicensed?: number;
  /** Further guests without a license, behind those (default 0). */
  readonly dormantGuests?: number;
  /**
   * How common idle people and products that were never activated are among ordinary people, from 0 to 1 (default 1,
   * with which an audit has findings of about 12 in 100). Not kept in `dataDir`.
   */
  readonly idleness?: number;
  /** Until reports follow a change of the setting that conceals names (default 0). */
  readonly concealDelayMs?: number;
  /** Application permissions that were granted (default: all). */
  readonly permissions?: readonly string[];
  /** Days that usage reports lag behind (default 2). */
  readonly reportLagDays?: number;
  /** How long a next link works (default 15 minutes). */
  readonly pageTokenLifeMs?: number;
  /** `other`: report downloads come from a second port, where no token may ever arrive. */
  readonly downloadOrigin?: 'same' | 'other';
  /** Keeps every whole exchange, for checks against the contract (default false). */
  readonly recordExchanges?: boolean;
}

/** A pretend tenant that answers over HTTP as Microsoft Graph does. */
export interface Simulator {
  /** `http://127.0.0.1:1234`, without a path. */
  readonly url: string;
  /** Where report downloads are served; the same as `url` unless asked otherwise. */
  readonly downloadUrl: string;
  readonly token: string;
  readonly tenant: Tenant;
  readonly requests: readonly RequestRecord[];
  /** Empty unless asked for with `recordExchanges`. */
  readonly exchanges: readonly Exchange[];
  readonly faults: Faults;
  /** Takes permissions away from the caller or gives them, from the next request on. */
  changePermissions(change: PermissionChange): void;
  close(): Promise<void>;
}

const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];
const MOST = 500_000;
const APP_ID = '3f0f6f0e-58a1-4a0d-9a5b-0d5c0c1c7a11';

/** @throws TenantFileError for damaged files, RangeError for a size or host that is not allowed */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const host = options.host ?? '127.0.0.1';
  if (!LOOPBACK.includes(host))
    throw new RangeError(`The simulated tenant runs on a loopback host only, not on ${host}.`);
  const { tenant, closeFiles } = openTenant(options);
  const recorder = makeRecorder(options.recordExchanges ?? false);
  const faults = makeFaults();
  const origins = { graph: '', download: '' };
  const graph = makeGraph(options, tenant, () => origins.download);
  const service: Service = { graph, faults, recorder, gzip: options.gzip ?? true, origins };
  const servers = [makeServer(service, 'graph')];
  try {
    origins.graph = origins.download = await listen(servers[0], host, options.port ?? 0);
    if (options.downloadOrigin === 'other') {
      const second = makeServer(service, 'download');
      servers.push(second);
      origins.download = await listen(second, host, 0);
    }
  } catch (error) {
    closeFiles();
    throw error;
  }
  return {
    url: origins.graph,
    downloadUrl: origins.download,
    token: SIMULATOR_TOKEN,
    tenant,
    requests: recorder.requests,
    exchanges: recorder.exchanges,
    faults,
    changePermissions: (change) => changePermissions(graph.permissions, change),
    async close() {
      await Promise.all(servers.map(stop));
      closeFiles();
    },
  };
}

function openTenant(options: SimulatorOptions): { readonly tenant: Tenant; readonly closeFiles: () => void } {
  const saved = options.dataDir === undefined ? undefined : readFacts(options.dataDir);
  const made = saved ?? {
    seed: options.seed,
    people: options.people,
    unlicensed: options.unlicensed ?? 0,
    dormantGuests: options.dormantGuests ?? 0,
    createdAt: options.now(),
  };
  checkSize(made.people, 10, 'people');
  checkSize(made.unlicensed, 0, 'members without a license');
  checkSize(made.dormantGuests, 0, 'dormant guests');
  const facts = {
    ...made,
    idleness: checkShare(options.idleness ?? 1, 'idleness'),
    premium: options.premium ?? true,
    reportLagDays: options.reportLagDays ?? 2,
    syncCycleMs: checkCycle(options.syncCycleMs ?? 30 * 60_000),
  };
  if (options.dataDir === undefined)
    return {
      tenant: makeTenant(
        facts,
        openBook([], () => undefined),
      ),
      closeFiles: () => undefined,
    };
  if (!saved) writeFacts(options.dataDir, made);
  const file = openChangeFile(options.dataDir);
  return {
    tenant: makeTenant(
      facts,
      openBook(file.earlier, (change) => file.write(change)),
    ),
    closeFiles: () => file.close(),
  };
}

function checkSize(count: number, least: number, of: string): void {
  if (Number.isInteger(count) && count >= least && count <= MOST) return;
  throw new RangeError(`A simulated tenant has ${String(least)} to 500,000 ${of}, not ${String(count)}.`);
}

function checkShare(share: number, of: string): number {
  if (share >= 0 && share <= 1) return share;
  throw new RangeError(`The ${of} of a simulated tenant is 0 to 1, not ${String(share)}.`);
}

function checkCycle(ms: number): number {
  if (ms > 0) return ms;
  throw new RangeError(`A simulated tenant syncs with AD every so many milliseconds, not ${String(ms)}.`);
}

function makeGraph(options: SimulatorOptions, tenant: Tenant, downloadOrigin: () => string): Graph {
  const permissions = new Set(options.permissions ?? ALL_PERMISSIONS);
  const world: World = {
    tenant,
    now: options.now,
    rules: {
      licenseDelayMs: options.licenseDelayMs ?? 0,
      mailboxDelayMs: options.mailboxDelayMs ?? 3 * 60_000,
      pageTokenLifeMs: options.pageTokenLifeMs ?? 15 * 60_000,
      capSignInPages: options.capSignInPages ?? true,
      concealNames: options.concealNames ?? false,
      concealDelayMs: options.concealDelayMs ?? 0,
    },
    granted: permissions,
    busy: new Set(),
    changeMs: options.changeMs ?? 0,
    downloads: new Map(),
    downloadOrigin,
  };
  let requests = 0;
  const limited = (options.throttling ?? 'published') === 'published';
  return {
    world,
    throttle: limited ? publishedLimits(tenant.size, APP_ID, tenant.id) : NO_LIMITS,
    permissions,
    latencyMs: options.latencyMs ?? 0,
    outlookInFlight: new Map(),
    nextRequestId: () => guidFor(tenant.facts.seed, (requests += 1), 300),
  };
}

function makeServer(service: Service, side: 'graph' | 'download'): Server {
  const server = createServer((request, response) => void serve(service, side, request, response));
  // Longer than callers wait between polls, so that none finds its connection closed just as it writes.
  server.keepAliveTimeout = 65_000;
  return server;
}

function listen(server: Server | undefined, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!server) return;
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { address, family, port: bound } = server.address() as AddressInfo;
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${String(bound)}`);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
