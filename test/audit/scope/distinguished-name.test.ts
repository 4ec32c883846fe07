import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameParts } from '../../../src/audit/scope/distinguished-name.js';

describe('parts of a distinguished name', () => {
  test('go from the person up', () => {
    expect(nameParts('CN=Ada,OU=Staff,DC=corp')).toEqual(['cn=ada', 'ou=staff', 'dc=corp']);
  });

  test.each<[string, string, string]>([
    ['case', 'OU=Staff,DC=Corp', 'ou=STAFF,dc=cORP'],
    ['blanks around commas and equals signs', 'OU=Staff,DC=corp', ' OU = Staff , DC= corp '],
    ['the number of blanks within', 'OU=Field  Staff', 'OU=Field Staff'],
    ['Unicode forms', 'OU=Zürich', 'OU=Zu\u0308rich'],
    ['hexadecimal pairs', 'OU=Sales\\, North', 'OU=Sales\\2c\\20North'],
    ['hexadecimal pairs of a longer character', 'OU=Zürich', 'OU=Z\\C3\\BCrich'],
    ['hexadecimal pairs with other text between', 'OU=a,b', 'OU=\\61,b'],
    ['needless escapes', 'OU=R&D', 'OU=R\\&D'],
    ['quotes', 'OU=Sales\\, North,DC=corp', 'OU="Sales, North",DC=corp'],
    ['quotes with an escaped quote', 'OU=The \\"A\\"\\, Team', 'OU="The \\"A\\", Team"'],
    ['an escaped blank at the end', 'OU=Staff,DC=corp', 'OU=Staff\\ ,DC=corp'],
    ['an escaped blank at the begin', 'OU=Staff,DC=corp', 'OU=\\20Staff,DC=corp'],
    ['the order within a part of several values', 'CN=Ada+UID=7,OU=Staff', 'uid=7 + cn=ada,OU=Staff'],
  ])('are the same whatever the %s', (_name, one, other) => {
    expect(nameParts(one)).toEqual(nameParts(other));
  });

  test.each<[string, string, string]>([
    ['an escaped comma is no border', 'OU=a\\,OU=b', 'OU=a,OU=b'],
    ['an escaped backslash escapes nothing', 'OU=a\\\\,OU=b', 'OU=a\\,OU=b'],
    ['an escaped backslash before digits is no pair', 'OU=a\\\\2Cb', 'OU=a\\2Cb'],
    ['an escaped plus is no border', 'CN=a\\+UID=7', 'CN=a+UID=7'],
    ['a plus in quotes is no border', 'CN="a+UID=7"', 'CN=a+UID=7'],
    ['an equals sign belongs to the value', 'OU=a=b', 'OU=a'],
    ['a type is no value', 'OU=Staff', 'CN=Staff'],
  ])('differ: %s', (_name, one, other) => {
    expect(nameParts(one)).not.toEqual(nameParts(other));
  });

  test.each<[string, number]>([
    ['CN=Voss\\, Ada,OU=Staff,DC=corp', 3],
    ['CN="Voss, Ada",OU=Staff,DC=corp', 3],
    ['CN=Ada+UID=7,OU=Staff', 2],
    ['OU=never "closed,DC=corp', 1],
    ['OU=ends with \\', 1],
    ['', 0],
  ])('%s has %i', (name, count) => {
    expect(nameParts(name)).toHaveLength(count);
  });

  test('never differ by case', () => {
    const name = fc
      .array(fc.constantFrom('a', 'B', 'ä', '\\,', '\\2C', '\\+', '"b,c"', ' '), { minLength: 1 })
      .map((parts) => `x${parts.join('')}y`);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (parts) => {
        const dn = parts.map((part) => `OU=${part}`).join(',');
        expect(nameParts(dn.toUpperCase())).toEqual(nameParts(dn));
        expect(nameParts(dn)).toHaveLength(parts.length);
      }),
    );
  });

  test('are found again however a value is escaped', () => {
    const escapedBy = (escape: (character: string) => string) => (value: string) =>
      `OU=${Array.from(value, escape).join('')},DC=corp`;
    const byPairs = escapedBy((character) =>
      [...Buffer.from(character)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join(''),
    );
    const byBackslash = escapedBy((character) =>
      /[\s,+"\\<>;=#]/.test(character) ? `\\${character}` : character,
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        expect(nameParts(byPairs(value))).toEqual(nameParts(byBackslash(value)));
        expect(nameParts(byPairs(value))).toHaveLength(2);
      }),
    );
  });
});
