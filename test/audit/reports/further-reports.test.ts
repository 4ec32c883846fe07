import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readActivationsReport } from '../../../src/audit/reports/activations.js';
import { readActivityReport, readAppsReport } from '../../../src/audit/reports/activity.js';
import { nameSlots } from '../../../src/audit/reports/name-slots.js';
import { FURTHER_REPORTS, type FurtherReport } from '../../../src/audit/reports/names.js';
import type { ReportReading } from '../../../src/audit/reports/reader.js';
import {
  ofPerson,
  readMailboxReport,
  readOneDriveReport,
  readSitesReport,
} from '../../../src/audit/reports/storage.js';
import { day } from '../../world/people.js';
import { reportText, type ReportRow } from '../../world/report-texts.js';
import { pieces } from '../../world/usage-report-text.js';

const REFRESHED = '2026-11-20';
const everybody = (): boolean => true;
const CONCEALED = 'FE7CC8C15246EDCCA289C9A4022762F7';

function row(name: string, change: Partial<ReportRow> = {}): ReportRow {
  return {
    upn: `${name}@harbor.example`,
    email: '2026-10-01',
    teams: '2026-10-02',
    sharePoint: '2026-10-03',
    apps: '2026-10-04',
    platforms: ['Windows', 'Web'],
    activations: { 'MICROSOFT 365 APPS FOR ENTERPRISE': '2026-02-01', 'VISIO ONLINE PLAN 2': '' },
    mailBytes: '1500',
    oneDriveBytes: '2500',
    sites: [`https://harbor.example/sites/${name}`],
    ...change,
  };
}

/** Reads a text by the reader of its report. */
function read(name: FurtherReport, text: string, size = 50): Promise<ReportReading<unknown>> {
  const names = nameSlots();
  const chunks = pieces(text, size);
  switch (name) {
    case 'email':
    case 'teams':
    case 'sharePoint':
      return readActivityReport(chunks, name, names);
    case 'apps':
      return readAppsReport(chunks, names);
    case 'activations':
      return readActivationsReport(chunks, names);
    case 'mailboxes':
      return readMailboxReport(chunks, everybody);
    case 'oneDrives':
      return readOneDriveReport(chunks, everybody);
    case 'sites':
      return readSitesReport(chunks, everybody);
    default:
      return name satisfies never;
  }
}

describe.each(FURTHER_REPORTS)('the %s report', (name) => {
  const good = reportText(name, [row('ada'), row('bob')], REFRESHED);
  const [header = '', ...lines] = good.split('\r\n');

  test('is read with its refresh date, whatever the size of pieces, the line ends and columns to come', async () => {
    const later = good.replaceAll(/(?<=.)\r\n/g, ',new\r\n').replace(',new', ',New Column');
    for (const text of [good, `\uFEFF${good}`, good.replaceAll('\r\n', '\n'), later]) {
      for (const size of [1, 7, 1_000]) {
        expect(await read(name, text, size)).toMatchObject({
          kind: 'read',
          refreshed: day(REFRESHED),
          rejected: 0,
        });
      }
    }
  });

  test('with columns in another order says the same', async () => {
    const turned = good
      .split('\r\n')
      .map((line) => (line === '' ? line : line.split(',').reverse().join(',')))
      .join('\r\n');
    expect(await read(name, turned)).toMatchObject({ kind: 'read', rejected: 0 });
  });

  test.each([
    ['nothing', '', 'empty'],
    ['a header alone', `${header}\r\n`, 'empty'],
    ['a web page', '<!doctype html><html>Sign in</html>\r\n', 'missingColumn'],
    ['no column for the person', good.replace(/(User|Owner) Principal Name/, 'Somebody'), 'missingColumn'],
    ['no refresh date', good.replace('Report Refresh Date', 'Date'), 'missingColumn'],
    ['concealed names', good.replaceAll(/(ada|bob)@harbor\.example/g, CONCEALED), 'concealed'],
    ['one concealed name', good.replace('bob@harbor.example', CONCEALED.toLowerCase()), 'concealed'],
    ['a quote that is never closed', `${header}\r\n"${lines.join('\r\n')}`, 'truncated'],
    [
      'two refresh dates',
      good.replace(new RegExp(`${REFRESHED}(?=[^]*$)`), '2026-11-19'),
      'mixedRefreshDates',
    ],
    ['a refresh date that is none in every row', good.replaceAll(REFRESHED, 'soon'), 'noUsableRow'],
  ])('that has %s proves nothing, and says what is wrong', async (_what, text, problem) => {
    const reading = await read(name, text);
    expect(reading).toMatchObject({ kind: 'unusable', problem });
    expect(reading.kind === 'unusable' && reading.why).toMatch(
      /^(The|None of the \d rows of the) .* report .*\.$/,
    );
  });

  test('cut off anywhere is either unusable or lacks whole rows only', async () => {
    const whole = await read(name, good);
    for (let length = header.length + 3; length < good.length - 2; length += 1) {
      const reading = await read(name, good.slice(0, length));
      if (reading.kind === 'read' && whole.kind === 'read') {
        expect(reading.rows).toBeLessThanOrEqual(whole.rows);
        expect(reading.refreshed).toBe(whole.refreshed);
      }
    }
  });
});

describe('an activity report', () => {
  const evidence = async (change: Partial<ReportRow>, hasService = true, second?: ReportRow) => {
    const names = nameSlots();
    const rows = [row('ada', change), ...(second ? [second] : [])];
    const reading = await readActivityReport(
      pieces(reportText('email', rows, REFRESHED), 30),
      'email',
      names,
    );
    if (reading.kind !== 'read') throw new Error(reading.why);
    return (name: string) => reading.data.evidenceAt(names.find(`${name}@HARBOR.example`), hasService);
  };

  test('dates the last activity, and an empty cell is none in 180 days', async () => {
    expect((await evidence({}))('ada')).toEqual({
      kind: 'read',
      refreshed: day(REFRESHED),
      fact: { kind: 'on', day: day('2026-10-01') },
    });
    expect((await evidence({ email: '' }))('ADA')).toEqual({
      kind: 'read',
      refreshed: day(REFRESHED),
      fact: { kind: 'none', since: day('2026-05-24') },
    });
  });

  test('has no row for somebody without the service, which is no gap; for anybody else it is', async () => {
    expect((await evidence({}, false))('nobody')).toMatchObject({ kind: 'read', fact: { kind: 'none' } });
    expect((await evidence({}))('nobody')).toEqual({
      kind: 'unknown',
      why: 'no row in the email activity report of 2026-11-20',
    });
  });

  test('proves nothing about a damaged row or a name that comes twice', async () => {
    expect((await evidence({ email: '2026-02-30' }))('ada')).toMatchObject({ kind: 'unknown' });
    const twice = await evidence({}, true, row('ADA', { email: '' }));
    expect(twice('ada')).toEqual({
      kind: 'unknown',
      why: 'two rows of the email activity report have this name',
    });
  });
});

describe('the Apps report', () => {
  test('tells the last use and the platforms, and nothing of whom it does not name', async () => {
    const names = nameSlots();
    const rows = [row('ada'), row('idle', { apps: '', platforms: [] })];
    const reading = await readAppsReport(pieces(reportText('apps', rows, REFRESHED), 64), names);
    if (reading.kind !== 'read') throw new Error(reading.why);
    const { data } = reading;
    const slot = (name: string) => names.find(`${name}@harbor.example`);
    expect(data.lastUseAt(slot('ada'))).toBe(day('2026-10-04'));
    expect(data.platformsAt(slot('ada'))).toEqual({ windows: true, mac: false, mobile: false, web: true });
    expect(data.lastUseAt(slot('idle'))).toBeUndefined();
    expect(data.platformsAt(slot('idle'))).toEqual({ windows: false, mac: false, mobile: false, web: false });
    expect(data.platformsAt(slot('nobody'))).toBeUndefined();
  });
});

describe('the activations report', () => {
  const index = async (rows: readonly ReportRow[]) => {
    const names = nameSlots();
    const reading = await readActivationsReport(
      pieces(reportText('activations', rows, REFRESHED), 64),
      names,
    );
    if (reading.kind !== 'read') throw new Error(reading.why);
    return { data: reading.data, slot: (name: string) => names.find(`${name}@harbor.example`) };
  };

  test('gathers the rows of a person, in the order of products', async () => {
    const { data, slot } = await index([
      row('ada'),
      row('bob', { activations: { 'PROJECT PLAN 3': '2026-01-02' } }),
    ]);
    expect(data.activationsAt(slot('ada'))).toEqual([
      { product: 'MICROSOFT 365 APPS FOR ENTERPRISE', lastActivated: day('2026-02-01') },
      { product: 'VISIO ONLINE PLAN 2', lastActivated: undefined },
    ]);
    expect(data.lastUseAt(slot('ada'))).toBe(day('2026-02-01'));
    expect([data.knows(/visio/i), data.knows(/project/i), data.knows(/access/i)]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('nothing is known of a holder whom it does not name; nobody else is missed', async () => {
    const { data, slot } = await index([row('ada')]);
    expect(data.activationsAt(slot('nobody'))).toEqual([]);
    expect([data.stateAt(slot('ada')), data.stateAt(slot('nobody'))]).toEqual(['usable', 'absent']);
    expect(data.evidenceAt(slot('nobody'), true)).toEqual({
      kind: 'unknown',
      why: `no row in the activations report of ${REFRESHED}`,
    });
    expect(data.evidenceAt(slot('nobody'), false)).toEqual({
      kind: 'read',
      refreshed: day(REFRESHED),
      fact: { kind: 'none', since: undefined },
    });
  });

  test('one damaged row leaves nothing known of the person', async () => {
    const broken = row('ada', { activations: { A: '2026-01-01', B: 'last week' } });
    const { data, slot } = await index([broken, row('bob')]);
    expect(data.activationsAt(slot('ada'))).toEqual({
      unknown: 'a row in the activations report cannot be read',
    });
    expect(data.evidenceAt(slot('ada'), true).kind).toBe('unknown');
    expect(data.evidenceAt(slot('bob'), true).kind).toBe('read');
  });

  test('the order of rows never matters', async () => {
    const products = { B: '2026-01-01', A: '2026-03-01', C: '' };
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(Object.entries(products), { minLength: 3 }), async (entries) => {
        const { data, slot } = await index([row('ada', { activations: Object.fromEntries(entries) })]);
        expect(data.activationsAt(slot('ada'))).toEqual([
          { product: 'A', lastActivated: day('2026-03-01') },
          { product: 'B', lastActivated: day('2026-01-01') },
          { product: 'C', lastActivated: undefined },
        ]);
      }),
    );
  });
});

describe('storage and sites', () => {
  test('are kept of wanted people only, and unknown is no 0', async () => {
    const text = reportText('mailboxes', [row('ada'), row('bob')], REFRESHED);
    const reading = await readMailboxReport(pieces(text, 64), (name) => name.startsWith('ada'));
    if (reading.kind !== 'read') throw new Error(reading.why);
    expect(ofPerson(reading.data, 'ADA@harbor.example')).toEqual({ bytes: 1500, hasArchive: false });
    expect(ofPerson(reading.data, 'bob@harbor.example')).toBeUndefined();
    const without = text.replace(',Has Archive', '').replaceAll(',1500,False', ',');
    const older = await readMailboxReport(pieces(without, 64), everybody);
    if (older.kind !== 'read') throw new Error(older.why);
    expect(ofPerson(older.data, 'ada@harbor.example')).toEqual({ bytes: undefined, hasArchive: undefined });
  });

  test('two mailboxes of one name leave nothing known', async () => {
    const text = reportText('mailboxes', [row('ada'), row('ADA', { mailBytes: '7' })], REFRESHED);
    const reading = await readMailboxReport(pieces(text, 64), everybody);
    expect(reading.kind === 'read' && ofPerson(reading.data, 'ada@harbor.example')).toBeUndefined();
  });

  test('sites belong to their owner, and sites that nobody owns to nobody', async () => {
    const rows = [
      row('ada', { sites: ['https://a', 'https://b'] }),
      row('', { upn: '', sites: ['https://c'] }),
    ];
    const reading = await readSitesReport(pieces(reportText('sites', rows, REFRESHED), 64), everybody);
    if (reading.kind !== 'read') throw new Error(reading.why);
    expect(ofPerson(reading.data, 'ada@harbor.example')).toEqual([
      { url: 'https://a', lastActivity: day('2026-01-05') },
      { url: 'https://b', lastActivity: day('2026-01-05') },
    ]);
    expect([...reading.data.keys()]).toEqual(['ada@harbor.example']);
  });
});
