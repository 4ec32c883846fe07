import { describe, expect, test } from '@jest/globals';
import { assertTokenMayGoTo, entraTokens, fixedToken } from '../../src/graph/tokens.js';

describe('where a token may go', () => {
  test.each([
    ['https://graph.microsoft.com', 'entra'],
    ['https://graph.microsoft.us/', 'entra'],
    ['http://127.0.0.1:4010', 'fixed'],
    ['http://localhost:4010/', 'fixed'],
    ['http://[::1]:4010', 'fixed'],
    ['https://127.0.0.1:4010', 'fixed'],
  ] as const)('%s is fine for a token of kind %s', (baseUrl, kind) => {
    expect(assertTokenMayGoTo(baseUrl, kind).origin).toBe(new URL(baseUrl).origin);
  });

  test.each([
    ['http://graph.microsoft.com', 'entra', 'never sent'],
    ['http://127.0.0.1:4010', 'entra', 'never sent'],
    ['http://graph.microsoft.com', 'fixed', 'loopback'],
    ['http://127.0.0.1.example.com', 'fixed', 'loopback'],
    ['http://localhost.example.com', 'fixed', 'loopback'],
    ['graph.microsoft.com', 'entra', 'not a web address'],
    ['file:///etc/passwd', 'fixed', 'not a web address'],
    ['https://me:secret@graph.microsoft.com', 'entra', 'without a user'],
    ['https://graph.microsoft.com/?x=1', 'entra', 'without a user'],
  ] as const)('%s is refused for a token of kind %s', (baseUrl, kind, reason) => {
    expect(() => assertTokenMayGoTo(baseUrl, kind)).toThrow(reason);
  });
});

describe('token sources', () => {
  test('an Entra source asks its credential for the Graph scope each time', async () => {
    const scopes: unknown[] = [];
    const source = entraTokens({
      getToken: (scope) => {
        scopes.push(scope);
        return Promise.resolve({ token: `t${scopes.length}`, expiresOnTimestamp: 0 });
      },
    });
    expect([await source.token(), await source.token()]).toEqual(['t1', 't2']);
    expect(scopes).toEqual(['https://graph.microsoft.com/.default', 'https://graph.microsoft.com/.default']);
  });

  test('a credential without a token is an error, not an empty header', async () => {
    await expect(entraTokens({ getToken: () => Promise.resolve(null) }).token()).rejects.toThrow('no token');
  });

  test('a fixed token is always the same', async () => {
    expect(await fixedToken('abc').token()).toBe('abc');
  });
});
