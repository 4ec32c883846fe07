import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keySet } from '../../src/graph/key-set.js';

const NIL = '00000000-0000-0000-0000-000000000000';
const KEY = fc.oneof(
  fc.uuid(),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.integer({ min: 0, max: 40 }).map((at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`),
  fc.constantFrom(NIL, '', '-'.repeat(36), '0'.repeat(36), `${NIL}0`, 'a', 'ü', NIL.replace(/-/g, '0')),
  fc.constantFrom('0000000-00000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000g'),
);

describe('a set of keys', () => {
  test('says of each key whether it is new, as a Set does', () => {
    fc.assert(
      fc.property(fc.array(KEY, { maxLength: 200 }), (keys) => {
        const set = keySet();
        const known = new Set<string>();
        for (const key of keys) {
          expect(set.add(key)).toBe(!known.has(key));
          known.add(key);
          expect(set.size).toBe(known.size);
        }
      }),
    );
  });

  test('keeps a hundred thousand ids apart, those that follow on each other too', () => {
    const set = keySet();
    const idOf = (at: number) =>
      `${at.toString(16).padStart(8, '0')}-0000-4000-8000-${(at % 3).toString(16).padStart(12, '0')}`;
    for (let at = 0; at < 100_000; at += 1) set.add(idOf(at));
    expect(set.size).toBe(100_000);
    expect(Array.from({ length: 100_000 }, (_, at) => set.add(idOf(at))).some(Boolean)).toBe(false);
  });
});
