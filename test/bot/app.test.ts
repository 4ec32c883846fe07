import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { TEXTS } from './click-texts.js';
import type { Case } from '../../src/cases/case.js';
import { caseCard } from '../../src/cards/case-card.js';
import type { ChatMessage } from '../world/teams-connector.js';
import { noticeCard } from '../../src/cards/notice-card.js';
import { ADELE, ADMIN, aPersonNamed, asked, CASES, MANAGER, NOW, RECEIVER, VIEW } from '../cards/a-case.js';
import { aBot, type BotWorld } from './bot-world.js';

let world: BotWorld;

beforeEach(async () => {
  world = await aBot();
});

afterEach(async () => {
  await world.close();
});

const RECLAIM = { caseId: 'case-1', version: 3, answer: 'reclaim', reclaimReason: 'Left' };

/** The question is in the manager's chat. */
async function questionSent(change: Partial<Case> = {}): Promise<ChatMessage> {
  const c = { ...asked(), ...change } as Case;
  const delivery = await world.messenger.send(MANAGER.id, caseCard(c, VIEW), '');
  if (delivery.kind !== 'delivered') throw new Error('The question was not delivered.');
  world.desk.cases.set(c.caseId, {
    ...c,
    message: { ...delivery.message, shows: c.version, to: MANAGER.id },
  });
  return lastIn(MANAGER.id);
}

function lastIn(userId: UserId): ChatMessage {
  const last = world.connector.chatOf(userId).at(-1);
  if (!last) throw new Error('Nothing was said.');
  return last;
}

/** All words of a card or message. */
function wordsOf(value: unknown): string {
  return JSON.stringify(value);
}

describe('A click on “I still need it”', () => {
  const NOTICE = { is: { kind: 'told', at: NOW, stepsFrom: NOW } } as const;
  const OBJECTION = { caseId: 'case-1', version: 3, objection: ' The audit needs it ' };
  const TOLD = { ...CASES.scheduled, notice: NOTICE };

  async function told(): Promise<ChatMessage> {
    const delivery = await world.messenger.send(ADELE.id, noticeCard(TOLD, VIEW), '');
    if (delivery.kind !== 'delivered') throw new Error('The notice was not delivered.');
    const notice = { ...NOTICE, message: { ...delivery.message, shows: 3 } };
    world.desk.cases.set(TOLD.caseId, { ...TOLD, notice });
    return lastIn(ADELE.id);
  }

  it('is put to the desk, answered with what happens now, and edits the message', async () => {
    const notice = await told();
    const { status, body } = await world.click(ADELE.id, 'object', OBJECTION, notice.id);
    await world.settled();
    expect(world.desk.objections).toEqual(['The audit needs it']);
    expect(status).toBe(200);
    expect(wordsOf(body)).toContain('Thank you: your administrators decide');
    expect(wordsOf(notice.activity)).toContain('Thank you: your administrators decide');
    expect(wordsOf(notice.activity)).not.toContain('I still need it');
    // It may cover what the worker has shown meanwhile.
    expect(world.desk.kept).toMatchObject([
      { caseId: 'case-1', by: ADELE.id, message: { activityId: notice.id } },
    ]);
  });

  it.each([
    ['the manager', MANAGER.id],
    ['an admin', ADMIN.id],
    ['a stranger', RECEIVER.id],
  ])('by %s changes nothing and tells nothing', async (_name, by) => {
    const notice = await told();
    world.roles.set(ADMIN.id, ['admin']);
    const { body } = await world.click(by, 'object', OBJECTION, notice.id);
    await world.settled();
    expect(body).toMatchObject({ value: TEXTS.noSuchCase });
    expect(world.desk.objections).toEqual([]);
    expect(notice.edits).toBe(0);
  });

  it.each([
    [{}],
    [{ caseId: '../case-1' }],
    [{ caseId: 'case-1', objection: { toString: 'x' } }],
    [{ caseId: 'case-1', objection: 'x'.repeat(3_000) }],
  ])('with %j is none of ours', async (data) => {
    const notice = await told();
    const { status, body } = await world.click(ADELE.id, 'object', data, notice.id);
    expect([status, body]).toMatchObject([200, { value: TEXTS.strange }]);
    expect(world.desk.objections).toEqual([]);
  });
});

describe('A click on an answer', () => {
  it('is put to the desk, answered with the new card, and edits the message for everybody', async () => {
    const question = await questionSent();
    const { status, body } = await world.click(MANAGER.id, 'answer', RECLAIM, question.id);
    await world.settled();
    expect(world.desk.answers).toEqual([{ kind: 'reclaim', reason: 'Left' }]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
    expect(wordsOf(body)).toContain('Decided: reclaim');
    expect(question.edits).toBe(1);
    expect(wordsOf(question.activity)).toContain('Decided: reclaim');
  });

  it('does not wait for the roles of its person, which the desk does not need', async () => {
    await world.close();
    const rolesOf = async (): Promise<readonly []> => {
      while (world.desk.answers.length === 0) await setImmediate();
      return [];
    };
    world = await aBot({ rolesOf });
    const question = await questionSent();
    const { body } = await world.click(MANAGER.id, 'answer', RECLAIM, question.id);
    expect(wordsOf(body)).toContain('Decided: reclaim');
  });

  it('made twice is carried out once, and the second shows how it stands', async () => {
    const question = await questionSent();
    await world.click(MANAGER.id, 'answer', RECLAIM, question.id);
    const { body } = await world.click(MANAGER.id, 'answer', { ...RECLAIM, answer: 'keep' }, question.id);
    expect(world.desk.answers).toHaveLength(1);
    expect(wordsOf(body)).toContain('Decided: reclaim');
  });

  it('by somebody else changes nothing, edits nothing and shows nothing of the case', async () => {
    const question = await questionSent();
    const { status, body } = await world.click(RECEIVER.id, 'answer', RECLAIM, question.id);
    await world.settled();
    expect(status).toBe(200);
    expect(body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: TEXTS.notYours,
    });
    expect(world.desk.answers).toEqual([]);
    expect(question.edits).toBe(0);
  });

  it('by somebody without an object id changes nothing', async () => {
    await questionSent();
    const from = { id: MANAGER.id, name: MANAGER.displayName };
    const value = { action: { type: 'Action.Execute', verb: 'answer', data: RECLAIM } };
    const { body } = await world.post(MANAGER.id, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value,
      from,
    });
    expect(wordsOf(body)).toContain(TEXTS.notYours);
    expect(world.desk.answers).toEqual([]);
  });

  it('in a group chat changes nothing, because a group must not see the card', async () => {
    await questionSent();
    const conversation = { id: 'group', conversationType: 'groupChat', isGroup: true };
    const value = { action: { type: 'Action.Execute', verb: 'answer', data: RECLAIM } };
    await world.post(MANAGER.id, { type: 'invoke', name: 'adaptiveCard/action', value, conversation });
    expect(world.desk.answers).toEqual([]);
  });

  it('that cannot be taken comes back with what was typed, what is wrong and whom to choose', async () => {
    const question = await questionSent();
    world.desk.next = {
      kind: 'incomplete',
      case: asked(),
      problems: ['Two people are called so.'],
      choices: [aPersonNamed('Isaiah Langer', 3), aPersonNamed('Isaiah Lang', 4)],
    };
    const click = {
      caseId: 'case-1',
      version: 3,
      answer: 'reassign',
      reassignReceiver: 'Isaiah',
      reassignReason: 'Starts Monday',
    };
    const { body } = await world.click(MANAGER.id, 'answer', click, question.id);
    await world.settled();
    expect(wordsOf(body)).toContain('Two people are called so.');
    expect(wordsOf(body)).toContain('Starts Monday');
    expect(wordsOf(body)).toContain(aPersonNamed('Isaiah Lang', 4).id);
    expect(question.edits).toBe(0);
  });

  it.each([
    ['nothing', undefined],
    ['another case id', { ...RECLAIM, caseId: '../other' }],
    ['an unknown answer', { ...RECLAIM, answer: 'delete' }],
    ['a version that is no number', { ...RECLAIM, version: '3' }],
    ['a text far too long', { ...RECLAIM, reclaimReason: 'x'.repeat(5000) }],
    ['an object for a text', { ...RECLAIM, reclaimReason: { $gt: '' } }],
  ])('with %s is refused with a way out', async (_what, data) => {
    await questionSent();
    const { status, body } = await world.click(MANAGER.id, 'answer', data);
    expect(status).toBe(200);
    expect(wordsOf(body)).toContain(TEXTS.strange);
    expect(world.desk.answers).toEqual([]);
  });

  it('that fails says so, and that nothing was lost', async () => {
    await questionSent();
    world.desk.next = new Error('secret detail');
    const { status, body } = await world.click(MANAGER.id, 'answer', RECLAIM);
    expect(status).toBe(200);
    expect(body).toMatchObject({ value: TEXTS.failed });
    expect(wordsOf(body)).not.toContain('secret');
  });

  it('with an unknown verb is answered too', async () => {
    const { status, body } = await world.click(MANAGER.id, 'explode', {});
    expect(status).toBe(200);
    expect(wordsOf(body)).toContain(TEXTS.strange);
  });

  it('from a client without Action.Execute edits the card', async () => {
    const question = await questionSent();
    const { status } = await world.post(MANAGER.id, {
      type: 'message',
      replyToId: question.id,
      value: { ...RECLAIM, verb: 'answer' },
    });
    await world.settled();
    expect(status).toBe(200);
    expect(world.desk.answers).toEqual([{ kind: 'reclaim', reason: 'Left' }]);
    expect(wordsOf(question.activity)).toContain('Decided: reclaim');
  });

  it('on an old copy brings the copy and the stored message up to date', async () => {
    const copy = await questionSent();
    const stored = await questionSent();
    await world.click(MANAGER.id, 'answer', RECLAIM, copy.id);
    await world.settled();
    expect([copy.edits, stored.edits]).toEqual([1, 1]);
  });
});

describe('A click of an admin', () => {
  /** A copy of the card in the admin's own chat. */
  async function copySent(c: Case): Promise<ChatMessage> {
    const delivery = await world.messenger.send(ADMIN.id, caseCard(c, { ...VIEW, reader: 'admin' }), '');
    expect(delivery.kind).toBe('delivered');
    return lastIn(ADMIN.id);
  }

  beforeEach(() => {
    world.roles.set(ADMIN.id, ['admin']);
  });

  it('who decides gives the manager asked before no button that is not theirs', async () => {
    const stored = await questionSent(CASES.adminReview);
    const copy = await copySent(CASES.adminReview);
    const { body } = await world.click(ADMIN.id, 'answer', RECLAIM, copy.id);
    await world.settled();
    expect(wordsOf(body)).toContain('Take my answer back');
    expect(wordsOf(copy.activity)).toContain('Take my answer back');
    expect(wordsOf(stored.activity)).toContain('Decided: reclaim');
    expect(wordsOf(stored.activity)).not.toContain('Action.Execute');
  });

  it.each(['answer', 'undo'])(
    'that changes nothing leaves the question of the manager as it is: %s',
    async (verb) => {
      const stored = await questionSent();
      const copy = await copySent(CASES.asked);
      await world.click(ADMIN.id, verb, RECLAIM, copy.id);
      await world.click(ADMIN.id, verb, RECLAIM, stored.id);
      await world.settled();
      expect(world.desk.answers).toEqual([]);
      expect(stored.edits).toBe(0);
      expect(wordsOf(stored.activity)).toContain('Reclaim the license');
    },
  );
});

describe('A click that takes long', () => {
  it('is acknowledged, and the card is edited when it is done', async () => {
    await world.close();
    world = await aBot({ patienceMs: 20 });
    const question = await questionSent();
    let done = (): void => {};
    world.desk.slow = new Promise((resolve) => {
      done = resolve;
    });
    const { body } = await world.click(MANAGER.id, 'answer', RECLAIM, question.id);
    expect(body).toMatchObject({ value: TEXTS.later });
    expect(question.edits).toBe(0);
    done();
    await world.settled();
    expect(wordsOf(question.activity)).toContain('Decided: reclaim');
  });

  it('is acknowledged clearly before two seconds are over', async () => {
    const question = await questionSent();
    let done = (): void => {};
    world.desk.slow = new Promise((resolve) => {
      done = resolve;
    });
    const began = performance.now();
    const { body } = await world.click(MANAGER.id, 'answer', RECLAIM, question.id);
    const took = performance.now() - began;
    done();
    await world.settled();
    expect(took).toBeLessThan(1_900);
    expect(body).toMatchObject({ value: TEXTS.later });
  });

  it('and fails at last is not silent', async () => {
    await world.close();
    world = await aBot({ patienceMs: 20 });
    const question = await questionSent();
    let done = (): void => {};
    world.desk.slow = new Promise((resolve) => {
      done = resolve;
    });
    world.desk.next = new Error('no');
    await world.click(MANAGER.id, 'answer', RECLAIM, question.id);
    done();
    await world.settled();
    expect(lastIn(MANAGER.id).activity['text']).toBe(TEXTS.failed);
  });
});

describe('Undo', () => {
  it('by a click is put to the desk and shown', async () => {
    const question = await questionSent(CASES.holding);
    const { body } = await world.click(MANAGER.id, 'undo', { caseId: 'case-1', version: 3 }, question.id);
    expect(world.desk.undone).toEqual(['case-1']);
    expect(wordsOf(body)).toContain('Giving it back');
  });

  it('in words does the same', async () => {
    await questionSent(CASES.holding);
    await world.say(MANAGER.id, 'please undo Adele Vance');
    expect(world.desk.undone).toEqual(['case-1']);
    expect(wordsOf(lastIn(MANAGER.id).activity)).toContain('Giving it back');
  });

  it('of what is not done says that there is nothing to undo', async () => {
    await questionSent();
    await world.say(MANAGER.id, 'undo adele');
    expect(lastIn(MANAGER.id).activity['text']).toContain('nothing to undo');
  });

  it('of somebody else is as if there were no such case', async () => {
    await questionSent(CASES.holding);
    await world.say(RECEIVER.id, 'undo Adele Vance');
    const refused = lastIn(RECEIVER.id).activity['text'];
    await world.say(RECEIVER.id, 'undo Nobody Atall');
    expect(lastIn(RECEIVER.id).activity['text']).toBe(refused);
    expect(world.desk.undone).toEqual([]);
  });
});

describe('A message', () => {
  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['nonsense', 'asdf qwer'],
    ['a known word', 'help'],
    ['thanks', 'thanks!'],
    ['an emoji', '🤷'],
    ['a mention alone', '<at>License Steward</at>'],
    ['a very long text', 'x'.repeat(20_000)],
  ])('of %s is never met with silence', async (_what, text) => {
    const { status } = await world.say(MANAGER.id, text);
    expect(status).toBe(200);
    expect(world.connector.chatOf(MANAGER.id)).toHaveLength(1);
  });

  it('without text, such as a file alone, is answered', async () => {
    await world.post(MANAGER.id, { type: 'message', attachments: [{ contentType: 'image/png' }] });
    expect(world.connector.chatOf(MANAGER.id)).toHaveLength(1);
  });

  it('in a group is answered without anything personal', async () => {
    await questionSent();
    const conversation = {
      id: world.connector.conversationOf(ADMIN.id),
      conversationType: 'groupChat',
      isGroup: true,
    };
    await world.post(MANAGER.id, { type: 'message', text: 'waiting', conversation });
    expect(lastIn(ADMIN.id).activity['text']).toContain('personal chat');
  });

  it('that asks for the case gives the question with its buttons', async () => {
    await questionSent();
    await world.say(MANAGER.id, 'case adele vance');
    expect(wordsOf(lastIn(MANAGER.id).activity)).toContain('Reclaim the license');
  });

  it('is answered with an apology when something fails', async () => {
    world.readModel.findPerson = () => Promise.reject(new Error('secret'));
    await world.say(MANAGER.id, 'case adele');
    expect(lastIn(MANAGER.id).activity['text']).toBe(TEXTS.failed);
  });

  it('of an admin lists who is inactive; of anybody else it does not', async () => {
    world.roles.set(ADMIN.id, ['admin']);
    world.readModel.run = {
      runId: 'run-1',
      finishedAt: '2026-11-23T06:00:00.000Z',
      reportRefreshed: '2026-11-21',
      people: 1200,
      licenses: 1900,
      active: 1176,
      inactive: 0,
      unknown: 4,
      protected: 20,
      guests: 3,
    };
    await world.say(ADMIN.id, 'Who is inactive but licensed?');
    expect(wordsOf(lastIn(ADMIN.id).activity)).toContain('Nobody holds licenses that look unused');
    await world.say(MANAGER.id, 'Who is inactive but licensed?');
    expect(wordsOf(lastIn(MANAGER.id).activity)).toContain('Lists of people are for administrators');
  });

  it('says when roles cannot be read, and still answers what needs none', async () => {
    await world.close();
    world = await aBot({ rolesOf: () => Promise.reject(new Error('Graph is away')) });
    await questionSent();
    await world.say(MANAGER.id, 'who is inactive');
    expect(lastIn(MANAGER.id).activity['text']).toContain('cannot check');
    await world.say(MANAGER.id, 'waiting');
    expect(wordsOf(lastIn(MANAGER.id).activity)).toContain('Adele Vance');
  });
});

describe('An arrival', () => {
  const installed = { type: 'installationUpdate', action: 'add' };
  const added = { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] };

  it('is welcomed once, though Teams tells it twice', async () => {
    await Promise.all([world.post(MANAGER.id, installed), world.post(MANAGER.id, added)]);
    await world.settled();
    const chat = world.connector.chatOf(MANAGER.id);
    expect(chat).toHaveLength(1);
    expect(wordsOf(chat)).toContain('Hello, I am License Steward');
  });

  it('of somebody whom a question waits for is told so first, in place of all that can be asked', async () => {
    await questionSent();
    await world.post(MANAGER.id, installed);
    await world.settled();
    const welcome = wordsOf(lastIn(MANAGER.id).activity);
    expect(welcome).toContain('A question waits for your answer in this chat.');
    expect(welcome).not.toContain('history NAME');
  });

  it('of somebody known gets again what waits, and no second welcome', async () => {
    await world.post(MANAGER.id, installed);
    await questionSent();
    world.advance(60_000);
    await world.post(MANAGER.id, installed);
    await world.settled();
    const chat = world.connector.chatOf(MANAGER.id).map((message) => wordsOf(message.activity));
    expect(chat).toHaveLength(4);
    expect(chat[2]).toContain('Welcome back');
    expect(chat[3]).toContain('Reclaim the license');
  });

  it('tells where to reach the person', async () => {
    await world.post(MANAGER.id, installed);
    await world.messenger.send(MANAGER.id, caseCard(asked(), VIEW), '');
    expect(world.connector.calls.filter((call) => call.path === '/v3/conversations')).toEqual([]);
  });
});
