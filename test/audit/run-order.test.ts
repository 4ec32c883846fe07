import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DoneRunDoc } from '../../src/audit/run-record.js';
import { doneRuns, latestRun, storeRun } from '../../src/audit/run-store.js';
import type { Store } from '../../src/store/store.js';
import { onBothStores } from '../store/both-stores.js';
import { aDoneAuditAt } from './a-done-audit.js';

describe('the newest run', () => {
  onBothStores((open) => {
    let store: Store;
    beforeEach(async () => {
      const [only] = await open(1);
      if (only === undefined) throw new Error('no store');
      store = only;
    });
    afterEach(() => store.close());

    async function ended(runId: string, startedAt: string, finishedAt = startedAt): Promise<void> {
      await storeRun(store, aDoneAuditAt(startedAt, finishedAt), runId, 'policy');
    }

    async function newest(): Promise<string | undefined> {
      return (await latestRun(store))?.id;
    }

    async function stored(runId: string): Promise<{ doc: DoneRunDoc; etag: string }> {
      const found = await store.read<DoneRunDoc>('runs', runId, runId);
      if (found === undefined) throw new Error(`no run ${runId}`);
      return found;
    }

    it('is not hidden by one that was stored under a clock that was ahead', async () => {
      await ended('ahead', '2027-11-16T06:00:00Z');
      await ended('right', '2026-11-23T06:00:00Z');
      expect(await newest()).toBe('right');
      await ended('next', '2026-11-30T06:00:00Z');
      expect(await newest()).toBe('next');
    });

    it('is not one that began before it and was stored after it', async () => {
      await ended('old', '2026-11-16T06:00:00Z');
      await ended('new', '2026-11-23T07:00:00Z');
      await ended('slow', '2026-11-23T06:00:00Z', '2026-11-23T08:00:00Z');
      expect(await newest()).toBe('new');
      await ended('next', '2026-11-30T06:00:00Z');
      expect(await newest()).toBe('next');
    });

    it('is the one that began last of two stored at the same moment', async () => {
      await ended('one', '2026-11-16T06:00:00Z');
      const { doc } = await stored('one');
      const twin = (id: string, startedAt: string) =>
        store.create('runs', { ...doc, id, runId: id, startedAt });
      await twin('two', '2026-11-16T06:20:00.000Z');
      await twin('three', '2026-11-16T06:10:00.000Z');
      expect(await newest()).toBe('two');
    });

    it('is found among records of an earlier version, which have no number', async () => {
      await ended('first', '2026-11-09T06:00:00Z');
      const { doc, etag } = await stored('first');
      const { seq: _seq, idle: _idle, measures: _measures, ...old } = doc;
      await store.replace('runs', old, etag);
      await store.create('runs', {
        ...old,
        id: 'second',
        runId: 'second',
        startedAt: '2026-11-16T06:00:00.000Z',
      });
      expect(await latestRun(store)).toMatchObject({ id: 'second', state: 'done' });
      await ended('third', '2026-11-23T06:00:00Z');
      expect(await newest()).toBe('third');
      expect((await doneRuns(store, 'startedAt')).map(({ id }) => id)).toEqual(['third', 'second', 'first']);
    });
  });
});
