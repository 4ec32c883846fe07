import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AuditResult } from '../../src/audit/audit-result.js';
import { runAudit, type AuditDoors, type AuditOptions } from '../../src/audit/run-audit.js';
import type { Policy } from '../../src/config/policy.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { NOW } from './people.js';

/** Doors of an audit that nothing was before: all but the store. */
export function auditDoors(graph: GraphDoor, store: AuditDoors['store']): AuditDoors {
  let ids = 0;
  return {
    graph,
    store,
    clock: { now: () => NOW },
    random: { id: () => `id-${(ids += 1)}`, salt: () => 'a'.repeat(32), fraction: () => 0 },
    log: silentLog,
    progress: () => undefined,
    sleep: () => Promise.resolve(),
    announce: () => undefined,
  };
}

/** One audit on a store of its own, which is gone afterwards. */
export async function auditOnce(
  graph: GraphDoor,
  policy: Policy,
  change: Partial<AuditDoors> = {},
  options: AuditOptions = {},
): Promise<AuditResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'steward-audit-'));
  let ids = 0;
  const store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: () => `etag-${(ids += 1)}` });
  try {
    return await runAudit({ ...auditDoors(graph, store), ...change }, policy, options);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
