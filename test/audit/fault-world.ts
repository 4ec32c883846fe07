import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AuditResult } from '../../src/audit/audit-result.js';
import { runAudit } from '../../src/audit/run-audit.js';
import { putBackNames } from '../../src/audit/reveal/run-back.js';
import { openGraph } from '../../src/graph/open-graph.js';
import { fixedToken } from '../../src/graph/tokens.js';
import type { Faults } from '../../src/simulator/faults.js';
import { startSimulator, type Simulator } from '../../src/simulator/server.js';
import { GROUPS } from '../../src/simulator/sim-groups.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { auditDoors } from '../world/audit-once.js';
import { policyOf } from '../world/policies.js';
import { steppingClock } from '../world/reveal-world.js';

const IN_MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const AN_HOUR = 3_600_000;

/** Reads every source there is, in a tenant that conceals names. */
export const READS_ALL = policyOf(`
reports: { revealNames: true }
evidence: { leaveDates: true }
protect:
  executives: { groups: ['${GROUPS.leadership.id}'], top: ['${NAMED.financeHead.id}'], levels: 1 }
  exempt: { groups: ['${GROUPS.exempt.id}'] }
  breakGlass: { groups: ['${GROUPS.emergency.id}'] }
prices: [{ sku: SPE_E5, amount: 57, currency: USD, frequency: monthly }]
`);

export type Fault = Parameters<Faults['add']>[0];

/** One of the requests of an audit: the nth of those with its method and path. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly nth: number;
  readonly inBatch: boolean;
}

/** How an audit ended, and what it left behind. */
export interface Ended {
  readonly result: AuditResult | undefined;
  readonly error: unknown;
  readonly requests: readonly Asked[];
  /** What was announced or said in the log. */
  readonly said: readonly string[];
  /** Concealed when the audit had ended. */
  readonly concealed: boolean;
  /** Concealed after the next start, with Graph well again. */
  readonly concealedLater: boolean;
  readonly token: string;
}

/** One audit of a tenant of its own on a store of its own, with some faults. Waits take no time. */
export async function auditWith(faults: readonly Fault[], people: number): Promise<Ended> {
  const clock = steppingClock();
  const tenant = await startSimulator({
    seed: 7,
    people,
    now: clock.now,
    throttling: 'off',
    concealNames: true,
  });
  const folder = mkdtempSync(path.join(IN_MEMORY, 'faults-'));
  let ids = 0;
  const store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: () => `etag-${(ids += 1)}` });
  try {
    for (const fault of faults) tenant.faults.add(fault);
    return await ended(tenant, clock, store);
  } finally {
    await store.close();
    await tenant.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ended(
  tenant: Simulator,
  clock: ReturnType<typeof steppingClock>,
  store: Store,
): Promise<Ended> {
  const said: string[] = [];
  const note = (message: string, fields: object = {}): void => {
    said.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log = { debug: note, info: note, warn: note, error: note };
  const token = fixedToken(tenant.token);
  const graph = openGraph({
    baseUrl: tenant.url,
    token,
    clock,
    log,
    signInPerMinute: 1_000,
    random: () => 0.5,
  });
  const doors = { ...auditDoors(graph, store), clock, log, sleep: clock.sleep, announce: note };
  let result: AuditResult | undefined;
  let error: unknown;
  try {
    result = await runAudit(doors, READS_ALL);
  } catch (cause) {
    error = cause;
  }
  const requests = askedOf(tenant);
  tenant.faults.clear();
  const concealed = await graph.namesConcealed();
  clock.advance(AN_HOUR);
  await putBackNames(doors);
  const concealedLater = await graph.namesConcealed();
  return { result, error, requests, said, concealed, concealedLater, token: tenant.token };
}

/** The requests in the order in which they were answered; the secret of a download is left out. */
function askedOf(tenant: Simulator): readonly Asked[] {
  const before = new Map<string, number>();
  return tenant.requests.map(({ method, path: asked, inBatch }) => {
    const known = decodeURIComponent(asked).replace(/(\/data\/download\/.*\?token=).*/, '$1');
    const key = `${method} ${known}`;
    const nth = before.get(key) ?? 0;
    before.set(key, nth + 1);
    return { method, path: known, nth, inBatch };
  });
}
