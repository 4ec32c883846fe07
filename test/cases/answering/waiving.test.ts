import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { instant, type Case } from '../../../src/cases/case.js';
import type { WaiveOutcome } from '../../../src/cases/answering/desk.js';
import type { Role } from '../../../src/cases/roles.js';
import { answerTo } from '../../../src/chat/answer.js';
import { parse } from '../../../src/chat/parse.js';
import { historyOf, openReadModel } from '../../../src/chat/run-read-model.js';
import { waived } from '../../../src/chat/waive-answer.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, groupId, idle, userId } from '../../world/people.js';

const ADA = userId('Ada');
const GRACE = userId('Grace');
const ALEX = userId('Alex');

let world: CaseWorld;
let given: Readonly<Record<string, readonly Role[]>>;

afterEach(() => world.close());

/** Grace reclaims Ada's license; Ada alone owns the team Harbor crew, which stands in its way. */
async function blocked(
  roles: Readonly<Record<string, readonly Role[]>> = { [ALEX]: ['admin'] },
): Promise<void> {
  given = roles;
  const grace = aPerson('Grace', idle(1));
  const people = [aPerson('Ada', { ...idle(150), manager: grace }), grace];
  const others = ['Alex', 'Bob', 'Carl'].map((name) => aPerson(name, idle(1)));
  const crew = { id: groupId('crew'), displayName: 'Harbor crew', isTeam: true, isSole: true };
  world = await aCaseWorld([...people, ...others], {
    policy: 'reclaim: { mailbox: waive }',
    owned: new Map([[ADA, [crew]]]),
    through: (doors) => ({ ...doors, rolesOf: async (id: UserId) => roles[id] ?? [] }),
  });
  await world.audit();
  await world.work();
  const { caseId, version } = await adas();
  await world.desk.answer({ caseId, version, by: GRACE, answer: { kind: 'reclaim', reason: '' } });
  await world.work(30_000);
  expect((await adas()).state).toBe('needsPerson');
}

const adas = (): Promise<Case> => world.caseOf(ADA);

/** What the bot says to somebody's message. */
async function say(by: UserId, text: string): Promise<string> {
  const { policy, timeZone, clock } = world.doors;
  const asker = { userId: by, roles: given[by] ?? [] };
  const view = { policy, now: instant(clock.now()), timeZone, locale: 'en' } as const;
  const sources = { desk: world.desk, readModel: openReadModel(world.doors) };
  const answer = await answerTo(parse(text), asker, sources, view);
  if (answer.kind !== 'waive') return JSON.stringify(answer);
  const { caseId, thing, reason } = answer;
  return JSON.stringify(waived(await world.desk.waive({ caseId, by, thing, reason }), view));
}

async function waive(by: UserId, change: { thing?: string; reason?: string } = {}): Promise<WaiveOutcome> {
  const { caseId } = await adas();
  return world.desk.waive({ caseId, by, thing: 'Harbor crew', reason: 'It is archived', ...change });
}

describe('an admin in chat', () => {
  test.each(['Harbor crew', 'the team Harbor crew', 'team HARBOR CREW', groupId('crew')])(
    'waives %s by what it is called, with who and why in the history',
    async (thing) => {
      await blocked();
      expect(await say(ALEX, `waive ${thing} for Ada because it is archived`)).toContain(
        'the team Harbor crew is waived in this case: it goes on.',
      );
      await world.work(60_000);
      expect((await adas()).state).toBe('holding');
      const said = (await historyOf(world.doors, (await adas()).caseId)).map(({ text }) => text);
      expect(said).toContain('Alex waived the team Harbor crew: it is archived');
    },
  );

  it('is told what it may be, and how to say it', async () => {
    await blocked();
    expect(await say(ALEX, 'waive Port crew for Ada because it is archived')).toContain(
      'It may be: the team Harbor crew',
    );
    expect(await say(ALEX, 'waive Harbor crew for Ada')).toContain('what is waived, for whom and why');
    expect(await say(ALEX, 'waive Harbor crew for Zoe because it is archived')).toContain('nobody called');
    expect(await waive(ALEX, { reason: ' ' })).toMatchObject({ kind: 'refused' });
    expect(await waive(ALEX, { reason: 'x'.repeat(501) })).toMatchObject({ kind: 'refused' });
    expect((await adas()).waivers).toBeUndefined();
  });

  it('does it once, however often it is said', async () => {
    await blocked();
    expect(await waive(ALEX)).toMatchObject({ kind: 'waived' });
    expect(await waive(ALEX)).toEqual({ kind: 'waived', says: 'the team Harbor crew was waived already.' });
    expect((await adas()).waivers).toHaveLength(1);
  });
});

describe('nobody else waives anything', () => {
  it.each<[string, UserId, readonly Role[]]>([
    ['the manager who was asked', GRACE, []],
    ['somebody of HR', ALEX, ['hr']],
    ['somebody of finance', ALEX, ['finance']],
    ['a stranger', userId('Bob'), []],
    ['an admin, about themself', ADA, ['admin']],
  ])('%s', async (_name, by, roles) => {
    await blocked({ [by]: roles });
    expect(await waive(by)).toEqual({ kind: 'noSuchCase' });
    if (!roles.includes('admin'))
      expect(await say(by, 'waive Harbor crew for Ada because it is archived')).toContain(
        roles.includes('hr') ? 'I know of no case of yours' : 'Waiving is for administrators',
      );
    expect((await adas()).waivers).toBeUndefined();
  });
});
