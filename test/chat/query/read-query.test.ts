import { describe, expect, it } from '@jest/globals';
import { printQuery } from '../../../src/chat/query/print-query.js';
import { normalized } from '../../../src/chat/query/query.js';
import { readQuery } from '../../../src/chat/query/read-query.js';
import { AMOUNTS } from './amounts.questions.js';
import { VOCABULARY } from './a-tenant.js';
import { GERMAN } from './german.questions.js';
import { WHO } from './who.questions.js';

const ALL = [...WHO, ...AMOUNTS, ...GERMAN];

describe('A question such as', () => {
  it('one of two hundred', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(370);
    expect(new Set(ALL.map(([question]) => question)).size).toBe(ALL.length);
  });

  it.each(ALL)('%j is understood', (question, query) => {
    expect(readQuery(question, VOCABULARY)).toEqual({ kind: 'query', query: normalized(query), as: 'card' });
  });

  it.each(ALL)('%j is shown back as a sentence that means the same', (question, query) => {
    const printed = printQuery(normalized(query));
    expect(readQuery(printed, VOCABULARY)).toEqual(readQuery(question, VOCABULARY));
  });
});
