import { describe, expect, test } from '@jest/globals';
import type { RosterProblem } from '../../src/audit/roster/problem.js';
import { problemsCsv, problemsText, wordsText } from '../../src/cli/import-roster-text.js';

const unmatched = (line: number): RosterProblem => ({
  kind: 'unmatched',
  line,
  otherLines: [],
  key: `E${line}`,
  says: 'no account has this key',
});
const many = Array.from({ length: 1_021 }, (_, n) => unmatched(n + 2));

describe('problems of a user source', () => {
  test('are shown up to twenty of a kind, then counted', () => {
    const lines = problemsText(many, false).split('\n');
    expect(lines[0]).toBe('Name nobody in the directory: 1,021');
    expect(lines.slice(1, 21)).toEqual(
      many.slice(0, 20).map(({ line }) => `  line ${line} (E${line}): no account has this key`),
    );
    expect(lines.slice(21)).toEqual(['  and 1,001 more; --out FILE writes all of them']);
    expect(problemsText(many, true)).toContain('and 1,001 more; see the file of --out');
  });

  test('name a handful of lines where a person stands in many', () => {
    const problem: RosterProblem = {
      kind: 'contradictory',
      line: 2,
      otherLines: [4, 5, 6, 7, 8, 9, 12],
      key: '',
      says: 'says something else about the same person',
    };
    expect(problemsText([problem], false)).toContain(
      'lines 2, 4, 5, 6, 7, 8 and 2 more: says something else',
    );
  });

  test('cannot move the cursor of the terminal, nor run in a spreadsheet', () => {
    const problem = { ...unmatched(2), key: '=1+1\u001b[2J' };
    expect(problemsText([problem], false)).toContain('(=1+1 [2J)');
    expect([...problemsCsv([problem], 'comma')].join('')).toContain(`,'=1+1`);
    expect([...problemsCsv([problem], 'semicolon')].join('')).toContain(`;'=1+1`);
  });

  test('come with the words to add to the policy, or with none', () => {
    expect(wordsText([])).toBeUndefined();
    const words = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((word) => ({ word, rows: 1 }));
    expect(wordsText([{ word: '', rows: 2 }, ...words])).toBe(
      'The policy does not know an empty status (2 rows), "a" (1 row), "b" (1 row), "c" (1 row), "d" (1 row), ' +
        '"e" (1 row) and 2 more. Add each word to roster.statuses.active, roster.statuses.left or ' +
        'roster.statuses.onLeave and import the file again.',
    );
  });
});
