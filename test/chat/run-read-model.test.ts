import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Case } from '../../src/cases/case.js';
import { openReadModel } from '../../src/chat/run-read-model.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { CASES } from '../cards/a-case.js';

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
    const found = await openReadModel({ store }).forAdmins();
    expect(found.map((c) => c.caseId)).toEqual(['dear', 'middle', 'cheap', 'unpriced']);
  });

  it('is nothing that waits for others, or that is for HR alone', async () => {
    for (const state of ['asked', 'hrReview', 'holding', 'closed'] as const)
      await stored(state, CASES[state]);
    await stored('executive', CASES.adminReview, { protections: ['executive'] });
    await stored('leave', CASES.needsPerson, { protections: ['onLeave'] });
    expect(await openReadModel({ store }).forAdmins()).toEqual([]);
  });
});
