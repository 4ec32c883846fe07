import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCsv } from '../../../src/audit/csv/reader.js';
import { csv, csvRow, listCell, safeText, type Cell } from '../../../src/audit/csv/writer.js';
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
  ])('%s', (_name, cell, text) => {
    expect(csvRow([cell])).toBe(`${text}\r\n`);
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
    const formula = /(^|\r\n|,)"?[=+\-@\t]/;
    const nasty = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '"', 'a', ' ') });
    fc.assert(
      fc.property(nasty, (text) => !formula.test(csvRow(['x', text]))),
      { numRuns: 10_000 },
    );
  });
});

test('what is written is read back', async () => {
  const letters = fc.constantFrom('a', 'é', '😀', ',', '"', '\r\n', '\n', ';', ' ', '=', '-', "'");
  const text = fc.array(letters).map((parts) => parts.join(''));
  const table = fc
    .integer({ min: 2, max: 5 })
    .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width })));
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 100 }), async (rows, size) => {
      const header = (rows[0] ?? ['a', 'b']).map((_, n) => `column ${n}`);
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
