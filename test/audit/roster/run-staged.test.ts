import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import {
  canBeTakenBack,
  eraseStaged,
  keepStaged,
  stagedBy,
  stageRoster,
  takeRosterBack,
} from '../../../src/audit/roster/run-staged.js';
import { readRoster, rosterHead, storeRoster, type RosterDoc } from '../../../src/audit/roster/run-store.js';
import { ChangedMeanwhile, type Store } from '../../../src/store/store.js';
import { onBothStores } from '../../store/both-stores.js';
import { NOW } from '../../world/people.js';
import { at, crowd, failingAfter, pieceIds, rosterOf } from './stored-rosters.js';

const BY = '00000000-0000-4000-8000-000000000009' as UserId;
const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

function later(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

onBothStores((open) => {
  let store: Store;
  beforeEach(async () => {
    const [first] = await open(1);
    if (first === undefined) throw new Error('no store');
    store = first;
  });
  afterEach(() => store.close());

  async function stage(importId: string, now = NOW, people = 3): Promise<void> {
    const over = (await rosterHead(store))?.runId;
    await stageRoster(store, rosterOf(crowd(people, 1), { origin: `${importId}.csv` }), {
      ...{ importId, now, by: BY, over },
    });
  }

  async function keep(importId: string, now = NOW, on = store): Promise<RosterDoc> {
    const staged = await stagedBy(store, importId, { by: BY, now });
    if (staged === undefined) throw new Error('Nothing is staged.');
    return keepStaged(on, staged, now);
  }

  async function origin(now = NOW): Promise<string | undefined> {
    return (await readRoster(store, now))?.origin;
  }

  describe('A roster that is looked at', () => {
    test('does not hold before it is kept, and then holds whole', async () => {
      await storeRoster(store, rosterOf(crowd(2, 2)), at('old'));
      await stage('new');
      expect(await origin()).toBe('hr.csv');
      await keep('new', later(MINUTE));
      const roster = await readRoster(store, NOW);
      expect(roster).toMatchObject({ origin: 'new.csv', counts: { people: 3, left: 1 } });
      expect((await rosterHead(store))?.importedAt).toBe(later(MINUTE).toISOString());
    });

    test('is kept by whoever looked at it, within the hour', async () => {
      await stage('new');
      const other = '00000000-0000-4000-8000-000000000008' as UserId;
      expect(await stagedBy(store, 'new', { by: other, now: NOW })).toBeUndefined();
      expect(await stagedBy(store, 'new', { by: BY, now: later(61 * MINUTE) })).toBeUndefined();
      expect(await stagedBy(store, 'other', { by: BY, now: NOW })).toBeUndefined();
      expect(await stagedBy(store, 'new', { by: BY, now: later(59 * MINUTE) })).toBeDefined();
    });

    test('does not hold once another was imported, which stays whole', async () => {
      await stage('new');
      await storeRoster(store, rosterOf(crowd(4, 2)), at('other'));
      await expect(keep('new')).rejects.toThrow(ChangedMeanwhile);
      expect(await readRoster(store, NOW)).toMatchObject({ origin: 'hr.csv', counts: { people: 4 } });
    });

    test('that two keep at once holds, and is whole', async () => {
      await stage('new');
      const staged = await stagedBy(store, 'new', { by: BY, now: NOW });
      if (staged === undefined) throw new Error('Nothing is staged.');
      const both = await Promise.allSettled([keepStaged(store, staged, NOW), keepStaged(store, staged, NOW)]);
      expect(both.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
      expect(await readRoster(store, NOW)).toMatchObject({ origin: 'new.csv', counts: { people: 3 } });
    });

    test('does not hold by a slow click once a quick one has kept it and it was taken back', async () => {
      await stage('new');
      let go = (): void => {};
      const quick = new Promise<void>((resolve) => (go = resolve));
      const slowly: Store = {
        ...store,
        read: async (container, partition, id) => {
          const read = await store.read(container, partition, id);
          if (id === 'roster') await quick;
          return read as never;
        },
      };
      const slow = keep('new', NOW, slowly).catch((error: unknown) => error);
      const { runId } = await keep('new');
      await takeRosterBack(store, runId, NOW);
      go();
      expect(await slow).toBeInstanceOf(ChangedMeanwhile);
      expect(await origin()).toBeUndefined();
    });

    test('leaves the old one or the new one whole, wherever keeping it ends', async () => {
      for (let writes = 0; writes < 6; writes += 1) {
        await storeRoster(store, rosterOf(crowd(2, 2)), at(`old-${writes}`));
        await stage(`new-${writes}`);
        await keep(`new-${writes}`, NOW, failingAfter(store, writes)).catch(() => undefined);
        expect(['hr.csv', `new-${writes}.csv`]).toContain(await origin());
      }
    });
  });

  describe('What stood there before', () => {
    test('is put back whole, once', async () => {
      await storeRoster(store, rosterOf(crowd(2, 2)), at('old'));
      await stage('new');
      const { runId } = await keep('new');
      expect(await canBeTakenBack(store, runId, NOW)).toMatchObject({ holds: { origin: 'hr.csv' } });
      expect(await takeRosterBack(store, runId, later(DAY))).toMatchObject({ kind: 'takenBack' });
      expect(await readRoster(store, NOW)).toMatchObject({ origin: 'hr.csv', counts: { people: 2 } });
      expect(await takeRosterBack(store, runId, NOW)).toEqual({ kind: 'changedMeanwhile' });
      expect(await pieceIds(store)).toEqual(['roster-old/others-0']);
    });

    test('may be nothing', async () => {
      await stage('new');
      const { runId } = await keep('new');
      expect(await takeRosterBack(store, runId, NOW)).toEqual({ kind: 'takenBack', holds: undefined });
      expect(await origin()).toBeUndefined();
      expect(await pieceIds(store)).toEqual([]);
    });

    test('is put back for a week, and as long as nothing else was imported', async () => {
      await storeRoster(store, rosterOf(crowd(2, 2)), at('old'));
      await stage('new');
      const { runId } = await keep('new');
      expect(await takeRosterBack(store, runId, later(8 * DAY))).toEqual({ kind: 'tooLate' });
      await stage('newer');
      await keep('newer');
      expect(await takeRosterBack(store, runId, NOW)).toEqual({ kind: 'changedMeanwhile' });
      expect(await origin()).toBe('newer.csv');
    });

    test('cannot be put back twice: taking back what was put back leaves no tenant without a roster', async () => {
      await storeRoster(store, rosterOf(crowd(2, 2)), at('old'));
      await stage('first');
      const first = await keep('first');
      await stage('second');
      const second = await keep('second');
      expect(await takeRosterBack(store, second.runId, NOW)).toMatchObject({ kind: 'takenBack' });
      expect(await canBeTakenBack(store, first.runId, NOW)).toEqual({ kind: 'tooLate' });
      expect(await takeRosterBack(store, first.runId, NOW)).toEqual({ kind: 'tooLate' });
      expect(await origin()).toBe('first.csv');
    });

    test('of an import at a terminal is gone, so that it cannot be taken back', async () => {
      const { runId } = await storeRoster(store, rosterOf(crowd(2, 2)), at('old'));
      expect(await takeRosterBack(store, runId, NOW)).toEqual({ kind: 'tooLate' });
      expect(await origin()).toBe('hr.csv');
    });

    test('goes with an import at a terminal, and with the next one in chat', async () => {
      await storeRoster(store, rosterOf(crowd(2, 2)), at('first'));
      for (const importId of ['second', 'third']) {
        await stage(importId);
        await keep(importId);
      }
      expect(new Set((await pieceIds(store)).map((id) => id.split('/')[0]))).toEqual(
        new Set(['roster-second', 'roster-third']),
      );
      await storeRoster(store, rosterOf(crowd(2, 2)), at('fourth'));
      expect(await pieceIds(store)).toEqual(['roster-fourth/others-0']);
    });
  });

  describe('What nobody needs any more', () => {
    test('is erased: what was not kept after a day, what was replaced after a week', async () => {
      await storeRoster(store, rosterOf(crowd(2, 2)), at('old'));
      await stage('kept');
      await keep('kept');
      await stage('looked-at');
      await eraseStaged(store, later(MINUTE));
      expect(new Set((await pieceIds(store)).map((id) => id.split('/')[0])).size).toBe(3);
      await eraseStaged(store, later(2 * DAY));
      expect(await stagedBy(store, 'looked-at', { by: BY, now: NOW })).toBeUndefined();
      expect(new Set((await pieceIds(store)).map((id) => id.split('/')[0]))).toEqual(
        new Set(['roster-old', 'roster-kept']),
      );
      await eraseStaged(store, later(8 * DAY));
      expect(new Set((await pieceIds(store)).map((id) => id.split('/')[0]))).toEqual(
        new Set(['roster-kept']),
      );
      expect(await readRoster(store, NOW)).toMatchObject({ origin: 'kept.csv', counts: { people: 3 } });
      expect((await rosterHead(store))?.previous).toBeUndefined();
    });
  });
});
