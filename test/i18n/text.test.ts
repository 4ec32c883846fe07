import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cardText } from '../../src/cards/escape.js';
import { nearestLocale } from '../../src/i18n/locale.js';
import { text } from '../../src/i18n/text.js';

const ENGLISH = { locale: 'en' } as const;
const GERMAN = { locale: 'de' } as const;

describe('The language of a reader', () => {
  it.each([
    ['de', 'de'],
    ['de-DE', 'de'],
    ['de-AT', 'de'],
    ['de-CH', 'de-CH'],
    ['de_ch-1901', 'de-CH'],
    ['de-LI', 'de-CH'],
    ['DE-ch-1996', 'de-CH'],
    ['de_DE', 'de'],
    ['en-US', 'en'],
    ['fr', undefined],
    ['fr-de', undefined],
    ['', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    [undefined, undefined],
    [null, undefined],
  ])('for the tag %j is %j', (tag, expected) => {
    expect(nearestLocale(tag)).toBe(expected);
  });

  it('is found for any text without a failure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 10_000 }), (tag) => {
        expect(['en', 'de', 'de-CH', undefined]).toContain(nearestLocale(tag));
      }),
    );
  });
});

describe('A message', () => {
  it('has the plural of its language', () => {
    expect(text(ENGLISH, 'waiting.mine', { count: 1 })).toBe('1 question waits for you');
    expect(text(GERMAN, 'waiting.mine', { count: 1 })).toBe('1 Frage wartet auf Sie');
    expect(text(GERMAN, 'waiting.mine', { count: 3 })).toBe('3 Fragen warten auf Sie');
  });

  it.each(['{name}', '{count, plural, one {#}}', "it's '{'", '<b>x</b>', '}{', '#', '$&', '{'])(
    'takes the name %j as it is, and never as a pattern',
    (name) => {
      expect(text(ENGLISH, 'digest.details', { name: cardText(name) })).toBe(`Details: ${cardText(name)}`);
    },
  );

  it('takes any name as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (name) => {
        const ready = cardText(name);
        expect(text(GERMAN, 'digest.answerFor', { name: ready })).toBe(`Ihre Antwort für ${ready}`);
      }),
    );
  });
});
