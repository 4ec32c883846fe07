import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, it, jest } from '@jest/globals';
import { unmatchedText } from '../../src/cli/people-text.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { aFolder, rowsOf, steward } from './at-the-terminal.js';

jest.setTimeout(60_000);

const folder = aFolder();
afterAll(() => folder.remove());
const audit = (...args: readonly string[]) =>
  steward(['audit', '--out', folder.at('out'), ...args], { DATA_DIR: folder.at('data') });

it('an audit of a list of people is about them alone, and says which rows name nobody', async () => {
  const { plainInactive: dana, inactiveWithVisio: jonas } = NAMED;
  const rows = [`${dana.id};`, `;${jonas.userPrincipalName.toUpperCase()}`, ';gone@harbor.example', ';'];
  writeFileSync(folder.at('people.csv'), ['ObjectId;UserPrincipalName', ...rows].join('\r\n'));

  const { code, out, err } = await audit('--people', folder.at('people.csv'));
  expect(code).toBe(0);
  expect(out).toMatch(/^People with managed licenses +2$/m);
  expect(err).toContain(
    'The list of people has 1 row that names nobody with a license:\n  line 4 (gone@harbor.example)',
  );
  const seen = readdirSync(folder.at('out'))
    .filter((name) => name.endsWith('.csv') && name !== 'position.csv')
    .flatMap((name) => rowsOf(readFileSync(folder.at('out', name), 'utf8')).map((row) => row['userId']));
  expect(new Set(seen)).toEqual(new Set([dana.id, jonas.id]));
});

it('a list that cannot be used is said by its lines before anything is written', async () => {
  writeFileSync(folder.at('bad.csv'), 'ObjectId\n17\n');
  const bad = await steward(['audit', '--out', folder.at('none'), '--people', folder.at('bad.csv')], {
    DATA_DIR: folder.at('data'),
  });
  expect([bad.code, bad.err]).toEqual([
    2,
    expect.stringContaining(`${folder.at('bad.csv')}, line 2: its ObjectId is no GUID.`),
  ]);
  expect(existsSync(folder.at('none'))).toBe(false);
});

it('many rows that name nobody are counted', () => {
  const many = Array.from({ length: 1_023 }, (_, n) => ({ line: n + 2, key: `x${n}@harbor.example` }));
  const lines = unmatchedText(many)?.split('\n') ?? [];
  expect([lines[0], lines.length, lines.at(-1)]).toEqual([
    'The list of people has 1023 rows that name nobody with a license:',
    22,
    '  and 1,003 more',
  ]);
  expect(unmatchedText([])).toBeUndefined();
});
