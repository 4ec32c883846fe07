import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { Delivery } from '../../../src/bot/messenger.js';
import type { Instant } from '../../../src/cases/case.js';
import { becameOf, endingsOf, withNote, type Became } from '../../../src/cases/asking/deliveries.js';
import { newOutbox } from '../../../src/cases/asking/outbox.js';
import { readDeliveries } from '../../../src/cases/asking/run-deliveries.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId } from '../../world/people.js';

const AT = '2026-11-23T09:00:00.000Z' as Instant;
const GRACE = { id: userId('Grace'), displayName: 'Grace' };

function refusal(code: string, status: number | undefined = 403): Extract<Delivery, { kind: 'failed' }> {
  return { kind: 'failed', again: 'never', code, status };
}

describe('what became of a message', () => {
  test.each<[string, number | undefined, Became]>([
    ['ConversationBlockedByUser', 403, 'blocked'],
    ['MessageWritesBlocked', 403, 'blocked'],
    ['BotNotInConversationRoster', 403, 'notInstalled'],
    ['ForbiddenOperationException', 403, 'notInstalled'],
    ['BotDisabledByAdmin', 403, 'disabledByAdmin'],
    ['ConversationNotFound', 404, 'unknownAccount'],
    ['Throttled', 429, 'failed'],
    ['Network', undefined, 'failed'],
    ['constructor', 403, 'failed'],
  ])('that Teams refuses with %s (%s) is said as %s', (code, status, became) => {
    expect(becameOf(refusal(code, status))).toBe(became);
  });

  it('is kept for the newest twenty of a person', () => {
    let outbox = newOutbox(GRACE);
    for (let n = 1; n <= 25; n += 1) outbox = withNote(outbox, refusal('Throttled', 429), n, AT);
    expect(outbox.deliveries?.map(({ cases }) => cases)).toEqual(Array.from({ length: 20 }, (_, n) => n + 6));
  });

  it('counts by the newest message of each person', () => {
    const note = (became: Became) => ({ at: AT, became, cases: 1 });
    const people = [['failed', 'delivered'], ['blocked'], ['delivered']] as const;
    const ledger = people.map((list) => ({ userId: GRACE.id, displayName: 'Grace', notes: list.map(note) }));
    expect(endingsOf(ledger)).toEqual([
      ['delivered', 2],
      ['blocked', 1],
    ]);
  });
});

describe('the ledger', () => {
  let world: CaseWorld;
  afterEach(() => world.close());

  it('tells of everybody who was asked what became of it, those who could not be reached first', async () => {
    const hans = aPerson('Hans', idle(1));
    const grace = aPerson('Grace', { ...idle(1), manager: hans });
    const reports = ['Ada', 'Bea'].map((name) => aPerson(name, { ...idle(150), manager: grace }));
    world = await aCaseWorld([...reports, grace, hans, aPerson('Carl', idle(1))]);
    world.teams.refuse = (to) => (to === GRACE.id ? refusal('MessageWritesBlocked') : undefined);
    await world.audit();
    await world.work();
    expect(await readDeliveries(world.store)).toMatchObject([
      { displayName: 'Grace', notes: [{ became: 'blocked', code: 'MessageWritesBlocked', cases: 2 }] },
      { displayName: 'Hans', notes: [{ became: 'delivered', cases: 2 }] },
    ]);
  });
});
