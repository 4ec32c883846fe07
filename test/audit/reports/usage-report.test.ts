import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isoDay, type Day } from '../../../src/audit/day.js';
import type { UsageIndex } from '../../../src/audit/reports/usage-index.js';
import { readUsageReport } from '../../../src/audit/reports/usage-report.js';
import { day } from '../../world/people.js';
import { pieces, USAGE_HEADER, usageLine, usageText, type UsageRow } from '../../world/usage-report-text.js';

const REFRESHED = '2026-11-21';
const ada: UsageRow = {
  upn: 'ada@harbor.example',
  refreshed: REFRESHED,
  usage: { exchange: '2026-11-20', teams: '2026-08-01' },
};
const bob: UsageRow = { upn: 'bob@harbor.example', refreshed: REFRESHED };

test('gives each workload its date, and "none in 180 days" where the cell is empty', async () => {
  const usage = await usable(usageText([ada, bob]));
  const none = { kind: 'none', since: day('2026-05-25') };
  expect(usage.evidenceOf('ada@harbor.example')).toEqual({
    refreshed: day(REFRESHED),
    facts: {
      exchange: { kind: 'on', day: day('2026-11-20') },
      oneDrive: none,
      sharePoint: none,
      teams: { kind: 'on', day: day('2026-08-01') },
      yammer: none,
      skype: none,
    },
  });
  expect(iso(usage.lastUse('ada@harbor.example'))).toBe('2026-11-20');
  expect(usage.lastUse('bob@harbor.example')).toBeUndefined();
  expect(usage.people).toBe(2);
});

test('finds columns by name, in any order, with columns that are new', async () => {
  const text =
    'Teams Last Activity Date,New Column,User Principal Name,Is Deleted,Skype For Business Last Activity Date,' +
    'Yammer Last Activity Date,SharePoint Last Activity Date,OneDrive Last Activity Date,' +
    `Exchange Last Activity Date,Report Refresh Date\r\n2026-10-01,x,ada@harbor.example,False,,,,,,${REFRESHED}\r\n`;
  expect(iso((await usable(text)).lastUse('ada@harbor.example'))).toBe('2026-10-01');
});

test('knows a person whatever the case and the Unicode form of the name', async () => {
  const usage = await usable(usageText([{ ...ada, upn: 'ZOE\u0308.ANG@HARBOR.example' }]));
  expect(usage.stateOf('zo\u00EB.ang@harbor.EXAMPLE')).toBe('usable');
});

test('leaves out rows of deleted users, also beside a living one of the same name', async () => {
  const usage = await usable(
    usageText([
      { ...ada, deleted: 'True' },
      { ...ada, usage: {} },
      { ...bob, deleted: 'True' },
    ]),
  );
  expect(usage.stateOf('ada@harbor.example')).toBe('usable');
  expect(usage.lastUse('ada@harbor.example')).toBeUndefined();
  expect(usage.stateOf('bob@harbor.example')).toBe('absent');
});

test('two rows of one name prove nothing about it', async () => {
  const usage = await usable(usageText([ada, { ...ada, upn: 'ADA@harbor.example' }]));
  expect(usage.evidenceOf('ada@harbor.example')).toEqual({
    unknown: 'two rows of the usage report have this name',
  });
  expect(usage.lastUse('ada@harbor.example')).toBeUndefined();
});

test('a person without a row is unknown', async () => {
  const usage = await usable(usageText([bob]));
  expect(usage.evidenceOf('ada@harbor.example')).toEqual({
    unknown: 'no row in the usage report of 2026-11-21',
    noRow: true,
  });
});

test('counts damaged rows by line, and their people are unknown', async () => {
  const text = usageText([
    { ...bob, displayName: 'Bob\r\nthe Builder' },
    { ...ada, usage: { teams: '2026-13-01' } },
    { ...bob, upn: 'no address' },
    { ...bob, upn: 'cleo@harbor.example', deleted: 'perhaps' },
    { ...bob, upn: 'dan@harbor.example', refreshed: 'soon' },
  ]);
  const reading = await readUsageReport(
    pieces(
      `${text}${REFRESHED},eve@harbor.example,too,few\r\n${usageLine({ ...bob, upn: 'fay@harbor.example' })}\r\n`,
      64,
    ),
  );
  if (reading.kind !== 'read') throw new Error(reading.why);
  expect(reading.rejected).toBe(5);
  expect(reading.rejects).toEqual([
    { line: 4, why: 'date' },
    { line: 5, why: 'name' },
    { line: 6, why: 'isDeleted' },
    { line: 7, why: 'refreshDate' },
    { line: 8, why: 'cells' },
  ]);
  expect(reading.data.evidenceOf('ada@harbor.example')).toEqual({
    unknown: 'the row in the usage report cannot be read',
  });
  expect(reading.data.stateOf('cleo@harbor.example')).toBe('damaged');
  expect(reading.data.stateOf('eve@harbor.example')).toBe('absent');
  expect(reading.data.stateOf('fay@harbor.example')).toBe('usable');
});

describe('a report that proves nothing as a whole', () => {
  test.each([
    ['is empty', '', 'empty'],
    ['has no rows', `${USAGE_HEADER}\r\n`, 'empty'],
    ['lacks a column', usageText([ada]).replace('Teams Last Activity Date', 'Teams Date'), 'missingColumn'],
    ['conceals names', usageText([{ ...ada, upn: 'FE7CC8C15246EDCCA289C9A4022762F7' }]), 'concealed'],
    [
      'conceals one name of two',
      usageText([ada, { ...bob, upn: 'fe7cc8c15246edcca289c9a4022762f7' }]),
      'concealed',
    ],
    ['breaks off in a row', usageText([ada, bob]).slice(0, -60), 'truncated'],
    [
      'breaks off in a quoted cell',
      `${usageText([ada])}${REFRESHED},bob@harbor.example,"Builder, B`,
      'truncated',
    ],
    ['mixes refresh dates', usageText([ada, { ...bob, refreshed: '2026-11-20' }]), 'mixedRefreshDates'],
    ['has no row that can be read', usageText([{ ...ada, refreshed: '' }]), 'noUsableRow'],
    ['is a page of HTML', '<html><body>Try again later</body></html>', 'missingColumn'],
  ])('is unusable when it %s', async (_name, text, problem) => {
    for (const size of [7, 1_000_000]) {
      expect(await readUsageReport(pieces(text, size))).toMatchObject({ kind: 'unusable', problem });
    }
  });

  test('names the missing column', async () => {
    const text = usageText([ada]).replace('Is Deleted', 'Gone');
    expect(await readUsageReport(pieces(text, 500))).toMatchObject({
      why: 'The usage report has no column named Is Deleted.',
    });
  });
});

test('a report cut at any place never gives a person less use than the whole one', async () => {
  const rows = ['ada', 'bob', 'cleo'].map((name): UsageRow => ({
    ...ada,
    upn: `${name}@harbor.example`,
    displayName: `"${name}", X`,
  }));
  const text = usageText(rows);
  const uses = new Set<string | undefined>();
  for (let length = 0; length < text.length; length += 1) {
    const reading = await readUsageReport(pieces(text.slice(0, length), 64));
    if (reading.kind === 'unusable') continue;
    const { data: usage } = reading;
    for (const { upn } of rows) if (usage.stateOf(upn) === 'usable') uses.add(iso(usage.lastUse(upn)));
  }
  expect([...uses]).toEqual(['2026-11-20']);
});

test('the order of rows and the size of pieces never matter', async () => {
  const rows = Array.from({ length: 12 }, (_, n): UsageRow => ({
    upn: `person${n}@harbor.example`,
    displayName: n % 3 === 0 ? `Surname, "N" ${n}` : `Name ${n}`,
    refreshed: REFRESHED,
    usage: n % 4 === 0 ? {} : { exchange: `2026-10-${String(n + 10)}` },
  }));
  const expected = rows.map(({ upn, usage }) => [upn, usage?.exchange]);
  const shuffled = fc.shuffledSubarray(rows, { minLength: rows.length });
  await fc.assert(
    fc.asyncProperty(shuffled, fc.integer({ min: 1, max: 3_000 }), async (some, size) => {
      const usage = await usable(usageText(some), size);
      expect(rows.map(({ upn }) => [upn, iso(usage.lastUse(upn))])).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('grows to any number of people', async () => {
  const rows = Array.from({ length: 3_000 }, (_, n): UsageRow => ({
    ...ada,
    upn: `p${n}@harbor.example`,
    usage: { yammer: `2026-0${1 + (n % 9)}-15` },
  }));
  const usage = await usable(usageText(rows), 10_000);
  expect(usage.people).toBe(3_000);
  expect(iso(usage.lastUse('p2998@harbor.example'))).toBe('2026-02-15');
});

async function usable(text: string, size = 100): Promise<UsageIndex> {
  const reading = await readUsageReport(pieces(text, size));
  if (reading.kind !== 'read') throw new Error(reading.why);
  return reading.data;
}

function iso(at: Day | undefined): string | undefined {
  return at === undefined ? undefined : isoDay(at);
}
