import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { answerClick } from '../../../src/bot/clicks.js';
import { instant, type Case } from '../../../src/cases/case.js';
import { historyOf } from '../../../src/chat/run-read-model.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import { ADA, adasCase, type AdasCase } from '../../world/adas-case.js';
import { userId } from '../../world/people.js';

const GRACE = userId('Grace');
const DORA = userId('Dora');
const NAMES_DORA = { kind: 'askOther', person: 'Dora' } as const;

let world: AdasCase;

afterEach(async () => {
  for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  await world.close();
});

/** What the bot answers to somebody's click, as JSON. */
async function clicks(by: UserId, answer: string): Promise<string> {
  const { caseId, version } = await world.now();
  const { policy, timeZone, clock } = world.doors;
  const view = { policy, now: instant(clock.now()), timeZone, locale: 'en' } as const;
  const clicker = { userId: by, asker: Promise.resolve({ userId: by, roles: [] }) };
  return JSON.stringify(await answerClick({ desk: world.desk }, clicker, { caseId, version, answer }, view));
}

function newestCardOf(person: UserId): string {
  const { sent, edits } = world.teams;
  const mine = sent.filter(({ to }) => to === person).at(-1);
  const edited = edits.findLast(({ message }) => message.activityId === mine?.message.activityId);
  return JSON.stringify((edited ?? mine)?.card);
}

async function begin(): Promise<void> {
  world = await adasCase({}, { policy: 'reclaim: { mailbox: waive }' });
}

describe('whoever names somebody else to answer', () => {
  it('reads whom the question goes to, also once that one has it', async () => {
    await begin();
    expect(await world.answered(NAMES_DORA)).toMatchObject({ state: 'asked', askedOf: DORA });
    expect(newestCardOf(GRACE)).toContain('You named Dora to answer');
    expect(newestCardOf(GRACE)).toContain('Answer it myself');
    expect(newestCardOf(DORA)).not.toContain('You named');
  });

  it('can answer it after all: it comes back to them, and the other one reads that it went on', async () => {
    await begin();
    await world.answered(NAMES_DORA);
    expect(await clicks(GRACE, 'takeBack')).toContain('"changed":true');
    await world.work(30_000);
    expect(await world.now()).toMatchObject({ state: 'asked', askedOf: GRACE });
    expect(newestCardOf(DORA)).toContain('Passed on to somebody else');
    expect(newestCardOf(GRACE)).toContain('Reclaim');
    expect(await world.reclaimed()).toMatchObject({ state: 'holding' });
    const said = (await historyOf(world.doors, (await world.now()).caseId))
      .map(({ text }) => text)
      .join('\n');
    expect(said).toMatch(/Grace.*Whoever had named somebody else answers it after all/);
  });

  it('can do so before anything was sent to the other one, who then gets nothing', async () => {
    await begin();
    const { caseId, version } = await world.now();
    await world.desk.answer({ caseId, version, by: GRACE, answer: NAMES_DORA });
    expect((await world.now()).state).toBe('escalated');
    expect(await clicks(GRACE, 'takeBack')).toContain('"changed":true');
    await world.work(30_000);
    const c: Case = await world.now();
    expect(c).toMatchObject({ state: 'asked', askedOf: GRACE, hops: [] });
    expect(world.teams.sent.filter(({ to }) => to === DORA)).toEqual([]);
  });

  it('cannot once the other one has answered, or passed it on', async () => {
    await begin();
    const { caseId, version } = await world.answered(NAMES_DORA);
    await world.desk.answer({ caseId, version, by: DORA, answer: { kind: 'reclaim', reason: '' } });
    expect(await clicks(GRACE, 'takeBack')).toContain('"changed":false');
    expect((await world.now()).state).toBe('decided');
  });
});

describe('nobody else takes a question back', () => {
  it.each<[string, UserId]>([
    ['whoever was named', DORA],
    ['a stranger', userId('Bob')],
    ['the person whom it is about', ADA],
  ])('%s', async (_who, by) => {
    await begin();
    const { version } = await world.answered(NAMES_DORA);
    await clicks(by, 'takeBack');
    expect(await world.now()).toMatchObject({ state: 'asked', askedOf: DORA, version });
  });

  it('nor does somebody who was passed over because they did not answer', async () => {
    await begin();
    world.clock.advance(60_000);
    await world.work(120_000);
    const { state, version } = await world.now();
    expect(['escalated', 'asked', 'adminReview']).toContain(state);
    expect(await clicks(GRACE, 'takeBack')).not.toContain('"changed":true');
    expect((await world.now()).version).toBe(version);
  });
});
