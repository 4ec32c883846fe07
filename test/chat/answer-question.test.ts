import { describe, expect, it } from '@jest/globals';
import type { Unproven } from '../../src/audit/licenses/unproven.js';
import { answerTo, type Answer, type Asker } from '../../src/chat/answer.js';
import { parse } from '../../src/chat/parse.js';
import type { AuditRows, ReadModel } from '../../src/chat/read-model.js';
import { ADMIN, CASES, MANAGER, VIEW } from '../cards/a-case.js';
import { AUDIT, auditedSources } from './chat-sources.js';

const ALEX: Asker = { userId: ADMIN.id, roles: ['admin'] };
const FRED: Asker = { userId: ADMIN.id, roles: ['finance'] };
const HANNA: Asker = { userId: ADMIN.id, roles: ['hr'] };
const MEGAN: Asker = { userId: MANAGER.id, roles: [] };

function ask(text: string, asker: Asker, change?: Partial<ReadModel>): Promise<Answer> {
  return answerTo(parse(text), asker, auditedSources(change), VIEW);
}

/** Products of which the audit cannot tell who never used them. */
function unproven(...products: readonly Unproven[]): () => Promise<AuditRows> {
  return async () => ({ ...AUDIT, unproven: products });
}

const PRODUCTS = {
  visio: { partNumber: 'VISIOCLIENT', name: 'Visio Plan 2' },
  powerBi: { partNumber: 'POWER_BI_PRO', name: 'Power BI Pro' },
} as const;

async function words(text: string, asker: Asker, change?: Partial<ReadModel>): Promise<string> {
  return JSON.stringify(await ask(text, asker, change));
}

/** What is said beside a file. */
function noteOf(answer: Answer): string {
  if (answer.kind !== 'file') throw new Error(`It is no file: ${JSON.stringify(answer)}`);
  return answer.note;
}

/** For everybody who may not ask, nothing is read that could show in an answer. */
const UNREADABLE: Partial<ReadModel> = {
  latestAudit: () => Promise.reject(new Error('was read')),
  lastQuestion: () => Promise.reject(new Error('was read')),
};

describe('An admin who asks', () => {
  it('gets the people, with what was understood, and the question is kept', async () => {
    const answer = await ask('inactive E5 in Sales in Germany over 120 days by cost', ALEX);
    expect(answer).toMatchObject({
      kind: 'card',
      summary: '1 person holds licenses that look unused',
      question:
        'who is inactive but licensed, department "Sales", country "Germany", license "Microsoft 365 E5", over 120 days without use, most expensive first',
    });
    expect(JSON.stringify(answer)).toContain('Understood as: **who is inactive but licensed');
    expect(JSON.stringify(answer)).toContain('"Ada"');
  });

  it('finds whose case is over, though no audit lists them any more, and is told that only the case knows them', async () => {
    const over = { unsealedCases: async () => [CASES.closed] };
    const answer = await words('who has a closed case', ALEX, over);
    expect(answer).toContain('1 person has such a case');
    expect(answer).toContain('"Adele Vance"');
    expect(answer).toContain('Known from the case alone.');
    expect(answer).toContain('"title":"From cases"');
    expect(noteOf(await ask('export closed', ALEX, over))).toContain(
      '1 person in it is not listed by the audit',
    );
    expect(await words('inactive', ALEX, over)).not.toContain('Adele Vance');
    expect(await words('closed', FRED, over)).not.toContain('Adele Vance');
  });

  it('gets figures per group with a chart and the rows in words', async () => {
    const answer = await words('how many never signed in per department', ALEX);
    expect(answer).toContain('1 person per department');
    expect(answer).toContain('Human Resources');
    const many = await words('inactive per department', ALEX);
    expect(many).toContain('Chart.Donut');
    expect(many).toContain('2 people, 3 licenses');
  });

  it('is told of no group in a file that has only the top', async () => {
    const answer = await words('top 2 departments', ALEX);
    expect(answer).toContain('more.');
    expect(answer).not.toContain('**export that** has');
  });

  it('gets the last page for one that is not there', async () => {
    expect(await ask('inactive page 9', ALEX)).toMatchObject({
      question: 'who is inactive but licensed, most expensive first',
    });
  });

  it('goes on from the question before', async () => {
    const lastQuestion = async (): Promise<string> =>
      'who is inactive but licensed, department "Sales", most expensive first';
    expect(await ask('only Finance', ALEX, { lastQuestion })).toMatchObject({
      question: 'who is inactive but licensed, department "Finance", most expensive first',
    });
    expect(await ask('what about Finance', ALEX, { lastQuestion })).toMatchObject({
      question: 'who is inactive but licensed, department "Finance", most expensive first',
    });
    expect(await words('what about Nobody Atall', ALEX, { lastQuestion })).toContain('found nobody called');
    expect(await words('next', ALEX)).toContain('no list before');
    expect(await words('next', ALEX, { lastQuestion: async () => 'no question of ours' })).toContain(
      'no list before',
    );
  });

  it('goes on to the people of a manager, who is named in whole or was perhaps meant', async () => {
    const lastQuestion = async (): Promise<string> =>
      'who is inactive but licensed, manager "Grace Hopper", most expensive first';
    const megans = {
      question: 'who is inactive but licensed, manager "Megan Bowen", most expensive first',
      summary: '1 person holds licenses that look unused',
    };
    for (const text of ['what about Megan Bowen', 'what about Megan Bowen’s team?', 'only Megan Bowen'])
      expect(await ask(text, ALEX, { lastQuestion })).toMatchObject(megans);
    for (const text of ["what about Megan's team", 'only Megan']) {
      const answer = await words(text, ALEX, { lastQuestion });
      expect(answer).toContain('Did you mean');
      expect(answer).toContain(String.raw`manager \"Megan Bowen\"`);
    }
    const several = await words("what about John Smith's team", ALEX, { lastQuestion });
    expect(several).toContain('could mean several things');
    expect(several).toContain('john.smith2@harbor.example');
    expect(await words("what about Nobody's team", ALEX, { lastQuestion })).toContain("**Nobody's**");
    expect(await words("what about Megan Bowen's team", FRED)).not.toContain('Megan Bowen\\"');
  });

  it('is told that nothing records the use of a license, and not that nobody never used it', async () => {
    const latestAudit = unproven({ ...PRODUCTS.powerBi, why: { kind: 'unrecorded' } });
    for (const text of [
      'who never used Power BI',
      'how many never used Power BI',
      'export never used Power BI',
    ]) {
      const answer = await words(text, ALEX, { latestAudit });
      expect(answer).toContain('whether **Power BI Pro** is used');
      expect(answer).not.toMatch(/Nobody (holds|fits)/u);
    }
    expect(await words('who never used Visio', ALEX, { latestAudit })).toContain('Nobody fits this question');
  });

  it.each<[Unproven['why'], string]>([
    [{ kind: 'leftOut' }, 'the policy leaves it out. Once **activations** stands under **evidence.reports**'],
    [
      { kind: 'unusable', says: 'The report on activations is *empty*.' },
      String.raw`the latest audit could not use it. The report on activations is \\*empty\\*. The next audit tries again`,
    ],
    [{ kind: 'nobodyActivated' }, 'nobody in the tenant who has ever activated it'],
  ])('is told that the source is missing, and what to do about it: %j', async (why, told) => {
    const latestAudit = unproven({ ...PRODUCTS.visio, why });
    for (const text of ['who never used Visio', 'how many never used Visio', 'export never used Visio']) {
      const answer = await words(text, ALEX, { latestAudit });
      expect(answer).toContain('**Visio Plan 2**');
      expect(answer).toContain(told);
      expect(answer).toContain('So I cannot say who never used it');
      expect(answer).not.toMatch(/Nobody (holds|fits)/u);
    }
    expect(await words('how many never used Visio', FRED, { latestAudit })).toContain(told);
  });

  it('is told with those who are found that others are missing', async () => {
    const latestAudit = unproven({ ...PRODUCTS.visio, why: { kind: 'leftOut' } });
    for (const text of ['inactive Visio', 'how many inactive Visio', 'inactive Visio per department']) {
      const answer = await words(text, ALEX, { latestAudit });
      expect(answer).toContain('the policy leaves it out');
      expect(answer).toContain('whoever is active and does not use it is missing here');
    }
    expect(await words('inactive Visio', ALEX, { latestAudit })).toContain('2 people hold');
    expect(await words('inactive E5', ALEX, { latestAudit })).not.toContain('leaves it out');
    expect(await words('inactive', ALEX, { latestAudit })).not.toContain('leaves it out');
  });

  it('is not answered when a word is not known, and is told which, with what was perhaps meant', async () => {
    const answer = await words('inactive in Salles', ALEX);
    expect(answer).toContain('**Salles**');
    expect(answer).toContain('looked nothing up');
    expect(answer).toContain(String.raw`department \"Sales\"`);
    expect(await words('inactive under [x](https://evil.example)', ALEX)).not.toMatch(/[^\\]\[x\]/);
  });

  it('is told of nobody who fits that nobody does, and not that nobody holds an unused license', async () => {
    expect(await ask('disabled, cost over 100000', ALEX)).toMatchObject({
      summary: 'Nobody fits this question',
    });
    const latestAudit = async (): Promise<AuditRows> => ({ ...AUDIT, rows: [] });
    expect(await ask('inactive', ALEX, { latestAudit })).toMatchObject({
      summary: 'Nobody holds licenses that look unused',
    });
  });

  it('who asks who never used what reports date half a year back is told what “never” means', async () => {
    const told = 'only of people who never signed in, and of Visio and Project on the desktop';
    expect(await words('who never used E5', ALEX)).toContain(told);
    expect(await words('how many never used E5', ALEX)).toContain(told);
    expect(await words('inactive E5', ALEX)).not.toContain(told);
    expect(await words('never signed in', ALEX)).not.toContain(told);
  });

  it.each([
    ['who did not answer', 'case asked'],
    ['undo window', 'case holding'],
  ])('may ask for a state of the case as people say it: %s', async (text, meant) => {
    expect(await words(text, ALEX)).toContain(meant);
  });

  it.each(['who is on leave', 'list executives'])('is told that only HR has a list: %s', async (text) => {
    const answer = await words(text, ALEX);
    expect(answer).toContain('only HR can see');
    expect(answer).toContain('**how many are protected**');
    expect(answer).not.toContain('I do not know');
  });

  it('may leave out every word that only makes it a question', async () => {
    expect(await ask('E5 in Sales', ALEX)).toMatchObject({
      summary: '2 people hold licenses that look unused',
    });
    expect(await words('E5 in Salles', ALEX)).toContain('**Salles**');
    expect(await words('the quick brown fox', ALEX)).toContain('did not understand that');
  });

  it('is given counts alone of people who are protected', async () => {
    expect(await words('how many are protected', ALEX)).toContain('**3** of the people');
    const answer = await words('who is protected in Sales', ALEX);
    expect(answer).toContain('as a whole only');
    expect(answer).not.toMatch(/Lea|Chiara|Svc/);
  });

  it('who asks how many people there are is told how they split, without HR’s lane', async () => {
    for (const text of [
      'how many people are there',
      'How many users do we have?',
      'Wie viele Leute gibt es?',
    ])
      expect(await ask(text, ALEX)).toEqual({
        kind: 'text',
        text: [
          '**600** people hold managed licenses, as the audit of Mon 23 Nov 2026 found:',
          '',
          '- **500** use what they have',
          '- **7** hold licenses that look unused',
          '- **2** could not be judged for lack of data',
          '- **1** is a guest who does not seem active',
          '- **3** are protected: nothing is asked about them on the normal path',
          '',
          'Whoever holds none of them, or is out of the policy’s scope, is not counted. **who is inactive but licensed**, **who is not judged** and **guests** list people.',
        ].join('\n'),
      });
  });

  it('who asks how many people there are somewhere is told whom the figure counts, and whom it cannot', async () => {
    for (const text of ['how many people are there in Sales', 'how many inactive in Sales']) {
      expect(await ask(text, ALEX)).toMatchObject({
        kind: 'card',
        summary: expect.stringMatching(/^\d (person holds|people hold) licenses that look unused$/),
      });
      expect(await words(text, ALEX)).toContain('I keep no list of people who use what they have');
    }
    expect(await words('how many licenses in Sales', ALEX)).not.toContain('I keep no list');
  });

  it('gets a file of exactly that', async () => {
    const answer = await ask('export inactive E5 in Sales', ALEX);
    expect(answer).toMatchObject({
      kind: 'file',
      name: 'licenses-2026-11-23.csv',
      source: { of: 'question', runId: 'run-1' },
    });
    expect(answer.kind === 'file' && answer.csv.split('\r\n')).toHaveLength(4);
  });

  it('gets it as a spreadsheet in their language reads it', async () => {
    const sources = auditedSources();
    const german = await answerTo(parse('export inactive E5 in Sales'), ALEX, sources, {
      ...VIEW,
      locale: 'de',
    });
    expect(german.kind === 'file' && german.csv).toContain(';684,00;USD;Sales;');
    const english = await ask('export inactive E5 in Sales', ALEX);
    expect(english.kind === 'file' && english.csv).toContain(',684.00,USD,Sales,');
  });

  it('reads beside a file who is in it and who is not, so that nothing but rows stands in the file', async () => {
    expect(noteOf(await ask('export inactive E5 in Sales', ALEX)).split('\n\n')).toEqual([
      'The file is about 2 people with 2 licenses: $1,368 a year.',
      'Audit of Mon 23 Nov 2026, usage data of 21 Nov 2026. Understood as: **who is inactive but licensed, department "Sales", license "Microsoft 365 E5", most expensive first**',
      'Not in it, of 600 people looked at: 500 active, 5 whom the question leaves out, 3 protected, 2 not judged for lack of data, 1 guest.',
    ]);
    const all = noteOf(await ask('export inactive', ALEX));
    expect(all).toContain('about 7 people with 8 licenses: $2,868 a year (1 license without a price).');
    expect(all).toContain('500 active, 3 protected, 2 not judged');
  });

  it('reads beside a file whom it lacks because nobody knows, and what does not add up', async () => {
    const latestAudit = unproven({ ...PRODUCTS.visio, why: { kind: 'unrecorded' } });
    expect(noteOf(await ask('export inactive Visio', ALEX, { latestAudit }))).toContain('is missing here.');
    const perLicense = noteOf(await ask('export inactive per license, top 2', ALEX));
    expect(perLicense).toContain('It has 2 of 5 groups, as asked; these figures are of all of them.');
    expect(perLicense).toContain('they do not add up to the total');
    const undated = noteOf(await ask('export not judged over 90 days', ALEX));
    expect(undated).toContain('Nobody is in the file.');
    expect(undated).toContain('2 people are left out who may belong there: there is no date of their use');
  });

  it('reads beside a file nothing of whom it is for HR to see', async () => {
    for (const text of ['export inactive', 'export inactive in Sales', 'export inactive per department']) {
      const note = noteOf(await ask(text, ALEX));
      expect(note).toContain('3 protected');
      expect(note).not.toMatch(/\bHR\b|\bon leave\b|executive|Lea|Chiara|Svc/);
    }
  });

  it('gets no file where only a whole can be told', async () => {
    expect(await words('export who is protected in Sales', ALEX)).toContain('as a whole only');
    expect(noteOf(await ask('export how many are protected', ALEX))).toContain('Audit of Mon 23 Nov 2026');
  });

  it('is told when there are too many for a chat, and before the first audit', async () => {
    const latestAudit = async (): Promise<AuditRows> => ({
      ...AUDIT,
      tooMany: new Set(['unknown'] as const),
    });
    expect(await words('who is not judged', ALEX, { latestAudit })).toContain('steward audit --out DIR');
    expect(await words('guests', ALEX, { latestAudit })).toContain('Gus');
    expect(await words('guests', ALEX, { latestAudit: async () => undefined })).toContain('has not finished');
  });
});

describe('Finance', () => {
  it('gets figures, and no names, files or cases', async () => {
    const groups = await words('cost of unused licenses per country', FRED);
    expect(groups).toContain('per country');
    expect(groups).not.toContain('Who are they?');
    expect(groups).not.toMatch(/\bAda\b|Ben\b|Grace|Export/);
    for (const text of [
      'who is inactive',
      'inactive per manager',
      'export cost per department',
      'E5 in Sales',
    ])
      expect(await words(text, FRED)).toContain('I can tell you figures');
  });

  it('is offered no name of a person for a word that is not known', async () => {
    expect(await words('how many inactive in Salles', FRED)).toContain('Sales');
    expect(await words('how many inactive under Megan', ALEX)).toContain('Megan Bowen');
    expect(await words('how many inactive under Megan', FRED)).not.toContain('Bowen');
  });

  it('gets no figure of a few people', async () => {
    expect(await words('how many inactive in Sales', FRED)).toContain('Fewer than 5 people');
  });
});

describe('Finance that asks how many people there are', () => {
  const SPLIT = { people: 600, active: 500, protected: 3 };

  async function split(counts: Partial<AuditRows['run']>): Promise<readonly string[]> {
    const latestAudit = async (): Promise<AuditRows> => ({
      ...AUDIT,
      run: { ...AUDIT.run, ...SPLIT, ...counts },
    });
    const answer = await ask('how many people are there', FRED, { latestAudit });
    return answer.kind === 'text' ? answer.text.split('\n').filter((line) => line.startsWith('- ')) : [];
  }

  it('gets each figure that is large enough', async () => {
    expect(await split({ inactive: 70, unknown: 0, guests: 27 })).toEqual([
      '- **500** use what they have',
      '- **70** hold licenses that look unused',
      '- **0** could not be judged for lack of data',
      '- **27** are guests who do not seem active',
      '- **3** are protected: nothing is asked about them on the normal path',
    ]);
  });

  it('gets figures of a few people together with others', async () => {
    expect(await split({ inactive: 70, unknown: 26, guests: 1 })).toEqual([
      '- **500** use what they have',
      '- **97** hold licenses that look unused, could not be judged, or are guests who do not seem active',
      '- **3** are protected: nothing is asked about them on the normal path',
    ]);
  });

  it('is offered no lists', async () => {
    expect(await words('how many people are there', FRED)).not.toContain('list people');
  });
});

describe('Everybody else', () => {
  it.each([MEGAN, HANNA])('is refused politely, whatever is asked, and nothing is read', async (asker) => {
    for (const text of [
      'who is inactive',
      'how many inactive in Salles',
      'export that',
      'next',
      'only Finance',
    ])
      expect(await words(text, asker, UNREADABLE)).toContain('for administrators');
    expect(await words('E5 in Sales', asker, UNREADABLE)).toContain('did not understand that');
  });

  it('is told when their roles cannot be read', async () => {
    const answer = await words('who is inactive', { ...MEGAN, rolesUnknown: true }, UNREADABLE);
    expect(answer).toContain('cannot check right now');
  });
});
