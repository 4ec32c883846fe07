import { describe, expect, test } from '@jest/globals';
import { readNamedColumns, type NamedColumns } from '../../../src/audit/csv/named-columns.js';
import { csv, CSV_FORMS } from '../../../src/audit/csv/writer.js';

const read = (text: string): NamedColumns => readNamedColumns(Buffer.from(text, 'utf8'), ['id', 'version']);

const KEPT = [
  { id: 'a', version: '3' },
  { id: 'b', version: '12' },
];

describe('a list that was written by this program is read', () => {
  const rows = [
    ['a', 'Voss, Ada', 3, 'E3;E5', { number: 684, decimals: 2 }],
    ['b', 'Ben', 12, '', undefined],
  ];

  test.each(CSV_FORMS)('in the form %s', (form) => {
    const text = [...csv(['id', 'name', 'version', 'licenses', 'annualCost'], rows, form)].join('');
    expect(read(text)).toEqual({ kind: 'rows', rows: KEPT });
  });

  test.each<[string, string]>([
    ['with line ends of another system', 'id,version\na,3\nb,12\n'],
    ['with quotes around everything', '"id";"version"\r\n"a";"3"\r\n"b";"12"\r\n'],
    ['with the line that says how it is split', 'sep=;\r\nid;version\r\na;3\r\nb;12\r\n'],
    ['with rows taken out and blank ones left', 'id;version\r\na;3\r\n;\r\n\r\nb;12\r\n'],
    ['with columns of somebody’s own', 'id;"mine, or yours";version\r\na;x, y;3\r\nb;;12\r\n'],
  ])('and was saved by a spreadsheet %s', (_how, text) => {
    expect(read(text)).toEqual({ kind: 'rows', rows: KEPT });
  });
});

describe('a file that is no such list says why', () => {
  test.each<[string, string, string]>([
    ['nothing', '', 'is empty'],
    ['other columns', 'id,name\na,Ada\n', 'has no column version'],
    [
      'tabs',
      'id\tversion\na\t3\n',
      'splits its cells neither at commas nor at semicolons: save it as "CSV UTF-8"',
    ],
    [
      'vertical bars',
      'id|version\na|3\n',
      'splits its cells neither at commas nor at semicolons: save it as "CSV UTF-8"',
    ],
    [
      'a quote that is never closed',
      'id,version\n"a,3\nb,12\n',
      'has a quotation mark in the row that begins on line 2 and that nothing closes',
    ],
    ['text behind a quote', 'id,version\n"a"x,3\n"b",12\n', 'has broken quotation marks on line 2'],
    [
      'a comma file that a German Excel has saved',
      'id,version,licenses\r\na,3,E3\r\n"b,12,""E3;E5"""\r\n',
      'has all of line 3 in one cell',
    ],
    [
      'a comma file whose lists a German spreadsheet has split',
      'id,version,licenses;\r\n"b,12,""E3";"E5"""\r\n',
      'has broken quotation marks on line 2',
    ],
    [
      'a semicolon file that an English Excel has saved',
      'id;version;licenses\r\n"b;12;""E3;E5"""\r\n',
      'has all of line 2 in one cell',
    ],
  ])('%s', (_name, text, why) => {
    expect(read(text)).toEqual({ kind: 'unusable', why });
  });
});
