import { expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { instant } from '../../src/cases/case.js';
import { newCommand } from '../../src/cases/command.js';
import { addCommand } from '../../src/cases/run-add-command.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { workOnRow } from '../../src/worker.js';
import { aSteward, type StewardWorld } from '../world/steward-world.js';
import { untilAborted } from '../world/until-aborted.js';

const manager = NAMED.itManager.id as UserId;
const mine = NAMED.plainInactive.id as UserId;
const beside = NAMED.inactiveWithVisio.id as UserId;

test('a command carried out without a service does its own rows and leaves the due steps of others alone', async () => {
  const world = await aSteward();
  try {
    await world.audit();
    await world.work(30_000);
    await reclaim(world, mine);
    await world.work(30_000);
    expect((await world.caseOf(mine)).state).toBe('holding');
    await reclaim(world, beside);
    world.clock.advance(60_000);
    const held = await world.doors.graph.person(beside);
    const options = { owner: 'terminal', pollMs: 300, leaseMs: 15_000, sleep: untilAborted };
    const now = instant(world.clock.now());
    await addCommand(world, newCommand('undo-1', { order: 'undo', userId: mine }, 'terminal', now, now));

    await workOnRow(world.doors, options, { container: 'commands', id: 'undo-1' });
    expect((await world.caseOf(mine)).state).toBe('undoing');
    const { caseId } = await world.caseOf(mine);
    for (let looks = 0; looks < 5; looks += 1) {
      await workOnRow(world.doors, options, { container: 'cases', id: caseId });
      world.clock.advance(5_000);
    }
    expect((await world.caseOf(mine)).state).toBe('undone');

    expect((await world.caseOf(beside)).state).toBe('decided');
    expect(await world.doors.graph.person(beside)).toEqual(held);
  } finally {
    await world.close();
  }
});

async function reclaim(world: StewardWorld, userId: UserId): Promise<void> {
  const { caseId, version } = await world.caseOf(userId);
  await world.desk.answer({ caseId, version, by: manager, answer: { kind: 'reclaim', reason: '' } });
}
