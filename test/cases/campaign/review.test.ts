import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openAdminDesk } from '../../../src/cases/admin/run-admin-desk.js';
import { csv, type CsvForm } from '../../../src/audit/csv/writer.js';
import type { Case } from '../../../src/cases/case.js';
import type { ReviewVerdict, SeenCase } from '../../../src/cases/campaign/run-review.js';
import { historyOf } from '../../../src/chat/run-read-model.js';
import { readBatch, REVIEW_COLUMNS, reviewRow } from '../../../src/cli/review-file.js';
import { reviewTable } from '../../../src/cli/review-text.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId } from '../../world/people.js';
import { actingPolicy, verbsOver } from '../../world/steward-world.js';

const DAY = 86_400_000;
const TIMETABLE =
  'timetable: { reminders: [], answerDue: P1D, deliverWithin: P1D, review: P4D, afterDecision: P1D, disableSignIn: P5D, convertMailbox: P5D, removeLicenses: P6D }';
const VETO: ReviewVerdict = { is: 'veto', reason: 'The project goes on' };

let world: CaseWorld;

beforeEach(async () => {
  const grace = aPerson('Grace', idle(1));
  const idlers = ['Ada', 'Ben', 'Cem'].map((name) => aPerson(name, { ...idle(150), manager: grace }));
  const others = ['Dora', 'Carl'].map((name) => aPerson(name, idle(1)));
  world = await aCaseWorld([grace, ...idlers, ...others], {
    policy: TIMETABLE,
    admins: [userId('Carl')],
  });
  await world.audit();
  await world.work();
  for (const name of ['Ada', 'Ben']) {
    const { caseId, version } = await caseOf(name);
    const answer = { kind: 'reclaim', reason: 'Gone' } as const;
    await world.desk.answer({ caseId, version, by: userId('Grace'), answer });
  }
  await world.work();
});

afterEach(() => world.close());

const caseOf = (name: string): Promise<Case> => world.caseOf(userId(name));
const seen = async (...names: readonly string[]): Promise<readonly SeenCase[]> =>
  Promise.all(names.map(async (name) => caseOf(name)));
const reviewed = async (verdict: ReviewVerdict, cases: readonly SeenCase[]): Promise<string> =>
  world.order({ order: 'review', verdict, cases });

async function pass(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    world.clock.advance(DAY);
    await world.work();
  }
}

describe('a decision in its review time', () => {
  it('goes on by itself after it, at its own date', async () => {
    await pass(3);
    expect((await caseOf('Ada')).state).toBe('decided');
    await pass(2);
    expect((await caseOf('Ada')).state).toBe('scheduled');
    expect((await world.graph.person(userId('Ada')))?.licenses).toHaveLength(1);
  });

  it('goes on at once when an admin releases it, and still takes nothing before its date', async () => {
    expect(await reviewed({ is: 'release' }, await seen('Ada', 'Ben'))).toBe(
      'done: Released: 2. The steps begin at their dates.',
    );
    expect((await caseOf('Ada')).state).toBe('scheduled');
    expect((await world.graph.person(userId('Ada')))?.licenses).toHaveLength(1);
  });

  it('that leaves everything to a person is not released: there is nothing to begin', async () => {
    // As whoever took the answer leaves it who ends before the task is written down.
    const { caseId } = await caseOf('Ada');
    const stored = await world.store.read<Case>('cases', caseId, caseId);
    if (stored?.doc.state !== 'decided') throw new Error('not decided');
    await world.store.replace<Case>('cases', { ...stored.doc, steps: [] }, stored.etag);
    expect(await reviewed({ is: 'release' }, await seen('Ada'))).toBe(
      `failed: Released: 0. Left as they are: 1 (Ada, ${caseId}: it has no steps: it becomes a task for a person).`,
    );
    await pass(5);
    expect((await caseOf('Ada')).state).toBe('needsPerson');
  });

  it('is not released by whoever gets the license', async () => {
    const carl = { id: userId('Carl'), displayName: 'Carl' };
    const { caseId } = await caseOf('Ada');
    const stored = await world.store.read<Case>('cases', caseId, caseId);
    if (stored?.doc.state !== 'decided' || stored.doc.decision.kind !== 'reclaim') throw new Error('not so');
    const decision = { ...stored.doc.decision, kind: 'reassign', receiver: carl } as const;
    await world.store.replace<Case>('cases', { ...stored.doc, decision }, stored.etag);
    const reviewedByCarl = { by: carl.id, release: await seen('Ada', 'Ben'), veto: [], reason: '' };
    expect(await openAdminDesk(world.doors).review(reviewedByCarl)).toEqual({
      ...{ kind: 'reviewed', released: 1, vetoed: 0 },
      left: [{ caseId, name: 'Ada', why: 'you get a license by it: somebody else has to release it' }],
    });
    expect((await caseOf('Ada')).state).toBe('decided');
  });

  it('ends when an admin vetoes it, tells whoever decided why, and leaves the person in peace', async () => {
    expect(await reviewed(VETO, await seen('Ada'))).toBe('done: Vetoed: 1. Nothing will be done there.');
    expect(await caseOf('Ada')).toMatchObject({
      state: 'cancelled',
      cause: 'vetoed',
      why: 'An administrator decided against it: The project goes on',
    });
    await world.work(60_000);
    const last = world.teams.edits.at(-1);
    expect(JSON.stringify(last?.card)).toContain('The project goes on');
    const before = (await caseOf('Ada')).caseId;
    await pass(1);
    await world.audit();
    expect((await caseOf('Ada')).caseId).toBe(before);
    await pass(20);
    expect((await world.graph.person(userId('Ada')))?.licenses).toHaveLength(1);
  });

  it('can be vetoed after its release as well, until the first step has begun', async () => {
    await reviewed({ is: 'release' }, await seen('Ada'));
    expect(await reviewed(VETO, await seen('Ada'))).toMatch(/^done: Vetoed: 1/);
    await pass(7);
    expect((await caseOf('Ben')).state).toBe('holding');
    const [ben] = await seen('Ben');
    expect(await reviewed(VETO, ben === undefined ? [] : [ben])).toBe(
      `failed: Vetoed: 0. Left as they are: 1 (Ben, ${ben?.caseId}: by now all steps are done and can still be undone).`,
    );
    expect((await caseOf('Ben')).state).toBe('holding');
  });

  it('keeps the reason of a veto out of what can never be erased', async () => {
    await reviewed(VETO, await seen('Ada'));
    const { caseId } = await caseOf('Ada');
    const lines = await historyOf(world.doors, caseId);
    expect(lines.at(-1)?.text).toBe(
      'test (terminal) decided against it; nothing is done: The project goes on',
    );
    for await (const chain of verifyHistory(world.store)) expect(chain.faults).toEqual([]);
    const where = [{ field: 'kind', is: '=', value: 'event' }] as const;
    for await (const { doc } of world.store.query({ container: 'cases', partition: caseId, where }))
      expect(JSON.stringify(doc)).not.toContain('project');
  });
});

describe('a list made before the policy changed', () => {
  it('releases nothing whose steps are other ones now', async () => {
    const batch = await seen('Ada', 'Ben');
    const slower = TIMETABLE.replace('removeLicenses: P6D', 'removeLicenses: P9D');
    const later = verbsOver({ ...world.doors, policy: actingPolicy(slower) }, world);
    expect(await later.order({ order: 'review', verdict: { is: 'release' }, cases: batch })).toMatch(
      /^failed: Released: 0.*its steps follow a policy that has changed: list it anew/,
    );
    const ada = await caseOf('Ada');
    expect(ada).toMatchObject({ state: 'decided', steps: [{ notBefore: '2026-12-02T06:00:00.000Z' }] });
    const anew = [{ caseId: ada.caseId, version: ada.version }];
    expect(await later.order({ order: 'review', verdict: { is: 'release' }, cases: anew })).toMatch(
      /^done: Released: 1/,
    );
  });
});

describe('a list of decisions', () => {
  async function listed(form?: CsvForm): Promise<Buffer> {
    const cases = await Promise.all(['Ada', 'Ben'].map(caseOf));
    const rows = cases.flatMap((c) => (c.state === 'decided' ? [reviewRow(c)] : []));
    return Buffer.from([...csv(REVIEW_COLUMNS, rows, form)].join(''));
  }

  function batchOf(bytes: Buffer): readonly SeenCase[] {
    const batch = readBatch(bytes);
    if ('why' in batch) throw new Error(batch.why);
    return batch.cases;
  }

  it('kept in a file, is carried out for the lines that are left in it', async () => {
    const bytes = await listed();
    expect(batchOf(bytes).map(({ caseId }) => caseId)).toEqual([
      (await caseOf('Ada')).caseId,
      (await caseOf('Ben')).caseId,
    ]);
    const saved = (await listed('semicolon')).toString('utf8').split('\r\n');
    const fewer = Buffer.from([saved[0], saved[2], ''].join('\n'));
    await reviewed({ is: 'release' }, batchOf(fewer));
    expect([(await caseOf('Ada')).state, (await caseOf('Ben')).state]).toEqual(['decided', 'scheduled']);
  });

  it('changes nothing where the case has moved on since, and says where', async () => {
    const batch = batchOf(await listed());
    const { caseId } = await caseOf('Ada');
    await world.desk.undo({ caseId, by: userId('Grace') });
    expect(await reviewed({ is: 'release' }, batch)).toBe(
      `done: Released: 1. The steps begin at their dates. Left as they are: 1 (Ada, ${caseId}: by now it is over, nothing was done).`,
    );
  });

  it('is refused where it is none', () => {
    expect(readBatch(Buffer.from('name\nAda\n'))).toEqual({ why: 'has no column caseId' });
    expect(readBatch(Buffer.from('caseId,version\n'))).toEqual({ why: 'has no line' });
    expect(readBatch(Buffer.from('caseId,version\nid-1,latest\n'))).toEqual({
      why: 'has a line without a case and its version',
    });
  });

  it('tells at a terminal what was decided, by whom, and when it begins', async () => {
    const ada = await caseOf('Ada');
    if (ada.state !== 'decided') throw new Error('Ada’s case is not decided.');
    const [, line] = reviewTable([ada]).split('\n');
    expect(line?.replaceAll(/ {2,}/g, '|')).toBe(
      'Ada|ada@harbor.example|reclaim|Grace|Microsoft 365 E3|no price|2026-11-27 06:00 UTC',
    );
  });
});
