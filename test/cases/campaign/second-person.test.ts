import { afterEach, describe, expect, it, test } from '@jest/globals';
import { addCommand } from '../../../src/cases/run-add-command.js';
import { instant } from '../../../src/cases/case.js';
import { newCommand, type Command } from '../../../src/cases/command.js';
import { waitsForApproval } from '../../../src/cases/campaign/second-person.js';
import { allCases } from '../../../src/chat/run-read-model.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const REQUIRED = policyOf('approvals: { bulkOver: 2 }').approvals;
const AVAILABLE = policyOf('approvals: { bulkOver: 2, second: whenAvailable }').approvals;

describe('opening many cases at once', () => {
  test.each([
    [2, [], 'ann', REQUIRED, false],
    [3, [], 'ann', REQUIRED, true],
    [3, ['ann'], 'ann', REQUIRED, true],
    [3, ['bob'], 'ann', REQUIRED, false],
    [3, ['ann', 'bob'], 'ann', REQUIRED, false],
    [3, ['ann'], 'schedule', REQUIRED, false],
    [3, [], 'schedule', REQUIRED, true],
    [3, [], 'ann', AVAILABLE, true],
    [3, ['ann'], 'ann', AVAILABLE, false],
  ] as const)(
    '%i cases approved by %j and asked for by %s (%#)',
    (cases, approvers, asker, approvals, waits) => {
      expect(waitsForApproval({ cases, approvers, asker }, approvals)).toBe(waits);
    },
  );
});

describe('a run that would ask about more people than approvals.bulkOver', () => {
  let world: CaseWorld;

  afterEach(() => world.close());

  async function ordered(what: Command['what'], by: string): Promise<string> {
    const id = `command-${what.order}-${by}`;
    const now = instant(world.clock.now());
    await addCommand(world.doors, newCommand(id, what, by, now, now));
    await world.work();
    const outcome = (await world.store.read<Command>('commands', id, id))?.doc.outcome;
    return outcome !== undefined && 'says' in outcome ? outcome.says : '';
  }

  it('waits for somebody other than who asked for it', async () => {
    const grace = aPerson('Grace', idle(1));
    const idlers = ['Ada', 'Ben', 'Cem'].map((name) => aPerson(name, { ...idle(150), manager: grace }));
    const others = ['Dora', 'Eve', 'Fay', 'Gus', 'Hal'].map((name) => aPerson(name, idle(1)));
    world = await aCaseWorld([grace, ...idlers, ...others], {
      policy: 'approvals: { firstRun: none, bulkOver: 2 }',
    });
    expect(await ordered({ order: 'audit' }, 'ann')).toMatch(
      /3 people would be asked about at once, .* an admin other than ann has to look at `npm run steward -- plan`/,
    );
    expect(await allCases(world.doors)).toEqual([]);
    expect(await ordered({ order: 'approve' }, 'ann')).toContain('an admin other than ann');
    expect(await allCases(world.doors)).toEqual([]);
    expect(await ordered({ order: 'approve' }, 'bob')).toContain('3 cases were opened');
    expect(await allCases(world.doors)).toHaveLength(3);
  });
});
