import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../src/store/canonical-json.js';

describe('canonical JSON', () => {
  test('sorts keys at every depth and drops what is undefined', () => {
    const value = { b: [{ z: 1, a: null }], a: 'x', gone: undefined, é: true, Z: -0 };
    expect(canonicalJson(value)).toBe('{"Z":0,"a":"x","b":[{"a":null,"z":1}],"é":true}');
  });

  test('writes numbers and texts as RFC 8785 does', () => {
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27]',
    );
    expect(canonicalJson('€$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  });

  test('sorts keys by UTF-16 code units as RFC 8785 does', () => {
    const value = { '€': 1, '\r': 2, '1': 3, '😀': 4, ö: 5, '\ufb33': 6 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":3,"ö":5,"€":1,"😀":4,"\ufb33":6}');
  });

  test('replaces halves of surrogate pairs and keeps whole ones', () => {
    expect(canonicalJson('a\ud83db 😀')).toBe('"a\uFFFDb 😀"');
  });

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [undefined], [1n], [() => 1], [[undefined]]])(
    'refuses %p',
    (value) => {
      expect(() => canonicalJson(value)).toThrow(/JSON has no/);
    },
  );

  test('survives a trip through JSON unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });
});
