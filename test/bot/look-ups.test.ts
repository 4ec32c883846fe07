import { afterEach, describe, expect, it } from '@jest/globals';
import { datasetOf, NOBODY } from '../../src/cards/person-inputs.js';
import type { CaseId } from '../../src/cases/case.js';
import type { CardAnswer } from '../../src/cases/answering/desk.js';
import { silentLog, type Log } from '../../src/telemetry/log.js';
import { aPersonNamed, asked, MANAGER } from '../cards/a-case.js';
import { aBot, type BotWorld, type HttpAnswer } from './bot-world.js';

let world: BotWorld;

afterEach(() => world.close());

function lookUp(queryText: string): Promise<HttpAnswer> {
  const dataset = datasetOf('reassign', 'case-1' as CaseId);
  return world.post(MANAGER.id, {
    type: 'invoke',
    name: 'application/search',
    value: { queryText, queryOptions: { skip: 0, top: 15 }, dataset },
  });
}

const BUSY = {
  type: 'application/vnd.microsoft.search.searchResponse',
  value: {
    results: [
      {
        title: '“Isa” could not be looked up now. Type on, or write the e-mail address below.',
        value: NOBODY,
      },
    ],
  },
};

describe('A look-up', () => {
  it('answers as Teams wants it, with nothing else', async () => {
    world = await aBot();
    const isaiah = aPersonNamed('Isaiah Langer', 3);
    world.desk.found = { kind: 'people', people: [isaiah] };
    expect(await lookUp('isa')).toEqual({
      status: 200,
      body: {
        type: 'application/vnd.microsoft.search.searchResponse',
        value: { results: [{ title: 'Isaiah Langer (isaiah.langer@harbor.example)', value: isaiah.id }] },
      },
    });
    expect(world.connector.chatOf(MANAGER.id)).toEqual([]);
  });

  it('that fails says that there was no answer, and writes down neither what was typed nor why', async () => {
    const lines: string[] = [];
    const warn: Log['warn'] = (message, fields) => lines.push(JSON.stringify({ message, ...fields }));
    world = await aBot({ log: { ...silentLog, warn, error: warn } });
    world.desk.found = new TypeError('secret detail');
    expect(await lookUp('Isa')).toEqual({ status: 200, body: BUSY });
    expect(lines).toEqual([
      JSON.stringify({
        message: 'People could not be looked up.',
        userId: MANAGER.id,
        error: 'TypeError',
      }),
    ]);
  });

  it('that takes longer than a client waits is answered all the same', async () => {
    world = await aBot({ patienceMs: 20 });
    let go = (): void => {};
    world.desk.slow = new Promise((resolve) => (go = resolve));
    world.desk.found = { kind: 'people', people: [aPersonNamed('Isaiah Langer', 3)] };
    expect(await lookUp('Isa')).toEqual({ status: 200, body: BUSY });
    go();
    await world.settled();
  });
});

describe('Before anything is typed', () => {
  const isaiah = aPersonNamed('Isaiah Langer', 3);

  it('the people around whoever clicks are offered on a card on which somebody can be named', async () => {
    const asking: string[] = [];
    world = await aBot({
      near: async (userId) => {
        asking.push(userId);
        return [isaiah];
      },
    });
    const c = asked();
    world.desk.cases.set(c.caseId, c);
    await world.click(MANAGER.id, 'details', { caseId: c.caseId });
    await world.settled();
    expect(JSON.stringify(world.connector.chatOf(MANAGER.id).at(-1)?.activity)).toContain(
      JSON.stringify({ title: 'Isaiah Langer (isaiah.langer@harbor.example)', value: isaiah.id }),
    );
    expect(asking).toEqual([MANAGER.id]);
  });

  it('nobody is asked for where a click needs no such card', async () => {
    world = await aBot({ near: () => Promise.reject(new Error('Nobody asks here.')) });
    const c = asked();
    world.desk.cases.set(c.caseId, c);
    const { body } = await world.click(MANAGER.id, 'answer', {
      caseId: c.caseId,
      version: c.version,
      answer: 'reclaim',
    });
    await world.settled();
    expect(JSON.stringify(body)).toContain('Decided: reclaim');
  });
});

describe('Whoever was named on a card', () => {
  const isaiah = aPersonNamed('Isaiah Langer', 3);
  const reassign = { caseId: 'case-1', version: 3, answer: 'reassign', reassignReason: '' };
  const other = { caseId: 'case-1', version: 3, answer: 'askOther' };

  it.each<[string, Record<string, unknown>, CardAnswer]>([
    [
      'was chosen',
      { ...reassign, reassignReceiver: isaiah.id, reassignReceiverTyped: '' },
      { kind: 'reassign', reason: '', receiver: isaiah.id },
    ],
    [
      'was written',
      { ...reassign, reassignReceiverTyped: ' isaiah.langer@harbor.example ' },
      { kind: 'reassign', reason: '', receiver: 'isaiah.langer@harbor.example' },
    ],
    [
      'was written into the list, by a client that lets them',
      { ...reassign, reassignReceiver: 'Isaiah', reassignReceiverTyped: '' },
      { kind: 'reassign', reason: '', receiver: 'Isaiah' },
    ],
    [
      'is the title of a choice, by a client that sends it in place of its value',
      { ...reassign, reassignReceiver: 'Isaiah Langer (isaiah.langer@harbor.example)' },
      { kind: 'reassign', reason: '', receiver: 'isaiah.langer@harbor.example' },
    ],
    [
      'is the line that says why there is nobody',
      { ...reassign, reassignReceiver: NOBODY, reassignReceiverTyped: 'Isaiah' },
      { kind: 'reassign', reason: '', receiver: 'Isaiah' },
    ],
    [
      'was chosen and written in the same words',
      { ...other, askOther: 'Isaiah', askOtherTyped: 'Isaiah' },
      { kind: 'askOther', person: 'Isaiah' },
    ],
    [
      'are two people',
      { ...other, askOther: isaiah.id, askOtherTyped: 'Bob' },
      { kind: 'askOther', person: isaiah.id, beside: 'Bob' },
    ],
    ['is nobody', other, { kind: 'askOther', person: '' }],
    [
      'stands on a card from before there was a list',
      { ...reassign, reassignReceiver: 'isaiah.langer@harbor.example' },
      { kind: 'reassign', reason: '', receiver: 'isaiah.langer@harbor.example' },
    ],
  ])('%s', async (_what, data, answer) => {
    world = await aBot();
    const c = asked();
    world.desk.cases.set(c.caseId, c);
    await world.click(MANAGER.id, 'answer', data);
    await world.settled();
    expect(world.desk.answers).toEqual([answer]);
  });
});
