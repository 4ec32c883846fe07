import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { CardAnswer, NamingAnswer, PeopleFound } from '../../../src/cases/answering/desk.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId, type WorldPerson } from '../../world/people.js';

/** Grace is asked about Ada Lang; Chiara Lang is HR's, and reports to Grace as well. */
const ADA = userId('Ada Lang');
const GRACE = userId('Grace');
const HANNA = userId('Hanna');
const ALEX = userId('Alex');

let world: CaseWorld;

afterEach(() => world.close());

async function grown(...more: readonly WorldPerson[]): Promise<void> {
  const grace = aPerson('Grace', idle(1));
  world = await aCaseWorld(
    [
      grace,
      aPerson('Ada Lang', { ...idle(150), manager: grace }),
      aPerson('Chiara Lang', { ...idle(150), manager: grace, jobTitle: 'Chief Financial Officer' }),
      aPerson('Bob Lang', idle(1)),
      aPerson('Carl Lang', { ...idle(1), enabled: false }),
      aPerson('Dora Lang', { ...idle(1), kind: 'guest' }),
      ...['Hanna', 'Alex', 'Hans'].map((name) => aPerson(name, idle(1))),
      ...more,
    ],
    {
      policy: [
        `roles: { admins: [${ALEX}], hr: [${HANNA}] }`,
        'limits: { casesPerRun: { percent: 100 }, stepsPerDay: { percent: 100 }, perDepartment: { percent: 100 } }',
      ].join('\n'),
      admins: 'byPolicy',
    },
  );
  await world.audit();
  await world.work();
}

async function find(
  text: string,
  by: UserId = GRACE,
  answer: NamingAnswer = 'reassign',
  about: UserId = ADA,
): Promise<PeopleFound> {
  const { caseId } = await world.caseOf(about);
  return world.desk.peopleFor({ caseId, by, answer, text });
}

async function names(...asked: Parameters<typeof find>): Promise<readonly string[]> {
  const found = await find(...asked);
  if (found.kind !== 'people') throw new Error(found.kind);
  return found.people.map(({ displayName }) => displayName);
}

async function answer(by: UserId, given: CardAnswer): Promise<string> {
  const { caseId, version } = await world.caseOf(ADA);
  return (await world.desk.answer({ caseId, version, by, answer: given })).kind;
}

describe('People who are found for an answer', () => {
  it('can receive: members who are enabled and are not the holder, protected or not', async () => {
    await grown();
    expect(await names('lang')).toEqual(['Bob Lang', 'Chiara Lang']);
    expect(await names('Bob')).toEqual(['Bob Lang']);
    expect(await names('ada')).toEqual([]);
  });

  it('can be asked: not who is asked now, nor who was asked before', async () => {
    await grown();
    expect(await names('gra', GRACE, 'askOther')).toEqual([]);
    expect(await names('gra', GRACE, 'reassign')).toEqual(['Grace']);
    expect(await answer(GRACE, { kind: 'askOther', person: userId('Hans') })).toBe('accepted');
    await world.work();
    const hans = userId('Hans');
    expect(await names('gra', hans, 'askOther')).toEqual([]);
    expect(await names('han', hans, 'askOther')).toEqual(['Hanna']);
    expect(await names('bob', hans, 'askOther')).toEqual(['Bob Lang']);
  });

  it('are fifteen at most', async () => {
    await grown(
      ...Array.from({ length: 20 }, (_, n) => aPerson(`Zoe ${String(n).padStart(2, '0')}`, idle(1))),
    );
    const found = await names('zoe');
    expect(found).toHaveLength(15);
    expect(found[0]).toBe('Zoe 00');
  });

  test.each(['', ' ', 'l', ' l ', '..', "'%", '𝕏', '💥💥'])(
    'are none for %p, which is too short',
    async (text) => {
      await grown();
      expect(await find(text)).toEqual({ kind: 'tooShort' });
      expect(world.graph.calls).not.toContain('findPeople');
    },
  );

  it.each(['\u0000Bob\u0000', 'Bob\ud800', '\u200bbob\n'])('are those that %p means', async (text) => {
    await grown();
    expect(await names(text)).toEqual(['Bob Lang']);
  });

  it.each([
    "x') or startswith(displayName,'",
    '../../me',
    'a'.repeat(5_000),
    `${'a'.repeat(119)}𝕏`,
    'ab\ud800',
    'b ob',
  ])('are none for %p', async (text) => {
    await grown();
    expect(await names(text)).toEqual([]);
  });
});

describe('Nobody is found', () => {
  test.each<[string, UserId]>([
    ['an employee', userId('Bob Lang')],
    ['the person of the case', ADA],
    ['an admin, while the manager may answer', ALEX],
    ['somebody of HR', HANNA],
    ['nobody known', 'ffffffff-0000-4000-8000-000000000000' as UserId],
    ['an empty id', '' as UserId],
  ])('by %s', async (_who, by) => {
    await grown();
    expect(await find('lang', by)).toEqual({ kind: 'notYours' });
    expect(await find('l', by)).toEqual({ kind: 'notYours' });
    expect(await find('lang', by, 'askOther')).toEqual({ kind: 'notYours' });
    expect(world.graph.calls).not.toContain('findPeople');
  });

  test.each<[string, UserId]>([
    ['HR, whose answers name nobody', HANNA],
    ['the manager', GRACE],
    ['an admin', ALEX],
  ])('for a case of HR’s lane, by %s', async (_who, by) => {
    await grown();
    expect(await find('lang', by, 'reassign', userId('Chiara Lang'))).toEqual({ kind: 'notYours' });
  });

  it('for no case', async () => {
    await grown();
    const request = { caseId: 'no-case', by: GRACE, answer: 'reassign', text: 'lang' } as const;
    expect(await world.desk.peopleFor(request as never)).toEqual({ kind: 'notYours' });
  });

  it('once the question is answered', async () => {
    await grown();
    expect(await answer(GRACE, { kind: 'reclaim', reason: '' })).toBe('accepted');
    expect(await find('lang')).toEqual({ kind: 'notYours' });
  });

  it('once it went on to somebody else', async () => {
    await grown();
    expect(await answer(GRACE, { kind: 'askOther', person: userId('Hans') })).toBe('accepted');
    expect(await find('lang')).toEqual({ kind: 'notYours' });
  });
});

describe('Somebody who is written', () => {
  it('by the surname alone has to be chosen, on every client', async () => {
    await grown();
    const { caseId, version } = await world.caseOf(ADA);
    const given = { kind: 'askOther', person: 'lang' } as const;
    const outcome = await world.desk.answer({ caseId, version, by: GRACE, answer: given });
    expect(outcome).toMatchObject({
      kind: 'incomplete',
      choices: [{ displayName: 'Chiara Lang' }, { displayName: 'Bob Lang' }],
    });
  });
});

describe('An answer that names two people', () => {
  it.each<[string, CardAnswer]>([
    ['to receive', { kind: 'reassign', reason: '', receiver: userId('Bob Lang'), beside: 'Alex' }],
    ['to be asked', { kind: 'askOther', person: userId('Bob Lang'), beside: 'Alex' }],
  ])('%s is taken for neither', async (_what, given) => {
    await grown();
    const before = await world.caseOf(ADA);
    const { caseId, version } = before;
    const outcome = await world.desk.answer({ caseId, version, by: GRACE, answer: given });
    expect(outcome).toMatchObject({
      kind: 'incomplete',
      problems: ['You have chosen a person and written a name or address as well: leave one of them empty.'],
    });
    expect(await world.caseOf(ADA)).toEqual(before);
  });
});
