import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deedText } from '../../src/cards/deeds-card.js';
import { readDeeds } from '../../src/cases/admin/run-deeds.js';
import { ENGLISH } from '../../src/i18n/locale.js';
import { readSwitch, setSwitch } from '../../src/cases/campaign/run-switch.js';
import { DEEDS_CHAIN } from '../../src/cases/admin/deed.js';
import { StoreUnavailable } from '../../src/store/store.js';
import { verifyHistory } from '../../src/store/case-history.js';
import { buttonIn, factsIn, textIn } from './admin-world.js';
import {
  ADA,
  aHostileWorld,
  ALEX,
  CHIARA,
  GRACE,
  HANNA,
  IRIS,
  KIM,
  STRANGER,
  type HostileWorld,
} from './hostile-world.js';

let world: HostileWorld;

const campaign = () => readSwitch(world.cases.store);

async function deeds(): Promise<readonly string[]> {
  return (await readDeeds(world.cases.store)).map((deed) => deedText(deed, ENGLISH));
}

/** A world for each test, because each changes it. */
function anew(): void {
  beforeEach(async () => {
    world = await aHostileWorld();
  }, 60_000);
  afterEach(() => world.close());
}

/** One for all of them. */
function once(): void {
  beforeAll(async () => {
    world = await aHostileWorld();
  }, 60_000);
  afterAll(() => world.close());
}

describe('“pause”', () => {
  anew();

  it('holds the campaign at once, and says what waits and what is under way', async () => {
    const answer = textIn(await world.say(ALEX, 'pause the campaign because of the holidays'));
    expect(await campaign()).toBe('paused');
    expect(answer).toContain('**Paused**');
    expect(answer).toContain('No step is under way');
    expect(await deeds()).toEqual(['Paused the campaign, by Alex, because: of the holidays']);
  });

  it('holds it also while the chain of deeds cannot be written, says so, and is entered later', async () => {
    const { doors, store } = world.cases;
    const batch = store.batch.bind(store);
    Object.assign(store, {
      batch: (container: 'cases', partition: string, operations: never) =>
        partition === DEEDS_CHAIN
          ? Promise.reject(new StoreUnavailable('The chain is away.'))
          : batch(container, partition, operations),
    });
    const answer = textIn(await world.say(ALEX, 'pause because of the holidays'));
    expect(await campaign()).toBe('paused');
    expect(answer).toContain('**Paused**');
    expect(answer).toContain('It could not be written into the history of what admins did.');
    const paused = doors.clock.now().toISOString();
    await world.cases.work();
    expect(await deeds()).toEqual([]);
    const { verb, data } = buttonIn(await world.say(ALEX, 'resume'), 'Let it go on');
    await world.click(ALEX, verb, data);
    expect(await campaign()).toBe('paused');
    Object.assign(store, { batch });
    await world.cases.work(120_000);
    expect(await deeds()).toEqual(['Paused the campaign, by Alex, because: of the holidays']);
    expect((await readDeeds(store))[0]?.at).toBe(paused);
    await world.click(ALEX, verb, data);
    expect(await campaign()).toBe('running');
  });

  it('holds it before its entry is written, however long that takes', async () => {
    const { store } = world.cases;
    const batch = store.batch.bind(store);
    let seen: string | undefined;
    Object.assign(store, {
      batch: async (container: 'cases', partition: string, operations: never) => {
        while (partition === DEEDS_CHAIN && seen !== 'paused') seen = await campaign();
        return batch(container, partition, operations);
      },
    });
    expect(textIn(await world.say(ALEX, 'pause'))).toContain('**Paused**');
    expect(await deeds()).toEqual(['Paused the campaign, by Alex']);
  });

  it('of what is paused or stopped already changes nothing, and is no deed', async () => {
    await setSwitch(world.cases.store, 'stopped', 'test', '2026-11-23T06:00:00.000Z');
    await world.cases.work();
    expect(textIn(await world.say(ALEX, 'pause'))).toContain('is stopped, which holds more');
    expect(await campaign()).toBe('stopped');
    expect(await deeds()).toEqual([]);
  });
});

describe('“stop”', () => {
  anew();

  it('asks first, with what would end, and does nothing on a message', async () => {
    const asked = await world.say(ALEX, 'stop');
    expect(asked.isUnchanged).toBe(true);
    // Of Ada, Ben, Paul and Iris nothing was done yet; Chiara’s case is HR’s, and Kim’s license is taken.
    expect(asked.sent).toContain('4 cases in which nothing was done yet are cancelled');
    expect(asked.sent).toContain('Nothing has been changed yet');
  });

  it('is carried out by its button, and cases without an effect end', async () => {
    const { verb, data } = buttonIn(await world.say(ALEX, 'stop because we begin anew'), 'Stop the campaign');
    const clicked = await world.click(ALEX, verb, data);
    expect(clicked.text).toContain('**Stopped**');
    expect(await campaign()).toBe('stopped');
    await world.cases.work();
    expect((await world.cases.caseOf(ADA)).state).toBe('cancelled');
    expect((await world.cases.caseOf(KIM)).state).toBe('holding');
    expect(await deeds()).toEqual(['Stopped the campaign, by Alex, because: we begin anew']);
  });

  it('is not carried out by a button of yesterday after somebody let it go on', async () => {
    const stop = buttonIn(await world.say(ALEX, 'stop'), 'Stop the campaign');
    await world.click(ALEX, stop.verb, stop.data);
    world.cases.clock.advance(60_000);
    const resume = buttonIn(await world.say(ALEX, 'resume'), 'Let it go on');
    await world.click(ALEX, resume.verb, resume.data);
    expect(await campaign()).toBe('running');
    const again = await world.click(ALEX, stop.verb, stop.data);
    expect(again.text).toContain('Nothing was changed: somebody has set it since');
    expect(again.isUnchanged).toBe(true);
    expect(await campaign()).toBe('running');
  });

  it('clicked twice stops once, and orders the end of the cases although the first try broke off', async () => {
    const { verb, data } = buttonIn(await world.say(ALEX, 'stop'), 'Stop the campaign');
    await world.click(ALEX, verb, data);
    expect((await world.click(ALEX, verb, data)).text).toContain('is stopped');
    expect(await deeds()).toHaveLength(1);
    await world.cases.work();
    expect((await world.cases.caseOf(ADA)).state).toBe('cancelled');
  });
});

describe('“campaign status”', () => {
  once();

  it('tells how far the cases have come, HR’s in no figure', async () => {
    const outcome = await world.say(ALEX, 'campaign status');
    expect(factsIn(outcome)).toEqual({
      'Found by the newest audit': '5',
      'Cases opened': '5',
      Asked: '4',
      Delivered: '4',
      Answered: '1',
      'Approved or past review': '1',
      Done: '1',
      Reclaim: '1',
      'Waits for an answer': '3',
      'Waits for an admin': '1',
      'Done, can be undone': '1',
    });
    expect(outcome.sent).toContain('Chart.HorizontalBar');
    expect(outcome.isUnchanged).toBe(true);
  });

  it('is the same whether there is a case of HR or not', async () => {
    const before = (await world.say(ALEX, 'campaign')).sent;
    const { caseId } = world.about(CHIARA);
    await world.cases.desk.answer({
      caseId,
      version: world.about(CHIARA).version,
      by: HANNA,
      answer: { kind: 'keep', reason: 'Still here', until: '' },
    });
    const without = (sent: string): string => sent.replaceAll(/"replyToId":"in-\d+"/gu, '');
    expect(without((await world.say(ALEX, 'campaign')).sent)).toBe(without(before));
  });
});

describe('What admins did', () => {
  once();

  it('is told by “admin history”, and lies in a chain that holds', async () => {
    await world.say(ALEX, 'pause because **it** snows');
    const told = await world.say(IRIS, 'admin history');
    expect(Object.values(factsIn(told))).toEqual([
      String.raw`Paused the campaign, by Alex, because: \*\*it\*\* snows`,
    ]);
    for await (const { faults } of verifyHistory(world.cases.store)) expect(faults).toEqual([]);
  });
});

describe('Nobody else', () => {
  once();

  const STOP = { do: 'switch', to: 'stopped', was: 'running', at: '', reason: '' };

  it.each([
    ['a manager', GRACE],
    ['somebody of HR', HANNA],
    ['an employee', STRANGER],
  ])('learns that there is such a thing: not %s', async (_who, by) => {
    for (const text of ['pause', 'stop', 'resume', 'campaign status', 'funnel', 'admin history']) {
      const { sent, isUnchanged } = await world.say(by, text);
      expect(sent).toMatch(/did not understand|know of no case of yours/u);
      expect(sent).not.toContain('for administrators');
      expect(isUnchanged).toBe(true);
    }
    const clicked = await world.click(by, 'admin', STOP);
    expect(clicked.text).toContain('I did not understand that');
    expect(clicked.isUnchanged).toBe(true);
  });

  it.each([
    ['nothing', undefined],
    ['another deed', { ...STOP, do: 'delete' }],
    ['another switch', { ...STOP, to: 'paused' }],
    ['more than a text', { ...STOP, reason: 'x'.repeat(3_000) }],
    ['the prototype', JSON.parse('{"do":"switch","to":"stopped","__proto__":{"was":"running"}}')],
  ])('and no admin brings %s', async (_what, data) => {
    const clicked = await world.click(ALEX, 'admin', data);
    expect(clicked.status).toBe(200);
    expect(clicked.isUnchanged).toBe(true);
  });
});
