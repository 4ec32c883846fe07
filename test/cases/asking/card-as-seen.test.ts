import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { sendAgain } from '../../../src/cases/asking/run-send-again.js';
import type { OwnedThing } from '../../../src/graph/graph-door.js';
import { readHistory } from '../../../src/store/case-history.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, groupId, idle, userId } from '../../world/people.js';

const GRACE = userId('Grace');
const ADA = userId('Ada');
const DAY = 86_400_000;

let world: CaseWorld;
let owned: Map<UserId, readonly OwnedThing[]>;

beforeEach(async () => {
  owned = new Map();
  const manager = aPerson('Grace', idle(1));
  const others = Array.from({ length: 20 }, (_, n) => aPerson(`Other${n}`, idle(1)));
  world = await aCaseWorld([aPerson('Ada', { ...idle(150), manager }), manager, ...others], {
    policy: 'timetable: { answerDue: P7D, reminders: [P3D] }',
    owned,
  });
  await world.audit();
  await world.work();
});

afterEach(() => world.close());

/** The cards that the history keeps, by the type of their entry, oldest first. */
async function kept(): Promise<readonly (readonly [type: string, card: unknown])[]> {
  const { events, sides } = await readHistory(world.store, (await world.caseOf(ADA)).caseId);
  return events.flatMap(({ seq, type }) => {
    const details = sides.find((side) => side.seq === seq)?.details as { card?: unknown } | undefined;
    return details?.card === undefined ? [] : [[type, details.card] as const];
  });
}

describe('What a manager saw', () => {
  it('is kept with the question, and with each reminder as it was by then', async () => {
    owned.set(ADA, [{ id: groupId('crew'), displayName: 'Harbor crew', isTeam: true, isSole: true }]);
    for (let quarter = 0; quarter < 14; quarter += 1) {
      world.clock.advance(DAY / 4);
      await world.work();
    }
    const [question, reminder] = world.teams.sent.map(({ card }) => card);
    expect(await kept()).toEqual([
      ['asked', question],
      ['reminded', reminder],
    ]);
    expect(JSON.stringify(question)).not.toContain('Harbor crew');
    expect(JSON.stringify(reminder)).toContain('Harbor crew');
  });

  it('is kept when somebody has it sent once more', async () => {
    expect(await sendAgain(world.doors, GRACE, [await world.caseOf(ADA)])).toBe(1);
    const [question, again] = world.teams.sent.map(({ card }) => card);
    expect(await kept()).toEqual([
      ['asked', question],
      ['askedAgain', again],
    ]);
  });
});
