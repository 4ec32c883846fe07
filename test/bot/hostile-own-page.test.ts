import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ADA,
  aHostileWorld,
  CHIARA,
  GRACE,
  KIM,
  STRANGER,
  SURNAME,
  type Activity,
  type HostileWorld,
} from './hostile-world.js';

let world: HostileWorld;

beforeAll(async () => {
  world = await aHostileWorld();
}, 60_000);

afterAll(() => world.close());

const TITLE = 'What is on record about you';

/** Whose page came back, by what only a page of theirs has. */
function pageOf(sent: string): string | undefined {
  const [, name] = /"text":"(\w+ Quillfeather)","weight":"Bolder","size":"Medium"/u.exec(sent) ?? [];
  return name;
}

/** What was said, without the envelope, which repeats what the sender called themself. */
function said(sent: string): string {
  const bodies = JSON.parse(sent) as readonly { readonly text?: string; readonly attachments?: unknown }[];
  return JSON.stringify(bodies.map(({ text, attachments }) => [text, attachments]));
}

describe('The page about oneself', () => {
  it('is that of whoever Teams says has written, and tells of no case', async () => {
    const { status, text, sent, isUnchanged } = await world.say(ADA, 'me');
    expect([status, isUnchanged]).toEqual([200, true]);
    expect(sent).toContain(TITLE);
    expect(pageOf(sent)).toBe(`Ada ${SURNAME}`);
    for (const secret of [world.about(ADA).caseId, 'Grace', 'reclaim', 'inactive', 'Kim', 'Chiara'])
      expect(text + sent).not.toContain(secret);
  });

  it('has nothing about a case of somebody whose license was taken, where nobody told them', async () => {
    const { sent } = await world.say(KIM, 'my licenses');
    expect(pageOf(sent)).toBe(`Kim ${SURNAME}`);
    expect(sent).not.toMatch(/Nora|Left the team|told|undo/u);
  });

  it('of an executive is that of anybody with the same facts', async () => {
    const chiara = await world.say(CHIARA, 'me');
    const ada = await world.say(ADA, 'me');
    const words = ({ sent }: typeof ada, name: string): string =>
      said(sent)
        .replaceAll(new RegExp(`\\b${name}\\b`, 'giu'), 'NAME')
        .replace('Chief Financial Officer · ', '');
    expect(words(chiara, 'Chiara')).toBe(words(ada, 'Ada'));
    expect(chiara.sent).not.toContain(world.about(CHIARA).caseId);
  });

  it.each<[string, Activity]>([
    ['an object id in the words', { text: `me ${ADA}` }],
    ['a name in the words', { text: `about me: Ada ${SURNAME}` }],
    [
      'somebody mentioned',
      {
        text: `<at>Ada ${SURNAME}</at> me`,
        entities: [
          {
            type: 'mention',
            mentioned: { id: `29:${ADA}`, aadObjectId: ADA, name: 'Ada' },
            text: `<at>Ada ${SURNAME}</at>`,
          },
        ],
      },
    ],
    ['another id in a value', { text: 'me', value: { userId: ADA, asker: ADA, aadObjectId: ADA } }],
    [
      'another name of the sender',
      { text: 'me', from: { id: `29:${ADA}`, aadObjectId: STRANGER, name: `Ada ${SURNAME}` } },
    ],
    ['a prototype', { text: 'me', value: JSON.parse(`{"__proto__":{"userId":"${ADA}"}}`) as object }],
    ['words of another alphabet', { text: `ｍｅ ${ADA}` }],
  ])('is not that of another by %s', async (_what, activity) => {
    const { status, text, sent, isUnchanged } = await world.post(STRANGER, { type: 'message', ...activity });
    expect(status).toBeLessThan(500);
    expect(isUnchanged).toBe(true);
    expect((text + said(sent)).replaceAll(String(activity['text']), '')).not.toContain(SURNAME);
  });

  it('is no page for a channel or a group, where others read along', async () => {
    for (const conversationType of ['groupChat', 'channel']) {
      const conversation = { id: world.connector.conversationOf(ADA), conversationType, tenantId: 'tenant' };
      const { sent } = await world.post(ADA, { type: 'message', text: 'me', conversation });
      expect(sent).not.toContain(TITLE);
      expect(sent).not.toContain(SURNAME);
    }
  });

  it('of a manager is their own, whatever waits for them', async () => {
    const { sent } = await world.say(GRACE, 'me');
    expect(sent).toContain('has no list of your licenses and their last use to show here');
    expect(sent).not.toContain(SURNAME);
  });
});
