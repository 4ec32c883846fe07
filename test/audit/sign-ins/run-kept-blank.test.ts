import { expect, test } from '@jest/globals';
import { keptSignIns } from '../../../src/audit/sign-ins/run-kept.js';
import { readSignIns, type SignIns } from '../../../src/audit/sign-ins/run-sign-ins.js';
import { signInEvidence } from '../../../src/audit/sign-ins/sign-in.js';
import type { Store } from '../../../src/store/store.js';
import { silentLog } from '../../../src/telemetry/log.js';
import { onBothStores } from '../../store/both-stores.js';
import { countingIds } from '../../store/ids.js';
import { graphWorld } from '../../world/graph-world.js';
import { aPerson, day, daysAgo, NOW, userId, type WorldPerson } from '../../world/people.js';

const MINUTE_MS = 60_000;
const ADA = userId('Ada');
const shown = [aPerson('Ada', { signIn: { successful: daysAgo(1) } })];
const blank = [aPerson('Ada', { signIn: 'absent' })];

onBothStores((open) => {
  async function readAt(store: Store, people: readonly WorldPerson[], minutes: number): Promise<SignIns> {
    const now = new Date(NOW.getTime() + minutes * MINUTE_MS);
    const newId = countingIds(`piece-${minutes}`);
    const graph = graphWorld(people);
    const doors = { graph, clock: { now: () => now }, progress: () => undefined, log: silentLog };
    return readSignIns(
      { ...doors, kept: keptSignIns({ store, newId }) },
      { hasEntraP1: true, held: new Map([[ADA, undefined]]), licensed: 157_000, olderThan: NOW },
    );
  }

  test.each([1, 16])(
    'who had no date while nobody had one is asked for anew %i minutes later',
    async (later) => {
      const [store] = (await open(1)) as [Store];
      const first = await readAt(store, blank, 0);
      expect(signInEvidence(first.rows.get(ADA), first.source, day('2024-01-01'))).toEqual({
        unknown: 'nobody in the tenant has a sign-in date',
      });
      const next = await readAt(store, shown, later);
      expect(next.plan.kept).toBe(0);
      expect(signInEvidence(next.rows.get(ADA), next.source, day('2024-01-01'))).toMatchObject({
        successful: { kind: 'on' },
      });
      await store.close();
    },
  );
});
