import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { CardJson } from '../../../src/bot/messenger.js';
import { caseCard } from '../../../src/cards/case-card.js';
import { instant, type Case, type MessageRef } from '../../../src/cases/case.js';
import { viewFor } from '../../../src/chat/case-answer.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import { readHistory } from '../../../src/store/case-history.js';
import { claimRow } from '../../../src/store/leases.js';
import { ADA, ALEX, anHrWorld, CHIARA, GRACE, HANNA, STRANGER, type HrWorld } from '../../world/hr-world.js';

let world: HrWorld;

afterEach(() => world.close());

const MESSAGE: MessageRef = {
  conversationId: 'chat',
  activityId: 'card',
  serviceUrl: 'http://127.0.0.1/teams',
};

/** The card of the newest case about somebody, as the bot shows it. */
async function cardFor(by: UserId, subject = ADA): Promise<CardJson> {
  const { policy, timeZone, clock } = world.doors;
  const view = { policy, timeZone, now: instant(clock.now()), locale: 'en' } as const;
  const c = await world.caseOf(subject);
  return caseCard(c, viewFor(c, { userId: by, roles: await world.doors.rolesOf(by) }, view));
}

/** The bot has shown them a card. @returns the card */
async function shown(by: UserId, subject = ADA, message = MESSAGE): Promise<CardJson> {
  const card = await cardFor(by, subject);
  const { caseId, version } = await world.caseOf(subject);
  await world.desk.keepCard({ caseId, by, message, shows: version, card });
  return card;
}

/** What the history has of cards that were looked at, oldest first. */
async function seen(subject = ADA): Promise<readonly unknown[]> {
  const { events, sides } = await readHistory(world.store, (await world.caseOf(subject)).caseId);
  return events.flatMap(({ seq, type }) =>
    type === 'cardSeen' ? [sides.find((side) => side.seq === seq)?.details] : [],
  );
}

describe('A card that somebody has asked for', () => {
  it('stands in the history word for word, before what they answer', async () => {
    world = await anHrWorld();
    const card = await shown(GRACE);
    const { caseId, version } = await world.caseOf(ADA);
    expect(await seen()).toEqual([expect.objectContaining({ by: 'Grace', card })]);
    const answer = { kind: 'keep', reason: 'Back soon', until: '2027-01-15' } as const;
    expect((await world.desk.answer({ caseId, version, by: GRACE, answer })).kind).toBe('accepted');
    const { events } = await readHistory(world.store, caseId);
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['cardSeen', 'kept']);
  });

  it('is there once for each time, also where the message is known and nothing has changed', async () => {
    world = await anHrWorld();
    await shown(GRACE);
    await shown(GRACE);
    await shown(ALEX, ADA, { ...MESSAGE, activityId: 'other' });
    expect(await seen()).toHaveLength(3);
    expect((await world.caseOf(ADA)).further).toHaveLength(2);
  });

  it('moves nothing, and leaves the version as it is', async () => {
    world = await anHrWorld();
    const before = await world.caseOf(ADA);
    await shown(GRACE);
    const { head: _head, seq: _seq, further: _further, ...after } = await world.caseOf(ADA);
    const { head: _oldHead, seq: _oldSeq, further: _oldFurther, ...rest } = before;
    expect(after).toEqual(rest);
  });

  it('is written down when the worker has let go of the case', async () => {
    world = await anHrWorld();
    const { caseId } = await world.caseOf(ADA);
    const stored = await world.store.read<Case>('cases', caseId, caseId);
    if (stored === undefined) throw new Error('There is no case.');
    const due = { ...stored.doc, dueAt: instant(world.clock.now()) };
    await world.store.replace<Case>('cases', due, stored.etag);
    const terms = { now: world.clock.now(), owner: 'worker-2', leaseMs: 15_000 };
    const claimed = await claimRow<Case>(world.store, { container: 'cases', id: caseId }, terms);
    if (claimed === undefined) throw new Error('The case is not due.');
    const card = await shown(GRACE);
    expect(await seen()).toEqual([]);
    await world.store.replace<Case>('cases', { ...claimed.doc, lease: undefined }, claimed.etag);
    world.clock.advance(60_000);
    await world.work(60_000);
    expect(await seen()).toEqual([expect.objectContaining({ by: 'Grace', card })]);
  });

  it('is kept although Graph does not tell the name of who saw it', async () => {
    world = await anHrWorld();
    const card = await cardFor(GRACE);
    const { caseId, version } = await world.caseOf(ADA);
    world.graph.person = async () => {
      throw new GraphFailure('throttled', 'later', { operation: 'person' });
    };
    await world.desk.keepCard({ caseId, by: GRACE, message: MESSAGE, shows: version, card });
    expect(await seen()).toEqual([expect.objectContaining({ by: GRACE, card })]);
  });

  it.each([
    ['of a case that is not theirs', STRANGER, ADA],
    ['about themself', ADA, ADA],
    ['of a case of HR, to an admin', ALEX, CHIARA],
  ])('is not written down %s', async (_what, by, subject) => {
    world = await anHrWorld();
    await shown(by, subject);
    expect(await seen(subject)).toEqual([]);
  });

  it('of HR is in the history of their case', async () => {
    world = await anHrWorld();
    const card = await shown(HANNA, CHIARA);
    expect(await seen(CHIARA)).toEqual([expect.objectContaining({ by: 'Hanna', card })]);
  });
});
