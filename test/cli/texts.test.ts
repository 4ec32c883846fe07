import { describe, expect, test } from '@jest/globals';
import { casesText, caseText, historyHeading, notOne } from '../../src/cli/case-text.js';
import { meaningOf } from '../../src/cases/state-meanings.js';
import { figuresTable } from '../../src/cli/figures-table.js';
import { planText } from '../../src/cli/plan-text.js';
import { positionText } from '../../src/cli/position-command.js';
import { savingsLines } from '../../src/cli/savings-command.js';
import { clean, counted, table, timeOf } from '../../src/cli/terminal.js';
import { terminalLog } from '../../src/cli/terminal-log.js';
import type { PositionRow } from '../../src/spend/position.js';
import type { SkuId } from '../../src/audit/person.js';
import { ENGLISH } from '../../src/i18n/locale.js';
import { text } from '../../src/i18n/text.js';
import { aPlan, savingsOf } from '../cards/a-campaign.js';
import { CASES } from '../cards/a-case.js';

test('what was saved is said in the words of the chat', () => {
  const lines = savingsLines(savingsOf('Visio\u001b[2J Plan 2', 1), 'Etc/UTC');
  expect(lines).toBe(
    [
      '2 licenses taken back for good: $2,052 a year',
      'As of Mon 23 Nov 2026, 09:00 UTC; final since 17 Jan 2022.',
      '',
      'Final        2 licenses · $2,052 a year, $171 a month',
      'On hold      1 license · $2,052 a year, $171 a month',
      'In sight     1 license · $2,736 a year, $228 a month',
      'Not counted  3 were undone · 1 was found held again',
      '',
      'Final, by year',
      '2025  2 licenses, $2,052 a year',
      '',
      'Final, by month',
      'January 2025  2 licenses, $2,052 a year',
      '',
      'By license',
      'Visio [2J Plan 2  Final: 2 licenses, $2,052 a year; On hold: 1 license, $2,052 a year; In sight: 1 license, $2,736 a year',
      '',
      text(ENGLISH, 'admin.savings.rule.counted'),
      text(ENGLISH, 'admin.savings.rule.money'),
    ].join('\n'),
  );
});

describe('text at a terminal', () => {
  test('stands in columns, numbers below each other', () => {
    const rows = [
      ['NAME', 'SEATS', 'NOTE'],
      ['Zoë', '7', ''],
      ['Microsoft 365 E5', '1,204', 'x'],
    ];
    expect(table(rows, [1])).toBe(
      'NAME              SEATS  NOTE\nZoë                   7\nMicrosoft 365 E5  1,204  x',
    );
  });

  test('holds nothing that moves a cursor or turns the reading direction', () => {
    expect(clean('a\u001b[2Jb\rc\nd\u009be\u202ef\u2066g')).toBe('a [2Jb c d e f g');
    expect(clean('Zoë Müller 李')).toBe('Zoë Müller 李');
  });

  test('counts one thing and many', () => {
    expect([counted(1, 'entry', 'entries'), counted(0, 'chain'), counted(2, 'chain')]).toEqual([
      '1 entry',
      '0 chains',
      '2 chains',
    ]);
  });

  test('tells times with their zone', () => {
    expect(timeOf('2026-11-23T06:05:59.999Z')).toBe('2026-11-23 06:05 UTC');
  });

  test('has warnings as sentences with their facts, and nothing below a warning', () => {
    const lines: string[] = [];
    const log = terminalLog((line) => lines.push(line));
    log.debug('Graph answered.', { status: 200 });
    log.info('Running.');
    log.warn('Graph call is tried again.', { operation: 'users.list', status: undefined, waitMs: 2000 });
    log.error('It failed.');
    expect(lines).toEqual(['Graph call is tried again. (operation users.list, waitMs 2000)', 'It failed.']);
  });
});

describe('the table after an audit', () => {
  const figures = {
    people: 1278,
    licenses: 1400,
    active: 1200,
    inactive: 46,
    protected: 13,
    unknown: 18,
    guests: 1,
    outOfScope: 0,
    annualCost: [
      { minor: 100_050, currency: 'EUR' },
      { minor: 2_062_800, currency: 'USD' },
    ],
    withoutPrice: 1,
    departments: {},
  } as const;

  test('adds up, one amount per currency, and says what has no price', () => {
    expect(figuresTable(figures).split('\n')).toEqual([
      'People with managed licenses                1,278',
      'Licenses                                    1,400',
      'Active                                      1,200',
      'With idle licenses                             46',
      'Protected                                      13',
      'Unknown                                        18',
      'Guests                                          1',
      'Yearly cost of idle licenses  €1,000.50 + $20,628',
      '(without the licenses of 1 person for which no price is entered)',
    ]);
  });

  test('without prices has no cost, and people out of scope are named apart', () => {
    const why = figuresTable(figures, { inactive: 40, neverSignedIn: 6, leftCompany: 0 }).split('\n');
    expect(why.slice(3, 6)).toEqual([
      expect.stringMatching(/^With idle licenses +46$/),
      expect.stringMatching(/^ {2}never signed in +6$/),
      expect.stringMatching(/^ {2}signed in before, idle now +40$/),
    ]);
    const text = figuresTable({ ...figures, annualCost: [], outOfScope: 4 });
    expect(text).toMatch(/Out of scope, in no other number +4\n/);
    expect(text).toMatch(/Yearly cost of idle licenses +no price entered$/);
  });
});

describe('the position', () => {
  const row: PositionRow = {
    skuId: 'e5' as SkuId,
    partNumber: 'SPE_E5',
    name: 'Microsoft 365 E5',
    bought: 71,
    assigned: 65,
    free: 6,
    active: 58,
    idle: 7,
    protected: 2,
    reclaimable: 5,
    unknown: 0,
    outOfScope: 0,
    unaccounted: 0,
    annualPrice: { minor: 68_400, currency: 'USD' },
    annualBought: { minor: 4_856_400, currency: 'USD' },
    annualIdle: { minor: 478_800, currency: 'USD' },
    annualReclaimable: { minor: 342_000, currency: 'USD' },
  };
  const unpriced: PositionRow = {
    ...row,
    name: 'Power BI Pro',
    annualPrice: undefined,
    annualBought: undefined,
    annualIdle: undefined,
    annualReclaimable: undefined,
  };

  test('shows every seat once, and the sum of what can be taken back', () => {
    const lines = positionText([row, unpriced]).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'LICENSE           BOUGHT  FREE  ASSIGNED  ACTIVE  UNKNOWN  IDLE  PROTECTED  RECLAIMABLE  PER YEAR',
      'Microsoft 365 E5      71     6        65      58        0     7          2            5    $3,420',
      'Power BI Pro          71     6        65      58        0     7          2            5  no price',
    ]);
    expect(lines.at(-1)).toBe('Reclaimable: 10 licenses, $3,420 a year (1 product without a price).');
    expect(lines.join('\n')).not.toContain('OTHER');
  });

  test('has a column for seats out of scope or counted and held by nobody, only when there are some', () => {
    const text = positionText([{ ...row, active: 50, outOfScope: 7, unaccounted: 1 }]);
    expect(text).toMatch(/OTHER[\s\S]+ 8 [\s\S]+ACTIVE \+ UNKNOWN \+ OTHER \+ IDLE/);
    expect(text).toContain('counted by Microsoft and held by nobody');
  });
});

describe('a case at the terminal', () => {
  test.each(Object.entries(CASES))('%s is told in full, with times that name their zone', (state, c) => {
    const text = caseText(c);
    expect(text).toMatch(new RegExp(`^State +${state}$`, 'm'));
    expect(text).toContain(meaningOf(c.state));
    expect(text).not.toMatch(/undefined|\[object|\dT\d\d:/);
  });

  test('a list is as wide as its longest names, and a name cannot draw on the terminal', () => {
    const { subject } = CASES.asked;
    const bad = { ...CASES.asked, subject: { ...subject, displayName: 'Eve\u001b[31m' } };
    const [header, first] = casesText([bad, CASES.holding]).split('\n');
    expect(header).toMatch(/^NAME +USER +SCENARIO +A YEAR +OPENED +STATE$/);
    expect(first).toMatch(
      /^Eve \[31m +\S+@\S+ .* 2026-\d\d-\d\d {2}the question was delivered, the answer is awaited$/,
    );
  });

  test('says in words why there is a case', () => {
    const scenario = 'neverSignedIn';
    expect(casesText([{ ...CASES.asked, scenario }])).toMatch(/ {2}never signed in {2}/);
    expect(caseText({ ...CASES.asked, scenario })).toMatch(/^Scenario +never signed in$/m);
    expect(caseText({ ...CASES.holding, scenario: 'given' })).toMatch(/^Scenario +is given a license$/m);
  });

  test('its history begins with how it stands, in words', () => {
    const { caseId, subject } = CASES.needsPerson;
    expect(historyHeading(CASES.needsPerson)).toBe(
      `${subject.displayName} (${subject.userPrincipalName}), case ${caseId}: a person has a task; times in UTC`,
    );
  });

  test('a text that fits several people lists them, one that fits nobody says where to look', () => {
    const other = {
      ...CASES.asked,
      userId: 'other',
      subject: { ...CASES.asked.subject, displayName: 'Ada' },
    } as typeof CASES.asked;
    const text = notOne({ kind: 'several', cases: [CASES.asked, other] }, 'a');
    expect(text.split('\n')[0]).toBe('"a" fits 2 people; give the user principal name:');
    expect(text.split('\n')[1]).toMatch(/^ {2}Ada \(/);
    expect(notOne({ kind: 'none' }, 'zed')).toBe('There is no case about "zed". `cases` lists them all.');
  });
});

test('a plan of nobody has no price to miss, and says in the same words of one and of many why not', () => {
  const left = { 'has-open-case': 1, protected: 16, 'not-a-candidate': 1, 'limit-per-run-reached': 36 };
  const lines = planText(
    { ...aPlan('Ann', 0), left },
    { mode: 'act', finishedAt: '2026-11-23T06:00:00.000Z' },
  );
  expect(lines.split('\n').map((line) => line.replaceAll(/ {2,}/g, '  '))).toEqual([
    'Plan 0123456789ab, from the audit of 2026-11-23 06:00 UTC, under the policy as it is now (mode: act)',
    '',
    'Would be asked about  0 people',
    'Managers asked  0',
    'Licenses  0',
    'Not asked about  1 with an open case',
    'Not asked about  16 protected',
    'Not asked about  1 not judged for lack of data',
    'Not asked about  36 waiting for a later run (limits.casesPerRun)',
  ]);
});
