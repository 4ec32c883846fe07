import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { TEXTS } from './click-texts.js';
import { digestCard, KEEP_REASONS } from '../../src/cards/digest-card.js';
import type { Case, CaseId } from '../../src/cases/case.js';
import type { ChatMessage } from '../world/teams-connector.js';
import { DIGEST_ID, five } from '../cards/a-digest.js';
import { MANAGER, RECEIVER, VIEW } from '../cards/a-case.js';
import { aBot, type BotWorld } from './bot-world.js';

let world: BotWorld;
let message: ChatMessage;

/** A card about five people is in the manager's chat. */
beforeEach(async () => {
  world = await aBot();
  const digest = { digestId: DIGEST_ID, entries: five() };
  const delivery = await world.messenger.send(MANAGER.id, digestCard(digest, VIEW), '');
  if (delivery.kind !== 'delivered') throw new Error('The card was not delivered.');
  const ref = { ...delivery.message, digestId: DIGEST_ID };
  for (const { case: c } of digest.entries)
    world.desk.cases.set(c.caseId, { ...c, message: { ...ref, shows: c.version, to: MANAGER.id } });
  world.desk.digests.set(DIGEST_ID, {
    id: DIGEST_ID,
    kind: 'digest',
    userId: MANAGER.id,
    message: ref,
    cases: digest.entries.map(({ case: c }) => ({ caseId: c.caseId, shows: c.version })),
    lease: undefined,
  });
  message = lastIn(MANAGER.id);
});

afterEach(() => world.close());

function lastIn(userId: UserId): ChatMessage {
  const last = world.connector.chatOf(userId).at(-1);
  if (!last) throw new Error('Nothing was said.');
  return last;
}

const CASES = [1, 2, 3, 4, 5].map((n) => ({ caseId: `case-${n}`, version: 3 }));
const UNTIL = { keepUntil: '2027-02-21' };

/** What Send brings with these choices, by number of the person. */
function choices(chosen: Readonly<Record<number, string>>, more: object = {}): Record<string, unknown> {
  const answers = Object.entries(chosen).map(([n, answer]) => [`answer-case-${n}`, answer]);
  return { digestId: DIGEST_ID, cases: CASES, ...UNTIL, ...Object.fromEntries(answers), ...more };
}

async function send(data: unknown, by: UserId = MANAGER.id): Promise<string> {
  const { status, body } = await world.click(by, 'answerAll', data, message.id);
  await world.settled();
  expect(status).toBe(200);
  return JSON.stringify(body);
}

/** What the inputs of a card hold, by their names; those that are empty are left out. */
function valuesIn(part: unknown): Record<string, unknown> {
  if (typeof part !== 'object' || part === null) return {};
  const { id, type, value } = part as Record<string, unknown>;
  const own = String(type).startsWith('Input.') && value !== undefined ? { [String(id)]: value } : {};
  return Object.assign(own, ...Object.values(part).map(valuesIn)) as Record<string, unknown>;
}

function stateOf(n: number): string | undefined {
  return world.desk.cases.get(`case-${n}` as CaseId)?.state;
}

function change(n: number, to: Partial<Case>): void {
  const caseId = `case-${n}` as CaseId;
  world.desk.cases.set(caseId, { ...world.desk.cases.get(caseId), ...to } as Case);
}

describe('Send', () => {
  it('puts every choice to the desk as an answer of its own, and edits the card for everybody', async () => {
    const reply = await send(
      choices({ 1: 'reclaim', 2: 'keep', 4: 'reclaim' }, { 'reason-case-2': KEEP_REASONS[1] }),
    );
    expect(world.desk.answers).toEqual([
      { kind: 'reclaim', reason: '' },
      { kind: 'keep', reason: 'Needed for a project or a season', until: '2027-02-21' },
      { kind: 'reclaim', reason: '' },
    ]);
    expect([1, 2, 3, 4, 5].map(stateOf)).toEqual(['decided', 'kept', 'asked', 'decided', 'asked']);
    expect(reply).toContain('2 people still needed? 3 settled');
    expect(message.edits).toBe(1);
    expect(JSON.stringify(message.activity)).toContain('2 people still needed? 3 settled');
    expect(world.connector.chatOf(MANAGER.id)).toHaveLength(1);
  });

  it('with nothing chosen says so, and changes nothing', async () => {
    expect(await send(choices({ 1: '' }))).toContain(TEXTS.nothingChosen);
    expect(world.desk.answers).toEqual([]);
  });

  it('says what was not taken in a message that an edit does not cover, and takes the rest', async () => {
    const c = world.desk.cases.get('case-2' as CaseId);
    if (c === undefined) throw new Error('no case');
    const problems = ['Say why the licenses are still needed.'];
    world.desk.next = { kind: 'incomplete', case: c, problems, choices: [] };
    await send(choices({ 2: 'keep', 3: 'reclaim' }));
    expect([2, 3].map(stateOf)).toEqual(['asked', 'decided']);
    const said = JSON.stringify(lastIn(MANAGER.id).activity);
    expect(said).toContain('Henrietta Mueller');
    expect(said).toContain(problems[0]);
    expect(said).not.toContain('Joni Sherman');
  });

  it('keeps what was chosen where an answer has to be completed, and nothing of the others', async () => {
    const c = world.desk.cases.get('case-2' as CaseId);
    if (c === undefined) throw new Error('no case');
    world.desk.next = { kind: 'incomplete', case: c, problems: ['Say why.'], choices: [] };
    const reply = await send(choices({ 2: 'keep', 3: 'reclaim' }, { keepUntil: '2027-03-01' }));
    const chosen = { 'answer-case-2': 'keep', keepUntil: '2027-03-01' };
    for (const card of [JSON.parse(reply), message.activity]) expect(valuesIn(card)).toEqual(chosen);
  });

  it('chooses no reclaim beforehand that would do something else by now', async () => {
    const c = world.desk.cases.get('case-2' as CaseId);
    if (c === undefined) throw new Error('no case');
    world.desk.next = { kind: 'incomplete', case: c, problems: ['The steps have changed.'], choices: [] };
    const reply = await send(choices({ 2: 'reclaim' }));
    expect(reply).toContain('The steps have changed.');
    expect(Object.keys(valuesIn(JSON.parse(reply)))).toEqual(['keepUntil']);
  });

  it('puts no date back that is none', async () => {
    const c = world.desk.cases.get('case-2' as CaseId);
    if (c === undefined) throw new Error('no case');
    world.desk.next = { kind: 'incomplete', case: c, problems: ['Say until when.'], choices: [] };
    const reply = await send(choices({ 2: 'keep' }, { 'reason-case-2': KEEP_REASONS[1], keepUntil: 'soon' }));
    expect(valuesIn(JSON.parse(reply))).toEqual({
      'answer-case-2': 'keep',
      'reason-case-2': KEEP_REASONS[1],
      keepUntil: expect.stringMatching(/^2027-/u),
    });
  });

  it('takes the others when one of them fails, and says which', async () => {
    world.desk.next = new Error('Graph is away');
    await send(choices({ 1: 'reclaim', 2: 'reclaim' }));
    expect([1, 2].map(stateOf)).toEqual(['asked', 'decided']);
    const said = JSON.stringify(lastIn(MANAGER.id).activity);
    expect(said).toContain('Adele Vance');
    expect(said).toContain(TEXTS.failed);
    expect(said).not.toContain('Graph');
  });

  it('without a date takes what needs none', async () => {
    await send(choices({ 1: 'reclaim', 4: 'reclaim' }, { keepUntil: '' }));
    expect([1, 4].map(stateOf)).toEqual(['decided', 'decided']);
  });

  it('opens the card of whoever’s license goes to somebody else, and takes nothing before it is filled in', async () => {
    await send(choices({ 1: 'reassign', 2: 'reclaim' }));
    expect([1, 2].map(stateOf)).toEqual(['asked', 'decided']);
    expect(world.desk.answers).toEqual([{ kind: 'reclaim', reason: '' }]);
    const card = JSON.stringify(lastIn(MANAGER.id).activity);
    expect(card).toContain('Who gets it?');
    expect(card).toContain('"caseId":"case-1"');
  });

  it('refuses what is not the clicker’s, goes on with the rest, and says which', async () => {
    change(2, { askedOf: RECEIVER.id } as Partial<Case>);
    await send(choices({ 1: 'reclaim', 2: 'reclaim' }));
    expect([1, 2].map(stateOf)).toEqual(['decided', 'asked']);
    const said = JSON.stringify(lastIn(MANAGER.id).activity);
    expect(said).toContain('Henrietta Mueller');
    expect(said).toContain(TEXTS.notYours);
  });

  it('of an old version changes nothing and shows how it stands', async () => {
    change(1, { version: 4 });
    expect(await send(choices({ 1: 'reclaim' }))).toContain('it has moved on since');
    expect(world.desk.answers).toEqual([]);
  });

  it('by somebody else changes nothing and shows nothing of anybody', async () => {
    const reply = await send(choices({ 1: 'reclaim', 2: 'keep' }), RECEIVER.id);
    expect(world.desk.answers).toEqual([]);
    expect(reply).toContain(TEXTS.notYours);
    expect(reply).not.toMatch(/Vance|Mueller|Microsoft 365/);
    expect(message.edits).toBe(0);
  });

  it('from a client without Action.Execute edits the card', async () => {
    const data = { ...choices({ 1: 'reclaim' }), verb: 'answerAll' };
    await world.post(MANAGER.id, { type: 'message', value: data, replyToId: message.id });
    await world.settled();
    expect(stateOf(1)).toBe('decided');
    expect(JSON.stringify(message.activity)).toContain('4 people still needed? 1 settled');
  });

  it.each<[string, Record<string, unknown>]>([
    ['an answer that no card has', choices({ 1: 'delete' })],
    ['a rarer answer', choices({ 1: 'onLeave' })],
    ['a reason of its own words', choices({ 1: 'keep' }, { 'reason-case-1': 'because' })],
    ['a case twice', choices({ 1: 'reclaim' }, { cases: [CASES[0], CASES[0]] })],
    ['six cases', choices({ 1: 'reclaim' }, { cases: [...CASES, { caseId: 'case-6', version: 3 }] })],
    ['no cases', choices({ 1: 'reclaim' }, { cases: [] })],
    ['an id that is none', choices({ 1: 'reclaim' }, { digestId: '../refs' })],
    ['a choice that is no text', choices({}, { 'answer-case-1': { toString: 'reclaim' } })],
    [
      'names of the language',
      choices({}, { cases: [{ caseId: '__proto__', version: 3 }], 'answer-__proto__': 1 }),
    ],
  ])('with %s changes nothing', async (_what, data) => {
    expect(await send(data)).toContain('another version of the card');
    expect(world.desk.answers).toEqual([]);
  });
});

describe('Details', () => {
  const details = async (by: UserId): Promise<string> => {
    const data = { caseId: 'case-2', digestId: DIGEST_ID };
    const { body } = await world.click(by, 'details', data, message.id);
    await world.settled();
    return JSON.stringify(body);
  };

  it('opens the card of the person with every answer, beside the one about several', async () => {
    expect(await details(MANAGER.id)).toContain(TEXTS.follows);
    const card = JSON.stringify(lastIn(MANAGER.id).activity);
    for (const part of ['Henrietta Mueller', 'onLeave', 'notMyReport', 'askOther'])
      expect(card).toContain(part);
    expect(message.edits).toBe(0);
  });

  it('shows nothing to somebody else', async () => {
    expect(await details(RECEIVER.id)).toContain(TEXTS.notYours);
    expect(world.connector.chatOf(RECEIVER.id)).toEqual([]);
  });

  it('leaves the shared message to the worker when the card beside it is answered', async () => {
    await details(MANAGER.id);
    const beside = lastIn(MANAGER.id);
    const data = { caseId: 'case-2', version: 3, answer: 'reclaim' };
    await world.click(MANAGER.id, 'answer', data, beside.id);
    await world.settled();
    expect(stateOf(2)).toBe('decided');
    expect(JSON.stringify(beside.activity)).toContain('Decided: reclaim');
    expect(message.edits).toBe(0);
  });
});
