import { expect, test } from '@jest/globals';
import { whatIfText } from '../../src/cli/whatif-text.js';
import { BACK_TEST } from '../cards/a-back-test.js';

const lines = (tested = BACK_TEST): readonly string[] =>
  whatIfText(tested)
    .split('\n')
    .map((line) => line.replaceAll(/ +/g, ' ').trim());

test('a table of thresholds has columns for what nobody looked at, and explains them', () => {
  expect(lines().slice(0, 4)).toEqual([
    'DAYS PEOPLE UNCHECKED UP TO LICENSES PROTECTED GUESTS PER YEAR WITHOUT PRICE',
    '60 1,058 40 1,368 1,311 31 8 €18,000.50 + $424,800 12',
    '90 42 0 42 61 31 8 $20,628 0',
    '180 1 0 1 1 3 0 no price 1',
  ]);
  expect(whatIfText(BACK_TEST)).toMatch(/^UNCHECKED: [\s\S]+^UP TO: /m);
});

test('columns without a number in them are left out', () => {
  const thresholds = BACK_TEST.thresholds.slice(1);
  const [header] = lines({ ...BACK_TEST, thresholds });
  expect(header).toBe('DAYS PEOPLE LICENSES PROTECTED GUESTS PER YEAR WITHOUT PRICE');
});

test('before a run is old enough, coming back is not known yet', () => {
  expect(lines({ ...BACK_TEST, earlier: [] }).at(-1)).toBe(
    'How many come back within 30 days is not known yet: no audit with evidence is 30 days older than this one.',
  );
});
