import { afterEach, describe, expect, it } from '@jest/globals';
import type { License, Person } from '../../src/audit/person.js';
import { aGroup } from '../world/directory-world.js';
import { ADA, adasCase, withGraph, type AdasCase } from '../world/adas-case.js';
import { SKUS } from '../world/skus.js';

const POLICY = 'reclaim: { mailbox: waive }\ninactivity: { maxReportAgeDays: 30 }';
const STAFF = aGroup('Staff', { licenses: [SKUS.E3.skuId] });

let world: AdasCase;
/** What Entra says of Ada's license after she has left the group; undefined: it is gone. */
let error: string | undefined;

afterEach(() => world.close());

function failing(license: License): License {
  const paths = license.paths.map((path) => ({ ...path, state: 'activeWithError', error }) as const);
  return { ...license, paths };
}

/** Ada's E3 comes through a group, and Entra does not take it when she leaves that. */
async function reclaimed(): Promise<void> {
  let before: Person | undefined;
  world = await adasCase(
    { licenses: [{ sku: 'E3', group: 'Staff' }] },
    {
      policy: POLICY,
      groups: [STAFF],
      through: withGraph((graph) => ({
        leaveGroup: async (group, id) => {
          before = await graph.person(id);
          return graph.leaveGroup(group, id);
        },
        person: async (key) => {
          const person = await graph.person(key);
          if (key !== ADA || person === undefined || before === undefined || error === undefined)
            return person;
          return { ...person, licenses: before.licenses.map(failing) };
        },
      })),
    },
  );
  await world.reclaimed();
}

describe('a license that does not leave with its group', () => {
  it('is for a person at once, in the words of the reason, and goes on once it is gone', async () => {
    error = 'DependencyViolation';
    await reclaimed();
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      task: 'What was asked for (remove Microsoft 365 E3 by leaving the group that gives it) has not taken effect. Another license of the person depends on it: take that one first.',
      watch: { for: 'effect', index: 0 },
    });
    error = undefined;
    await world.work(60_000);
    expect((await world.now()).state).toBe('holding');
  });

  it('is named as Entra names it where the reason is none that is known', async () => {
    error = 'Other';
    await reclaimed();
    expect(await world.now()).toMatchObject({
      task: expect.stringContaining('Microsoft Entra names the reason Other: look at it'),
    });
  });
});
