import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { caseCard } from '../../src/cards/case-card.js';
import type { Case } from '../../src/cases/case.js';
import { ADMIN, asked, CASES, MANAGER, VIEW } from '../cards/a-case.js';
import type { ChatMessage, TeamsConnector } from '../world/teams-connector.js';
import { aBot, type BotWorld } from './bot-world.js';
import { ADA, aHostileWorld, BEN, GRACE, OTTO, type HostileWorld } from './hostile-world.js';

let world: (BotWorld | HostileWorld) | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

function lastIn(connector: TeamsConnector, userId: UserId): string {
  return JSON.stringify(connector.chatOf(userId).at(-1)?.activity);
}

const RECLAIM = { caseId: 'case-1', version: 3, answer: 'reclaim', reclaimReason: 'Left' };

function clickOf(verb: string, data: unknown): Record<string, unknown> {
  const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
  return { type: 'invoke', name: 'adaptiveCard/action', value };
}

describe('A message', () => {
  it.each([
    ['de-DE', 'Was Sie fragen können'],
    ['de', 'Was Sie fragen können'],
    ['de-AT', 'Was Sie fragen können'],
    ['en-US', 'What you can ask'],
    ['fr-FR', 'What you can ask'],
    ['__proto__', 'What you can ask'],
    ['d'.repeat(10_000), 'What you can ask'],
  ])('from a client in %.20s is answered with “%s”', async (locale, title) => {
    const bot = (world = await aBot());
    const { status } = await bot.post(MANAGER.id, { type: 'message', text: 'help', locale });
    expect(status).toBe(200);
    expect(lastIn(bot.connector, MANAGER.id)).toContain(title);
  });

  it('that says no language is answered in the one before', async () => {
    const bot = (world = await aBot());
    await bot.post(MANAGER.id, { type: 'message', text: 'help', locale: 'de-DE' });
    await bot.say(MANAGER.id, 'case Adele Vance');
    expect(lastIn(bot.connector, MANAGER.id)).toContain('Ich kenne keinen Fall von Ihnen mit diesem Namen.');
    await bot.post(MANAGER.id, { type: 'message', text: 'help', locale: 'en-GB' });
    await bot.say(MANAGER.id, 'case Adele Vance');
    expect(lastIn(bot.connector, MANAGER.id)).toContain('I know of no case of yours with that name.');
  });

  it('that fails is apologized for in its language', async () => {
    const rolesOf = async (): Promise<never> => {
      throw new TypeError('broken');
    };
    const bot = (world = await aBot({ rolesOf, keepQuestion: rolesOf }));
    bot.desk.waitingFor = rolesOf;
    await bot.post(MANAGER.id, { type: 'message', text: 'waiting', locale: 'de-DE' });
    expect(lastIn(bot.connector, MANAGER.id)).toContain('Bei uns ist etwas schiefgegangen.');
  });
});

describe('An arrival', () => {
  it('is welcomed in the language of the client', async () => {
    const bot = (world = await aBot());
    await bot.post(MANAGER.id, { type: 'installationUpdate', action: 'add', locale: 'de-DE' });
    await bot.settled();
    expect(lastIn(bot.connector, MANAGER.id)).toContain('Hallo, ich bin License Steward');
  });
});

describe('A click', () => {
  async function sent(bot: BotWorld, to: UserId, c: Case = asked()): Promise<ChatMessage> {
    const delivery = await bot.messenger.send(to, caseCard(c, VIEW), '');
    if (delivery.kind !== 'delivered') throw new Error('The question was not delivered.');
    bot.desk.cases.set(c.caseId, { ...c, message: { ...delivery.message, shows: c.version, to } });
    const message = bot.connector.chatOf(to).at(-1);
    if (message === undefined) throw new Error('Nothing was said.');
    return message;
  }

  it('on an English card by somebody who reads German is answered in German, and so is the card', async () => {
    const bot = (world = await aBot());
    const question = await sent(bot, MANAGER.id);
    const { body } = await bot.post(MANAGER.id, {
      ...clickOf('answer', RECLAIM),
      replyToId: question.id,
      locale: 'de-DE',
    });
    await bot.settled();
    expect(JSON.stringify(body)).toContain('Entschieden: Zurückholen');
    expect(JSON.stringify(question.activity)).toContain('Entschieden: Zurückholen');
  });

  it('edits the card of somebody else in the language of that person', async () => {
    const bot = (world = await aBot());
    bot.roles.set(ADMIN.id, ['admin']);
    await bot.post(MANAGER.id, { type: 'message', text: 'help', locale: 'de-DE' });
    const theirs = await sent(bot, MANAGER.id, CASES.adminReview);
    const { body } = await bot.post(ADMIN.id, {
      ...clickOf('answer', { ...RECLAIM, version: CASES.adminReview.version }),
      locale: 'en-US',
    });
    await bot.settled();
    expect(JSON.stringify(body)).toContain('Decided: reclaim');
    expect(JSON.stringify(theirs.activity)).toContain('Entschieden: Zurückholen');
  });

  it('with a button that no card has is refused in the language of the client', async () => {
    const bot = (world = await aBot());
    const { body } = await bot.post(MANAGER.id, { ...clickOf('nonsense', {}), locale: 'de-DE' });
    expect(JSON.stringify(body)).toContain('Diese Schaltfläche gehört zu einer anderen Version der Karte.');
  });
});

describe('A manager who reads German', () => {
  it('is asked in German, answered in German, and shown in German what became of it; others are not', async () => {
    const real = await aHostileWorld({ languages: [[GRACE, 'de-DE']] });
    world = real;
    const [digest] = real.connector.chatOf(GRACE);
    expect(JSON.stringify(digest?.activity)).toContain('Werden die Lizenzen von 2 Personen noch benötigt?');
    expect(digest?.activity['summary']).toContain('Bitte antworten Sie bis');
    expect(lastIn(real.connector, OTTO)).toContain('Is this license still needed?');

    const [ada, ben] = [real.about(ADA), real.about(BEN)];
    const data = {
      digestId: ada.message?.digestId,
      cases: [ada, ben].map(({ caseId, version }) => ({ caseId, version })),
      [`answer-${ada.caseId}`]: 'keep',
      [`reason-${ada.caseId}`]: 'Another reason',
      [`answer-${ben.caseId}`]: 'reclaim',
      keepUntil: '2027-01-15',
    };
    // The client says no language: what is known of her counts.
    const { text } = await real.post(GRACE, { ...clickOf('answerAll', data), replyToId: digest?.id });
    expect(text).toContain('Alle diese Fragen sind erledigt');
    expect(text).toContain('Entschieden: Zurückholen');
    await real.cases.work();
    expect(JSON.stringify(digest?.activity)).toContain('Behalten bis');

    await real.say(GRACE, 'case Ada');
    expect(lastIn(real.connector, GRACE)).toContain('Ein anderer Grund');
    expect((await real.cases.caseOf(ADA)) as unknown).toMatchObject({
      decision: { reason: 'Another reason' },
    });
  });
});
