import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { Role } from '../../../src/cases/roles.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId } from '../../world/people.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const ALEX = userId('Alex');

let world: CaseWorld;

/** At nine in the morning, UTC, on a Monday, Grace in Los Angeles is asked about Ada, and Hopper, in UTC, about Bob. */
async function asked(): Promise<void> {
  const [grace, hopper] = [aPerson('Grace', idle(1)), aPerson('Hopper', idle(1))];
  world = await aCaseWorld(
    [
      aPerson('Ada', { ...idle(150), manager: grace }),
      aPerson('Bob', { ...idle(150), manager: hopper }),
      grace,
      hopper,
      aPerson('Alex', idle(1)),
    ],
    {
      policy: 'timetable: { reminders: [P3D, P4D] }',
      through: (doors) => ({
        ...doors,
        rolesOf: async (id: UserId): Promise<readonly Role[]> => (id === ALEX ? ['admin'] : []),
      }),
    },
  );
  world.teams.zones.set(userId('Grace'), 'America/Los_Angeles');
  world.clock.advance(3 * HOUR_MS);
  await world.audit();
  await world.work();
}

async function remindedAt(name: string): Promise<string | undefined> {
  return (await world.caseOf(userId(name))).dueAt;
}

describe('Working hours are those of whoever is asked:', () => {
  afterEach(() => world.close());

  it('the reminders of the timetable', async () => {
    await asked();
    // Nine in UTC is one in the night of Thursday in Los Angeles, where it waits until nine.
    expect(await remindedAt('Bob')).toMatch(/^2026-11-26T09:00/);
    expect(await remindedAt('Ada')).toBe('2026-11-26T17:00:00.000Z');
  });

  it('the next one after a reminder has gone out', async () => {
    await asked();
    world.clock.advance(3 * 24 * HOUR_MS + 8 * HOUR_MS);
    await world.work(MINUTE_MS);
    expect(await remindedAt('Ada')).toBe('2026-11-27T17:00:00.000Z');
  });

  it('one that an admin wants', async () => {
    await asked();
    world.clock.advance(24 * HOUR_MS);
    const { caseId } = await world.caseOf(userId('Ada'));
    expect(await world.desk.remind({ caseId, by: ALEX })).toMatchObject({
      kind: 'reminds',
      at: '2026-11-24T17:00:00.000Z',
    });
  });
});
