import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { answerClick } from '../../../src/bot/clicks.js';
import { instant } from '../../../src/cases/case.js';
import type { CardAnswer } from '../../../src/cases/answering/desk.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import {
  ADA,
  ALEX,
  anHrWorld,
  CHIARA,
  GRACE,
  HANNA,
  HUGO,
  STRANGER,
  type HrWorld,
} from '../../world/hr-world.js';
import { groupId } from '../../world/people.js';

const RECLAIM: CardAnswer = { kind: 'reclaim', reason: 'Left the board' };
const APPROVE: CardAnswer = { kind: 'approve' };
const DECLINE: CardAnswer = { kind: 'decline' };
const KEEP: CardAnswer = { kind: 'keep', reason: 'Back in January', until: '2027-01-15' };

let world: HrWorld;

afterEach(() => world.close());

/** To whom cards with some words went. */
function told(name: string): readonly UserId[] {
  return world.teams.sent.filter(({ card }) => JSON.stringify(card).includes(name)).map(({ to }) => to);
}

async function licenses(): Promise<number> {
  return (await world.graph.person(CHIARA))?.licenses.length ?? -1;
}

describe('an executive’s case', () => {
  it('goes to everybody of HR, and to nobody else: not to the manager, nor to the admins', async () => {
    world = await anHrWorld();
    expect((await world.chiara()).state).toBe('hrReview');
    expect([...told('Chiara')].sort()).toEqual([HANNA, HUGO].sort());
    expect(told('"Ada"')).toEqual([GRACE]);
    expect(await world.history()).toEqual([
      expect.stringMatching(/^Found in audit run/),
      ...[HANNA, HUGO].sort().flatMap((id) => {
        const name = id === HANNA ? 'Hanna' : 'Hugo';
        return [`About to tell ${name}.`, `Told ${name} in Teams.`];
      }),
    ]);
  });

  it('is told to nobody about themself, and not to those who cannot sign in', async () => {
    world = await anHrWorld({ chiara: { groups: ['hr-team'] }, hugo: { enabled: false } });
    expect(told('Chiara')).toEqual([HANNA]);
    expect(await world.answer(CHIARA, KEEP)).toBe('noSuchCase');
    expect(await world.desk.hrQueue(CHIARA)).toEqual({ cases: [], more: 0, parked: [], moreParked: 0 });
    expect((await world.desk.hrQueue(HANNA)).cases).toHaveLength(1);
  });

  it('is kept until a date, and ends then', async () => {
    world = await anHrWorld();
    expect(await world.answer(HANNA, KEEP)).toBe('accepted');
    expect(await world.chiara()).toMatchObject({ state: 'kept', decision: { by: { id: HANNA } } });
    await world.work(60_000);
    expect(await licenses()).toBe(1);
    expect(world.teams.edits.filter(({ card }) => JSON.stringify(card).includes('Kept until'))).toHaveLength(
      2,
    );
    world.clock.advance(60 * 86_400_000);
    await world.work();
    expect(await world.chiara()).toMatchObject({ state: 'closed', outcome: 'keptUntilPassed' });
  });

  it('pauses for a leave, of which only the date is asked', async () => {
    world = await anHrWorld();
    expect(await world.answer(HUGO, { kind: 'onLeave', until: '' })).toBe('incomplete');
    expect(await world.answer(HUGO, { kind: 'onLeave', until: '2027-02-01' })).toBe('accepted');
    expect(await world.chiara()).toMatchObject({ state: 'kept', decision: { kind: 'onLeave' } });
  });

  it('loses its licenses once a second person of HR has agreed, and not before', async () => {
    world = await anHrWorld();
    expect(await world.answer(HANNA, RECLAIM)).toBe('accepted');
    expect(await world.chiara()).toMatchObject({ state: 'hrProposed', proposal: { by: { id: HANNA } } });
    await world.work(60_000);
    expect(await licenses()).toBe(1);
    expect(told('Do you agree?')).toEqual([HUGO]);
    expect(await world.answer(HUGO, APPROVE)).toBe('accepted');
    await world.work(60_000);
    expect(await world.chiara()).toMatchObject({
      state: 'holding',
      decision: { by: { id: HANNA }, approvedBy: { id: HUGO } },
    });
    expect(await licenses()).toBe(0);
    expect(await world.history()).toContain(
      'Hanna decided, in agreement with Hugo: reclaim: Left the board; Hanna is to get access to the files in OneDrive.',
    );
  });

  it('is undone by HR alone', async () => {
    world = await anHrWorld();
    await world.answer(HANNA, RECLAIM);
    await world.answer(HUGO, APPROVE);
    await world.work(60_000);
    const { caseId } = await world.chiara();
    for (const by of [ALEX, GRACE, CHIARA, STRANGER])
      expect(await world.desk.undo({ caseId, by })).toEqual({ kind: 'noSuchCase' });
    expect(await world.order({ order: 'undo', userId: CHIARA })).toBe(
      'failed: There is no case about this person.',
    );
    expect(await licenses()).toBe(0);
    expect((await world.desk.undo({ caseId, by: HUGO })).kind).toBe('accepted');
    await world.work(60_000);
    expect((await world.chiara()).state).toBe('undone');
    expect(await licenses()).toBe(1);
  });

  it('whose holder is no executive any more stays sealed to its end', async () => {
    world = await anHrWorld();
    await world.answer(HANNA, KEEP);
    world.clock.advance(60 * 86_400_000);
    await world.work();
    const { caseId } = await world.chiara();
    expect(await world.desk.show({ caseId, by: ALEX })).toBe('noSuchCase');
    expect(await world.desk.show({ caseId, by: HANNA })).toMatchObject({ state: 'closed' });
  });

  it('waits with its cards while the campaign is paused, and ends when it is stopped', async () => {
    world = await anHrWorld({ policy: 'approvals: { firstRun: required, bulkOver: 1000 }' });
    await setSwitch(world.store, 'paused', 'admin', world.clock.now().toISOString());
    await world.order({ order: 'approve' });
    expect((await world.chiara()).state).toBe('hrReview');
    expect(world.teams.sent).toEqual([]);
    await setSwitch(world.store, 'stopped', 'admin', world.clock.now().toISOString());
    await world.work(60_000);
    expect(await world.chiara()).toMatchObject({ state: 'cancelled', cause: 'stopped' });
    expect(world.teams.sent).toEqual([]);
  });
});

/** Whoever comes to HR later is told within a day. */
async function hoursToNextLook(): Promise<number> {
  const { dueAt } = await world.chiara();
  return (Date.parse(dueAt ?? '') - world.clock.now().getTime()) / 3_600_000;
}

describe('a reviewer who cannot be reached in Teams', () => {
  it('is passed over for good, and the others are told', async () => {
    world = await anHrWorld({
      refuse: (to) =>
        to === HUGO ? { kind: 'failed', again: 'never', code: 'Blocked', status: 403 } : undefined,
    });
    expect(told('Chiara')).toEqual([HANNA]);
    expect(await world.history()).toContain('Hugo could not be told in Teams (Blocked).');
    expect(await hoursToNextLook()).toBeGreaterThan(23);
    expect((await world.desk.hrQueue(HUGO)).cases).toHaveLength(1);
  });

  it('may be one who came to HR only later, and is told then', async () => {
    world = await anHrWorld();
    await world.graph.joinGroup(groupId('hr-team'), STRANGER);
    expect(told('Chiara')).not.toContain(STRANGER);
    world.clock.advance(25 * 3_600_000);
    await world.work(60_000);
    expect(told('Chiara').filter((to) => to === STRANGER)).toHaveLength(1);
    expect(told('Chiara').filter((to) => to === HANNA)).toHaveLength(1);
  });

  it('is tried again for a while', async () => {
    let isDown = true;
    world = await anHrWorld({
      refuse: (to) =>
        to === HUGO && isDown
          ? { kind: 'failed', again: 'later', code: 'Throttled', status: 429 }
          : undefined,
    });
    expect(told('Chiara')).toEqual([HANNA]);
    isDown = false;
    await world.work(60_000);
    expect([...told('Chiara')].sort()).toEqual([HANNA, HUGO].sort());
    expect(await hoursToNextLook()).toBeGreaterThan(23);
  });
});

describe('a second person', () => {
  it('is never the one who proposed it, who is told so', async () => {
    world = await anHrWorld();
    await world.answer(HANNA, RECLAIM);
    expect(await world.answer(HANNA, APPROVE)).toBe('incomplete');
    const { caseId, version } = await world.chiara();
    const view = {
      policy: world.doors.policy,
      now: instant(world.clock.now()),
      timeZone: 'Etc/UTC',
      locale: 'en' as const,
    };
    const clicker = {
      userId: HANNA,
      asker: Promise.resolve({ userId: HANNA, roles: ['hr'] } as const),
    };
    const data = { caseId, version, answer: 'approve' };
    const reply = await answerClick(world, clicker, data, view);
    expect(JSON.stringify(reply)).toMatch(/"kind":"problem".*You proposed it yourself/);
    expect((await world.chiara()).state).toBe('hrProposed');
  });

  test.each([
    ['the manager', GRACE],
    ['an admin', ALEX],
    ['the person themself', CHIARA],
    ['a stranger', STRANGER],
  ])('is not %s', async (_who, by) => {
    world = await anHrWorld();
    await world.answer(HANNA, RECLAIM);
    for (const answer of [APPROVE, DECLINE, KEEP]) expect(await world.answer(by, answer)).toBe('noSuchCase');
    expect((await world.chiara()).state).toBe('hrProposed');
  });

  it('may decline, and then every answer is open again', async () => {
    world = await anHrWorld();
    await world.answer(HANNA, RECLAIM);
    expect(await world.answer(HUGO, DECLINE)).toBe('accepted');
    expect((await world.chiara()).state).toBe('hrReview');
    expect(await world.answer(HUGO, KEEP)).toBe('accepted');
  });

  it('agrees to nothing that somebody proposed who is not of HR any more', async () => {
    world = await anHrWorld();
    await world.answer(HUGO, RECLAIM);
    await world.graph.leaveGroup(groupId('hr-team'), HUGO);
    world.clock.advance(61_000);
    expect(await world.answer(HANNA, APPROVE)).toBe('incomplete');
    expect(await world.answer(HANNA, DECLINE)).toBe('accepted');
  });

  it('is waited for even where HR is one person, unless the policy says otherwise', async () => {
    world = await anHrWorld({ hr: [HANNA] });
    await world.answer(HANNA, RECLAIM);
    expect((await world.chiara()).state).toBe('hrProposed');
    await world.close();
    world = await anHrWorld({ hr: [HANNA], policy: 'approvals: { firstRun: none, second: whenAvailable }' });
    await world.answer(HANNA, RECLAIM);
    expect((await world.chiara()).state).toBe('decided');
    await world.close();
    world = await anHrWorld({ policy: 'approvals: { firstRun: none, second: whenAvailable }' });
    await world.answer(HANNA, RECLAIM);
    expect((await world.chiara()).state).toBe('hrProposed');
  });
});

describe('before a step of an executive’s case', () => {
  async function decided(chiara = {}): Promise<void> {
    world = await anHrWorld({ chiara });
    await world.answer(HANNA, RECLAIM);
    await world.answer(HUGO, APPROVE);
  }

  it('another protection ends it', async () => {
    await decided();
    await world.graph.joinGroup(groupId('exempt'), CHIARA);
    await world.work(60_000);
    expect(await world.chiara()).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
    expect(await licenses()).toBe(1);
  });

  it('which another protection holds already, it cannot even be proposed', async () => {
    world = await anHrWorld({ chiara: { role: true } });
    expect((await world.chiara()).protections).toEqual(['executive', 'admin']);
    expect(await world.answer(HANNA, RECLAIM)).toBe('incomplete');
    expect(await world.answer(HANNA, KEEP)).toBe('accepted');
  });
});

describe('answers that no card of HR’s has', () => {
  test.each<[string, CardAnswer]>([
    ['reassign', { kind: 'reassign', reason: '', receiver: 'Bob' }],
    ['not my report', { kind: 'notMyReport' }],
    ['ask someone else', { kind: 'askOther', person: 'Bob' }],
    ['agree, before anything was proposed', APPROVE],
  ])('change nothing: %s', async (_name, answer) => {
    world = await anHrWorld();
    expect(await world.answer(HANNA, answer)).toBe('movedOn');
    expect((await world.chiara()).state).toBe('hrReview');
    expect(told('Chiara')).not.toContain(STRANGER);
  });

  it('change nothing in a question to a manager', async () => {
    world = await anHrWorld();
    const { caseId, version } = await world.caseOf(ADA);
    const outcome = await world.desk.answer({ caseId, version, by: GRACE, answer: APPROVE });
    expect(outcome).toMatchObject({ kind: 'movedOn', case: { state: 'asked' } });
  });
});

describe('every look of HR', () => {
  it('is in the history with a name, at a case, in a list and at an answer that came late', async () => {
    world = await anHrWorld();
    const before = await world.chiara();
    await world.desk.show({ caseId: before.caseId, by: HANNA });
    await world.desk.hrQueue(HUGO);
    await world.desk.answer({ caseId: before.caseId, version: 77, by: HUGO, answer: KEEP });
    expect((await world.history()).slice(-3)).toEqual([
      'Hanna looked at it (case).',
      'Hugo looked at it (list).',
      'Hugo looked at it (answer).',
    ]);
    expect((await world.chiara()).version).toBe(before.version);
    for await (const { faults } of verifyHistory(world.store)) expect(faults).toEqual([]);
  });

  it('is noted at a case that is over, too', async () => {
    world = await anHrWorld();
    await world.answer(HANNA, KEEP);
    world.clock.advance(60 * 86_400_000);
    await world.work();
    await world.desk.show({ caseId: (await world.chiara()).caseId, by: HUGO });
    expect((await world.history()).at(-1)).toBe('Hugo looked at it (case).');
  });

  it('names nobody in the part of the history that stays for ever', async () => {
    world = await anHrWorld();
    const { caseId } = await world.chiara();
    await world.desk.show({ caseId, by: HANNA });
    const events: string[] = [];
    const where = [{ field: 'kind', is: '=', value: 'event' }] as const;
    for await (const { doc } of world.store.query({ container: 'cases', partition: caseId, where }))
      events.push(JSON.stringify(doc));
    expect(events.join('\n')).not.toMatch(new RegExp(`Hanna|Hugo|Chiara|${HANNA}|${HUGO}|${CHIARA}`));
  });
});

describe('somebody who leaves HR', () => {
  it('sees nothing any more, also on the card that they have', async () => {
    world = await anHrWorld();
    await world.graph.leaveGroup(groupId('hr-team'), HUGO);
    world.clock.advance(61_000);
    const { caseId } = await world.chiara();
    expect(await world.desk.show({ caseId, by: HUGO })).toBe('noSuchCase');
    expect(await world.answer(HUGO, KEEP)).toBe('noSuchCase');
    await world.answer(HANNA, KEEP);
    await world.work();
    const [edit] = world.teams.edits.filter(({ message }) => message.conversationId.endsWith(HUGO));
    expect(JSON.stringify(edit?.card)).toContain('This question is closed');
    expect(JSON.stringify(edit?.card)).not.toContain('Chiara');
  });
});
