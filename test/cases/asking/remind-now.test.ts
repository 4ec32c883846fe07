import { afterEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import type { Role } from '../../../src/cases/roles.js';
import { instant, type Case, type Instant } from '../../../src/cases/case.js';
import { canRemind, type Waiting } from '../../../src/cases/asking/remind-now.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import { answerTo } from '../../../src/chat/answer.js';
import { parse } from '../../../src/chat/parse.js';
import { reminded } from '../../../src/chat/remind-answer.js';
import { historyOf, openReadModel } from '../../../src/chat/run-read-model.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle, userId } from '../../world/people.js';

const BERLIN = 'Europe/Berlin';
const HOUR_MS = 3_600_000;

function at(text: string): Instant {
  return new Date(text).toISOString() as Instant;
}

/** Asked on a Monday at ten in Berlin, for a week. */
const ASKED: Waiting = {
  askedAt: at('2026-11-23T09:00:00Z'),
  answerDue: at('2026-11-30T09:00:00Z'),
  remindAt: undefined,
};

describe('A reminder that an admin wants', () => {
  const when = (
    now: string,
    { last = ASKED.askedAt, ...change }: Partial<Waiting> & { last?: Instant } = {},
  ): unknown => canRemind({ ...ASKED, ...change }, last, BERLIN, new Date(now));

  it('goes out at once in working hours', () => {
    expect(when('2026-11-24T10:00:00Z')).toEqual({ kind: 'reminds', at: at('2026-11-24T10:00:00Z') });
  });

  it('waits for the morning, and over a weekend', () => {
    expect(when('2026-11-24T20:00:00Z')).toEqual({ kind: 'reminds', at: at('2026-11-25T08:00:00Z') });
    const last = at('2026-11-27T08:00:00Z');
    expect(when('2026-11-28T12:00:00Z', { last })).toEqual({
      kind: 'reminds',
      at: at('2026-11-30T08:00:00Z'),
    });
  });

  it('does not go out on the working day on which the person was written to', () => {
    expect(when('2026-11-23T15:00:00Z')).toEqual({ kind: 'tooSoon', from: at('2026-11-24T08:00:00Z') });
    const last = at('2026-11-27T08:00:00Z');
    expect(when('2026-11-27T11:00:00Z', { last })).toEqual({
      kind: 'tooSoon',
      from: at('2026-11-30T08:00:00Z'),
    });
  });

  it('is not needed where one comes as early by itself, and comes in place of a later one', () => {
    const remindAt = at('2026-11-25T08:00:00Z');
    expect(when('2026-11-24T20:00:00Z', { remindAt })).toEqual({ kind: 'comesAnyway', at: remindAt });
    expect(when('2026-11-24T10:00:00Z', { remindAt })).toMatchObject({ kind: 'reminds' });
  });

  it('does not go out after the answer is due', () => {
    const answerDue = at('2026-11-30T07:30:00Z');
    expect(when('2026-11-27T20:00:00Z', { answerDue })).toEqual({ kind: 'tooLate' });
  });

  it('goes out a minute after the last message in a try-out, whose days are seconds', () => {
    const answerDue = at('2026-11-23T09:10:00Z');
    expect(when('2026-11-23T09:00:30Z', { answerDue })).toEqual({
      kind: 'tooSoon',
      from: at('2026-11-23T09:01:00Z'),
    });
    expect(when('2026-11-23T09:01:00Z', { answerDue })).toMatchObject({ kind: 'reminds' });
  });
});

const ADA = userId('Ada');
const GRACE = userId('Grace');
const ALEX = userId('Alex');
const CHIARA = userId('Chiara');

let world: CaseWorld;
let given: Readonly<Record<string, readonly Role[]>>;

/** Grace was asked about Ada on Monday at nine; Chiara, who reports to her as well, is HR's. */
async function asked(
  roles: Readonly<Record<string, readonly Role[]>> = { [ALEX]: ['admin'] },
): Promise<void> {
  given = roles;
  const grace = aPerson('Grace', idle(1));
  const people = [
    aPerson('Ada', { ...idle(150), manager: grace }),
    aPerson('Chiara', { ...idle(150), manager: grace, jobTitle: 'Chief Financial Officer' }),
    grace,
    ...['Alex', 'Bob'].map((name) => aPerson(name, idle(1))),
  ];
  world = await aCaseWorld(people, {
    through: (doors) => ({ ...doors, rolesOf: async (id: UserId) => roles[id] ?? [] }),
  });
  world.clock.advance(3 * HOUR_MS);
  await world.audit();
  await world.work();
  expect((await adas()).state).toBe('asked');
}

const adas = (): Promise<Case> => world.caseOf(ADA);

/** What the bot says to somebody's message. */
async function say(by: UserId, text: string, locale: 'en' | 'de' = 'en'): Promise<string> {
  const { policy, timeZone, clock } = world.doors;
  const asker = { userId: by, roles: given[by] ?? [] };
  const view = { policy, now: instant(clock.now()), timeZone, locale } as const;
  const sources = { desk: world.desk, readModel: openReadModel(world.doors) };
  const answer = await answerTo(parse(text), asker, sources, view);
  if (answer.kind === 'text') return answer.text;
  if (answer.kind !== 'remind') return JSON.stringify(answer);
  return reminded(await world.desk.remind({ caseId: answer.caseId, by }), view).text;
}

function cardsTo(to: UserId): number {
  return world.teams.sent.filter((sent) => sent.to === to).length;
}

describe('An admin in chat', () => {
  afterEach(() => world.close());

  it('has whoever was asked reminded, in place of the card before, with who did so in the history', async () => {
    await asked();
    world.clock.advance(24 * HOUR_MS);
    expect(await say(ALEX, 'remind Ada')).toBe(
      'I remind Grace about Ada now. The answer is awaited until Mon 30 Nov 2026, 09:00 UTC.',
    );
    await world.work(60_000);
    expect(cardsTo(GRACE)).toBe(2);
    const [first] = world.teams.sent.filter(({ to }) => to === GRACE);
    expect(world.teams.edits.at(-1)?.message).toMatchObject(first?.message ?? {});
    expect((await adas()).message?.activityId).not.toBe(first?.message.activityId);
    const said = (await historyOf(world.doors, (await adas()).caseId)).map(({ text }) => text);
    expect(said.slice(-3)).toEqual([
      'Alex had Grace reminded.',
      'About to send the question once more.',
      'Reminded Grace.',
    ]);
  });

  it('is told when the next reminder may go out, and nothing is sent twice', async () => {
    await asked();
    expect(await say(ALEX, 'remind Ada')).toBe(
      'Grace was written to about Ada already: nobody is reminded more than once in a working day. Ask again from Tue 24 Nov 2026, 09:00 UTC.',
    );
    world.clock.advance(24 * HOUR_MS);
    await say(ALEX, 'remind Ada');
    await world.work(60_000);
    expect(await say(ALEX, 'remind Ada')).toContain('Ask again from Wed 25 Nov 2026, 09:00 UTC');
    await world.work(60_000);
    expect(cardsTo(GRACE)).toBe(2);
  });

  it('is told why where nobody can be reminded', async () => {
    await asked();
    world.clock.advance(24 * HOUR_MS);
    await setSwitch(world.store, 'paused', ALEX, instant(world.clock.now()));
    expect(await say(ALEX, 'remind Ada')).toContain('nobody is asked and no step is taken until **resume**');
    await setSwitch(world.store, 'running', ALEX, instant(world.clock.now()));
    const { caseId, version } = await adas();
    const until = '2027-01-31';
    await world.desk.answer({
      caseId,
      version,
      by: GRACE,
      answer: { kind: 'keep', reason: 'needed', until },
    });
    expect(await say(ALEX, 'remind Ada')).toMatch(/^Nobody has a question about Ada to answer now\. /u);
    expect(await say(ALEX, 'remind Zoe')).toContain('nobody called');
    expect(await say(ALEX, 'remind')).toContain('**remind Adele Vance**');
    await world.work(60_000);
    expect(cardsTo(GRACE)).toBe(1);
  });

  it('is told it in German', async () => {
    await asked();
    expect(await say(ALEX, 'remind Ada', 'de')).toContain('Fragen Sie wieder ab Di., 24. Nov. 2026');
    world.clock.advance(24 * HOUR_MS);
    expect(await say(ALEX, 'remind Ada', 'de')).toBe(
      'Ich erinnere jetzt Grace an die Frage nach Ada. Die Antwort wird bis Mo., 30. Nov. 2026, 09:00 UTC erwartet.',
    );
  });

  it('cannot have HR’s cases asked about, and learns nothing of them', async () => {
    await asked();
    expect(await say(ALEX, 'remind Chiara')).toBe((await say(ALEX, 'remind Zoe')).replace('Zoe', 'Chiara'));
    const { caseId } = await world.caseOf(CHIARA);
    expect(await world.desk.remind({ caseId, by: ALEX })).toEqual({ kind: 'noSuchCase' });
  });
});

describe('Nobody else has anybody reminded:', () => {
  afterEach(() => world.close());

  it.each<[string, UserId, readonly Role[]]>([
    ['the manager who was asked', GRACE, []],
    ['somebody of HR', ALEX, ['hr']],
    ['somebody of finance', ALEX, ['finance']],
    ['a stranger', userId('Bob'), []],
    ['an admin, about themself', ADA, ['admin']],
  ])('%s', async (_name, by, roles) => {
    await asked({ [by]: roles });
    world.clock.advance(24 * HOUR_MS);
    const { caseId } = await adas();
    expect(await world.desk.remind({ caseId, by })).toEqual({ kind: 'noSuchCase' });
    if (!roles.includes('admin'))
      expect(await say(by, 'remind Ada')).toContain('Having somebody reminded is for administrators');
    await world.work(60_000);
    expect(cardsTo(GRACE)).toBe(1);
  });

  it('who was asked and is an admin too is told that the question is theirs', async () => {
    await asked({ [GRACE]: ['admin'] });
    expect(await say(GRACE, 'remind Ada')).toBe('You were asked about Ada yourself: write **waiting**.');
  });
});
