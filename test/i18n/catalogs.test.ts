import { describe, expect, it } from '@jest/globals';
import { CATALOGS, LOCALES, type Catalog, type MessageKey } from '../../src/i18n/locale.js';
import { placesOf } from './message-places.js';

const KEYS = Object.keys(CATALOGS.en) as readonly MessageKey[];
const OTHERS = LOCALES.filter((locale) => locale !== 'en');

/** Names of products, and what is the same word in German. */
const SAME_IN_BOTH: readonly string[] = [
  'Teams',
  'OneDrive',
  'SharePoint',
  'Viva Engage',
  'Skype',
  'Microsoft 365 Apps',
  'Details: {name}',
  'Sponsor',
];

function words(message: string): string {
  return message.replaceAll(/\{[^{}]*\}/gu, ' ').replaceAll(/[^\p{L}]/gu, '');
}

describe.each(OTHERS)('the catalog %s', (locale) => {
  const catalog: Catalog = CATALOGS[locale];

  it('has every message of the English one and no other', () => {
    expect(Object.keys(catalog)).toEqual(KEYS);
  });

  it.each(KEYS)('has the places of the English message %s', (key) => {
    expect(placesOf(catalog[key], locale)).toEqual(placesOf(CATALOGS.en[key], 'en'));
  });

  it('leaves no message in English', () => {
    const same = KEYS.filter((key) => catalog[key] === CATALOGS.en[key] && words(catalog[key]) !== '');
    expect(same.filter((key) => !SAME_IN_BOTH.includes(catalog[key]))).toEqual([]);
  });
});

describe.each(LOCALES)('in the language %s', (locale) => {
  it.each(KEYS)('the message %s says something, and quotes nothing by an apostrophe', (key) => {
    const message: string = CATALOGS[locale][key];
    expect(message.trim()).toBe(message);
    expect(message).not.toBe('');
    expect(message).not.toContain("'");
  });
});
