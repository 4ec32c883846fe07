import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameKey } from '../../src/audit/name-key.js';

test('names are the same in any case and Unicode form', () => {
  expect(nameKey(' ZOE\u0308@Harbor.Example ')).toBe('zo\u00EB@harbor.example');
  const letters = fc.array(
    fc.constantFrom('a', 'Z', '\u00E9', 'e\u0301', '\u00C5', 'A\u030A', '@', '.', '7', '\u05E0'),
  );
  fc.assert(
    fc.property(letters, (parts) => {
      const name = parts.join('');
      const key = nameKey(name);
      expect([
        nameKey(name.toUpperCase()),
        nameKey(name.normalize('NFD')),
        nameKey(name.normalize('NFC')),
        nameKey(key),
      ]).toEqual([key, key, key, key]);
    }),
  );
});

test('different names stay different', () => {
  expect(nameKey('ada@harbor.example')).not.toBe(nameKey('ada@harbour.example'));
});
