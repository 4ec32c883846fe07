import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { managedIdentityTokens } from '../../src/graph/managed-identity.js';
import { EXCHANGE_SCOPE } from '../../src/graph/tokens.js';

const HOST = { IDENTITY_ENDPOINT: '', IDENTITY_HEADER: 'the-secret-of-this-host' };

/** What an Azure App Service offers its processes; the SDK looks for it once. */
let host: Server;
let asked: IncomingMessage[] = [];
beforeAll(async () => {
  host = createServer((request, response) => {
    asked.push(request);
    const token = { access_token: `token-${asked.length}`, expires_on: '4102444800', token_type: 'Bearer' };
    // Restify, loaded by another test of this process, has writeHead return nothing.
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(token));
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const { port } = host.address() as AddressInfo;
  Object.assign(process.env, { ...HOST, IDENTITY_ENDPOINT: `http://127.0.0.1:${port}/token` });
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  for (const name of Object.keys(HOST)) delete process.env[name];
  await new Promise((resolve) => host.close(resolve));
});

describe('The tokens of a managed identity', () => {
  it('are asked of the host for the identity that is named, when one is needed first', async () => {
    const source = managedIdentityTokens('id-of-the-app');
    expect(asked).toEqual([]);
    expect(source.kind).toBe('entra');
    expect(await source.token()).toBe('token-1');
    const { searchParams } = new URL(asked[0]?.url ?? '', 'http://host');
    expect(searchParams.get('client_id')).toBe('id-of-the-app');
    expect(searchParams.get('resource')).toBe('https://graph.microsoft.com');
    expect(asked[0]?.headers['x-identity-header']).toBe(HOST.IDENTITY_HEADER);
  });

  it('are kept by the credential while they are good, for two who ask at once as well', async () => {
    const source = managedIdentityTokens('another-app', EXCHANGE_SCOPE);
    const [one, two] = await Promise.all([source.token(), source.token()]);
    const later = await source.token();
    expect(new Set([one, two, later]).size).toBeLessThanOrEqual(2);
    expect([one, two]).toContain(later);
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(new URL(asked[0]?.url ?? '', 'http://host').searchParams.get('resource')).toBe(
      'https://outlook.office365.com',
    );
  });
});
