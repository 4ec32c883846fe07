import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { findingsOf, latestRun } from '../../src/audit/run-store.js';
import type { RunDoc } from '../../src/audit/run-record.js';
import { erased, isToErase, type OverCase } from '../../src/cases/erasing.js';
import type { Case, CaseId, Instant } from '../../src/cases/case.js';
import { readSavings } from '../../src/cases/admin/run-savings.js';
import { pointerId } from '../../src/cases/person-pointer.js';
import { note } from '../../src/cases/run-note.js';
import { eraseOld } from '../../src/cases/run-erasing.js';
import { allCases } from '../../src/chat/run-read-model.js';
import { verifyHistory } from '../../src/store/case-history.js';
import { CONTAINERS, type Container } from '../../src/store/store.js';
import { chatCard } from '../../src/cards/case-card.js';
import { CASES } from '../cards/a-case.js';
import { aCaseWorld, type CaseWorld } from '../world/case-world.js';
import { aPerson, groupId, idle, userId } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { at, closed } from './savings/a-taking.js';

const DAY = 86_400_000;
const ADA = userId('Ada');

let world: CaseWorld;

beforeEach(async () => {
  const grace = aPerson('Grace', idle(1));
  const ada = aPerson('Ada', { ...idle(150), manager: grace, department: 'Lighthouse' });
  const others = ['Dora', 'Eve', 'Fay'].map((name) => aPerson(name, idle(1)));
  const crew = { id: groupId('crew'), displayName: 'Adas own crew', isTeam: true, isSole: true };
  world = await aCaseWorld([grace, ada, ...others], {
    policy: 'privacy: { retainDays: 30 }',
    owned: new Map([[ADA, [crew]]]),
  });
  await world.audit();
  await world.work();
  const { caseId, version } = await world.caseOf(ADA);
  const answer = { kind: 'keep', reason: 'She writes the Lighthouse report', until: '2026-11-25' } as const;
  await world.desk.answer({ caseId, version, by: userId('Grace'), answer });
});

afterEach(() => world.close());

async function days(count: number): Promise<void> {
  world.clock.advance(count * DAY);
  await world.work();
}

/** Every document of the store as text. */
async function everything(): Promise<string> {
  const texts: string[] = [];
  for (const container of Object.keys(CONTAINERS) as Container[])
    for await (const { doc } of world.store.query({ container, where: [] })) texts.push(JSON.stringify(doc));
  return texts.join('\n');
}

describe('personal data of a case that is over', () => {
  it('stay for privacy.retainDays after its end, and not a day longer', async () => {
    const { caseId } = await world.caseOf(ADA);
    await days(4);
    expect((await world.caseOf(ADA)).state).toBe('closed');
    await days(29);
    await eraseOld(world.doors);
    expect((await world.caseOf(ADA)).subject.displayName).toBe('Ada');
    await days(2);
    await world.order({ order: 'audit' });
    const stored = await world.store.read<Awaited<ReturnType<typeof world.caseOf>>>('cases', caseId, caseId);
    expect(stored?.doc).toMatchObject({ state: 'closed', subject: { displayName: 'Erased' }, userId: '' });
    expect(stored?.doc.licenses).toHaveLength(1);
    expect(await allCases(world.doors)).toEqual([]);
  });

  it('are nowhere in the store then, but for the newest audit, and the history is intact', async () => {
    const { caseId, version: shows } = await world.caseOf(ADA);
    const message = {
      conversationId: 'chat',
      activityId: 'opened-card',
      serviceUrl: 'https://teams.example/',
    };
    await world.desk.keepCard({ caseId, by: userId('Grace'), message, shows });
    expect(await everything()).toContain('opened-card');
    expect(await everything()).toContain('own crew');
    await days(4);
    await days(40);
    await eraseOld(world.doors);
    for await (const { doc } of world.store.query({ container: 'meta', where: [] }))
      if (doc.kind === 'signIns') await world.store.remove('meta', doc.id, doc.id);
    // The findings of the newest audit are what the next is compared with.
    const run = await latestRun(world.store);
    for await (const { doc } of world.store.query({
      container: 'runs',
      partition: run?.runId ?? '',
      where: [],
    }))
      await world.store.remove('runs', run?.runId ?? '', doc.id);
    const text = await everything();
    for (const secret of ['Ada', 'ada@', 'Lighthouse', 'Grace', ADA, 'opened-card', 'own crew'])
      expect(text).not.toContain(secret);
    let chains = 0;
    for await (const chain of verifyHistory(world.store)) {
      expect(chain.faults).toEqual([]);
      expect(chain.erased.length).toBe(chain.seq);
      chains += 1;
    }
    expect(chains).toBe(1);
  });

  it('are erased once, and a crash before the end is made good by the next try', async () => {
    await days(4);
    await days(40);
    let calls = 0;
    const store = {
      ...world.store,
      replace: () => {
        calls += 1;
        return Promise.reject(new Error('The process ends.'));
      },
    };
    await expect(eraseOld({ ...world.doors, store })).rejects.toThrow('The process ends.');
    expect(calls).toBe(1);
    expect(await world.store.read('meta', pointerId(ADA), pointerId(ADA))).toBeUndefined();
    await eraseOld(world.doors);
    expect(await allCases(world.doors)).toEqual([]);
    await eraseOld(world.doors);
  });

  it('come back with no note, such as that somebody has looked at the card of an erased case', async () => {
    const { caseId } = await world.caseOf(ADA);
    await days(4);
    await days(40);
    await eraseOld(world.doors);
    const stored = await world.store.read<Case>('cases', caseId, caseId);
    if (stored === undefined) throw new Error('no case');
    expect(stored.doc.erasedAt).toBeDefined();
    const hanna = { id: userId('Hanna'), displayName: 'Hanna' };
    const noted = await note(world.doors, stored, { type: 'viewed', actor: hanna, lease: 'keep' });
    expect(noted).toEqual(stored);
    expect(await world.store.read<Case>('cases', caseId, caseId)).toEqual(stored);
    expect(await everything()).not.toContain('Hanna');
  });

  it('change no figure of what was saved, whichever case is erased first', async () => {
    const twice = ['2026-01-01', '2026-03-01'].map((day, number) =>
      closed({
        ...{ id: `case-${number}`, caseId: `case-${number}` as CaseId, userId: ADA, openedAt: at(day) },
        closedAt: at(`2026-0${2 + 2 * number}-01`),
      }),
    );
    for (const c of twice.toReversed()) await world.store.create('cases', c);
    const before = (await readSavings(world.doors)).savings;
    expect(before).toMatchObject({ heldAgain: 1, rows: [{ month: '2026-04', seats: 1 }] });
    await eraseOld(world.doors);
    expect(JSON.stringify(await world.store.read('cases', 'case-1', 'case-1'))).not.toContain(ADA);
    expect((await readSavings(world.doors)).savings).toEqual(before);
  });

  it('leave the person free to be found anew', async () => {
    await days(4);
    await days(40);
    await eraseOld(world.doors);
    expect(await world.store.read('meta', pointerId(ADA), pointerId(ADA))).toBeUndefined();
  });
});

test('a gift still says what was given, and an older one that nobody can tell any more', () => {
  const at = '2027-06-01T00:00:00.000Z' as Instant;
  const licenses = CASES.closed.licenses;
  const gift = { ...CASES.closed, scenario: 'given', outcome: 'given', gave: licenses } as OverCase;
  const view = { policy: policyOf(''), now: at, timeZone: 'Etc/UTC', locale: 'en' } as const;
  const shown = (c: Case): string => JSON.stringify(chatCard(c, view));
  expect(shown(erased(gift, at))).toContain('Given for good: ');
  const { gave: _gone, ...older } = erased(gift, at) as OverCase & { gave: unknown };
  expect(shown(older as Case)).toContain('The details were erased');
  expect(shown(older as Case)).not.toContain('it was there already');
  const cancelled = { ...CASES.cancelled, scenario: 'given' } as OverCase;
  expect(shown(erased(cancelled, at))).toContain('Nothing was given: The details were erased');
});

describe('a case that is over', () => {
  const now = '2027-06-01T00:00:00.000Z' as Instant;

  it('is not erased while it keeps its person from being asked about again', () => {
    const policy = policyOf('privacy: { retainDays: 30 }\ninactivity: { days: 90 }');
    const closedAt = '2027-04-01T00:00:00.000Z' as Instant;
    expect(isToErase({ ...CASES.undone, closedAt }, policy, now)).toBe(false);
    expect(isToErase({ ...CASES.closed, closedAt }, policy, now)).toBe(true);
    expect(isToErase({ ...CASES.undone, closedAt: '2027-02-01T00:00:00.000Z' as Instant }, policy, now)).toBe(
      true,
    );
  });

  it.each(['opened', 'asked', 'kept', 'holding', 'needsPerson'] as const)(
    'never as long as it is %s',
    (state) => {
      expect(isToErase(CASES[state], policyOf('privacy: { retainDays: 1 }'), now)).toBe(false);
    },
  );

  it.each(['closed', 'cancelled', 'undone'] as const)(
    '%s, keeps nothing that somebody wrote or is called',
    (state) => {
      const text = JSON.stringify(erased(CASES[state], now));
      expect(text).not.toMatch(/Adele|Megan|Isaiah|contoso|Retail|@/i);
      expect(erased(CASES[state], now)).toMatchObject({
        state,
        erasedAt: now,
        licenses: CASES[state].licenses,
      });
    },
  );
});

describe('audits', () => {
  it('lose their findings and evidence, but not their figures, and never the newest', async () => {
    const first = await latestRun(world.store);
    await days(4);
    await world.audit();
    const second = await latestRun(world.store);
    expect(second?.runId).not.toBe(first?.runId);
    await days(60);
    await eraseOld(world.doors);
    const runId = first?.runId ?? '';
    const stored = await world.store.read<RunDoc>('runs', runId, runId);
    expect(stored?.doc).toMatchObject({ isErased: true, figures: first?.figures });
    const ids: string[] = [];
    for await (const { doc } of world.store.query({ container: 'runs', partition: runId, where: [] }))
      ids.push(doc.id);
    expect(ids).toEqual([runId]);
    const kept: string[] = [];
    for await (const { userId: id } of findingsOf(world.store, second?.runId ?? '')) kept.push(id);
    expect(kept).toContain(ADA);
  });
});
