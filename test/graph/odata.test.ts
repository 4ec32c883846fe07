import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { literal, piecesOf, segment, withQuery } from '../../src/graph/odata.js';

test('any text survives the way through a filter and back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const url = new URL(
        `https://x.example/v1.0${withQuery('/users', { $filter: `startswith(mail,${literal(text)})` })}`,
      );
      const filter = url.searchParams.get('$filter') ?? '';
      expect(filter.slice("startswith(mail,'".length, -2).replaceAll("''", "'")).toBe(text);
      expect([...url.searchParams.keys()]).toEqual(['$filter']);
    }),
  );
});

test('quotes are doubled, so a name cannot end its literal', () => {
  expect(literal("O'Hara' or 1 eq 1")).toBe("'O''Hara'' or 1 eq 1'");
});

test('a segment cannot climb out of its path', () => {
  expect([segment(''), segment('.'), segment('..')]).toEqual([undefined, undefined, undefined]);
  expect(segment('../groups?x#y')).toBe('..%2Fgroups%3Fx%23y');
});

test('half of a character, which no address can carry, is asked for as an unknown one', () => {
  expect(withQuery('/users', { $filter: 'Bo\ud800' })).toBe('/users?$filter=Bo%EF%BF%BD');
  expect(segment('Bo\udc00')).toBe('Bo%EF%BF%BD');
});

test('pieces hold everything, in order, none too long', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (items, size) => {
      const pieces = piecesOf(items, size);
      expect(pieces.flat()).toEqual(items);
      expect(pieces.every((piece) => piece.length > 0 && piece.length <= size)).toBe(true);
    }),
  );
});
