import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import {
  ADA,
  aHostileWorld,
  ALEX,
  CHIARA,
  GRACE,
  KIM,
  NORA,
  STRANGER,
  type HostileWorld,
  type Outcome,
} from './hostile-world.js';

let world: HostileWorld;

beforeAll(async () => {
  world = await aHostileWorld();
}, 60_000);

afterAll(() => world.close());

const NOBODYS_ID = '99999999-0000-4000-8000-000000000000';
const READERS = [
  ['their manager', GRACE],
  ['an admin', ALEX],
  ['the executive', CHIARA],
  ['another manager', NORA],
  ['an employee', STRANGER],
] as const;

/** Everything that came back, with what was asked for taken out of it. */
function said({ status, text, sent }: Outcome, ...asked: readonly string[]): string {
  const words = `${status} ${text} ${sent}`.replaceAll(/"(id|replyToId)":"(in-|m)\d+"/gu, '');
  return asked.reduce((left, word) => left.replaceAll(word, '…'), words);
}

/** What the page about oneself has of the executive, who may read it. */
function ownNames(reader: UserId): readonly string[] {
  return reader === CHIARA
    ? ['Chiara Quillfeather', 'chiara@harbor.example', 'Chief Financial Officer', 'Chiara']
    : [];
}

/** What stands before a name; nothing: the name alone. */
const REQUESTS: readonly string[] = [
  ...['case', 'history', 'undo', 'release', 'unprotect', 'deliveries of', 'remind'],
  ...['person', 'who is', 'wer ist', 'Seite von', 'find', 'details', ''],
];

/** Each way in, given something of the case or of a case that there is not. */
const CLICKS = [
  ['an answer', 'answer', (id: string) => ({ caseId: id, version: 0, answer: 'reclaim' })],
  [
    'the answer of a second person',
    'answer',
    (id: string) => ({ caseId: id, version: 0, answer: 'approve' }),
  ],
  ['an undo', 'undo', (id: string) => ({ caseId: id })],
  ['a look at the details', 'details', (id: string) => ({ caseId: id })],
  ['a button that asks for the case', 'write', (id: string) => ({ request: `case ${id}` })],
  ['a button that asks for the person', 'write', (id: string) => ({ request: `person ${id}` })],
  ['a button that asks for the history', 'write', (id: string) => ({ request: `history ${id}` })],
  ['a button that asks for an undo', 'write', (id: string) => ({ request: `undo ${id}` })],
  ['a button that asks for the reasons', 'write', (id: string) => ({ request: `explain ${id}` })],
  ['a button that asks for a reminder', 'write', (id: string) => ({ request: `remind ${id}` })],
  ['a waiver', 'waive', (id: string) => ({ caseId: id, waiveThing: 'rest', waiveReason: 'Nobody does it' })],
  [
    'an answer on a card for several',
    'answerAll',
    (id: string) => ({
      digestId: 'digest-0',
      cases: [{ caseId: id, version: 0 }],
      [`answer-${id}`]: 'reclaim',
    }),
  ],
] as const;

describe.each(READERS)('A case of HR is as if it were not there for %s:', (_who, reader) => {
  it.each(CLICKS)('by %s', async (_what, verb, data) => {
    const { caseId } = world.about(CHIARA);
    const sealed = await world.click(reader, verb, data(caseId));
    const none = await world.click(reader, verb, data('case-0'));
    expect(sealed.status).toBe(200);
    expect(said(sealed, caseId)).toBe(said(none, 'case-0'));
    expect(sealed.isUnchanged).toBe(true);
  });

  it.each(CLICKS)('by %s of an old client', async (_what, verb, data) => {
    const { caseId } = world.about(CHIARA);
    const value = (id: string): object => ({ type: 'message', value: { verb, ...data(id) } });
    const sealed = await world.post(reader, value(caseId) as Record<string, unknown>);
    const none = await world.post(reader, value('case-0') as Record<string, unknown>);
    expect(sealed.status).toBe(200);
    expect(said(sealed, caseId)).toBe(said(none, 'case-0'));
    expect(sealed.isUnchanged).toBe(true);
  });

  it.each([
    ['name', 'Chiara Quillfeather', 'Wilma Quillfeather'],
    ['first name', 'Chiara', 'Wilma'],
    ['address', 'chiara@harbor.example', 'wilma@harbor.example'],
    ['object id', CHIARA, NOBODYS_ID],
  ])('by asking for a %s', async (_what, theirs, nobodys) => {
    for (const request of REQUESTS) {
      const sealed = await world.say(reader, `${request} ${theirs}`.trim());
      const none = await world.say(reader, `${request} ${nobodys}`.trim());
      const own = ownNames(reader);
      expect(said(sealed, ...own, theirs, reader)).toBe(said(none, ...own, nobodys, reader));
      expect(sealed.isUnchanged).toBe(true);
    }
  });

  it.each([
    'who is inactive but licensed',
    'what if 60 days',
    'waiting',
    'hr',
    'deliveries',
    'help',
    'undo everything',
    'case *',
    'case %',
    'show me the case of the chief financial officer',
    'campaign status',
    'position',
    'savings',
    'export savings',
    'import roster',
    'pasue',
    'plan',
    'review',
    'protections',
    'admin history',
  ])('by writing “%s”', async (text) => {
    const answer = await world.say(reader, text);
    const { status, text: body, sent, isUnchanged } = answer;
    expect(status).toBe(200);
    expect(sent).not.toBe('[]');
    expect(said(answer, ...ownNames(reader))).not.toMatch(/Chiara|Chief Financial/u);
    expect(body + sent).not.toContain(world.about(CHIARA).caseId);
    expect(isUnchanged).toBe(true);
  });
});

describe('What others were asked', () => {
  it.each([
    ['case', 'Ada'],
    ['history', 'Ada'],
    ['undo', 'Kim'],
  ])('is not told by “%s %s” to somebody without a role', async (request, name) => {
    const subject = name === 'Ada' ? ADA : KIM;
    const { userPrincipalName } = world.about(subject).subject;
    const none = await world.say(STRANGER, `${request} Wilma`);
    for (const who of [name, `${name} Quillfeather`, userPrincipalName, subject]) {
      const asked = await world.say(STRANGER, `${request} ${who}`);
      expect(said(asked)).toBe(said(none));
      expect(asked.isUnchanged).toBe(true);
    }
  });

  it.each(['who is inactive but licensed', 'deliveries', 'what if 90 days', 'waiting', 'hr'])(
    'is not listed by “%s” to somebody without a role',
    async (text) => {
      const { sent, isUnchanged } = await world.say(STRANGER, text);
      expect(sent).not.toContain('Quillfeather');
      expect(isUnchanged).toBe(true);
    },
  );
});
