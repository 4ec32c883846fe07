import { describe, expect, test } from '@jest/globals';
import { readCsv } from '../../../src/audit/csv/reader.js';
import { pieces } from '../../world/usage-report-text.js';

const SIZES = [7, 64, 1_000_000];
const MARK = '\uFEFF';

/** Every case: what it is, the text, the rows that must come out, and the line on which each begins. */
const CASES: readonly [string, string, readonly (readonly string[])[], readonly number[]][] = [
  [
    'plain rows',
    'a,b\r\n1,2\r\n3,4\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ],
    [1, 2, 3],
  ],
  [
    'LF instead of CRLF',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
    [1, 2],
  ],
  [
    'no newline at the end',
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
    [1, 2],
  ],
  [
    'a quoted comma',
    'a,b\r\n"x, y",2\r\n',
    [
      ['a', 'b'],
      ['x, y', '2'],
    ],
    [1, 2],
  ],
  [
    'doubled quotes',
    'a,b\r\n"say ""hi""",2\r\n',
    [
      ['a', 'b'],
      ['say "hi"', '2'],
    ],
    [1, 2],
  ],
  [
    'a quoted CRLF',
    'a,b\r\n"x\r\ny",2\r\n3,4\r\n',
    [
      ['a', 'b'],
      ['x\r\ny', '2'],
      ['3', '4'],
    ],
    [1, 2, 4],
  ],
  [
    'a quoted LF in a CRLF file',
    'a,b\r\n"x\ny",2\r\n3,4\r\n',
    [
      ['a', 'b'],
      ['x\ny', '2'],
      ['3', '4'],
    ],
    [1, 2, 4],
  ],
  [
    'a bare quote in an unquoted cell',
    'a,b\r\nx"y,2\r\n3,4\r\n',
    [
      ['a', 'b'],
      ['x"y', '2'],
      ['3', '4'],
    ],
    [1, 2, 3],
  ],
  [
    'empty cells',
    'a,b,c\r\n,,\r\n',
    [
      ['a', 'b', 'c'],
      ['', '', ''],
    ],
    [1, 2],
  ],
  [
    'a quoted empty last cell',
    'a,b\r\n1,""\r\n3,""\r\n',
    [
      ['a', 'b'],
      ['1', ''],
      ['3', ''],
    ],
    [1, 2, 3],
  ],
  [
    'blank lines between and at the end',
    'a,b\r\n\r\n1,2\r\n\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
    [1, 3],
  ],
  [
    'a quoted header',
    '"a","b"\r\n1,2\r\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
    [1, 2],
  ],
  [
    'letters of every script',
    'a,b\r\nZoë,כהן 日本 😀\r\n',
    [
      ['a', 'b'],
      ['Zoë', 'כהן 日本 😀'],
    ],
    [1, 2],
  ],
  ['a header alone', 'a,b\r\n', [['a', 'b']], [1]],
];

describe.each(SIZES)('in pieces of %i characters', (size) => {
  describe.each(['', MARK])('with the mark "%s" in front', (mark) => {
    test.each(CASES)('reads %s', async (_name, text, rows, lines) => {
      const read = await readAll(mark + text, size);
      expect(read).toEqual({ end: 'complete', rows, lines });
    });
  });

  test('tells that a text ends inside of quotes', async () => {
    expect((await readAll('a,b\r\n1,2\r\n3,"4', size)).end).toBe('cut');
  });
});

test('gives up on a quote that swallows more than a million characters', async () => {
  const text = `a,b\r\n1,"2\r\n${'3,4\r\n'.repeat(250_000)}`;
  expect((await readAll(text, 100_000)).end).toBe('rowTooLong');
});

test('stops reading when told to', async () => {
  const seen: string[] = [];
  const end = await readCsv(pieces('a\n1\n2\n3\n', 2), (cells) => {
    seen.push(cells[0] ?? '');
    return cells[0] === '1' ? 'stop' : 'go on';
  });
  expect({ end, seen }).toEqual({ end: 'stopped', seen: ['a', '1'] });
});

test('reads nothing from nothing', async () => {
  expect(await readAll('', 7)).toEqual({ end: 'complete', rows: [], lines: [] });
});

async function readAll(text: string, size: number) {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const end = await readCsv(pieces(text, size), (cells, line) => {
    rows.push(cells);
    lines.push(line);
    return 'go on';
  });
  return { end, rows, lines };
}
