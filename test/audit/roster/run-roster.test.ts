import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { importRoster, type RosterImport } from '../../../src/audit/roster/run-roster.js';
import { readRoster, rosterHead } from '../../../src/audit/roster/run-store.js';
import { openEmbeddedStore } from '../../../src/store/embedded-store.js';
import type { Store } from '../../../src/store/store.js';
import { countingIds } from '../../store/ids.js';
import { graphWorld, type GraphWorld } from '../../world/graph-world.js';
import { aPerson, day, NOW, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const PEOPLE = [aPerson('Ada'), aPerson('Béla'), aPerson('Former', { licenses: [] })];
const FILE = 'UPN,Status\nada@harbor.example,left\nformer@harbor.example,left\n';

let folder: string;
let store: Store;
const newId = countingIds('import');
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-roster-'));
  store = openEmbeddedStore(path.join(folder, 'store.db'), { newId: countingIds('etag') });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function imported(
  text: string,
  { graph = graphWorld(PEOPLE, { pageSize: 1 }), asOf = '2026-11-20', force = false } = {},
): Promise<RosterImport> {
  return importRoster(
    { graph, store, clock: { now: () => NOW }, random: { id: newId } },
    { bytes: Buffer.from(text), origin: 'hr.csv', asOf: day(asOf), force },
    policyOf(),
  );
}

describe('a user source', () => {
  test('is matched to everybody in the directory, licensed or not, and kept with its digest', async () => {
    const answer = await imported(FILE);
    expect(answer).toMatchObject({
      kind: 'stored',
      roster: { origin: 'hr.csv', asOf: '2026-11-20', counts: { rows: 2, people: 2, left: 2 } },
    });
    expect((await rosterHead(store))?.sha256).toBe(createHash('sha256').update(FILE).digest('hex'));
    const roster = await readRoster(store, NOW);
    expect(['Ada', 'Former', 'Béla'].map((name) => roster?.factOf(userId(name))?.status)).toEqual([
      'left',
      'left',
      undefined,
    ]);
  });

  test('that cannot be used costs Graph nothing', async () => {
    const graph: GraphWorld = graphWorld(PEOPLE);
    expect(await imported('Name\nAda\n', { graph })).toMatchObject({ kind: 'unusable' });
    expect(graph.calls.size).toBe(0);
  });

  test('stays as it was when the directory is not read to its end', async () => {
    await imported(FILE);
    const whole = graphWorld(PEOPLE);
    const graph: GraphWorld = {
      ...whole,
      async *directoryKeys() {
        yield [{ userId: userId('Ada'), userPrincipalName: 'ada@harbor.example', employeeId: undefined }];
        throw new Error('the second page failed');
      },
    };
    await expect(imported('UPN,Status\nada@harbor.example,active\n', { graph })).rejects.toThrow(
      'second page',
    );
    expect((await readRoster(store, NOW))?.factOf(userId('Ada'))?.status).toBe('left');
  });

  test('of the same day takes the place of the one before; one of an earlier day only by force', async () => {
    await imported(FILE);
    const other = 'UPN,Status\nada@harbor.example,active\n';
    expect(await imported(other, { asOf: '2026-11-19' })).toMatchObject({
      kind: 'refused',
      why: 'a newer one is kept already, hr.csv of 2026-11-20',
    });
    expect(await imported(other)).toMatchObject({ kind: 'stored' });
    expect(await imported(FILE, { asOf: '2026-11-19', force: true })).toMatchObject({ kind: 'stored' });
    expect((await rosterHead(store))?.asOf).toBe('2026-11-19');
  });

  test('in which many more have left than in the one before is kept by force alone', async () => {
    const people = Array.from({ length: 20 }, (_, n) => aPerson(`Worker ${n}`));
    const graph = graphWorld(people);
    const saying = (left: number): string =>
      [
        'UPN,Status',
        ...people.map((p, n) => `${p.person.userPrincipalName},${n < left ? 'left' : 'active'}`),
      ].join('\n');
    await imported(saying(1), { graph });
    expect(await imported(saying(6), { graph })).toMatchObject({ kind: 'stored' });
    expect(await imported(saying(20), { graph })).toMatchObject({
      kind: 'refused',
      why: '20 of 20 people (100.0 %) left, and 6 of 20 people (30.0 %) in the file before',
    });
    expect((await rosterHead(store))?.counts.left).toBe(6);
    expect(await imported(saying(20), { graph, force: true })).toMatchObject({ kind: 'stored' });
  });
});
