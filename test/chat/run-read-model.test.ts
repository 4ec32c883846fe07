import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Case } from '../../src/cases/case.js';
import { openReadModel } from '../../src/chat/run-read-model.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { CASES } from '../cards/a-case.js';
import { aDoneAudit } from '../audit/a-done-audit.js';
import { idleFor } from '../audit/back-test/idle-world.js';
import { storeRun } from '../../src/audit/run-store.js';
import { protectionId, type ChatProtection } from '../../src/audit/protection/chat-protection.js';
import { keepProtection } from '../../src/audit/protection/run-chat-protections.js';
import { networkFailure } from '../../src/graph/classify.js';
import type { GroupFacts } from '../../src/graph/graph-door.js';
import { aPerson, groupId, NOW, userId } from '../world/people.js';
import { policyOf } from '../world/policies.js';

const NO_GROUPS = {
  groupFacts: async () => new Map(),
  person: async () => undefined,
  findPeople: async () => [],
};

let folder: string;
let store: Store;

beforeEach(() => {
  let ids = 0;
  folder = mkdtempSync(path.join(tmpdir(), 'read-model-'));
  store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: () => String((ids += 1)) });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

async function stored(id: string, c: Case, change: Partial<Case> = {}): Promise<void> {
  await store.create('cases', { ...c, id, caseId: id, ...change } as Case);
}

function costing(minor: number): Pick<Case, 'annualCost'> {
  return { annualCost: { minor, currency: 'USD' } };
}

describe('What waits for the admins', () => {
  it('is what they decide and what they have to do, most expensive first', async () => {
    await stored('cheap', CASES.adminReview, costing(100));
    await stored('dear', CASES.needsPerson, costing(300));
    await stored('middle', CASES.adminReview, costing(200));
    await stored('unpriced', CASES.needsPerson, { annualCost: undefined });
    const found = await openReadModel({
      store,
      policy: policyOf(),
      clock: { now: () => NOW },
      graph: NO_GROUPS,
    }).forAdmins();
    expect(found.map((c) => c.caseId)).toEqual(['dear', 'middle', 'cheap', 'unpriced']);
  });

  it('is nothing that waits for others, or that is for HR alone', async () => {
    for (const state of ['asked', 'hrReview', 'holding', 'closed'] as const)
      await stored(state, CASES[state]);
    await stored('executive', CASES.adminReview, { protections: ['executive'] });
    await stored('leave', CASES.needsPerson, { protections: ['onLeave'] });
    expect(
      await openReadModel({
        store,
        policy: policyOf(),
        clock: { now: () => NOW },
        graph: NO_GROUPS,
      }).forAdmins(),
    ).toEqual([]);
  });
});

describe('Thresholds', () => {
  const model = () =>
    openReadModel({ store, policy: policyOf(), clock: { now: () => NOW }, graph: NO_GROUPS });

  it('are tested on the evidence of the latest run, once there is one', async () => {
    expect(await model().backTest([60])).toBeUndefined();
    await storeRun(store, aDoneAudit({ idle: [idleFor('Ann', 100), idleFor('Ben', 70)] }), 'run-1', 'policy');
    expect(await model().backTest([60, 90])).toMatchObject({
      runId: 'run-1',
      thresholds: [
        { days: 60, people: 2 },
        { days: 90, people: 1 },
      ],
      earlier: [],
    });
  });
});

describe('What a page of a person names', () => {
  const ADA = userId('Ada');
  const failing = (): never => {
    throw networkFailure('users.get', undefined, 'the connection was cut');
  };
  const model = (graph: Partial<Parameters<typeof openReadModel>[0]['graph']>) =>
    openReadModel({
      store,
      policy: policyOf(),
      clock: { now: () => NOW },
      graph: { ...NO_GROUPS, ...graph },
    });

  it('is read from the directory, and missing where that cannot be read', async () => {
    const sales = groupId('Sales');
    const groupFacts = async () => new Map([[sales, { displayName: 'Sales' } as GroupFacts]]);
    const named = model({ groupFacts, person: async () => aPerson('Ada').person });
    expect(await named.groupNames([sales])).toEqual(new Map([[sales, 'Sales']]));
    expect(await named.nameOf(ADA)).toBe('Ada');
    const away = model({ groupFacts: async () => failing(), person: async () => failing() });
    expect(await away.groupNames([sales])).toEqual(new Map());
    expect(await away.nameOf(ADA)).toBeUndefined();
    expect(await model({}).nameOf(ADA)).toBeUndefined();
  });

  it('has a protection of chat up to its last day', async () => {
    const protection: ChatProtection = {
      id: protectionId(ADA),
      kind: 'chatProtection',
      userId: ADA,
      displayName: 'Ada',
      userPrincipalName: 'ada@harbor.example',
      how: 'exempt',
      reason: 'On a project',
      by: { id: userId('Alex'), displayName: 'Alex' },
      at: NOW.toISOString(),
    };
    expect(await model({}).protectionOf(ADA)).toBeUndefined();
    await keepProtection(store, { ...protection, until: '2026-11-23' });
    expect(await model({}).protectionOf(ADA)).toMatchObject({ reason: 'On a project' });
    await keepProtection(store, { ...protection, until: '2026-11-22' });
    expect(await model({}).protectionOf(ADA)).toBeUndefined();
  });
});
