import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import Papa from 'papaparse';
import { readCsv } from '../../../src/audit/csv/reader.js';
import { csv, CSV_FORMS, csvRow, listCell, safeText, type Cell } from '../../../src/audit/csv/writer.js';
import { pieces } from '../../world/usage-report-text.js';

test('begins with a byte order mark and ends every row with CRLF', () => {
  expect([...csv(['a', 'b'], [[1, 'x']])].join('')).toBe('\uFEFFa,b\r\n1,x\r\n');
});

describe('a cell', () => {
  test.each<[string, Cell, string]>([
    ['unknown is empty', undefined, ''],
    ['zero is zero', 0, '0'],
    ['a negative number is a number', -5, '-5'],
    ['truth is a word', true, 'true'],
    ['with a comma is quoted', 'Voss, Eleanor', '"Voss, Eleanor"'],
    ['with quotes doubles them', 'Kate "KO" O\'Dell', '"Kate ""KO"" O\'Dell"'],
    ['with a line break is quoted', 'a\r\nb', '"a\r\nb"'],
    ['with a blank at its end is quoted', 'a ', '"a "'],
    ['of a list is quoted', 'a;b', '"a;b"'],
    ['plain is plain', 'Zoë כהן', 'Zoë כהן'],
    ['an amount has its decimals', { number: 684, decimals: 2 }, '684.00'],
    ['an amount that was lost is a number, too', { number: -150.5, decimals: 2 }, '-150.50'],
  ])('%s', (_name, cell, text) => {
    expect(csvRow([cell])).toBe(`${text}\r\n`);
  });
});

describe('a cell of a file with semicolons', () => {
  test.each<[string, Cell, string]>([
    ['that is an amount has a decimal comma', { number: 684, decimals: 2 }, '684,00'],
    ['that is an amount without decimals has none', { number: 60_000, decimals: 0 }, '60000'],
    ['that is a part number stays as it is', '1.5', '1.5'],
    ['that is a version stays as it is', 'Project 2.0', 'Project 2.0'],
    ['that is a date stays as it is', '2026-11-21', '2026-11-21'],
    ['with a comma needs no quotes', 'Voss, Eleanor', 'Voss, Eleanor'],
    ['of a list is quoted', 'E3;E5', '"E3;E5"'],
    ['with quotes doubles them', 'Kate "KO" O\'Dell', '"Kate ""KO"" O\'Dell"'],
    ['that a spreadsheet would run is text', '=1+1', "'=1+1"],
  ])('%s', (_name, cell, text) => {
    expect(csvRow(['a', cell, 2], 'semicolon')).toBe(`a;${text};2\r\n`);
  });

  test('stands under the same header as ever, behind a byte order mark', () => {
    expect([...csv(['a', 'b'], [[1, 'x']], 'semicolon')].join('')).toBe('\uFEFFa;b\r\n1;x\r\n');
  });
});

describe('a spreadsheet never runs a cell', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])(
    'that begins with %j',
    (text) => {
      expect(safeText(text)).toBe(`'${text}`);
    },
  );

  test('nor an entry of a list, where it splits at the semicolon', () => {
    expect(listCell(['E3', '=cmd()'])).toBe("E3;'=cmd()");
  });

  test('whatever the text', () => {
    const formula = /(^|\r\n|[,;])"?[=+\-@\t]/;
    const nasty = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '"', 'a', ' ') });
    fc.assert(
      fc.property(
        nasty,
        fc.constantFrom(...CSV_FORMS),
        (text, form) => !formula.test(csvRow(['x', text], form)),
      ),
      { numRuns: 10_000 },
    );
  });
});

const letters = fc.constantFrom('a', 'é', '😀', ',', '"', '\r\n', '\n', ';', ' ', '=', '-', "'");
const text = fc.array(letters).map((parts) => parts.join(''));
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width })));
const headerOf = (rows: readonly (readonly string[])[]): readonly string[] =>
  (rows[0] ?? ['a', 'b']).map((_, n) => `column ${n}`);

test('what is written is read back', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 100 }), async (rows, size) => {
      const header = headerOf(rows);
      const read: (readonly string[])[] = [];
      const end = await readCsv(pieces([...csv(header, rows)].join(''), size), (cells) => {
        read.push(cells);
        return 'go on';
      });
      expect(end).toBe('complete');
      expect(read).toEqual([header, ...rows.map((cells) => cells.map(safeText))]);
    }),
  );
});

test('what is written with semicolons is read back by any reader of RFC 4180', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const header = headerOf(rows);
      const { data, errors } = Papa.parse([...csv(header, rows, 'semicolon')].join(''), {
        delimiter: ';',
        newline: '\r\n',
      });
      expect(errors).toEqual([]);
      expect(data).toEqual([header, ...rows.map((cells) => cells.map(safeText)), ['']]);
    }),
  );
});
