import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Case, CaseId } from '../../src/cases/case.js';
import { findCase } from '../../src/cases/find-case.js';
import { newestFirst } from '../../src/cases/meant-case.js';
import { answerTo, type Answer, type Asker, type ChatSources } from '../../src/chat/answer.js';
import { namedIn } from '../../src/cases/named.js';
import { parse } from '../../src/chat/parse.js';
import type { ReadModel } from '../../src/chat/read-model.js';
import { ADELE, ADMIN, asked, CASES, MANAGER, RECEIVER, VIEW } from '../cards/a-case.js';
import { FOUND } from '../cards/a-person-page.js';
import { chatSources } from './chat-sources.js';

const ALEX: Asker = { userId: ADMIN.id, roles: ['admin'] };
const TITLE = 'What is known about this person';

let cases: Case[];

beforeEach(() => {
  cases = [CASES.asked];
});

/** Cases in memory: those of HR are shown to HR alone, and found by HR alone. */
function sources(change: Partial<ReadModel> = {}): ChatSources {
  const isSealed = (c: Case): boolean => c.protections.includes('executive');
  const model: Partial<ReadModel> = {
    findPerson: async (text) => {
      const wanted = text.toLowerCase();
      const found = cases.find(
        (c) =>
          !isSealed(c) &&
          [c.userId, c.caseId, c.subject.displayName, c.subject.userPrincipalName].some((key) =>
            key.toLowerCase().startsWith(wanted),
          ),
      );
      return found === undefined ? { kind: 'none' } : { kind: 'one', userId: found.userId, ...found.subject };
    },
    casesOf: async (id) => newestFirst(cases.filter((c) => c.userId === id && !isSealed(c))),
    historyOf: async (caseId) => [{ at: VIEW.now, type: 'opened', text: `History of ${caseId}.` }],
    nameOf: async (id) => (id === RECEIVER.id ? RECEIVER.displayName : undefined),
    ...change,
  };
  return chatSources(model, {
    waitingFor: async (by) => cases.filter((c) => c.state === 'asked' && c.askedOf === by),
    findSealed: async (_by, text) => {
      const found = cases.find((c) => isSealed(c) && c.subject.displayName.startsWith(text));
      return found === undefined ? { kind: 'none' } : { kind: 'one', case: found };
    },
    show: async ({ caseId }) => cases.find((c) => c.caseId === caseId) ?? 'noSuchCase',
  });
}

function ask(text: string, asker = ALEX, from = sources()): Promise<Answer> {
  return answerTo(parse(text), asker, from, VIEW);
}

async function words(text: string, asker = ALEX, from = sources()): Promise<string> {
  return JSON.stringify(await ask(text, asker, from));
}

describe('The page of a person', () => {
  it('has what the latest audit found, and of a case that it does not list how it began', async () => {
    expect(await words('person Adele Vance')).toContain('in which the chat looks do not have');
    const found = await words('person Adele Vance', ALEX, sources({ findingOf: async () => FOUND }));
    expect(found).not.toContain('do not have this person');
    expect(found).toContain('not judged: no source records its use');
  });

  it('names the groups by which a license is held, and those that cannot be named as groups', async () => {
    const groupNames: ReadModel['groupNames'] = async ([first]) => new Map(first ? [[first, 'Sales *']] : []);
    const found = await words(
      'person Adele Vance',
      ALEX,
      sources({ findingOf: async () => FOUND, groupNames }),
    );
    expect(found).toContain(String.raw`through the group Sales \\*`);
    expect(found).toContain('through a group');
  });

  it('shows the case that is open before one that is newer and over', async () => {
    const over: Case = {
      ...CASES.closed,
      caseId: 'case-2' as CaseId,
      openedAt: '2026-12-01T00:00:00.000Z' as Case['openedAt'],
    };
    cases = [over, CASES.holding];
    const page = await words('person Adele Vance');
    expect(page).toContain('History of case-1.');
    expect(page).toContain('There is 1 other case of this person.');
    cases = [over];
    expect(await words('person Adele Vance')).toContain('History of case-2.');
  });

  it.each([
    [MANAGER.id, 'Megan Bowen, since'],
    [RECEIVER.id, 'Isaiah Langer, since'],
    [ADELE.id, 'somebody other than the manager, since'],
  ])('names who was asked as far as the name is known (%s)', async (askedOf, said) => {
    cases = [asked({ askedOf })];
    expect(await words('person Adele Vance')).toContain(said);
  });

  it('offers no reminder to whoever was asked themself, and the case with its answers', async () => {
    cases = [asked({ askedOf: ADMIN.id })];
    const page = await words('person Adele Vance');
    expect(page).toContain('Open the case');
    expect(page).not.toContain('Remind now');
  });

  it('has nothing of a case that was erased', async () => {
    const subject = { ...CASES.closed.subject, displayName: 'erased' };
    const gone = { ...CASES.closed, caseId: 'case-0' as CaseId, subject, erasedAt: VIEW.now };
    cases = [CASES.asked, gone];
    expect(await words('person Adele Vance')).not.toMatch(/case-0|other case/u);
  });

  it.each(['Adele Vance', 'adele', 'ADELE VANCE', 'adele.vance@harbor.example', 'case-1', ADELE.id])(
    'is what an admin gets who writes %s and nothing else',
    async (text) => {
      const page = await words(text);
      expect(page.includes(TITLE)).toBe(text !== 'case-1');
    },
  );

  it.each(['Adel', 'Adele V', 'ad'])('is not guessed from the beginning of a name: %s', async (text) => {
    expect(await words(text)).toContain('Did you mean');
  });

  it.each<[string, Asker]>([
    ['the manager who was asked', { userId: MANAGER.id, roles: [] }],
    ['finance', { userId: RECEIVER.id, roles: ['finance'] }],
    ['an employee', { userId: RECEIVER.id, roles: [] }],
    ['an admin whose roles cannot be read', { userId: ADMIN.id, roles: [], rolesUnknown: true }],
  ])('is for admins alone: %s gets what their case says', async (_who, asker) => {
    for (const who of ['Adele Vance', 'Nobody Atall']) {
      const page = await words(`who is ${who}`, asker);
      expect(page).toBe(await words(`case ${who}`, asker));
      expect(page).not.toContain(TITLE);
    }
  });

  it('is told nothing by a case that is HR’s', async () => {
    const before = await words('person Adele Vance');
    cases.push({ ...CASES.hrReview, caseId: 'sealed' as CaseId });
    expect(await words('person Adele Vance')).toBe(before);
    cases = cases.slice(1);
    expect((await words('person Adele Vance')).replaceAll('Adele Vance', '…')).toBe(
      (await words('person Nobody Atall')).replaceAll('Nobody Atall', '…'),
    );
  });

  it('of whom HR has a case is that case to an admin who is of HR', async () => {
    const both: Asker = { userId: ADMIN.id, roles: ['admin', 'hr'] };
    cases = [{ ...CASES.hrReview, caseId: 'sealed' as CaseId }];
    expect(await ask('person Adele Vance', both)).toEqual(await ask('case Adele Vance', both));
    // By the name alone nothing of HR's is looked at.
    expect(await words('Adele Vance', both)).toContain('Did you mean');
  });
});

describe('A name that fits several people', () => {
  const ADA = { displayName: 'Ada Lovelace', userPrincipalName: 'ada@harbor.example' };
  const POSING: Case = {
    ...CASES.asked,
    caseId: 'case-3' as CaseId,
    userId: '0a0a0a0a-0000-4000-8000-000000000003' as Case['userId'],
    subject: { ...CASES.asked.subject, userPrincipalName: 'c@harbor.example' },
  };
  const found = openPeople(() => cases);

  beforeEach(() => {
    cases = [
      { ...CASES.asked, subject: { ...CASES.asked.subject, ...ADA } },
      {
        ...CASES.kept,
        caseId: 'case-2' as CaseId,
        userId: '0a0a0a0a-0000-4000-8000-000000000002' as Case['userId'],
        subject: { ...CASES.kept.subject, ...ADA, userPrincipalName: 'ada@harbor.example.org' },
      },
    ];
  });

  /** What each button asks, by its words. */
  function buttonsOf(answer: Answer): Readonly<Record<string, string>> {
    if (answer.kind !== 'card') throw new Error(`a card was expected, not ${answer.kind}`);
    const parts = answer.card['body'] as readonly {
      actions?: readonly { title: string; data: { request: string } }[];
    }[];
    const actions = parts.flatMap((part) => part.actions ?? []);
    return Object.fromEntries(actions.map(({ title, data }) => [title, data.request]));
  }

  it('has a button for each, which opens the page of nobody else', async () => {
    const [first, second] = cases;
    const answer = await ask('person Ada', ALEX, sources(found));
    expect(buttonsOf(answer)).toEqual({
      'ada@harbor.example': `person ${first?.userId}`,
      'ada@harbor.example.org': `person ${second?.userId}`,
    });
    cases.unshift({ ...POSING, subject: { ...POSING.subject, displayName: second?.userId ?? '' } });
    const opened = await words(`person ${second?.userId}`, ALEX, sources(found));
    expect(opened).toContain(TITLE);
    expect(opened).toContain('ada@harbor.example.org');
  });

  it('and is written alone has the same buttons, but for those whose name only begins so', async () => {
    const [first, second] = cases;
    expect(buttonsOf(await ask('Ada', ALEX, sources(found)))).toEqual({
      'ada@harbor.example': `person ${first?.userId}`,
      'ada@harbor.example.org': `person ${second?.userId}`,
    });
    const called = ['Ada Lovelace', 'Adamina Quill'];
    cases = cases.map((c, at) => ({
      ...c,
      subject: { ...c.subject, displayName: called[at] ?? '', userPrincipalName: `${at}@harbor.example` },
    }));
    const only = await words('Ada', ALEX, sources(found));
    expect(only).toContain(TITLE);
    expect(only).not.toContain('Adamina');
    expect(await words('person Ada', ALEX, sources(found))).toContain('Adamina');
  });

  it('asks the same again of whoever is chosen, and does no deed by that', async () => {
    const id = cases[0]?.userId;
    for (const [text, request] of [
      ['history Ada', `history ${id}`],
      ['why was Ada asked', `explain ${id}`],
      ['case Ada', `case ${id}`],
      ['undo Ada', `person ${id}`],
      ['remind Ada', `person ${id}`],
    ])
      expect(Object.values(buttonsOf(await ask(text ?? '', ALEX, sources(found))))[0]).toBe(request);
  });

  it('has six of them, says how many more fit, and how to ask for one of those', async () => {
    cases = Array.from({ length: 9 }, (_, index) => ({
      ...CASES.asked,
      caseId: `case-${index}` as CaseId,
      userId: `0a0a0a0a-0000-4000-8000-00000000001${index}` as Case['userId'],
      subject: { ...CASES.asked.subject, displayName: `Ada ${index}` },
    }));
    const answer = await ask('person Ada', ALEX, sources(found));
    expect(Object.keys(buttonsOf(answer))).toEqual(['Ada 0', 'Ada 1', 'Ada 2', 'Ada 3', 'Ada 4', 'Ada 5']);
    expect(JSON.stringify(answer)).toContain('3 more people fit: write more of the name, or the address.');
  });
});

/** As the store finds people among cases. */
function openPeople(all: () => readonly Case[]): Pick<ReadModel, 'findPerson'> {
  return {
    findPerson: async (text) => {
      const match = findCase(all(), text);
      if (match.kind === 'several') return { kind: 'several', names: match.cases.map(namedIn) };
      return match.kind === 'none' ? match : { kind: 'one', ...namedIn(match.case) };
    },
  };
}
