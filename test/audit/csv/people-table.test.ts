import { describe, expect, test } from '@jest/globals';
import { readPeopleTable, type PeopleTable } from '../../../src/audit/csv/people-table.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const read = (text: string): PeopleTable => readPeopleTable(bytes(text));

function rowsOf(table: PeopleTable) {
  if (table.kind === 'unusable') throw new Error(table.why);
  return table.rows.map(({ line, cells, fault }) => [line, cells.objectId, cells.status, fault]);
}

function whyOf(table: PeopleTable): string | undefined {
  return table.kind === 'unusable' ? table.why : undefined;
}

describe('a list of people is read', () => {
  test.each<[string, string]>([
    ['with commas', 'ObjectId,Status\na,left\nb,active\n'],
    ['with semicolons', 'ObjectId;Status\na;left\nb;active\n'],
    ['without an end of the last line', 'ObjectId,Status\na,left\nb,active'],
    ['with CRLF', 'ObjectId,Status\r\na,left\r\nb,active\r\n'],
    ['with lone CR', 'ObjectId,Status\ra,left\rb,active\r'],
    ['with mixed line ends', 'ObjectId,Status\r\na,left\nb,active\r\n'],
    ['with a byte order mark', '\uFEFFObjectId,Status\na,left\nb,active\n'],
    ['with quotes', '"ObjectId","Status"\n"a","left"\n"b","active"\n'],
    ['with a byte order mark before quotes', '\uFEFF"ObjectId","Status"\n"a","left"\n"b","active"\n'],
    ['with names in any case and spacing', ' OBJECT id , sta-tus \na , left\nb, active\n'],
    ['with columns in another order and between others', 'x,Status,y,object_id\n1,left,2,a\n1,active,2,b\n'],
  ])('%s', (_name, text) => {
    expect(rowsOf(read(text))).toEqual([
      [2, 'a', 'left', undefined],
      [3, 'b', 'active', undefined],
    ]);
  });

  test.each(['utf-16le', 'utf-16be'] as const)('in %s with its mark, as PowerShell writes it', (encoding) => {
    const text = Buffer.from('\uFEFFObjectId,Status\r\nä,left\r\n', 'utf16le');
    expect(rowsOf(readPeopleTable(encoding === 'utf-16le' ? text : text.swap16()))).toEqual([
      [2, 'ä', 'left', undefined],
    ]);
  });

  test('with what spreadsheets and PowerShell write before the header, counting its lines', () => {
    expect(rowsOf(read('sep=;\nObjectId;Status\na;left\n'))).toEqual([[3, 'a', 'left', undefined]]);
    expect(rowsOf(read('#TYPE Selected.ADUser\n\n"ObjectId","Status"\n"a","left"\n'))).toEqual([
      [4, 'a', 'left', undefined],
    ]);
  });

  test('with the delimiter of the header, whatever the cells hold', () => {
    expect(rowsOf(read('ObjectId;Name;Status\na;Voss, Ada, Dr.;left\n'))).toEqual([
      [2, 'a', 'left', undefined],
    ]);
  });

  test('with line numbers that count blank lines and lines in quoted cells', () => {
    const text = 'ObjectId,Note,Status\n\na,"one\ntwo",left\n , ,\nb,"say ""hi""",active\n';
    expect(rowsOf(read(text))).toEqual([
      [3, 'a', 'left', undefined],
      [6, 'b', 'active', undefined],
    ]);
  });

  test('with rows whose last cells were left out, as spreadsheets do', () => {
    expect(rowsOf(read('ObjectId,Status,LeaveFrom,LeaveUntil\na,left\n'))).toEqual([
      [2, 'a', 'left', undefined],
    ]);
  });
});

describe('a row that cannot be trusted says why', () => {
  test.each<[string, string, string]>([
    [
      'a delimiter without quotes, which shifts the status',
      'ObjectId,Name,Status\na,Voss, Ada,left\n',
      'it has 4 cells where the header has 3; a cell with a delimiter needs quotation marks',
    ],
    ['text behind a quote', 'ObjectId,Status\n"a"x,left\n"b",active\n', 'its quotation marks are broken'],
    [
      'a row of a comma file that a German Excel has saved',
      'ObjectId,Status\n"a,left"\n',
      'all of it is one cell, as a spreadsheet saves it that splits at other marks: use the file as it was before',
    ],
    ['a key over several lines', 'ObjectId,Status\n"a\nb",left\n', 'a quoted cell goes over several lines'],
    [
      'a character that was lost earlier',
      'ObjectId,Status\nm\uFFFDller,left\n',
      'a character was lost when the file was written (it shows as \uFFFD)',
    ],
  ])('%s', (_name, text, fault) => {
    expect(rowsOf(read(text))[0]).toEqual([2, expect.anything(), expect.anything(), fault]);
  });
});

describe('a file that is no list of people says why', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'is empty'],
    ['blank lines', '\uFEFF\n \n', 'is empty'],
    [
      'a quote that is never closed',
      'ObjectId,Status\na,left\n"b,active\nc,left\n',
      'has a quotation mark in the row that begins on line 3 and that nothing closes',
    ],
    [
      'a quote that is never closed in the header',
      '"ObjectId,Status\na,left\n',
      'has a quotation mark in the row that begins on line 1 and that nothing closes',
    ],
    [
      'two columns for the status',
      'ObjectId,Status,Employment Status\na,left,active\n',
      'has 2 columns for the same thing, "Status" and "Employment Status": rename or remove all but one',
    ],
    [
      'tabs between the cells',
      'ObjectId\tStatus\na\tleft\n',
      'splits its cells neither at commas nor at semicolons: save it as "CSV UTF-8"',
    ],
    [
      'a page of another character set',
      Buffer.from('ObjectId,Status\na,left\nm\xfcller,active\n', 'latin1'),
      'line 3 has a character that is not UTF-8: save it as "CSV UTF-8"',
    ],
    [
      'UTF-16 without its mark',
      Buffer.from('ObjectId,Status\na,left\n', 'utf16le'),
      'line 1 has a zero character, so it is no text in UTF-8: save it as "CSV UTF-8"',
    ],
    [
      'half a character of UTF-16',
      Buffer.concat([Buffer.from('\uFEFFa', 'utf16le'), Buffer.from([0x41])]),
      'it begins as UTF-16 and does not go on so: save it as "CSV UTF-8"',
    ],
  ])('%s', (_name, content, why) => {
    const table = readPeopleTable(typeof content === 'string' ? bytes(content) : content);
    expect(whyOf(table)).toBe(why);
  });
});
