import { afterEach, expect, test } from '@jest/globals';
import { askerFor, type AppDoors } from '../../../src/bot/app-doors.js';
import type { UserId } from '../../../src/audit/person.js';
import { instant } from '../../../src/cases/case.js';
import { answerTo } from '../../../src/chat/answer.js';
import { parse } from '../../../src/chat/parse.js';
import { allCases, openReadModel } from '../../../src/chat/run-read-model.js';
import { casesText } from '../../../src/cli/case-text.js';
import { groupId } from '../../world/people.js';
import { ADA, ALEX, anHrWorld, GRACE, STRANGER, type HrWorld } from '../../world/hr-world.js';

const worlds: HrWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** Grace was asked about Ada, who then becomes an executive or exempt; the next audit has run. */
async function onceAsked(as: 'executive' | 'exempt', answered: boolean): Promise<HrWorld> {
  const users: UserId[] = [];
  const world = await anHrWorld({
    reshape: ({ protect, ...policy }) => ({
      ...policy,
      protect: { ...protect, executives: { ...protect.executives, users } },
    }),
  });
  worlds.push(world);
  const { caseId, version } = await world.caseOf(ADA);
  const answer = { kind: 'reclaim', reason: '' } as const;
  if (answered) await world.desk.answer({ caseId, version, by: GRACE, answer });
  if (as === 'executive') users.push(ADA);
  else await world.graph.joinGroup(groupId('exempt'), ADA);
  await world.audit();
  await world.work(60_000);
  return world;
}

/** What others than HR read, hear and see of Ada. */
async function everything({ desk, doors, teams }: HrWorld): Promise<readonly string[]> {
  const said: string[] = [];
  const readModel = openReadModel(doors);
  const { policy, timeZone } = doors;
  const view = { policy, now: instant(doors.clock.now()), timeZone, locale: 'en' as const };
  for (const by of [ALEX, GRACE, ADA, STRANGER]) {
    const asker = await askerFor(by, { rolesOf: doors.rolesOf } as AppDoors);
    for (const text of [
      'case Ada',
      'history Ada',
      'undo Ada',
      'who is Ada',
      'waiting',
      'how many are protected',
    ])
      said.push(
        `${by} ${text}: ${JSON.stringify(await answerTo(parse(text), asker, { desk, readModel }, view))}`,
      );
  }
  const cases = (await allCases(doors)).filter(({ userId }) => userId === ADA);
  said.push(casesText(cases));
  for (const { caseId } of cases)
    for (const by of [ALEX, GRACE, ADA]) said.push(JSON.stringify(await desk.show({ caseId, by })));
  const chats = new Set(teams.sent.filter(({ to }) => to === GRACE).map(({ message }) => message.activityId));
  said.push(
    ...teams.edits
      .filter(({ message }) => chats.has(message.activityId))
      .map(({ card }) => JSON.stringify(card)),
  );
  return said;
}

test.each([
  ['was asked about', false],
  ['decided', true],
])(
  'the case of somebody about whom a manager %s ends the same, whether HR is to decide now or the person is exempt',
  async (_words, answered) => {
    const executive = await onceAsked('executive', answered);
    const exempt = await onceAsked('exempt', answered);
    expect((await executive.caseOf(ADA)).state).toBe('hrReview');
    const seen = await everything(executive);
    const hidden = /id-\d+|[0-9a-f]{32,}/g;
    expect(seen.map((text) => text.replaceAll(hidden, 'ID'))).toEqual(
      (await everything(exempt)).map((text) => text.replaceAll(hidden, 'ID')),
    );
    expect(seen.join('\n')).toContain('protected now');
  },
);
