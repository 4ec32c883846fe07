import { describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { Doors } from '../../../src/cases/doors.js';
import { reviewersOf } from '../../../src/cases/hr/run-reviewers.js';
import { whoMay } from '../../../src/bot/who-may.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import { silentLog } from '../../../src/telemetry/log.js';
import { graphWorld } from '../../world/graph-world.js';
import { aPerson, groupId, NOW, userId, type WorldPerson } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const CHIARA = userId('Chiara');
const HANNA = userId('Hanna');

function doorsOf(
  people: readonly WorldPerson[],
  change: Partial<Doors['graph']> = {},
): Pick<Doors, 'graph' | 'policy' | 'rolesOf' | 'log'> {
  const graph = { ...graphWorld(people), ...change };
  const policy = policyOf(`roles: { hr: [${HANNA.toUpperCase()}, ${groupId('hr-team')}] }`);
  return { graph, policy, rolesOf: whoMay({ policy, graph, clock: { now: () => NOW } }), log: silentLog };
}

const names = async (doors: ReturnType<typeof doorsOf>, subject: UserId = CHIARA): Promise<string[]> =>
  (await reviewersOf(doors, subject)).map(({ displayName }) => displayName).sort();

describe('HR’s reviewers', () => {
  const hanna = aPerson('Hanna', { groups: ['hr-team'] });
  const hugo = aPerson('Hugo', { groups: ['hr-team'] });

  it('are those whom the policy names and the members of its groups, each once', async () => {
    expect(await names(doorsOf([hanna, hugo, aPerson('Bob')]))).toEqual(['Hanna', 'Hugo']);
  });

  it('never include the person whom it is about', async () => {
    expect(await names(doorsOf([hanna, hugo]), HANNA)).toEqual(['Hugo']);
  });

  it('leave out disabled accounts and guests', async () => {
    const away = aPerson('Hella', { groups: ['hr-team'], enabled: false });
    const guest = aPerson('Gunnar', { groups: ['hr-team'], kind: 'guest' });
    expect(await names(doorsOf([hugo, away, guest]))).toEqual(['Hugo']);
  });

  it('are still those who are there when an entry names nothing any more', async () => {
    const gone = new GraphFailure('notFound', 'There is no such group.', { operation: 'x', status: 404 });
    const membersOf = async (): Promise<never> => Promise.reject(gone);
    expect(await names(doorsOf([hanna], { membersOf }))).toEqual(['Hanna']);
  });

  it('are not guessed when Graph fails', async () => {
    const down = new GraphFailure('serverError', 'Down.', { operation: 'x', status: 503 });
    const membersOf = async (): Promise<never> => Promise.reject(down);
    await expect(names(doorsOf([hanna], { membersOf }))).rejects.toBe(down);
  });
});
