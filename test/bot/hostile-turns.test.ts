import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TEXTS } from './click-texts.js';
import type { CaseId } from '../../src/cases/case.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import { of, reclaim } from './hostile-cards.js';
import {
  ADMINS,
  aHostileWorld,
  ALEX,
  ANNA,
  CHIARA,
  HANNA,
  HR,
  HUGO,
  IRIS,
  KIM,
  OTTO,
  PAUL,
  SURNAME,
  type HostileWorld,
} from './hostile-world.js';

let world: HostileWorld;

beforeEach(async () => {
  world = await aHostileWorld();
}, 60_000);

afterEach(() => world.close());

const MINUTE = 60_000;

/** How often something happened in a case. */
async function times(caseId: CaseId, said: RegExp): Promise<number> {
  const lines = await historyOf(world.cases.doors, caseId);
  return lines.filter(({ text }) => said.test(text)).length;
}

describe('A click that is sent again', () => {
  it('is carried out once, whether one after the other or at once', async () => {
    const { caseId } = world.about(PAUL);
    const first = await world.click(OTTO, 'answer', reclaim(world));
    expect(first.isUnchanged).toBe(false);
    expect((await world.cases.caseOf(PAUL)).state).toBe('decided');
    for (let n = 0; n < 3; n += 1) {
      const again = await world.click(OTTO, 'answer', reclaim(world));
      expect(again.status).toBe(200);
      expect(again.text).toContain('Decided: reclaim');
      expect(again.isUnchanged).toBe(true);
    }
    expect(await times(caseId, /decided/iu)).toBe(1);
  });

  it('is carried out once when ten arrive together, also from old clients', async () => {
    const { caseId } = world.about(PAUL);
    const ten = Array.from({ length: 10 }, (_, n) =>
      n % 2 === 0
        ? world.click(OTTO, 'answer', reclaim(world))
        : world.post(OTTO, { type: 'message', value: { verb: 'answer', ...reclaim(world) } }),
    );
    for (const { status } of await Promise.all(ten)) expect(status).toBe(200);
    expect(await times(caseId, /decided/iu)).toBe(1);
  });

  it('with another answer changes nothing any more', async () => {
    await world.click(OTTO, 'answer', reclaim(world));
    const keep = reclaim(world, { answer: 'keep', keepReason: 'x', keepUntil: '2027-01-31' });
    const { text, isUnchanged } = await world.click(OTTO, 'answer', keep);
    expect(text).toContain('Decided: reclaim');
    expect(isUnchanged).toBe(true);
  });

  it('after it was taken back does not take the license again', async () => {
    await world.click(OTTO, 'answer', reclaim(world));
    await world.click(OTTO, 'undo', of(world, PAUL));
    await world.cases.work(MINUTE);
    const { isUnchanged } = await world.click(OTTO, 'answer', reclaim(world));
    expect(isUnchanged).toBe(true);
    expect((await world.cases.caseOf(PAUL)).state).toBe('cancelled');
  });
});

describe('A role that was taken away a minute ago', () => {
  it('of an admin opens no list, decides nothing and undoes nothing', async () => {
    expect((await world.say(ANNA, 'who is inactive but licensed')).sent).toContain(SURNAME);
    await world.cases.graph.leaveGroup(ADMINS, ANNA);
    world.cases.clock.advance(MINUTE);
    for (const text of [
      'who is inactive but licensed',
      'deliveries',
      'waiting',
      'case Kim',
      'undo Kim',
      'history Iris',
    ]) {
      const { sent, isUnchanged } = await world.say(ANNA, text);
      expect(sent).not.toBe('[]');
      expect(sent).not.toContain(SURNAME);
      expect(isUnchanged).toBe(true);
    }
    for (const [verb, data] of [
      ['answer', { ...of(world, IRIS), answer: 'reclaim' }],
      ['undo', of(world, KIM)],
      ['details', of(world, PAUL)],
    ] as const) {
      const { text, isUnchanged } = await world.click(ANNA, verb, data);
      expect(JSON.parse(text)).toMatchObject({ value: TEXTS.notYours });
      expect(isUnchanged).toBe(true);
    }
  });

  it('of HR leaves no trace of the sealed case, on an old card neither', async () => {
    expect((await world.say(HUGO, 'hr')).sent).toContain('Chiara');
    await world.cases.graph.leaveGroup(HR, HUGO);
    world.cases.clock.advance(MINUTE);
    for (const text of ['hr', 'waiting', 'case Chiara', 'history Chiara', 'undo Chiara']) {
      const { sent, isUnchanged } = await world.say(HUGO, text);
      expect(sent).not.toContain(SURNAME);
      expect(isUnchanged).toBe(true);
    }
    for (const answer of ['reclaim', 'keep', 'approve', 'decline']) {
      const data = { ...of(world, CHIARA), answer, keepReason: 'x', keepUntil: '2027-01-31' };
      const { text, isUnchanged } = await world.click(HUGO, 'answer', data);
      expect(JSON.parse(text)).toMatchObject({ value: TEXTS.noSuchCase });
      expect(isUnchanged).toBe(true);
    }
  });
});

describe('Somebody of HR', () => {
  it('cannot agree to their own proposal, and an admin cannot either', async () => {
    await world.click(HANNA, 'answer', { ...of(world, CHIARA), answer: 'reclaim' });
    const proposed = await world.cases.caseOf(CHIARA);
    expect(proposed.state).toBe('hrProposed');
    const agree = { caseId: proposed.caseId, version: proposed.version, answer: 'approve' };
    expect((await world.click(HANNA, 'answer', agree)).text).toContain('somebody else of HR has to agree');
    expect((await world.click(ALEX, 'answer', agree)).text).toContain(TEXTS.noSuchCase);
    expect((await world.click(CHIARA, 'answer', agree)).text).toContain(TEXTS.noSuchCase);
    expect((await world.cases.caseOf(CHIARA)).state).toBe('hrProposed');
  });
});
