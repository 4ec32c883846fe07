import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { firstThatFits } from '../../src/cards/fitting.js';
import { LOCALES } from '../../src/i18n/locale.js';
import { brokenRules } from './card-rules.js';
import { LOOKS } from './looks.js';
import { KINDS, sheetCard } from './sheet-cards.js';

describe.each(LOCALES)('In %s', (locale) => {
  describe.each(Object.keys(KINDS))('the card %s', (kind) => {
    it.each(LOOKS)('keeps every rule of Teams with texts that are $name', (look) => {
      expect(brokenRules(sheetCard(kind, look, locale))).toEqual([]);
    });
  });
});

describe('The contact sheet', () => {
  it('has the cards of every file that makes some', () => {
    const folder = path.join(__dirname, '..', '..', 'src', 'cards');
    const makers = readdirSync(folder).filter((file) => /-cards?\.ts$/.test(file));
    const sheet = readdirSync(__dirname)
      .filter((file) => /^sheet-.*cards\.ts$/.test(file))
      .map((file) => readFileSync(path.join(__dirname, file), 'utf8'))
      .join('\n');
    expect(makers).toContain('digest-card.ts');
    const missing = makers.filter((file) => !sheet.includes(`cards/${file.replace(/ts$/, 'js')}'`));
    expect(missing).toEqual([]);
  });
});

describe('A card that is too large', () => {
  it('is made again with less, until it fits', () => {
    const attempts: number[] = [];
    const made = firstThatFits([30_000, 24_000, 20_000, 10], (length) => {
      attempts.push(length);
      return { text: 'x'.repeat(length) };
    });
    expect(attempts).toEqual([30_000, 24_000, 20_000]);
    expect(made).toEqual({ text: 'x'.repeat(20_000) });
  });

  it('is the smallest there is where none fits', () => {
    expect(firstThatFits([40_000, 30_000], (length) => ({ text: 'x'.repeat(length) }))).toEqual({
      text: 'x'.repeat(30_000),
    });
  });
});
