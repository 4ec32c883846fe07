import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { Sku } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../world/case-world.js';
import { aPerson, idle, userId } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const grace = aPerson('Grace', idle(1));
const active = ['Bob', 'Carl', 'Dora', 'Emil'].map((name) => aPerson(name, idle(1)));

let world: CaseWorld;

afterEach(() => world.close());

/** People who are idle for 150 days and hold an E5, which Grace reclaims from all of them at the same moment. */
async function allReclaimed(names: readonly string[], options: CaseWorldOptions): Promise<void> {
  const idleOnes = names.map((name) =>
    aPerson(name, { ...idle(150), manager: grace, licenses: [{ sku: 'E5' }], mailbox: 'noMailbox' }),
  );
  world = await aCaseWorld([...idleOnes, grace, ...active], options);
  await world.audit();
  await world.work();
  for (const name of names) {
    const c = await world.caseOf(userId(name));
    const answer = { kind: 'reclaim', reason: '' } as const;
    const outcome = await world.desk.answer({
      caseId: c.caseId,
      version: c.version,
      by: userId('Grace'),
      answer,
    });
    expect(outcome.kind).toBe('accepted');
  }
}

const casesOf = (names: readonly string[]): Promise<readonly Case[]> =>
  Promise.all(names.map((name) => world.caseOf(userId(name))));

describe('the longest turn of a step', () => {
  /** Somebody's mailbox takes so many milliseconds to be read, once, and sign-in dates take so long each time. */
  async function readIn(ms: number, signInsMs = 0): Promise<readonly string[]> {
    const said: string[] = [];
    let first = true;
    await allReclaimed(['Ada'], {
      policy: 'reclaim: { mailbox: waive }',
      through: (doors, graph) => {
        const mailboxPurposesOf: GraphDoor['mailboxPurposesOf'] = async (ids) => {
          const purposes = await graph.mailboxPurposesOf(ids);
          const c = await world.caseOf(userId('Ada'));
          if (c.state !== 'scheduled') return purposes;
          said.push('looked');
          if (first) world.clock.advance(ms);
          first = false;
          return purposes;
        };
        const changeLicenses: GraphDoor['changeLicenses'] = (id, change) => {
          said.push('taken');
          return graph.changeLicenses(id, change);
        };
        const signInsOf: GraphDoor['signInsOf'] = async (ids) => {
          world.clock.advance(signInsMs);
          return graph.signInsOf(ids);
        };
        return { ...doors, graph: { ...graph, mailboxPurposesOf, changeLicenses, signInsOf } };
      },
    });
    await world.work(600_000);
    expect((await world.caseOf(userId('Ada'))).state).toBe('holding');
    return said;
  }

  test('is a minute: what was read within it is what the step goes by', async () => {
    expect(await readIn(60_000)).toEqual(['looked', 'taken']);
  });

  test('is not counted while sign-in dates are waited for, however slow Graph tells them', async () => {
    expect(await readIn(0, 240_000)).toEqual(['looked', 'taken']);
  });

  test('is no longer: everything is read anew before anything is taken', async () => {
    expect(await readIn(60_001)).toEqual(['looked', 'looked', 'taken']);
    await world.close();
    // A clock that was put back does not tell how long it took.
    expect(await readIn(-1)).toEqual(['looked', 'looked', 'taken']);
  });
});

describe('the last seats of a cheaper license', () => {
  const RULE = 'reclaim: { mailbox: waive, replace: [{ sku: SPE_E5, by: SPE_F1 }] }';

  /** So many seats of F3 are there, all of them free; who has got one by now is counted at each look. */
  function seats(bought: number): NonNullable<CaseWorldOptions['through']> {
    return (doors, graph) => {
      const skus = async (): Promise<readonly Sku[]> =>
        (await graph.skus()).map((sku) => (sku.skuId === SKUS.F3.skuId ? { ...sku, bought } : sku));
      return { ...doors, graph: { ...graph, skus }, auditGraph: { ...graph, skus } };
    };
  }

  it.each([
    [1, 2],
    [2, 4],
  ])(
    '%i of them go to as many people when %i are taken side by side, and a person is told of the others',
    async (free, many) => {
      const names = ['Ada', 'Ben', 'Cleo', 'Dan'].slice(0, many);
      await allReclaimed(names, { policy: RULE, through: seats(free) });
      await world.work(30_000);
      const ended = (await casesOf(names)).map((c) => (c.state === 'needsPerson' ? c.task : c.state));
      expect(ended.filter((state) => state === 'holding')).toHaveLength(free);
      expect(ended.filter((task) => task.includes('no free seat'))).toHaveLength(many - free);
      const people = await Promise.all(names.map((name) => world.graph.person(userId(name))));
      const held = people.flatMap((person) => person?.licenses.map(({ skuId }) => skuId) ?? []);
      expect(held.filter((skuId) => skuId === SKUS.F3.skuId)).toHaveLength(free);
      expect(held.filter((skuId) => skuId === SKUS.E5.skuId)).toHaveLength(many - free);
      expect(world.graph.calls.get('changeLicenses')).toBe(free);
    },
  );
});
