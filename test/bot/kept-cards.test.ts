import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import type { Desk } from '../../src/cases/answering/desk.js';
import type { Case } from '../../src/cases/case.js';
import { silentLog } from '../../src/telemetry/log.js';
import type { ChatMessage } from '../world/teams-connector.js';
import { CASES, MANAGER } from '../cards/a-case.js';
import { aBot, type BotWorld } from './bot-world.js';
import { digest, of } from './hostile-cards.js';
import {
  ADA,
  ADMINS,
  aHostileWorld,
  ALEX,
  ANNA,
  BEN,
  CHIARA,
  GRACE,
  HANNA,
  HUGO,
  KIM,
  NORA,
  SURNAME,
  type HostileWorld,
} from './hostile-world.js';

const KEEP = { kind: 'keep', reason: 'Back soon', until: '2027-01-15' } as const;

function textOf(message: ChatMessage | undefined): string {
  return JSON.stringify(message?.activity);
}

describe('A card of one case that somebody opened in the chat', () => {
  let world: HostileWorld;

  beforeEach(async () => {
    world = await aHostileWorld();
  }, 60_000);

  afterEach(() => world.close());

  function lastTo(userId: UserId): ChatMessage {
    const last = world.connector.chatOf(userId).at(-1);
    if (last === undefined) throw new Error('Nothing was said.');
    return last;
  }

  /** Grace decides about Ada, and the worker does what follows. */
  async function decided(): Promise<void> {
    const answer = { kind: 'reclaim', reason: 'Left the team' } as const;
    const outcome = await world.cases.desk.answer({ ...of(world, ADA), by: GRACE, answer });
    expect(outcome.kind).toBe('accepted');
    await world.cases.work(60_000);
  }

  test.each<[string, UserId, () => Promise<unknown>]>([
    ['the details of a digest', GRACE, () => world.click(GRACE, 'details', of(world, ADA))],
    [
      'the card that asks who gets the license',
      GRACE,
      () =>
        world.click(GRACE, 'answerAll', {
          ...digest(world),
          [`answer-${of(world, ADA).caseId}`]: 'reassign',
          [`answer-${of(world, BEN).caseId}`]: '',
        }),
    ],
    ['the answer to "case NAME"', ALEX, () => world.say(ALEX, `case Ada ${SURNAME}`)],
  ])('is edited when the case moves on: %s', async (_which, by, open) => {
    await open();
    const card = lastTo(by);
    expect(textOf(card)).toContain(`Ada ${SURNAME}`);
    const others = world.connector.chatOf(by).length;
    await decided();
    expect(textOf(card)).toContain('License taken back');
    expect(world.connector.chatOf(by)).toHaveLength(others);
  });

  it('is edited when an undo in words is done', async () => {
    await world.say(NORA, `undo Kim ${SURNAME}`);
    const card = lastTo(NORA);
    await world.cases.work(60_000);
    expect((await world.cases.caseOf(KIM)).state).toBe('undone');
    expect(textOf(card)).toContain('Undone');
  });

  it('goes on from a click on it, also where nobody remembered it before', async () => {
    const sent = await world.cases.doors.messenger.send(GRACE, { type: 'AdaptiveCard', body: [] }, '');
    expect(sent.kind).toBe('delivered');
    const card = lastTo(GRACE);
    const data = { ...of(world, ADA), answer: 'reclaim', reclaimReason: 'x' };
    await world.click(GRACE, 'answer', data, { replyToId: card.id });
    expect(textOf(card)).toContain(`Ada ${SURNAME}`);
    await world.cases.work(60_000);
    expect(textOf(card)).toContain('License taken back');
    const { further } = await world.cases.caseOf(ADA);
    expect(further?.map(({ message }) => message.activityId)).toEqual([card.id]);
  });

  it('is not left covered by an older one, however often the worker edits it during a click', async () => {
    await world.click(GRACE, 'details', of(world, ADA));
    const card = lastTo(GRACE);
    const { desk } = world.cases;
    const show = desk.show.bind(desk);
    let looks = 0;
    Object.assign(desk, {
      show: async (request: Parameters<Desk['show']>[0]) => {
        looks += 1;
        if (looks === 1) await world.cases.work(5_000);
        const shown = await show(request);
        if (looks === 1) await world.cases.work(60_000);
        return shown;
      },
    });
    const data = { ...of(world, ADA), answer: 'reclaim', reclaimReason: 'x' };
    await world.click(GRACE, 'answer', data, { replyToId: card.id });
    const c = await world.cases.caseOf(ADA);
    expect(c).toMatchObject({ state: 'holding', further: [{ shows: c.version }] });
    expect(textOf(card)).toContain('License taken back');
  });

  it('is remembered once, however often it is clicked, and the digest not beside itself', async () => {
    await world.click(GRACE, 'details', of(world, ADA));
    const card = lastTo(GRACE);
    const data = { ...of(world, ADA), answer: 'keep', keepReason: 'Back soon', keepUntil: '2027-01-15' };
    for (let clicks = 0; clicks < 3; clicks += 1)
      await world.click(GRACE, 'answer', data, { replyToId: card.id });
    await world.click(GRACE, 'answer', data, { replyToId: world.about(ADA).message?.activityId });
    const c = await world.cases.caseOf(ADA);
    expect(c.state).toBe('kept');
    expect(c.further?.map(({ message }) => message.activityId)).toEqual([card.id]);
  });

  it('is closed for an admin who is none any more', async () => {
    await world.say(ANNA, `case Ada ${SURNAME}`);
    const card = lastTo(ANNA);
    expect(textOf(card)).toContain(SURNAME);
    await world.cases.graph.leaveGroup(ADMINS, ANNA);
    world.cases.clock.advance(61_000);
    await decided();
    expect(textOf(card)).toContain('This question is closed');
    expect(textOf(card)).not.toContain(SURNAME);
  });

  it('of HR’s lane is edited for HR, and nobody else hears anything', async () => {
    await world.say(HUGO, `case Chiara ${SURNAME}`);
    const card = lastTo(HUGO);
    for (const by of [GRACE, ALEX, CHIARA]) {
      await world.say(by, `case Chiara ${SURNAME}`);
      await world.click(by, 'details', of(world, CHIARA));
    }
    const { caseId, version, further } = await world.cases.caseOf(CHIARA);
    expect(further?.map(({ to }) => to)).toEqual([HUGO]);
    const calls = world.connector.calls.length;
    await world.cases.desk.answer({ caseId, version, by: HANNA, answer: KEEP });
    await world.cases.work(60_000);
    expect(textOf(card)).toContain(`Kept until`);
    const chats = world.connector.calls.slice(calls).map(({ path }) => decodeURIComponent(path));
    expect(chats.length).toBeGreaterThan(0);
    for (const chat of chats) expect(chat).toMatch(new RegExp(`${HANNA}|${HUGO}`));
  });
});

describe('An answer in the chat', () => {
  let world: BotWorld;
  const said: string[] = [];

  afterEach(() => world.close());

  async function asked(keepCard: Desk['keepCard']): Promise<void> {
    said.length = 0;
    const warn = (message: string, fields?: object): void =>
      void said.push(`${message} ${JSON.stringify(fields)}`);
    world = await aBot({ log: { ...silentLog, warn, error: warn } });
    const c: Case = { ...CASES.asked, askedOf: MANAGER.id };
    world.desk.cases.set(c.caseId, c);
    Object.assign(world.desk, { keepCard });
    const { status } = await world.click(MANAGER.id, 'details', { caseId: c.caseId });
    expect(status).toBe(200);
    await world.say(MANAGER.id, 'case Adele Vance');
  }

  it('is given although its card cannot be remembered, and the log names nobody and no case', async () => {
    await asked(() => Promise.reject(new Error('Adele Vance is in case-1')));
    await world.settled();
    expect(world.connector.chatOf(MANAGER.id)).toHaveLength(2);
    const line = 'A card could not be remembered. {"error":"Error"}';
    expect(said).toEqual([line, line]);
  });

  it('is there while the store keeps its card waiting', async () => {
    let go = (): void => {};
    const slow = new Promise<void>((resolve) => {
      go = () => resolve();
    });
    await asked(() => slow);
    expect(world.connector.chatOf(MANAGER.id).length).toBeGreaterThanOrEqual(1);
    go();
    await world.settled();
    expect(world.connector.chatOf(MANAGER.id)).toHaveLength(2);
  });

  it('has its card remembered', async () => {
    const kept: unknown[] = [];
    await asked(async (request) => void kept.push(request));
    await world.settled();
    const ids = world.connector.chatOf(MANAGER.id).map(({ id }) => id);
    const conversationId = world.connector.conversationOf(MANAGER.id);
    const { serviceUrl } = world.connector;
    const { caseId, version: shows } = CASES.asked;
    const about = { caseId, by: MANAGER.id, shows };
    expect(kept).toHaveLength(2);
    const card = expect.objectContaining({ type: 'AdaptiveCard' }) as unknown;
    for (const activityId of ids)
      expect(kept).toContainEqual({ ...about, message: { conversationId, activityId, serviceUrl }, card });
  });
});
