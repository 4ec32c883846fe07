import { expect, test } from '@jest/globals';
import { readFigure } from '../../../src/spend/purchases/figure.js';

test.each([
  ['1234', 1234],
  [' 57.00 ', 57],
  ['57,5', 57.5],
  ['0.125', 0.125],
  ['0,125', 0.125],
  ['1234,567', 1234.567],
  ['1,234.50', 1234.5],
  ['1.234,50', 1234.5],
  ['1,234,567.5', 1_234_567.5],
  ['1.234.567,5', 1_234_567.5],
  ['1.234.567', 1_234_567],
  ['1,234,567', 1_234_567],
  ["1'234.50", 1234.5],
  ['12’345’678', 12_345_678],
  ['1 234,50', 1234.5],
  ['1\u202f234,567', 1234.567],
  ['-5', -5],
  ['\u22125,50', -5.5],
  ['-0', 0],
])('%j is %d', (text, value) => {
  expect(readFigure(text)).toEqual({ kind: 'figure', value });
});

test.each(['1,234', '1.234', '999.000', '-1,234'])(
  '%j is a thousand to some and a fraction to others',
  (text) => {
    expect(readFigure(text)).toEqual({ kind: 'twoMeanings' });
  },
);

test.each([
  '',
  '-',
  'many',
  '57 €',
  '$57',
  '1.2.3',
  '1,2,3',
  "1'23",
  '1.234.56',
  '1,234,50.5',
  '5%',
  '1e3',
  '.5',
  '5.',
])('%j is no number', (text) => {
  expect(readFigure(text)).toEqual({ kind: 'none' });
});
