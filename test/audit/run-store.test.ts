import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditResult, DoneAudit } from '../../src/audit/audit-result.js';
import type { FindingDoc } from '../../src/audit/run-record.js';
import { findingOfPerson, findingsOf, latestRun, storeRun } from '../../src/audit/run-store.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { graphWorld } from '../world/graph-world.js';
import { aPerson, idle, userId, type WorldPerson } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { GOLDEN_PEOPLE, GOLDEN_POLICY } from './golden-tenant.js';
import { auditOnce } from '../world/audit-once.js';

let directory: string;
let store: Store;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'steward-runs-'));
  let ids = 0;
  store = openEmbeddedStore(join(directory, 'steward.db'), { newId: () => `etag-${(ids += 1)}` });
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

describe('a stored run', () => {
  test('gives back its figures, its position and its findings', async () => {
    const result = await golden();
    await storeRun(store, result, 'run-1', 'policy');
    const run = await latestRun(store);
    expect(run).toMatchObject({
      id: 'run-1',
      state: 'done',
      startedAt: '2026-11-23T06:00:00.000Z',
      reportRefreshed: '2026-11-21',
      signInsReadAt: '2026-11-23T06:00:00.000Z',
      figures: result.figures,
      caveats: result.caveats,
    });
    expect(run?.position).toEqual(result.position);
    const docs = await allOf(store, 'run-1');
    const byId = new Map(docs.map((doc) => [doc.userId, doc.finding]));
    expect(docs).toHaveLength(result.findings.length);
    for (const finding of result.findings) expect(byId.get(finding.person.id)).toEqual(finding);
  });

  test('marks what only HR may see', async () => {
    await storeRun(store, await golden(), 'run-1', 'policy');
    expect(await findingOfPerson(store, 'run-1', userId('Exempt chief'))).toMatchObject({
      list: 'hr',
      scenario: 'inactive',
    });
    expect(await findingOfPerson(store, 'run-1', userId('Dana'))).toMatchObject({ list: 'inactive' });
    expect(await findingOfPerson(store, 'run-1', userId('Boss'))).toBeUndefined();
  });

  test('the newest complete one is found; stopped ones are kept beside', async () => {
    const result = await golden();
    const at = (day: string) => ({
      startedAt: new Date(`${day}T06:00:00Z`),
      finishedAt: new Date(`${day}T06:10:00Z`),
    });
    expect(await latestRun(store)).toBeUndefined();
    await storeRun(store, { ...result, ...at('2026-11-09') }, 'run-a', 'policy');
    await storeRun(store, { ...result, ...at('2026-11-16') }, 'run-b', 'policy');
    const stopped: AuditResult = {
      kind: 'stopped',
      ...at('2026-11-23'),
      why: ['concealed'],
      figures: { members: 3 },
    };
    expect(await storeRun(store, stopped, 'run-c', 'policy')).toMatchObject({
      state: 'stopped',
      why: ['concealed'],
    });
    expect((await latestRun(store))?.id).toBe('run-b');
    expect(await allOf(store, 'run-c')).toEqual([]);
  });
});

describe('a crash while storing', () => {
  const people = [
    aPerson('Worker'),
    ...Array.from({ length: 450 }, (_, n) => aPerson(`Idler ${n}`, idle(120))),
  ];

  test('at any write leaves no run that looks complete, and a second try finishes it', async () => {
    const result = await auditOf(people);
    for (let writes = 0; writes < 6; writes += 1) {
      const runId = `run-${writes}`;
      await expect(storeRun(failingAfter(store, writes), result, runId, 'policy')).rejects.toThrow('crashed');
      expect(await latestRun(store)).toBeUndefined();
    }
    await storeRun(store, result, 'run-3', 'policy');
    expect((await latestRun(store))?.id).toBe('run-3');
    expect(await allOf(store, 'run-3')).toHaveLength(450);
  });

  test('storing a complete run again changes nothing', async () => {
    const result = await auditOf(people.slice(0, 3));
    const first = await storeRun(store, result, 'run-1', 'policy');
    const again = await storeRun(store, { ...result, findings: [] }, 'run-1', 'policy');
    expect(again).toEqual(first);
    expect(await allOf(store, 'run-1')).toHaveLength(2);
  });
});

/** A store that dies after so many writes; a batch is one write. */
function failingAfter(real: Store, writes: number): Store {
  let left = writes;
  const spend = (): void => {
    if (left === 0) throw new Error('crashed');
    left -= 1;
  };
  return {
    ...real,
    create: async (container, doc) => {
      spend();
      return real.create(container, doc);
    },
    batch: async (container, partition, operations) => {
      spend();
      expect(operations.length).toBeLessThanOrEqual(100);
      return real.batch(container, partition, operations);
    },
  };
}

async function allOf(from: Store, runId: string): Promise<readonly FindingDoc[]> {
  const docs: FindingDoc[] = [];
  for await (const doc of findingsOf(from, runId)) docs.push(doc);
  return docs;
}

function golden(): Promise<DoneAudit> {
  return auditOf(GOLDEN_PEOPLE, GOLDEN_POLICY);
}

async function auditOf(people: readonly WorldPerson[], policy = policyOf()): Promise<DoneAudit> {
  const result = await auditOnce(graphWorld(people), policy);
  if (result.kind === 'stopped') throw new Error(result.why.join('\n'));
  return result;
}
