import { expect, test } from '@jest/globals';
import { decimal, decimalsOf, sumMoney } from '../../src/spend/money.js';

test.each([
  [5_700, 'USD', '57.00'],
  [5, 'EUR', '0.05'],
  [-1_250, 'USD', '-12.50'],
  [5_700, 'JPY', '5700'],
  [5_700, 'KWD', '5.700'],
  [123_456_789_012, 'USD', '1234567890.12'],
  [100, 'XQQ', '1.00'],
])('%d minor units of %s are %s', (minor, currency, text) => {
  expect(decimal({ minor, currency })).toBe(text);
});

test('decimals are those of the currency', () => {
  expect([decimalsOf('CHF'), decimalsOf('KRW'), decimalsOf('BHD')]).toEqual([2, 0, 3]);
  for (const currency of Intl.supportedValuesOf('currency')) {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    expect([currency, decimalsOf(currency)]).toEqual([currency, maximumFractionDigits]);
  }
});

test('only amounts of one currency have a sum', () => {
  expect(
    sumMoney([
      { minor: 1, currency: 'USD' },
      { minor: 2, currency: 'USD' },
    ]),
  ).toEqual({ minor: 3, currency: 'USD' });
  expect(
    sumMoney([
      { minor: 1, currency: 'USD' },
      { minor: 2, currency: 'EUR' },
    ]),
  ).toBeUndefined();
  expect(sumMoney([])).toBeUndefined();
});
