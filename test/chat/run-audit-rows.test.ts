import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { statesOf } from '../../src/chat/query/case-states.js';
import type { Finding } from '../../src/audit/finding.js';
import type { FindingDoc } from '../../src/audit/run-record.js';
import { storeRun } from '../../src/audit/run-store.js';
import { readQuery } from '../../src/chat/query/read-query.js';
import { openAuditRows } from '../../src/chat/run-audit-rows.js';
import { keepQuestion, lastQuestion, REMEMBERED_MS } from '../../src/chat/run-last-question.js';
import { openReadModel } from '../../src/chat/run-read-model.js';
import type { CaseId } from '../../src/cases/case.js';
import { eraseOld } from '../../src/cases/run-erasing.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Query, Store } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { aDoneAuditAt } from '../audit/a-done-audit.js';
import { ADMIN, CASES, MANAGER } from '../cards/a-case.js';
import { NOW, userId } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { FINDINGS, VOCABULARY } from './query/a-tenant.js';

const NO_GROUPS = {
  groupFacts: async () => new Map(),
  person: async () => undefined,
  findPeople: async () => [],
};

let folder: string;
let store: Store;
/** Queries for findings that the store was asked. */
let reads: number;
let broken: boolean;
let now: number;

beforeEach(() => {
  let ids = 0;
  folder = mkdtempSync(path.join(tmpdir(), 'audit-rows-'));
  const embedded = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: () => String((ids += 1)) });
  reads = 0;
  broken = false;
  now = NOW.getTime();
  store = {
    ...embedded,
    query: (query: Query) => {
      if (query.partition !== undefined) {
        reads += 1;
        if (broken) throw new Error('the store is away');
      }
      return embedded.query(query);
    },
  };
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const clock = { now: () => new Date(now) };

function audited(runId: string, at: string, findings: readonly Finding[]): Promise<unknown> {
  return storeRun(store, aDoneAuditAt(at, at, { findings }), runId, 'policy');
}

const names = (rows: readonly { readonly displayName: string }[] = []): readonly string[] =>
  rows.map(({ displayName }) => displayName).sort();

describe('The rows of the latest audit', () => {
  it('are read once for each audit, also when two ask at once', async () => {
    await audited('run-1', '2026-11-20T06:00:00.000Z', FINDINGS);
    const latest = openAuditRows(store);
    const [one, other] = await Promise.all([latest(), latest()]);
    expect(one?.rows).toHaveLength(10);
    expect([other, await latest()]).toEqual([one, one]);
    expect(reads).toBe(1);
    await audited('run-2', '2026-11-21T06:00:00.000Z', FINDINGS.slice(0, 1));
    expect(names((await latest())?.rows)).toEqual(['Ada']);
    expect(reads).toBe(2);
  });

  it('come with the products that cannot be shown to be unused, which can be asked for by any name', async () => {
    const visio = { partNumber: 'VISIOCLIENT', name: 'Visio Plan 2', why: { kind: 'leftOut' } } as const;
    const result = aDoneAuditAt('2026-11-20T06:00:00.000Z', undefined, { unproven: [visio] });
    await storeRun(store, result, 'run-1', 'policy');
    const latest = await openAuditRows(store)();
    expect(latest?.unproven).toEqual([visio]);
    const asked = readQuery('who never used Visio', latest?.vocabulary ?? VOCABULARY);
    expect(asked).toMatchObject({ kind: 'query', query: { conditions: [{ values: ['Visio Plan 2'] }, {}] } });
  });

  it('are not there before the first audit', async () => {
    expect(await openAuditRows(store)()).toBeUndefined();
  });

  it('are read anew after a reading that failed', async () => {
    await audited('run-1', '2026-11-20T06:00:00.000Z', FINDINGS);
    const latest = openAuditRows(store);
    broken = true;
    await expect(latest()).rejects.toThrow('the store is away');
    broken = false;
    expect((await latest())?.rows).toHaveLength(10);
  });

  it('have nobody whom only HR may see, by the list of a finding or by what protects them', async () => {
    await audited('run-1', '2026-11-20T06:00:00.000Z', FINDINGS);
    const ben = await store.read<FindingDoc>('runs', 'run-1', userId('Ben'));
    if (ben === undefined) throw new Error('no finding');
    await store.replace('runs', { ...ben.doc, list: 'hr' } as FindingDoc, ben.etag);
    const chief = await store.read<FindingDoc>('runs', 'run-1', userId('Chiara'));
    if (chief === undefined) throw new Error('no finding');
    await store.replace('runs', { ...chief.doc, list: 'inactive' } as FindingDoc, chief.etag);
    const audit = await openAuditRows(store)();
    expect(names(audit?.rows)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/Ben|Chiara|Lea|Svc/)]),
    );
    expect([...(audit?.vocabulary.spoken.keys() ?? [])]).not.toContain('board');
  });

  it('are none of people of whom there are too many', async () => {
    await audited('run-1', '2026-11-20T06:00:00.000Z', FINDINGS);
    const audit = await openAuditRows(store, 2)();
    expect([...(audit?.tooMany ?? [])]).toEqual(['candidates']);
    expect(names(audit?.rows)).toEqual(['Gus', 'Uli', 'Uma']);
  });
});

describe('What the chat reads of a person', () => {
  const model = () => openReadModel({ store, policy: policyOf(), clock, graph: NO_GROUPS });

  it('is found by the start of a name or address, and never of people for HR alone', async () => {
    await audited('run-1', '2026-11-20T06:00:00.000Z', FINDINGS);
    const reader = model();
    expect(await reader.findPerson('ad', 'cases', ADMIN.id)).toMatchObject({
      kind: 'one',
      displayName: 'Ada',
    });
    expect(await reader.findPerson('BEN@harbor', 'cases', ADMIN.id)).toMatchObject({
      kind: 'one',
      displayName: 'Ben',
    });
    expect(await reader.findPerson('u', 'cases', ADMIN.id)).toMatchObject({ kind: 'several' });
    for (const name of ['Chiara', 'Lea', 'Svc']) {
      expect(await reader.findPerson(name, 'cases', ADMIN.id)).toEqual({ kind: 'none' });
      expect(await reader.findingOf(userId(name))).toBeUndefined();
    }
    expect((await reader.findingOf(userId('Ada')))?.person.displayName).toBe('Ada');
  });

  it('is as likely somebody without a case, where all about the person is wanted', async () => {
    await audited('run-1', '2026-11-20T06:00:00.000Z', FINDINGS);
    await store.create('cases', {
      ...CASES.asked,
      ...{ id: 'of-uma', caseId: 'of-uma' as CaseId, userId: userId('Uma') },
      subject: { ...CASES.asked.subject, displayName: 'Uma', userPrincipalName: 'uma@harbor.example' },
    });
    const reader = model();
    expect(await reader.findPerson('u', 'cases', ADMIN.id)).toMatchObject({
      kind: 'one',
      displayName: 'Uma',
    });
    const everybody = await reader.findPerson('u', 'everybody', ADMIN.id);
    expect(everybody.kind === 'several' && everybody.names.map(({ displayName }) => displayName)).toEqual([
      'Uli',
      'Uma',
    ]);
    // By her own case Uma learns nothing of it.
    expect(await reader.findPerson('u', 'cases', userId('Uma'))).toEqual(everybody);
    // All of a name goes before the beginning of another one, and nobody is there twice.
    expect(await reader.findPerson('UMA', 'everybody', ADMIN.id)).toMatchObject({
      kind: 'one',
      userId: userId('Uma'),
    });
    expect(await reader.findPerson('uli@', 'everybody', ADMIN.id)).toMatchObject({
      kind: 'one',
      displayName: 'Uli',
    });
    expect(await reader.findPerson(' ', 'everybody', ADMIN.id)).toEqual({ kind: 'none' });
  });

  it('has the state of the newest case that is not sealed', async () => {
    await store.create('cases', {
      ...CASES.kept,
      id: 'old',
      caseId: 'old',
      openedAt: '2026-10-01T00:00:00.000Z',
    } as never);
    await store.create('cases', {
      ...CASES.asked,
      id: 'new',
      caseId: 'new',
      openedAt: '2026-11-01T00:00:00.000Z',
    } as never);
    await store.create('cases', {
      ...CASES.hrReview,
      ...{ id: 'sealed', caseId: 'sealed', openedAt: '2026-11-02T00:00:00.000Z' },
    } as never);
    expect([...statesOf(await model().unsealedCases())]).toEqual([[CASES.asked.userId, 'asked']]);
  });
});

describe('The question before', () => {
  const doors = () => ({ store, clock });

  it('is the asker’s own and newest, for half an hour', async () => {
    await keepQuestion(doors(), ADMIN.id, 'first');
    await keepQuestion(doors(), MANAGER.id, 'another');
    await keepQuestion(doors(), ADMIN.id, 'second');
    expect(await lastQuestion(doors(), ADMIN.id)).toBe('second');
    now += REMEMBERED_MS;
    expect(await lastQuestion(doors(), ADMIN.id)).toBe('second');
    now += 1;
    expect(await lastQuestion(doors(), ADMIN.id)).toBeUndefined();
  });

  it('of a clock that was set back is no question before', async () => {
    await keepQuestion(doors(), ADMIN.id, 'first');
    now -= 1;
    expect(await lastQuestion(doors(), ADMIN.id)).toBeUndefined();
  });

  it('is one row, whoever writes at the same moment, and none that is too long', async () => {
    await Promise.all(['a', 'b', 'c'].map((text) => keepQuestion(doors(), ADMIN.id, text)));
    expect(['a', 'b', 'c']).toContain(await lastQuestion(doors(), ADMIN.id));
    await keepQuestion(doors(), MANAGER.id, 'x'.repeat(5_000));
    expect(await lastQuestion(doors(), MANAGER.id)).toBeUndefined();
  });

  it('is gone from the store a day later, because it may name people', async () => {
    await keepQuestion(doors(), ADMIN.id, 'first');
    const row = () => store.read('refs', `question-${ADMIN.id}`, `question-${ADMIN.id}`);
    now += 23 * 3_600_000;
    await eraseOld({ store, clock, policy: policyOf(), log: silentLog });
    expect(await row()).toBeDefined();
    now += 3_600_000;
    await eraseOld({ store, clock, policy: policyOf(), log: silentLog });
    expect(await row()).toBeUndefined();
  });
});
