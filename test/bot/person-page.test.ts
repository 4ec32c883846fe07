import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import { buttonIn, sentIn, textIn } from './admin-world.js';
import {
  ADA,
  aHostileWorld,
  ALEX,
  CHIARA,
  GRACE,
  HANNA,
  IRIS,
  KIM,
  NORA,
  STRANGER,
  SURNAME,
  type HostileWorld,
  type Outcome,
} from './hostile-world.js';

const TITLE = 'What is known about this person';

/** The cards and texts that were sent, without what tells one message from another. */
function said(outcome: Outcome): string {
  return JSON.stringify(sentIn(outcome).map(({ text, attachments }) => [text, attachments]));
}

/** Presses a button of what came back, with what its inputs have. */
function press(
  world: HostileWorld,
  by: UserId,
  shown: Outcome,
  title: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const { verb, data } = buttonIn(shown, title);
  return world.click(by, verb, { ...data, ...inputs });
}

describe('The page of a person', () => {
  let world: HostileWorld;

  beforeAll(async () => {
    world = await aHostileWorld();
  }, 60_000);

  afterAll(() => world.close());

  it.each([
    `person Ada ${SURNAME}`,
    'who is Ada',
    `Wer ist Ada ${SURNAME}?`,
    'Seite von Ada',
    'find ada@harbor.example',
    `Ada ${SURNAME}`,
    'ada',
    'ada@harbor.example',
    ADA,
  ])('is what an admin gets who writes “%s”', async (text) => {
    const { sent, isUnchanged } = await world.say(ALEX, text);
    for (const words of [
      TITLE,
      `Ada ${SURNAME}`,
      'Shows no use for 148 days',
      'last used 26 Jun 2026',
      'assigned directly',
      'price not entered',
      'Waits for an answer',
      'Grace, since',
      'Asked Grace in Teams',
    ])
      expect(sent).toContain(words);
    expect(isUnchanged).toBe(true);
  });

  it('has the last of the history, and the whole of it behind a button', async () => {
    const page = await world.say(ALEX, 'person Ada');
    const history = await press(world, ALEX, page, 'Show the whole history');
    expect(said(history)).toBe(said(await world.say(ALEX, 'history Ada')));
    expect(said(history)).toContain('Found in audit run');
  });

  it.each([
    ['Open the case', 'case Ada'],
    ['Why asked?', 'explain Ada'],
    ['Remind now', 'remind Ada'],
  ])('has a button “%s” that does what “%s” does', async (title, text) => {
    const page = await world.say(ALEX, 'person Ada');
    const pressed = await press(world, ALEX, page, title);
    const typed = await world.say(ALEX, text);
    const inPlace = sentIn(pressed).length === 0;
    expect(inPlace ? JSON.parse(pressed.text).value : said(pressed)).toBe(
      inPlace ? textIn(typed) : said(typed),
    );
  });

  it('is of whoever has a case that is done, too', async () => {
    const { sent } = await world.say(ALEX, `who is Kim ${SURNAME}`);
    expect(sent).toContain('License taken back');
    expect(sent).toContain('"title":"Undo"');
    expect(sent).not.toContain('Remind now');
  });

  it('leaves the card of a case to those who ask for the case', async () => {
    const { sent } = await world.say(ALEX, 'case Ada');
    expect(sent).toContain('Asked: the manager, Grace');
    expect(sent).not.toContain(TITLE);
  });

  it.each<[string, UserId, string]>([
    ['the manager who was asked', GRACE, 'case Ada'],
    ['another manager', NORA, 'case Ada'],
    ['an employee', STRANGER, 'case Ada'],
    ['somebody of HR', HANNA, 'case Ada'],
    ['the person themself', ADA, 'case Ada'],
  ])('is for admins alone: to %s it is what their case is', async (_who, reader, request) => {
    const { sent, isUnchanged } = await world.say(reader, 'person Ada');
    const asked = await world.say(reader, request);
    expect(sent).not.toContain(TITLE);
    expect(said({ ...asked, sent })).toBe(said(asked));
    expect(isUnchanged).toBe(true);
  });

  it('of somebody else than nobody is known is the same to an employee', async () => {
    const none = await world.say(STRANGER, 'person Wilma');
    for (const text of ['person Ada', 'who is Kim', 'wer ist Chiara', `person ${ADA}`])
      expect(said(await world.say(STRANGER, text))).toBe(said(none));
  });

  it('of an admin themself is the same, whether there is a case about them or not', async () => {
    const own = [`person Iris ${SURNAME}`, `Iris ${SURNAME}`, `case Iris ${SURNAME}`, `who is ${IRIS}`];
    const shown = async (): Promise<readonly string[]> => {
      const all: string[] = [];
      for (const words of own) all.push(said(await world.say(IRIS, words)));
      return [...all, (await world.click(IRIS, 'page', { userId: IRIS })).text];
    };
    const withCase = await shown();
    const { caseId } = world.about(IRIS);
    const stored = await world.cases.store.read<Case>('cases', caseId, caseId);
    if (stored === undefined) throw new Error('Iris has no case.');
    await world.cases.store.remove('cases', caseId, caseId, stored.etag);
    const without = await shown();
    await world.cases.store.create('cases', stored.doc);
    expect(withCase).toEqual(without);
    expect(withCase.join('')).toContain(TITLE);
    expect(withCase.join('')).not.toContain(caseId);
  });

  it('of an executive is none to an admin, and their case to HR', async () => {
    const [admin, nobody] = [
      await world.say(ALEX, `who is Chiara ${SURNAME}`),
      await world.say(ALEX, 'who is Wilma Nobody'),
    ];
    expect(textIn(admin).replaceAll(`Chiara ${SURNAME}`, '…')).toBe(
      textIn(nobody).replaceAll('Wilma Nobody', '…'),
    );
    const hr = await world.say(HANNA, `who is Chiara ${SURNAME}`);
    expect(hr.sent).toContain('Chief Financial Officer');
    expect(hr.sent).not.toContain(TITLE);
  });

  it('is the same, whether HR has a case about the person or not', async () => {
    const before = said(await world.say(ALEX, 'person Ada'));
    const sealed = {
      ...(await world.cases.caseOf(CHIARA)),
      ...{ id: 'sealed', caseId: 'sealed', userId: ADA, openedAt: '2026-12-31T00:00:00.000Z' },
      subject: (await world.cases.caseOf(ADA)).subject,
    } as Case;
    const { etag } = await world.cases.store.create('cases', sealed);
    expect(said(await world.say(ALEX, 'person Ada'))).toBe(before);
    expect(said(await world.say(ALEX, 'Ada'))).toBe(before);
    await world.cases.store.remove('cases', 'sealed', 'sealed', etag);
  });
});

describe('A button of a page', () => {
  let world: HostileWorld;

  beforeEach(async () => {
    world = await aHostileWorld();
  }, 60_000);

  afterEach(() => world.close());

  it('undoes what “undo NAME” undoes', async () => {
    const page = await world.say(ALEX, 'person Kim');
    const { sent } = await press(world, ALEX, page, 'Undo');
    expect(sent).toContain('Giving it back');
    expect((await world.cases.caseOf(KIM)).state).toBe('undoing');
  });

  it('protects, once it was said why', async () => {
    const page = await world.say(ALEX, 'person Ada');
    const without = await press(world, ALEX, page, 'Protect', { protectReason: '  ' });
    expect(without.text).toContain('Please say whom, why');
    const endless = await press(world, ALEX, page, 'Exempt until then', { protectReason: 'On a project' });
    expect(endless.text).toContain('Please say whom, why');
    expect((await world.cases.caseOf(ADA)).state).toBe('asked');
    const { sent } = await press(world, ALEX, page, 'Exempt until then', {
      protectReason: 'On a project',
      protectUntil: '2027-01-31',
    });
    expect(sent).toContain('until 31 Jan 2027, that day included');
    expect(await world.cases.caseOf(ADA)).toMatchObject({ state: 'cancelled', cause: 'protected' });
  });

  it('takes a protection back that the page shows', async () => {
    await world.say(ALEX, 'protect Ada because she is on a project');
    const page = await world.say(ALEX, 'person Ada');
    expect(page.sent).toContain('**Protected in chat** by Alex');
    const { text } = await press(world, ALEX, page, 'Take the protection back');
    expect(text).toContain(`Ada ${SURNAME}`);
    expect((await world.say(ALEX, 'person Ada')).sent).not.toContain('Protected in chat');
  });

  it('runs an audit where there is no question', async () => {
    await world.say(ALEX, 'protect Ada because she is on a project');
    const page = await world.say(ALEX, 'person Ada');
    const { isUnchanged } = await press(world, ALEX, page, 'Run an audit');
    expect(isUnchanged).toBe(false);
  });

  it('gives nobody a right: what others press is as if they had written it', async () => {
    const page = await world.say(ALEX, 'person Kim');
    const because = { protectReason: 'On a project', protectUntil: '2027-01-31' };
    for (const by of [STRANGER, GRACE, HANNA, KIM])
      for (const title of ['Undo', 'Open the case', 'Why asked?', 'Show the whole history', 'Protect']) {
        const { status, text, sent, isUnchanged } = await press(world, by, page, title, because);
        expect([status, isUnchanged]).toEqual([200, true]);
        expect(text + sent).not.toMatch(/Left the team|License taken back|is protected/u);
      }
    const refused = await press(world, STRANGER, page, 'Protect', {});
    expect(refused.text).not.toContain('Please say whom');
  });

  it('shows in the place of the page how things stand now', async () => {
    const page = await world.say(ALEX, 'person Ada');
    await world.say(ALEX, 'protect Ada because she is on a project');
    const { text, sent, isUnchanged } = await press(world, ALEX, page, 'Refresh');
    // At once, and in the message itself for whoever opens the chat anew.
    for (const shown of [text, sent]) expect(shown).toContain('**Protected in chat** by Alex');
    expect(isUnchanged).toBe(true);
  });

  it('shows nothing anew to anybody but an admin, whatever HR has', async () => {
    const page = await world.say(ALEX, 'person Ada');
    const { data } = buttonIn(page, 'Refresh');
    for (const by of [STRANGER, GRACE, HANNA, KIM])
      for (const userId of [ADA, CHIARA]) {
        const { text, sent, isUnchanged } = await world.click(by, 'page', { ...data, userId });
        expect(text).toContain('There is nothing to show you of this person now.');
        expect([sent, isUnchanged]).toEqual(['[]', true]);
      }
  });

  it('shows an admin as little of an executive anew as of nobody', async () => {
    const [executive, nobody] = [
      await world.click(ALEX, 'page', { userId: CHIARA }),
      await world.click(ALEX, 'page', { userId: CHIARA.replace(/.$/u, 'f') }),
    ];
    expect(executive.text).toBe(nobody.text);
    expect([executive.sent, executive.isUnchanged]).toEqual([nobody.sent, true]);
  });

  it('waives nothing of a case that has moved on since the page was drawn', async () => {
    const page = await world.say(ALEX, 'person Ada');
    const { request } = buttonIn(page, 'Open the case').data as { readonly request: string };
    const caseId = request.replace('case ', '');
    const typed = { caseId, version: 0, waiveThing: 'rest', waiveReason: 'Nobody does it' };
    const { text, isUnchanged } = await world.click(ALEX, 'waive', typed);
    expect(text).toContain('This case has moved on since that page was drawn');
    expect(isUnchanged).toBe(true);
  });

  it.each<[string, string, unknown]>([
    ['nothing', 'write', undefined],
    ['no text', 'write', { request: { $gt: '' } }],
    ['an empty text', 'write', { request: '' }],
    ['a text far too long', 'write', { request: `undo ${'x'.repeat(5_000)}` }],
    ['a prototype', 'write', JSON.parse(`{"__proto__":{"request":"undo ${KIM}"}}`)],
    ['no person', 'page', { userId: 'Ada' }],
    ['no case', 'waive', { version: 1, waiveThing: 'rest', waiveReason: 'x' }],
    ['a strange case', 'waive', { caseId: '../x', version: 1, waiveThing: 'rest', waiveReason: 'x' }],
    ['a strange person', 'admin', { do: 'protect', how: 'protect', userId: 'Ada', protectReason: 'x' }],
    ['a strange way', 'admin', { do: 'protect', how: 'delete', userId: ADA, protectReason: 'x' }],
    [
      'a strange day',
      'admin',
      { do: 'protect', how: 'exempt', userId: ADA, protectReason: 'x', protectUntil: '2027-02-31' },
    ],
  ])('that brings %s does nothing', async (_what, verb, data) => {
    const { status, text, isUnchanged } = await world.click(ALEX, verb, data);
    expect([status, isUnchanged]).toEqual([200, true]);
    expect(text).toContain('This button belongs to another version');
  });

  it('brings no file, so that a roster has to be sent with a message', async () => {
    const { text, isUnchanged } = await world.click(ALEX, 'write', { request: 'import roster' });
    expect(text).toContain('CSV');
    expect(isUnchanged).toBe(true);
  });
});
