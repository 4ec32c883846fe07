import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameKey } from '../../../src/audit/name-key.js';
import { nameSlots } from '../../../src/audit/reports/name-slots.js';

const NAMES = fc.array(
  fc.oneof(
    fc.constantFrom(
      'ann@x.example',
      'ANN@X.example',
      ' ann@x.example ',
      'a b',
      '',
      'K@x',
      '\u212A@x',
      'k@x',
      'ü@x',
      'u\u0308@x',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.string({ minLength: 250, maxLength: 600 }),
  ),
  { maxLength: 200 },
);

describe('slots of names', () => {
  test('are those of a map of keys, whatever the names', () => {
    fc.assert(
      fc.property(NAMES, (names) => {
        const slots = nameSlots();
        const known = new Map<string, number>();
        for (const name of names) {
          const key = nameKey(name);
          expect(slots.find(name)).toBe(known.get(key));
          if (!known.has(key)) known.set(key, known.size);
          expect(slots.take(name)).toBe(known.get(key));
          expect(slots.find(name)).toBe(known.get(key));
          expect(slots.size).toBe(known.size);
        }
      }),
    );
  });

  test('are found again among a hundred thousand', () => {
    const slots = nameSlots();
    const nameOf = (index: number) => `Person.${index}@${index % 7 === 0 ? 'größe' : 'contoso'}.example`;
    for (let index = 0; index < 100_000; index += 1) slots.take(nameOf(index));
    const wrong = Array.from({ length: 100_000 }, (_, index) =>
      slots.find(nameOf(index).toUpperCase()),
    ).filter((slot, index) => slot !== index);
    expect(wrong).toEqual([]);
    expect(slots.find('person.100000@contoso.example')).toBeUndefined();
  });
});
