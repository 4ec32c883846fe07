import { expect, test } from '@jest/globals';
import { csvRow } from '../../src/audit/csv/writer.js';
import { moneyText } from '../../src/cards/money-text.js';
import { csvFormFor } from '../../src/chat/file-offer.js';
import { CATALOGS, catalogOf } from '../../src/i18n/locale.js';
import { text } from '../../src/i18n/text.js';

const SWISS = { locale: 'de-CH' } as const;
const francs = { minor: 123_456_750, currency: 'CHF' };

test('a Swiss reader gets apostrophes between thousands and a decimal point', () => {
  // Which of the two apostrophes is the runtime's business.
  expect(moneyText(francs, 'de-CH')).toMatch(/^CHF\s1['’]234['’]567\.50$/u);
  expect(moneyText(francs, 'de').replace(/\s/u, ' ')).toBe('1.234.567,50 CHF');
  expect(text(SWISS, 'count.number', { count: 12_345 })).toMatch(/^12['’]345$/u);
});

test('the words are those of German, as they are written in Switzerland', () => {
  expect(text(SWISS, 'answer.keep')).toBe(text({ locale: 'de' }, 'answer.keep'));
  expect(Object.values(catalogOf('de-CH')).join()).not.toContain('ß');
  expect(Object.keys(catalogOf('de-CH'))).toEqual(Object.keys(CATALOGS.de));
});

test('a file for a Swiss Excel has semicolons and decimal points', () => {
  expect(csvRow(['a;b', { number: 684.5, decimals: 2 }], csvFormFor(SWISS))).toBe('"a;b";684.50\r\n');
  expect(csvRow(['x', { number: 684.5, decimals: 2 }], csvFormFor({ locale: 'de' }))).toBe('x;684,50\r\n');
});

test('has files of further languages as spreadsheets there open them, without a line for each', () => {
  const further = ['fr', 'it-CH', 'en-GB', 'es', 'ja'].map((locale) =>
    csvFormFor({ locale } as unknown as Parameters<typeof csvFormFor>[0]),
  );
  expect(further).toEqual(['semicolon', 'semicolon-point', 'comma', 'semicolon', 'comma']);
});
