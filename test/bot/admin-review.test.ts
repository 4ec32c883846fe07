import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import { buttonIn, textIn } from './admin-world.js';
import {
  ADA,
  aHostileWorld,
  ALEX,
  BEN,
  CHIARA,
  GRACE,
  HANNA,
  HUGO,
  IRIS,
  OTTO,
  PAUL,
  STRANGER,
  type HostileWorld,
} from './hostile-world.js';

let world: HostileWorld;

/** Grace has decided about Ada and Ben, Otto about Paul; the review time of all three runs. */
beforeEach(async () => {
  world = await aHostileWorld();
  for (const [about, by] of [
    [ADA, GRACE],
    [BEN, GRACE],
    [PAUL, OTTO],
  ] as const)
    await reclaimed(about, by);
}, 60_000);

afterEach(() => world.close());

async function reclaimed(about: UserId, by: UserId): Promise<void> {
  const { caseId, version } = await world.cases.caseOf(about);
  await world.cases.desk.answer({
    caseId,
    version,
    by,
    answer: { kind: 'reclaim', reason: 'Left the team' },
  });
}

async function stateOf(userId: UserId): Promise<string> {
  const c = await world.cases.caseOf(userId);
  return c.state === 'cancelled' ? `cancelled: ${c.cause}` : c.state;
}

async function seenOf(userId: UserId) {
  const { caseId, version } = await world.cases.caseOf(userId);
  return { caseId, version };
}

describe('“review”', () => {
  it('lists what is decided, and carries out one choice each', async () => {
    const list = await world.say(ALEX, 'review');
    expect(list.isUnchanged).toBe(true);
    expect(list.sent).toContain('3 decisions are in review');
    const { verb, data } = buttonIn(list, 'Send my choices');
    const clicked = await world.click(ALEX, verb, {
      ...data,
      [`verdict-${(await seenOf(ADA)).caseId}`]: 'release',
      [`verdict-${(await seenOf(PAUL)).caseId}`]: 'veto',
      vetoReason: 'Is back next week',
    });
    expect(clicked.text).toContain('Released: 1');
    expect(clicked.text).toContain('Vetoed: 1');
    expect(clicked.text).toContain('1 decision is in review');
    expect([await stateOf(ADA), await stateOf(BEN), await stateOf(PAUL)]).toEqual([
      'scheduled',
      'decided',
      'cancelled: vetoed',
    ]);
    const { caseId } = await seenOf(PAUL);
    const history = (await historyOf(world.cases.doors, caseId)).map(({ text }) => text).join('\n');
    expect(history).toContain('Alex');
    expect(history).toContain('Is back next week');
  });

  it('releases a page at once only after it was printed', async () => {
    const ask = buttonIn(await world.say(ALEX, 'review'), 'Release all on this page');
    const printed = await world.click(ALEX, ask.verb, ask.data);
    expect(printed.isUnchanged).toBe(true);
    expect(printed.sent).toContain('Release these 3 decisions?');
    const { verb, data } = buttonIn(printed, 'Release all 3');
    await world.click(ALEX, verb, data);
    expect(await Promise.all([ADA, BEN, PAUL].map(stateOf))).toEqual(['scheduled', 'scheduled', 'scheduled']);
  });

  it('leaves what has changed since it was listed, and says so', async () => {
    const { verb, data } = buttonIn(await world.say(ALEX, 'review'), 'Release all on this page');
    const all = buttonIn(await world.click(ALEX, verb, data), 'Release all 3');
    await world.cases.desk.undo({ caseId: (await seenOf(ADA)).caseId, by: GRACE });
    const clicked = await world.click(ALEX, all.verb, all.data);
    expect(clicked.text).toContain('Released: 2');
    expect(clicked.text).toContain(
      '**Ada Quillfeather** is left as it is: by now it is over, nothing was done',
    );
    expect(await stateOf(ADA)).toBe('cancelled: takenBack');
    const again = await world.click(ALEX, all.verb, all.data);
    expect(again.isUnchanged).toBe(true);
  });

  it('takes no veto without a reason, and then none of the other choices either', async () => {
    const { verb, data } = buttonIn(await world.say(ALEX, 'review'), 'Send my choices');
    const clicked = await world.click(ALEX, verb, {
      ...data,
      [`verdict-${(await seenOf(ADA)).caseId}`]: 'release',
      [`verdict-${(await seenOf(PAUL)).caseId}`]: 'veto',
    });
    expect(clicked.text).toContain('say why you veto');
    expect(clicked.isUnchanged).toBe(true);
  });

  it('of one person shows that one alone, and nothing is released or vetoed by a message', async () => {
    for (const text of ['release Paul', 'veto Paul because he is back', 'please release the decisions']) {
      const outcome = await world.say(ALEX, text);
      expect(outcome.isUnchanged).toBe(true);
      expect(outcome.sent).toContain('Paul Quillfeather');
    }
    expect((await world.say(ALEX, 'release Paul')).sent).not.toContain('Ada Quillfeather');
    expect(textIn(await world.say(ALEX, 'veto Wilma because'))).toContain('No decision of that name');
  });
});

describe('Nobody', () => {
  it('reviews what was decided about themself', async () => {
    await reclaimed(IRIS, ALEX);
    expect((await world.say(IRIS, 'review')).sent).not.toContain('Iris');
    const cases = [await seenOf(IRIS)];
    const clicked = await world.click(IRIS, 'admin', { do: 'release', cases });
    expect(clicked.text).toContain('there is no such case');
    expect(clicked.isUnchanged).toBe(true);
  });

  it('but HR reviews or sees what is HR’s', async () => {
    const { caseId, version } = world.about(CHIARA);
    await world.cases.desk.answer({
      caseId,
      version,
      by: HANNA,
      answer: { kind: 'reclaim', reason: 'Left' },
    });
    const proposed = await world.cases.caseOf(CHIARA);
    await world.cases.desk.answer({
      caseId,
      version: proposed.version,
      by: HUGO,
      answer: { kind: 'approve' },
    });
    expect(await stateOf(CHIARA)).toBe('decided');
    expect((await world.say(ALEX, 'review')).sent).toContain('3 decisions are in review');
    const sealed = await world.click(ALEX, 'admin', { do: 'release', cases: [await seenOf(CHIARA)] });
    const none = await world.click(ALEX, 'admin', {
      do: 'release',
      cases: [{ caseId: 'case-0', version: 1 }],
    });
    expect(sealed.text).toBe(none.text);
    expect(sealed.isUnchanged).toBe(true);
  });

  it.each([
    ['a manager', GRACE],
    ['somebody of HR', HANNA],
    ['an employee', STRANGER],
  ])('who is no admin sees or does any of it: %s', async (_who, by) => {
    for (const text of ['review', 'release Ada', 'veto Ada because', 'approve', 'plan']) {
      const { sent, isUnchanged } = await world.say(by, text);
      expect(sent).not.toMatch(/in review|would be asked|for administrators|Did you mean/u);
      expect(isUnchanged).toBe(true);
    }
    for (const data of [
      { do: 'release', cases: [await seenOf(ADA)] },
      { do: 'review', page: 1, who: '' },
      { do: 'releaseAsk', cases: [await seenOf(ADA)] },
      { do: 'approve', planId: '0123456789ab' },
    ]) {
      const clicked = await world.click(by, 'admin', data);
      expect(clicked.text).toContain('I did not understand that');
      expect(clicked.isUnchanged).toBe(true);
    }
  });

  it.each([
    [
      'a choice that there is not',
      { vetoReason: '', 'verdict-x': 'delete', cases: [{ caseId: 'x', version: 1 }] },
    ],
    ['the same case twice', { cases: [1, 2].map((version) => ({ caseId: 'x', version })) }],
    ['more than a page', { cases: Array.from({ length: 6 }, (_, n) => ({ caseId: `x${n}`, version: 1 })) }],
  ])('sends %s', async (_what, data) => {
    const clicked = await world.click(ALEX, 'admin', { do: 'reviewed', page: 1, ...data });
    expect(clicked.text).toContain('another version of the card');
    expect(clicked.isUnchanged).toBe(true);
  });
});

describe('“approve”', () => {
  it('shows whom the newest audit would ask about, and no button where there is nobody', async () => {
    const outcome = await world.say(ALEX, 'approve');
    expect(outcome.sent).toContain('Nobody would be asked about');
    expect(outcome.sent).not.toContain('Approve exactly');
    expect(outcome.sent).not.toContain('Chiara');
    expect(outcome.isUnchanged).toBe(true);
  });

  it('of a plan that is another one by now approves nothing, and tells the admin', async () => {
    const clicked = await world.click(ALEX, 'admin', { do: 'approve', planId: '0123456789ab' });
    expect(clicked.text).toContain('Your approval was sent');
    expect(clicked.text).not.toContain('Approve exactly');
    await world.cases.work();
    const told = JSON.stringify(world.connector.chatOf(ALEX).at(-1)?.activity);
    expect(told).toContain('Nothing was approved: the plan is another one by now');
  });
});
