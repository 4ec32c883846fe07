import { describe, expect, test } from '@jest/globals';
import type { GroupId, UserId } from '../../src/audit/person.js';
import { changesBy } from '../../src/graph/changes-by.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { graphWorld } from '../world/graph-world.js';
import { aPerson } from '../world/people.js';

const CHANGING = /^(change|set|revoke|join|leave|deletePerson|restore|install)/;

describe('an identity of its own for changes', () => {
  const ada = aPerson('Ada');
  const id: UserId = ada.person.id;
  const group = 'g' as GroupId;
  const CALLS: Partial<Record<keyof GraphDoor, (door: GraphDoor) => Promise<unknown>>> = {
    changeLicenses: (door) => door.changeLicenses(id, { add: [], remove: [] }),
    setAccountEnabled: (door) => door.setAccountEnabled(id, false),
    revokeSessions: (door) => door.revokeSessions(id),
    setUsageLocation: (door) => door.setUsageLocation(id, 'PT'),
    joinGroup: (door) => door.joinGroup(group, id),
    leaveGroup: (door) => door.leaveGroup(group, id),
    deletePerson: (door) => door.deletePerson(id),
    restorePerson: (door) => door.restorePerson(id),
  };

  test('makes every change of an account, and reads nothing', async () => {
    const [writing, reading] = [graphWorld([ada]), graphWorld([ada])];
    const door = changesBy(writing, reading);
    const changing = Object.keys(door).filter(
      (name) =>
        CHANGING.test(name) && typeof door[name as keyof GraphDoor] === 'function' && name !== 'setInAd',
    );
    expect(changing.toSorted()).toEqual(
      [...Object.keys(CALLS), 'setNamesConcealed', 'installApp'].toSorted(),
    );
    for (const call of Object.values(CALLS)) await call(door);
    await door.setNamesConcealed(true);
    await door.installApp(id, 'app');
    await door.person(id);
    await door.groupFacts([group]);
    expect([...writing.calls.keys()].toSorted()).toEqual(Object.keys(CALLS).toSorted());
    expect([...reading.calls.keys()]).toEqual(['setNamesConcealed', 'installApp', 'person', 'groupFacts']);
  });
});
