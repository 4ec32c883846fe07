import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { datasetOf, NOBODY } from '../../src/cards/person-inputs.js';
import type { CaseId } from '../../src/cases/case.js';
import type { UserId } from '../../src/audit/person.js';
import {
  ADA,
  aHostileWorld,
  ALEX,
  BEN,
  CHIARA,
  GRACE,
  HANNA,
  IRIS,
  KIM,
  NORA,
  OTTO,
  PAUL,
  STRANGER,
  type Activity,
  type HostileWorld,
  type Outcome,
} from './hostile-world.js';

let world: HostileWorld;

// One world for all: a look-up has no effect.
beforeAll(async () => {
  world = await aHostileWorld();
}, 60_000);

afterAll(() => world.close());

/** What Teams sends while somebody types. */
function lookUp(by: UserId, value: unknown, activity: Activity = {}): Promise<Outcome> {
  return world.post(by, { type: 'invoke', name: 'application/search', value, ...activity });
}

function typed(queryText: unknown, about: UserId = PAUL): Record<string, unknown> {
  const dataset = datasetOf('reassign', world.about(about).caseId);
  return { queryText, queryOptions: { skip: 0, top: 15 }, dataset };
}

interface Line {
  readonly title: string;
  readonly value: string;
}

/** The lines of an answer as Teams reads it. */
function linesOf({ status, text }: Outcome): readonly Line[] {
  expect(status).toBe(200);
  const body = JSON.parse(text) as { readonly type: string; readonly value: { readonly results: Line[] } };
  expect(body.type).toBe('application/vnd.microsoft.search.searchResponse');
  return body.value.results;
}

const NOTHING: readonly Line[] = [];

describe('A look-up of the manager who was asked', () => {
  it('finds people with what tells them apart', async () => {
    const outcome = await lookUp(OTTO, typed('bo'));
    expect(linesOf(outcome)).toEqual([{ title: 'Bob (bob@harbor.example)', value: STRANGER }]);
    expect([outcome.sent, outcome.isUnchanged]).toEqual(['[]', true]);
  });

  it('says in their language that nobody fits, or that it is too short, by a line that chooses nobody', async () => {
    expect(linesOf(await lookUp(OTTO, typed(' Xaver ')))).toEqual([
      {
        title: '“Xaver” fits nobody. Check the spelling, or write the e-mail address below.',
        value: NOBODY,
      },
    ]);
    const [german] = linesOf(await lookUp(OTTO, typed('x'), { locale: 'de-DE' }));
    expect(german?.title).toBe('„x“ ist zu kurz: Bitte geben Sie mindestens zwei Buchstaben ein.');
    expect(linesOf(await lookUp(OTTO, typed('')))).toEqual(NOTHING);
  });

  it('tells no more of somebody of HR’s lane than the directory does', async () => {
    expect(linesOf(await lookUp(OTTO, typed('chiara')))).toEqual([
      { title: 'Chiara Quillfeather (chiara@harbor.example)', value: CHIARA },
    ]);
  });
});

describe('The people around somebody', () => {
  const choices = (people: readonly UserId[]): readonly string[] => people.map((id) => `"value":"${id}"`);

  it('are offered to them, whether protected or not, and the holder is not', async () => {
    const { sent } = await world.click(GRACE, 'details', { caseId: world.about(ADA).caseId });
    for (const choice of choices([BEN, CHIARA])) expect(sent).toContain(choice);
    for (const choice of choices([ADA, PAUL])) expect(sent).not.toContain(choice);
  });

  it('are not shown to an admin who reads along, nor to anybody else', async () => {
    for (const by of [ALEX, STRANGER, OTTO]) {
      const { sent, text } = await world.click(by, 'details', { caseId: world.about(ADA).caseId });
      for (const choice of choices([BEN, CHIARA])) expect(sent + text).not.toContain(choice);
    }
  });
});

describe('A look-up is answered with nothing', () => {
  it.each<[string, () => Promise<Outcome>]>([
    ['to an employee', () => lookUp(STRANGER, typed('bo'))],
    ['to another manager', () => lookUp(GRACE, typed('bo'))],
    ['to the person of the case', () => lookUp(PAUL, typed('bo'))],
    ['to an admin, while the manager is asked', () => lookUp(ALEX, typed('bo'))],
    ['to HR, whose lane is another', () => lookUp(HANNA, typed('bo'))],
    ['to whom the question went before it was answered', () => lookUp(NORA, typed('bo', KIM))],
    ['to an admin about themself', () => lookUp(IRIS, typed('bo', IRIS))],
    ['to HR in a sealed case', () => lookUp(HANNA, typed('bo', CHIARA))],
    ['to the manager in a sealed case', () => lookUp(GRACE, typed('bo', CHIARA))],
    [
      'to who says that they are the manager',
      () => lookUp(STRANGER, { ...typed('bo'), by: OTTO, userId: OTTO, roles: ['admin'] }),
    ],
    [
      'to the manager’s Teams id',
      () => lookUp(STRANGER, typed('bo'), { from: { id: `29:${OTTO}`, aadObjectId: STRANGER } }),
    ],
    ['to a sender without an object id', () => lookUp(OTTO, typed('bo'), { from: { id: `29:${OTTO}` } })],
    [
      'in a group, where others would read it',
      () =>
        lookUp(OTTO, typed('bo'), {
          conversation: { id: 'group', conversationType: 'groupChat', isGroup: true },
        }),
    ],
    [
      'for a case that there is not',
      () => lookUp(OTTO, { queryText: 'bo', dataset: datasetOf('reassign', 'no-case' as CaseId) }),
    ],
    [
      'for a list of another app',
      () => lookUp(OTTO, { queryText: 'bo', dataset: 'graph.microsoft.com/users' }),
    ],
    ['for a list by a path', () => lookUp(OTTO, { queryText: 'bo', dataset: 'steward/receiver/../x' })],
    ['for a very long list', () => lookUp(OTTO, { queryText: 'bo', dataset: 'x'.repeat(100_000) })],
    ['for no list', () => lookUp(OTTO, { queryText: 'bo' })],
    ['for a list that is an object', () => lookUp(OTTO, { ...typed('bo'), dataset: { $ne: '' } })],
    ['for a list of lists', () => lookUp(OTTO, { ...typed('bo'), dataset: [typed('bo')['dataset']] })],
    ['for a text that is an object', () => lookUp(OTTO, typed({ $gt: '' }))],
    ['for a list of texts', () => lookUp(OTTO, typed(['bo']))],
    ['for a text that is a number', () => lookUp(OTTO, typed(7))],
    ['for a text of 100,000 characters', () => lookUp(OTTO, typed('a'.repeat(100_000)))],
    ['for a text that is inherited', () => lookUp(OTTO, JSON.parse('{"__proto__":{"queryText":"bo"}}'))],
    ['without a value', () => lookUp(OTTO, undefined)],
    ['for null', () => lookUp(OTTO, null)],
    ['for a text alone', () => lookUp(OTTO, 'bo')],
    ['for a list alone', () => lookUp(OTTO, [])],
  ])('%s', async (_what, attack) => {
    const outcome = await attack();
    expect(linesOf(outcome)).toEqual(NOTHING);
    expect([outcome.sent, outcome.isUnchanged]).toEqual(['[]', true]);
  });
});

describe('Whatever is typed', () => {
  it.each([
    ['a filter', "x') or startswith(displayName,'"],
    ['a path', '../../me'],
    ['markup', '<at>Bob</at>'],
    ['a zero character', 'Xob\u0000'],
    ['half of a character', 'Xo\ud800'],
    ['a line break and a mark that turns the text', 'Xo\nb\u202ebob'],
    ['a pattern of messages', '{typed, plural, other {x}}'],
  ])('%s finds nobody and breaks nothing', async (_what, text) => {
    const lines = linesOf(await lookUp(OTTO, typed(text)));
    expect(lines.map(({ value }) => value)).toEqual([NOBODY]);
    expect(lines[0]?.title).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(lines[0]?.title.length).toBeLessThan(200);
  });

  it.each([{ top: 1_000_000, skip: -5 }, 'all', null, { top: 'x' }])(
    'with the options %p the list is as long as ever',
    async (queryOptions) => {
      expect(linesOf(await lookUp(OTTO, { ...typed('bo'), queryOptions }))).toHaveLength(1);
    },
  );
});

describe('Somebody who types without end', () => {
  it('is told to wait, while others are not held up, and may go on a minute later', async () => {
    const text = 'zz';
    world.cases.clock.advance(60_000);
    for (let n = 0; n < 90; n += 1) await lookUp(GRACE, typed(text, ADA));
    const [line] = linesOf(await lookUp(GRACE, typed(text, ADA)));
    expect(line).toMatchObject({
      title: '“zz” could not be looked up now. Type on, or write the e-mail address below.',
      value: NOBODY,
    });
    expect(linesOf(await lookUp(OTTO, typed('bo')))).toHaveLength(1);
    world.cases.clock.advance(60_000);
    expect(linesOf(await lookUp(GRACE, typed('bo', ADA)))).toEqual([
      { title: 'Bob (bob@harbor.example)', value: STRANGER },
    ]);
  });
});
