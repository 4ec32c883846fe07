import { describe, expect, test } from '@jest/globals';
import type { Manager, UserId } from '../../../src/audit/person.js';
import { readUnderTop } from '../../../src/audit/protection/run-under-top.js';
import { NAMED, type NamedKey } from '../../../src/simulator/named-people.js';
import { simulatedDoor, violationsIn } from '../../graph/simulated-door.js';
import { aPerson, userId } from '../../world/people.js';

/** A directory of managers that notes who was asked for; a name that is not in `bosses` is not answered. */
function directory(bosses: Readonly<Record<string, string>>) {
  const managers = new Map<UserId, Manager | 'none'>(
    Object.entries(bosses).map(([name, boss]) => [
      userId(name),
      boss === 'none' ? 'none' : aPerson(boss).person,
    ]),
  );
  const asked: (readonly UserId[])[] = [];
  return {
    asked,
    managersOf: async (ids: readonly UserId[]) => {
      asked.push(ids);
      return new Map(
        ids.flatMap((id): [UserId, Manager | 'none'][] => {
          const manager = managers.get(id);
          return manager === undefined ? [] : [[id, manager]];
        }),
      );
    },
  };
}

const ids = (...names: readonly string[]): readonly UserId[] => names.map((name) => userId(name));
const top = ids('Chief');
const LINE = { Chief: 'none', Second: 'Chief', Third: 'Second', Twin: 'Second', Fourth: 'Third' };

describe('managers are followed up to the top', () => {
  test('level by level, a common boss once, and no further than the policy says', async () => {
    const graph = directory(LINE);
    const found = await readUnderTop(graph, { top, levels: 2 }, ids('Third', 'Twin', 'Fourth'), new Map());
    expect(found).toEqual({ underTop: new Set(ids('Third', 'Twin')), wayUnknown: new Set() });
    // Third's manager was asked for with the first level already.
    expect(graph.asked).toEqual([ids('Third', 'Twin', 'Fourth'), ids('Second')]);
  });

  test('the managers that are known already are not read again', async () => {
    const graph = directory(LINE);
    const known = new Map([[userId('Third'), aPerson('Second').person]]);
    const found = await readUnderTop(graph, { top, levels: 2 }, ids('Third'), known);
    expect(found.underTop).toEqual(new Set(ids('Third')));
    expect(graph.asked).toEqual([ids('Second')]);
  });

  test('nobody above the top is asked for', async () => {
    const graph = directory({ ...LINE, Chief: 'Owner' });
    expect(
      (await readUnderTop(graph, { top, levels: 5 }, ids('Second', 'Chief'), new Map())).underTop,
    ).toEqual(new Set(ids('Second')));
    expect(graph.asked).toEqual([ids('Second')]);
  });

  test('a loop ends, and whoever is their own manager is asked for once', async () => {
    const graph = directory({ Left: 'Right', Right: 'Left', Own: 'Own' });
    const found = await readUnderTop(graph, { top, levels: 5 }, ids('Left', 'Own'), new Map());
    expect(found).toEqual({ underTop: new Set(), wayUnknown: new Set() });
    expect(graph.asked).toEqual([ids('Left', 'Own'), ids('Right')]);
  });

  test('whoever has a manager on the way up who is not answered may be an executive', async () => {
    const graph = directory({ Third: 'Second', Alone: 'none' });
    const found = await readUnderTop(graph, { top, levels: 2 }, ids('Third', 'Lost', 'Alone'), new Map());
    expect(found).toEqual({ underTop: new Set(), wayUnknown: new Set(ids('Third', 'Lost')) });
  });

  test.each([
    ['no top is named', { top: [], levels: 3 }],
    ['the top alone is protected', { top, levels: 0 }],
  ])('nothing is read when %s', async (_what, executives) => {
    const graph = directory(LINE);
    expect(await readUnderTop(graph, executives, ids('Second'), new Map())).toEqual({
      underTop: new Set(),
      wayUnknown: new Set(),
    });
    expect(graph.asked).toEqual([]);
  });

  test('a failure is thrown: in part is not at all', async () => {
    const failure = new Error('Graph is down');
    const graph = { managersOf: () => Promise.reject(failure) };
    await expect(readUnderTop(graph, { top, levels: 1 }, ids('Second'), new Map())).rejects.toBe(failure);
  });
});

test('in the simulated tenant, over batches that Graph documents, loops among them', async () => {
  const { door, tenant } = await simulatedDoor({ people: 100 });
  const named = (...keys: readonly NamedKey[]): readonly UserId[] =>
    keys.map((key) => NAMED[key].id as UserId);
  const people = named(
    'operationsHead',
    'itManager',
    'plainInactive',
    'loopFirst',
    'loopSecond',
    'managerIsSelf',
    'noManager',
  );
  const executives = { top: named('servicesHead'), levels: 2 };
  const found = await readUnderTop(door, executives, people, new Map());
  expect(found).toEqual({ underTop: new Set(named('operationsHead', 'itManager')), wayUnknown: new Set() });
  const further = await readUnderTop(door, { ...executives, levels: 5 }, people, new Map());
  expect(further.underTop).toEqual(new Set(named('operationsHead', 'itManager', 'plainInactive')));
  expect(violationsIn(tenant)).toEqual([]);
});
