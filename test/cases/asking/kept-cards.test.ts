import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { DirectoryEntry, UserId } from '../../../src/audit/person.js';
import type { CardJson } from '../../../src/bot/messenger.js';
import { caseCard } from '../../../src/cards/case-card.js';
import type { CardAnswer } from '../../../src/cases/answering/desk.js';
import { instant, type Case, type CaseId, type MessageRef } from '../../../src/cases/case.js';
import { viewFor } from '../../../src/chat/case-answer.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import { claimRow } from '../../../src/store/leases.js';
import { ChangedMeanwhile, StoreUnavailable } from '../../../src/store/store.js';
import { aPersonNamed, CASES } from '../../cards/a-case.js';
import { aGroup } from '../../world/directory-world.js';
import {
  ADA,
  ALEX,
  anHrWorld,
  CHIARA,
  GRACE,
  HANNA,
  HUGO,
  STRANGER,
  type HrWorld,
  type HrWorldOptions,
} from '../../world/hr-world.js';
import { groupId } from '../../world/people.js';

const DAY_MS = 86_400_000;
const KEEP = { kind: 'keep', reason: 'Back soon', until: '2027-01-15' } as const;
const RECLAIM = { kind: 'reclaim', reason: '' } as const;

const worlds: HrWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function aWorld(options: HrWorldOptions = {}): Promise<HrWorld> {
  const world = await anHrWorld(options);
  worlds.push(world);
  return world;
}

/** The card of a case as the bot shows it to somebody at this moment. */
async function drawn({ doors }: HrWorld, c: Case, by: UserId): Promise<CardJson> {
  const { policy, timeZone, clock } = doors;
  const view = { policy, timeZone, now: instant(clock.now()), locale: 'en' } as const;
  return caseCard(c, viewFor(c, { userId: by, roles: await doors.rolesOf(by) }, view));
}

/** Somebody opens the card of the newest case about somebody, which is remembered. */
async function opens(world: HrWorld, by: UserId, subject = ADA): Promise<MessageRef> {
  const { caseId } = await world.caseOf(subject);
  const c = await world.desk.show({ caseId, by });
  if (typeof c === 'string') throw new Error(`The card was not opened: ${c}.`);
  const sent = await world.teams.send(by, await drawn(world, c, by), '');
  if (sent.kind !== 'delivered') throw new Error('The card was not delivered.');
  await world.desk.keepCard({ caseId, by, message: sent.message, shows: c.version });
  return sent.message;
}

async function answers(world: HrWorld, by: UserId, answer: CardAnswer): Promise<void> {
  const { caseId, version } = await world.caseOf(ADA);
  expect((await world.desk.answer({ caseId, version, by, answer })).kind).toBe('accepted');
  await world.work();
}

/** What a message was edited to; undefined: it says what it said when it was sent. */
function edited({ teams }: HrWorld, { activityId }: MessageRef): CardJson | undefined {
  return teams.edits.findLast(({ message }) => message.activityId === activityId)?.card;
}

function textOf(card: CardJson | undefined): string {
  return JSON.stringify(card);
}

/** Puts the case as it is changed into the store, as nothing in the program does. */
async function tamper(world: HrWorld, change: object): Promise<Case> {
  const { caseId } = await world.caseOf(ADA);
  const stored = await world.store.read<Case>('cases', caseId, caseId);
  if (stored === undefined) throw new Error('no case');
  return (await world.store.replace<Case>('cases', { ...stored.doc, ...change } as Case, stored.etag)).doc;
}

describe('a card of a case that somebody opened', () => {
  it('shows the case as it is now, to each what they may see, to its very end', async () => {
    const world = await aWorld();
    const cards = [
      [GRACE, await opens(world, GRACE)],
      [ALEX, await opens(world, ALEX)],
    ] as const;
    await answers(world, GRACE, RECLAIM);
    const states: string[] = [];
    for (const days of [0, 31]) {
      world.clock.advance(days * DAY_MS);
      await world.work(60_000);
      const c = await world.caseOf(ADA);
      states.push(c.state);
      for (const [by, message] of cards)
        expect(textOf(edited(world, message))).toContain(titleOf(await drawn(world, c, by)));
      expect(c.further?.map(({ shows }) => shows)).toEqual([c.version, c.version]);
    }
    expect(states).toEqual(['holding', 'closed']);
    expect(textOf(edited(world, cards[0][1]))).not.toContain('"verb"');
  });

  it('is as if it were opened now', async () => {
    const world = await aWorld();
    const cards = [
      [GRACE, await opens(world, GRACE)],
      [ALEX, await opens(world, ALEX)],
    ] as const;
    await answers(world, GRACE, KEEP);
    const c = await world.caseOf(ADA);
    for (const [by, message] of cards) expect(edited(world, message)).toEqual(await drawn(world, c, by));
  });

  it('offers the people around its reader as long as somebody can be named, as when it was opened', async () => {
    const world = await aWorld();
    const asked: UserId[] = [];
    const near = async (userId: UserId): Promise<readonly DirectoryEntry[]> => {
      asked.push(userId);
      return [aPersonNamed('Nils Nearby', 77)];
    };
    Object.assign(world.doors, { near });
    const message = await opens(world, GRACE);
    const { version } = await world.caseOf(ADA);
    await tamper(world, { version: version + 1, dueAt: instant(world.clock.now()) });
    await world.work();
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'asked' });
    expect(textOf(edited(world, message))).toContain('Nils Nearby');
    expect(new Set(asked)).toEqual(new Set([GRACE]));
    await answers(world, GRACE, KEEP);
    expect(textOf(edited(world, message))).not.toContain('Nils Nearby');
  });

  it('is closed and forgotten for who is no admin any more', async () => {
    const world = await aWorld();
    const message = await opens(world, ALEX);
    Object.assign(world.doors, { rolesOf: async () => [] });
    await answers(world, GRACE, KEEP);
    expect(textOf(edited(world, message))).toContain('This question is closed');
    expect(textOf(edited(world, message))).not.toContain('ada@');
    expect((await world.caseOf(ADA)).further).toEqual([]);
  });

  it('says that the question went on, with no button, to the manager who named somebody else', async () => {
    const world = await aWorld();
    const message = await opens(world, GRACE);
    await answers(world, GRACE, { kind: 'askOther', person: 'bob@harbor.example' });
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'asked', askedOf: STRANGER });
    expect(textOf(world.teams.sent.findLast(({ to }) => to === STRANGER)?.card)).toContain('"answer"');
    expect(textOf(edited(world, message))).toContain('Passed on to somebody else');
    expect(textOf(edited(world, message))).not.toContain('"verb"');
    await answers(world, STRANGER, RECLAIM);
    await world.work(60_000);
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'holding' });
    expect(textOf(edited(world, message))).not.toContain('"verb"');
    expect(textOf(edited(world, message))).toContain('An administrator can undo');
  });

  it('is left as it is while nobody knows whether they may look, and edited once that is known', async () => {
    const world = await aWorld();
    const message = await opens(world, ALEX);
    const { rolesOf } = world.doors;
    const fails = async (): Promise<never> => {
      throw new GraphFailure('serverError', 'Graph: serverError.', { operation: 'groupsContaining' });
    };
    Object.assign(world.doors, { rolesOf: fails });
    await answers(world, GRACE, KEEP);
    expect(edited(world, message)).toBeUndefined();
    Object.assign(world.doors, { rolesOf });
    await world.work(60_000);
    expect(edited(world, message)).toEqual(await drawn(world, await world.caseOf(ADA), ALEX));
  });

  it('is edited once more where an edit of the worker, on its way during a click on it, may have come last', async () => {
    const world = await aWorld();
    const message = await opens(world, ALEX);
    const update = world.teams.update.bind(world.teams);
    world.teams.update = async (to, card) => {
      if (to.activityId !== message.activityId) return update(to, card);
      world.teams.update = update;
      const { caseId } = await world.caseOf(ADA);
      const undone = await world.desk.undo({ caseId, by: ALEX });
      if (undone.kind !== 'accepted') throw new Error(undone.kind);
      await update(message, await drawn(world, undone.case, ALEX));
      await world.desk.keepCard({ caseId, by: ALEX, message, shows: undone.case.version });
      return update(to, card);
    };
    await answers(world, GRACE, RECLAIM);
    await world.work(60_000);
    const c = await world.caseOf(ADA);
    expect(c.state).toBe('cancelled');
    expect(edited(world, message)).toEqual(await drawn(world, c, ALEX));
  });

  it('is tried again where Teams cannot now, and forgotten where it is gone', async () => {
    const world = await aWorld();
    const message = await opens(world, GRACE);
    const update = world.teams.update.bind(world.teams);
    const busy = { kind: 'failed', again: 'later', code: 'Throttled', status: 429 } as const;
    world.teams.update = async (to, card) => (to.activityId === message.activityId ? busy : update(to, card));
    await answers(world, GRACE, KEEP);
    expect((await world.caseOf(ADA)).further).toHaveLength(1);
    world.teams.update = async (to, card) =>
      to.activityId === message.activityId ? { kind: 'gone' } : update(to, card);
    await world.work(60_000);
    expect(await world.caseOf(ADA)).toMatchObject({ state: 'kept', further: [] });
  });
});

/** The words in large letters. */
function titleOf(card: CardJson): string {
  const [first] = card['body'] as readonly { readonly text?: string }[];
  return JSON.stringify(first?.text);
}

describe('the card of a question', () => {
  it('is edited once more where an answer to a click, drawn before the case moved on, came last', async () => {
    const world = await aWorld();
    const { caseId, version, message } = await world.caseOf(ADA);
    if (message === undefined) throw new Error('nobody was asked');
    await answers(world, GRACE, KEEP);
    const later = await drawn(world, await world.caseOf(ADA), GRACE);
    await world.teams.update(message, { stands: 'an older card' });
    await world.desk.keepCard({ caseId, by: GRACE, message, shows: version });
    await world.work();
    expect(edited(world, message)).toEqual(later);
    const edits = world.teams.edits.length;
    await world.desk.keepCard({ caseId, by: GRACE, message, shows: version + 1 });
    await world.work();
    expect(world.teams.edits).toHaveLength(edits);
  });
});

describe('the card of a question that has gone on in another message while it was edited', () => {
  test.each([
    ['was refused', undefined],
    ['came to nobody', new StoreUnavailable('The answer was lost.')],
  ])('is remembered, whether the write that follows %s', async (_how, lost) => {
    const world = await aWorld();
    const { message } = await tamper(world, { version: 9, dueAt: instant(world.clock.now()) });
    if (message === undefined) throw new Error('nobody was asked');
    const newer = { ...message, activityId: 'newer', shows: 9, to: GRACE };
    const update = world.teams.update.bind(world.teams);
    const replace = world.store.replace.bind(world.store);
    world.teams.update = async (to, card) => {
      if (to.activityId !== message.activityId) return update(to, card);
      Object.assign(world.teams, { update });
      await tamper(world, { message: newer, lease: undefined });
      if (lost !== undefined)
        world.store.replace = async (...write) => {
          Object.assign(world.store, { replace });
          await replace(...write).catch(() => {});
          throw lost;
        };
      return update(to, card);
    };
    const failure = await world.work().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBe(lost);
    expect(await world.caseOf(ADA)).toMatchObject({
      message: newer,
      further: [{ to: GRACE, message: { activityId: message.activityId } }],
    });
    await answers(world, GRACE, KEEP);
    expect(textOf(edited(world, message))).toContain('Kept');
  });
});

describe('to remember a card', () => {
  it('moves nothing: the next answer is taken as if nobody had opened it', async () => {
    const world = await aWorld();
    const before = await world.caseOf(ADA);
    const message = await opens(world, ALEX);
    const { version } = before;
    const further = [{ to: ALEX, message, shows: version }];
    expect(await world.caseOf(ADA)).toEqual({ ...before, further });
    await answers(world, GRACE, KEEP);
  });

  it('waits for the worker, whose step is not lost by it', async () => {
    const world = await aWorld();
    const { caseId, version } = await tamper(world, { dueAt: instant(world.clock.now()) });
    const message = { conversationId: 'chat', activityId: 'card', serviceUrl: 'http://127.0.0.1/teams' };
    const terms = { now: world.clock.now(), owner: 'worker-2', leaseMs: 15_000 };
    const claimed = await claimRow<Case>(world.store, { container: 'cases', id: caseId }, terms);
    if (claimed === undefined) throw new Error('The case is not due.');
    const request = { caseId, by: GRACE, message, shows: version };
    await world.desk.keepCard(request);
    // Also when it takes longer than it may: nobody else has the case yet.
    world.clock.advance(60_000);
    await world.desk.keepCard(request);
    await world.store.replace<Case>('cases', { ...claimed.doc, lease: undefined }, claimed.etag);
    expect((await world.caseOf(ADA)).further).toBeUndefined();
    await world.work(60_000);
    expect((await world.caseOf(ADA)).further).toHaveLength(1);
    await answers(world, GRACE, KEEP);
    await world.work(60_000);
    expect(textOf(edited(world, message))).toContain('Kept');
  });

  it('takes several at once, and each of them once', async () => {
    const world = await aWorld();
    const { caseId, version } = await world.caseOf(ADA);
    const ids = ['a', 'b', 'a', 'c'];
    await Promise.all(
      ids.map((activityId) => {
        const message = { conversationId: 'chat', activityId, serviceUrl: 'http://127.0.0.1/teams' };
        return world.desk.keepCard({ caseId, by: GRACE, message, shows: version });
      }),
    );
    const kept = (await world.caseOf(ADA)).further ?? [];
    expect(kept.map(({ message }) => message.activityId).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('is given up where others write again and again', async () => {
    const world = await aWorld();
    const { caseId, version } = await world.caseOf(ADA);
    let tries = 0;
    world.store.replace = async () => {
      tries += 1;
      throw new ChangedMeanwhile('somebody wrote first');
    };
    const message = { conversationId: 'chat', activityId: 'card', serviceUrl: 'http://127.0.0.1/teams' };
    const kept = world.desk.keepCard({ caseId, by: GRACE, message, shows: version });
    await expect(kept).rejects.toThrow(ChangedMeanwhile);
    expect(tries).toBe(6);
  });

  it('of a version that is past makes the worker edit it at once, and not at the next date weeks away', async () => {
    const world = await aWorld();
    const { caseId, version } = await world.caseOf(ADA);
    await answers(world, GRACE, KEEP);
    expect((await world.caseOf(ADA)).dueAt?.slice(0, 10)).toBe('2027-01-15');
    const message = { conversationId: 'chat', activityId: 'late', serviceUrl: 'http://127.0.0.1/teams' };
    await world.desk.keepCard({ caseId, by: GRACE, message, shows: version });
    await world.work();
    const c = await world.caseOf(ADA);
    expect(edited(world, message)).toEqual(await drawn(world, c, GRACE));
    expect(c.dueAt?.slice(0, 10)).toBe('2027-01-15');
  });

  it('tries no step before its time', async () => {
    const world = await aWorld();
    const { state, decision, steps } = CASES.acting;
    const dueAt = instant(new Date(world.clock.now().getTime() + DAY_MS));
    const { caseId, version } = await tamper(world, { state, decision, steps, dueAt });
    const message = { conversationId: 'chat', activityId: 'late', serviceUrl: 'http://127.0.0.1/teams' };
    await world.desk.keepCard({ caseId, by: GRACE, message, shows: version - 1 });
    expect(await world.caseOf(ADA)).toMatchObject({ dueAt, further: [{ shows: version - 1 }] });
  });

  it('is for nobody who may not look, nor of a case that there is not', async () => {
    const world = await aWorld();
    const before = await world.caseOf(ADA);
    const message = { conversationId: 'chat', activityId: 'card', serviceUrl: 'http://127.0.0.1/teams' };
    const of = { message, shows: before.version - 1 };
    for (const by of [STRANGER, ADA, HANNA, '' as UserId])
      await world.desk.keepCard({ ...of, caseId: before.caseId, by });
    await world.desk.keepCard({ ...of, caseId: 'no-such-case' as CaseId, by: GRACE });
    expect(await world.caseOf(ADA)).toEqual(before);
  });
});

describe('a case of HR', () => {
  test.each([
    ['their manager', GRACE],
    ['an admin', ALEX],
    ['the executive', CHIARA],
    ['an employee', STRANGER],
  ])('remembers no card of %s, and edits none', async (_who, by) => {
    const world = await aWorld();
    const before = await world.chiara();
    const message = { conversationId: `chat-of-${by}`, activityId: 'card', serviceUrl: 'http://127.0.0.1' };
    const request = { caseId: before.caseId, by, message, shows: before.version - 1 };
    await world.desk.keepCard(request);
    expect(await world.chiara()).toEqual(before);
    expect(await world.answer(HANNA, KEEP)).toBe('accepted');
    await world.work();
    expect(edited(world, message)).toBeUndefined();
  });

  it('edits the cards of those who are of HR, and closes them for who is not any more', async () => {
    const world = await aWorld();
    const [hannas, hugos] = [await opens(world, HANNA, CHIARA), await opens(world, HUGO, CHIARA)];
    await world.graph.leaveGroup(groupId('hr-team'), HUGO);
    world.clock.advance(61_000);
    expect(await world.answer(HANNA, KEEP)).toBe('accepted');
    await world.work();
    const c = await world.chiara();
    expect(edited(world, hannas)).toEqual(await drawn(world, c, HANNA));
    expect(textOf(edited(world, hugos))).toContain('This question is closed');
    expect(textOf(edited(world, hugos))).not.toContain('Chiara');
    expect(c.further).toEqual([{ to: HANNA, message: hannas, shows: c.version }]);
  });

  /** Grace and Alex have opened the card about Ada when she joins one of the groups, and an audit finds it. */
  async function joins(group: 'board' | 'exempt'): Promise<{ world: HrWorld; says: readonly string[] }> {
    const world = await aWorld({
      groups: [aGroup('hr-team'), aGroup('exempt'), aGroup('board')],
      reshape: ({ protect, ...policy }) => ({
        ...policy,
        protect: { ...protect, executives: { ...protect.executives, groups: [groupId('board')] } },
      }),
    });
    const cards = [await opens(world, GRACE), await opens(world, ALEX)];
    await world.graph.joinGroup(groupId(group), ADA);
    await world.audit();
    await world.work(60_000);
    return { world, says: cards.map((message) => textOf(edited(world, message))) };
  }

  it('that was others’ before ends on their cards in the words of any other that is protected', async () => {
    const executive = await joins('board');
    const exempt = await joins('exempt');
    expect((await executive.world.caseOf(ADA)).state).toBe('hrReview');
    expect((await exempt.world.caseOf(ADA)).state).toBe('cancelled');
    expect(executive.says).toEqual(exempt.says);
    for (const card of executive.says) {
      expect(card).toContain('The person is active again, protected, or out of scope.');
      expect(card).not.toMatch(/"verb"|executive|HR/);
    }
    const editsOf = ({ teams }: HrWorld): readonly string[] =>
      teams.edits
        .map(({ message, card }) => `${message.conversationId} ${textOf(card)}`)
        .filter((edit) => edit.includes(GRACE) || edit.includes(ALEX));
    expect(await executive.world.answer(HANNA, KEEP)).toBe('accepted');
    await executive.world.work(60_000);
    expect(editsOf(executive.world)).toEqual(editsOf(exempt.world));
  });

  it('that became so in itself tells nobody else anything, also on the card that they have', async () => {
    const world = await aWorld();
    const cards = [await opens(world, GRACE), await opens(world, ALEX)];
    const { version } = await world.caseOf(ADA);
    const sealed = { state: 'hrReview', protections: ['executive'], message: undefined, askedOf: undefined };
    await tamper(world, { ...sealed, version: version + 1, dueAt: instant(world.clock.now()) });
    await world.work();
    for (const message of cards) {
      expect(textOf(edited(world, message))).toContain('This question is closed');
      expect(textOf(edited(world, message))).not.toContain('ada@');
    }
    expect((await world.caseOf(ADA)).further).toEqual([]);
  });
});
