import { describe, expect, it } from '@jest/globals';
import { readQuery } from '../../../src/chat/query/read-query.js';
import { vocabularyOf } from '../../../src/chat/query/vocabulary.js';
import { ROWS, VOCABULARY } from './a-tenant.js';

describe('What cannot be read for certain', () => {
  it.each([
    // About the future, or a use that no list has.
    'wer wird in 30 Tagen inaktiv',
    'wer ist in 30 Tagen inaktiv',
    'wer wird morgen gefragt',
    'E5 seit 90 Tagen aktiv',
    'wieviel E5 sind ungenutzt',
    'in einem halben Jahr inaktiv',
    'inaktiv in 3 bis 6 Monaten',
    'who will be inactive in 90 days',
    // Time in place of money, and a range that is none.
    'what do unused licenses cost in half a year',
    'what do unused licenses cost in the last year',
    'what does E5 cost in a month',
    'cost over 90 days',
    'Kosten 3 bis 6 Monate',
    'cost over 100 half a year',
    'over 90 days to 120 days',
    '120 to 90 days',
    'between 120 and 90 days',
    // More than one question, or what an answer cannot tell.
    'except the 5 most expensive',
    'ohne die 5 teuersten',
    'all but the 5 most expensive',
    'which department is the cheapest',
    'inactive per department alphabetically',
    'in welcher Abteilung ist Grace Hopper',
    'which license does Grace Hopper have',
    'list inactive users with which license they hold',
    'which department has which license',
    'which department has the 5 most expensive users',
    'cost of the most expensive 5',
    'which license was never used',
    'most expensive 365 licenses',
    'Saleslizenzen',
    'Gastlizenzen',
    // A `nicht` that may reach over what follows.
    'wer ist nicht in Sales und die in Finance sind',
    'Inaktive, die kein E5 haben und E3 haben',
    'wer nutzt E5 in Deutschland, nicht in Sales',
    'wer nutzt Visio, nicht E5',
    'wer nutzt E5 nicht, aber Visio',
    'wer E5 nutzt, ist in Sales nicht',
    'wer hat sich innerhalb der letzten 90 Tage nicht angemeldet',
    'wer hat keine E5-Lizenz mehr',
    'mehr Inaktive',
    'inactive since fall',
    // Codes and names of products, in capitals.
    'inactive in IT',
    'Inaktive in der IT',
    'unused licenses at MIT',
    'inactive AM',
    'unused Visio Pro licenses',
    'Kosten über 5 T',
    'Wie viele Personen nutzen Teams nicht',
  ])('is not run: %s', (question) => {
    expect(readQuery(question, VOCABULARY).kind).toBe('unclear');
  });

  it('is not "die in Germany", which goes on from the question before', () => {
    const before = readQuery('Inaktive mit E5', VOCABULARY);
    if (before.kind !== 'query') throw new Error('It was not read.');
    expect(readQuery('die in Germany', VOCABULARY, before.query)).toEqual(
      readQuery('Inaktive mit E5 in Germany', VOCABULARY),
    );
  });
});

describe('Those of the answer before', () => {
  it.each([
    ['die ohne Fall', 'without a case'],
    ['die mit E5', 'with E5'],
    ['und die in Sales', 'in Sales'],
    ['die mit Kosten über 500', 'cost over 500'],
    ['die von Grace Hopper', 'manager Grace Hopper'],
  ])('are meant by %j', (german, english) => {
    const before = readQuery('inactive in Germany', VOCABULARY);
    if (before.kind !== 'query') throw new Error('It was not read.');
    expect(readQuery(german, VOCABULARY, before.query)).toEqual(
      readQuery(`only those ${english}`, VOCABULARY, before.query),
    );
  });
});

describe('The country of somebody', () => {
  it.each(['日本', '中国', 'D.', '12', 'ÖS', '--'])('may be %s, which is no code', (country) => {
    const rows = ROWS.slice(0, 1).map((row) => ({
      ...row,
      country: { ...row.country, label: country, key: country },
    }));
    expect(() => vocabularyOf(rows)).not.toThrow();
  });

  it('is found by its German name', () => {
    expect(readQuery('Inaktive in Indien', VOCABULARY)).toEqual(readQuery('inactive in India', VOCABULARY));
  });
});
