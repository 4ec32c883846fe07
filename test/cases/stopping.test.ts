import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import type { OwnedThing } from '../../src/graph/graph-door.js';
import { ADA, adasCase, progressOf, type AdasCase } from '../world/adas-case.js';
import { groupId } from '../world/people.js';
import { SKUS } from '../world/skus.js';

let world: AdasCase;

afterEach(() => world.close());

const LATE_REMOVAL =
  'timetable: { afterDecision: PT5S, review: PT0S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT3M, reminders: [] }';

/** The campaign is stopped for as long as it takes every instance to know, and goes on later. */
async function stoppedForAWhile(): Promise<void> {
  await world.campaign('stopped');
  await world.work(10_000);
  await world.campaign('running');
}

describe('a campaign that was stopped and goes on later', () => {
  it('takes nothing in a case in which an obstacle stood in the way of the first step', async () => {
    const crew = { id: groupId('Crew'), displayName: 'Crew', isTeam: true, isSole: true };
    const owned = new Map<UserId, readonly OwnedThing[]>([[ADA, [crew]]]);
    world = await adasCase({}, { owned });
    expect(await world.reclaimed()).toMatchObject({ state: 'needsPerson', watch: { for: 'clear' } });

    await stoppedForAWhile();
    owned.clear();
    await world.work(5 * 60_000);
    expect(await world.now()).toMatchObject({ state: 'cancelled', cause: 'stopped' });
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
  });

  it('takes nothing in a case of which a step was not needed and none was taken', async () => {
    const policy = `reclaim: { mailbox: convert }\n${LATE_REMOVAL}`;
    world = await adasCase({}, { policy });
    world.graph.purposeIsNow(ADA, 'noMailbox');
    expect(progressOf(await world.reclaimed())).toEqual(['convertMailbox skipped', 'removeLicenses planned']);

    await stoppedForAWhile();
    await world.work(5 * 60_000);
    expect(await world.now()).toMatchObject({ state: 'cancelled', cause: 'stopped' });
    expect(await world.licenses()).toEqual([SKUS.E3.skuId]);
  });
});
