import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonPieces } from '../../../src/graph/chain/json-pieces.js';

/** Texts that look like the end of one row and the beginning of the next. */
const TRAPS = fc.constantFrom('},{"id":', '"},{"id":"', '{"id":', ']', '\\', '"', 'plain', '', '\u{1f600}');
const VALUE: fc.Arbitrary<unknown> = fc.oneof(
  fc.array(TRAPS, { maxLength: 3 }).map((parts) => parts.join('')),
  fc.constantFrom(null, true, 7),
  fc.array(fc.record({ id: TRAPS, state: TRAPS }), { maxLength: 3 }),
);
const ROW = fc.oneof(
  { weight: 6, arbitrary: fc.record({ id: VALUE, name: VALUE }) },
  { weight: 1, arbitrary: fc.oneof(fc.record({ name: VALUE }), fc.constantFrom(null, 5, 'text', [], {})) },
);
const PAGE = fc.record({
  before: fc.constantFrom(
    {},
    { '@odata.context': 'x', '@odata.count': 3 },
    { other: { value: [{ id: 1 }] } },
  ),
  value: fc.oneof({ weight: 8, arbitrary: fc.array(ROW, { maxLength: 12 }) }, fc.constant('none')),
  after: fc.constantFrom({}, { '@odata.nextLink': 'https://x/},{"id":' }),
});

/** A text in pieces of these lengths, over and over. */
function* cut(text: string, lengths: readonly number[]): Generator<string> {
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    yield text.slice(at, at + length);
    at += length;
  }
}

describe('a page that is parsed while it arrives', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });

  test('is what JSON.parse makes of it, however it is cut and whatever its texts look like', () => {
    fc.assert(
      fc.property(
        PAGE,
        lengths,
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom(0, 1),
        (page, sizes, piece, indent) => {
          const text = JSON.stringify(
            { ...page.before, value: page.value, ...page.after },
            undefined,
            indent,
          );
          const pieces = jsonPieces(undefined, piece);
          for (const some of cut(text, sizes)) pieces.add(some);
          expect(pieces.end()).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('tells each row once and in order, and keeps none', () => {
    fc.assert(
      fc.property(PAGE, lengths, fc.integer({ min: 1, max: 120 }), (page, sizes, piece) => {
        const told: unknown[] = [];
        const whole = { ...page.before, value: page.value, ...page.after };
        const pieces = jsonPieces((row) => told.push(row), piece);
        for (const some of cut(JSON.stringify(whole), sizes)) pieces.add(some);
        const isPage = Array.isArray(page.value);
        expect(pieces.end()).toEqual(isPage ? { ...whole, value: [] } : whole);
        expect(told).toEqual(isPage ? page.value : []);
      }),
      { numRuns: 1_000 },
    );
  });

  test('hands rows out before its end', () => {
    const told: unknown[] = [];
    const pieces = jsonPieces((row) => told.push(row), 20);
    pieces.add('{"@odata.count":3,"value":[{"id":"a"}');
    pieces.add(',{"id":"b"},{"id":"c"');
    expect(told).toEqual([{ id: 'a' }, { id: 'b' }]);
  });

  test('is an error where its text breaks off', () => {
    fc.assert(
      fc.property(PAGE, lengths, fc.integer({ min: 1, max: 60 }), fc.nat(), (page, sizes, piece, cutAt) => {
        const text = JSON.stringify({ ...page.before, value: page.value, ...page.after });
        const pieces = jsonPieces(undefined, piece);
        for (const some of cut(text.slice(0, cutAt % text.length), sizes)) pieces.add(some);
        expect(() => pieces.end()).toThrow(SyntaxError);
      }),
    );
  });
});
