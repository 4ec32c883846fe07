import { describe, expect, test } from '@jest/globals';
import { keptSignIns, NOTHING_KEPT } from '../../../src/audit/sign-ins/run-kept.js';
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

describe('while dates come to be shown', () => {
  const names = Array.from({ length: 45 }, (_, at) => `Person${at + 10}`);
  const held = new Map(names.map((name) => [userId(name), undefined]));
  const worked = (name: string): WorldPerson => aPerson(name, { signIn: { successful: daysAgo(1) } });
  const never = (name: string): WorldPerson => aPerson(name, { signIn: 'absent' });

  /** An audit of people by id; the answers to so many first requests have no dates. */
  async function readBlankFirst(people: readonly WorldPerson[], requests: number): Promise<SignIns> {
    const [real, blankNow] = [
      graphWorld(people),
      graphWorld(people.map(({ person }) => never(person.displayName))),
    ];
    let asked = 0;
    const signInsOf: typeof real.signInsOf = (ids) => {
      asked += 1;
      return (asked > requests ? real : blankNow).signInsOf(ids);
    };
    const doors = {
      graph: { ...real, signInsOf },
      clock: { now: () => NOW },
      progress: () => undefined,
      log: silentLog,
      kept: NOTHING_KEPT,
    };
    const need = { hasEntraP1: true, held, licensed: 157_000, olderThan: NOW, wereInSweep: false };
    return readSignIns(doors, need);
  }

  test.each([0, 1, 2])(
    'nobody is taken for never signed in because of %i answers before',
    async (requests) => {
      const { rows, source } = await readBlankFirst(names.map(worked), requests);
      for (const id of held.keys())
        expect(signInEvidence(rows.get(id), source, day('2024-01-01'))).toMatchObject({
          successful: { kind: 'on' },
        });
    },
  );

  test('whoever is asked for once more and has none never signed in', async () => {
    const people = names.map((name, at) => (at === 0 ? never(name) : worked(name)));
    const { rows, source } = await readBlankFirst(people, 1);
    expect(rows.size).toBe(names.length);
    expect(signInEvidence(rows.get(userId('Person10')), source, day('2024-01-01'))).toMatchObject({
      successful: { kind: 'none' },
    });
  });
});
