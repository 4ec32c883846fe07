import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { readSettings, type Environment, type Settings } from '../../src/config/settings.js';

const BOT = { BOT_ID: 'bot-id', BOT_TENANT_ID: 'tenant-id' };
const LOOPBACK = { GRAPH_BASE_URL: 'http://127.0.0.1:4100' };

function errorsOf(environment: Environment, purpose: 'service' | 'command' = 'service'): readonly string[] {
  const reading = readSettings(environment, purpose);
  return reading.kind === 'errors' ? reading.errors : [];
}

function settingsOf(environment: Environment, purpose: 'service' | 'command' = 'service'): Settings {
  const reading = readSettings(environment, purpose);
  if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
  return reading.settings;
}

describe('settings', () => {
  it('have the defaults of the design', () => {
    expect(settingsOf(LOOPBACK)).toEqual({
      port: 3978,
      host: '127.0.0.1',
      dataDir: './data',
      store: { kind: 'embedded', dataDir: './data' },
      graphBaseUrl: 'http://127.0.0.1:4100',
      loopbackGraph: true,
      exchangeBaseUrl: undefined,
      signInsPerMinute: 10,
      teamsServiceUrl: undefined,
      teamsCallsPerSecond: undefined,
      bot: { kind: 'tryOut' },
      actClientId: undefined,
      teamsAppId: undefined,
      languageModel: undefined,
      policyFile: './policy.yaml',
      policyFileGiven: false,
      defaultLocale: 'en',
      logLevel: 'info',
    });
  });

  it('of a registered bot serve the real Graph on every address of the machine', () => {
    expect(settingsOf(BOT)).toMatchObject({
      host: '0.0.0.0',
      graphBaseUrl: 'https://graph.microsoft.com',
      loopbackGraph: false,
      signInsPerMinute: 9,
      bot: {
        kind: 'registered',
        botId: 'bot-id',
        tenantId: 'tenant-id',
        type: 'UserAssignedMSI',
        password: undefined,
      },
    });
  });

  it('may all be given', () => {
    const environment = {
      ...BOT,
      PORT: '0',
      HOST: '10.0.0.4',
      DATA_DIR: '/var/steward',
      COSMOS_ENDPOINT: 'http://localhost:8081/',
      COSMOS_DATABASE: 'licenses',
      COSMOS_KEY: 'emulator-key',
      GRAPH_BASE_URL: 'https://graph.microsoft.us/',
      EXCHANGE_BASE_URL: 'https://outlook.office365.us/',
      GRAPH_SIGN_INS_PER_MINUTE: '4',
      TEAMS_SERVICE_URL: 'https://smba.example/teams/',
      TEAMS_CALLS_PER_SECOND: '16',
      BOT_TYPE: 'SingleTenant',
      BOT_PASSWORD: 'bot-password',
      BOT_ENDPOINT: 'https://steward.example/',
      ACT_CLIENT_ID: 'act-id',
      TEAMS_APP_PUBLISHED_APP_ID: 'd7c1f0a2-5b3e-4c8d-9f60-1a2b3c4d5e6f',
      POLICY_FILE: '/etc/steward/policy.yaml',
      DEFAULT_LOCALE: 'de',
      LOG_LEVEL: 'debug',
    };
    expect(settingsOf(environment)).toEqual({
      port: 0,
      host: '10.0.0.4',
      dataDir: '/var/steward',
      store: {
        kind: 'cosmos',
        endpoint: 'http://localhost:8081/',
        database: 'licenses',
        key: 'emulator-key',
      },
      graphBaseUrl: 'https://graph.microsoft.us',
      loopbackGraph: false,
      exchangeBaseUrl: 'https://outlook.office365.us',
      signInsPerMinute: 4,
      teamsServiceUrl: 'https://smba.example/teams/',
      teamsCallsPerSecond: 16,
      bot: {
        kind: 'registered',
        botId: 'bot-id',
        tenantId: 'tenant-id',
        type: 'SingleTenant',
        password: 'bot-password',
      },
      botEndpoint: 'https://steward.example',
      actClientId: 'act-id',
      teamsAppId: 'd7c1f0a2-5b3e-4c8d-9f60-1a2b3c4d5e6f',
      policyFile: '/etc/steward/policy.yaml',
      policyFileGiven: true,
      defaultLocale: 'de',
      logLevel: 'debug',
    });
  });

  it('that are empty or blank count as absent', () => {
    const blank = {
      PORT: '',
      HOST: ' ',
      BOT_ID: '',
      COSMOS_ENDPOINT: '',
      COSMOS_KEY: '\t',
      POLICY_FILE: '',
      LOG_LEVEL: '',
    };
    expect(settingsOf({ ...LOOPBACK, ...blank, BOT_TENANT_ID: undefined })).toEqual(settingsOf(LOOPBACK));
  });

  it('of others are none of our business', () => {
    expect(settingsOf({ ...LOOPBACK, PATH: '/bin', DATA: 'x' })).toEqual(settingsOf(LOOPBACK));
  });

  it('with a bot but without its tenant never pass for a try-out', () => {
    expect(readSettings({ ...LOOPBACK, BOT_ID: 'bot-id' }, 'service').kind).toBe('errors');
  });
});

describe('a wrong setting', () => {
  const ABROAD = 'use https, or http only to this machine (127.0.0.1).';

  test.each<[Environment, string]>([
    [{ ...BOT, PORT: 'abc' }, 'PORT is abc: use a whole number from 0 to 65535.'],
    [{ ...BOT, PORT: '65536' }, 'PORT is 65536: use a whole number from 0 to 65535.'],
    [{ ...BOT, PORT: '-1' }, 'PORT is -1: use a whole number from 0 to 65535.'],
    [{ ...BOT, PORT: '80.5' }, 'PORT is 80.5: use a whole number from 0 to 65535.'],
    ...['0', '11', '2.5', 'many'].map((given): [Environment, string] => [
      { ...BOT, GRAPH_SIGN_INS_PER_MINUTE: given },
      `GRAPH_SIGN_INS_PER_MINUTE is ${given}: use a whole number from 1 to 10, or leave it out.`,
    ]),
    ...['0', '51', '2.5', 'many'].map((given): [Environment, string] => [
      { ...BOT, TEAMS_CALLS_PER_SECOND: given },
      `TEAMS_CALLS_PER_SECOND is ${given}: use a whole number from 1 to 50, or leave it out.`,
    ]),
    [
      { ...BOT, TEAMS_APP_PUBLISHED_APP_ID: 'License Steward' },
      "TEAMS_APP_PUBLISHED_APP_ID is License Steward: use the app's id in the catalog of Teams, or leave it out.",
    ],
    [{ ...BOT, LOG_LEVEL: 'loud' }, 'LOG_LEVEL is loud: use debug, info, warn, error or silent.'],
    [{ ...BOT, DEFAULT_LOCALE: 'fr' }, 'DEFAULT_LOCALE is fr: use en or de or de-CH.'],
    [{ ...BOT, BOT_TYPE: 'MultiTenant' }, 'BOT_TYPE is MultiTenant: use UserAssignedMSI or SingleTenant.'],
    [
      { ...BOT, GRAPH_BASE_URL: 'graph' },
      'GRAPH_BASE_URL is graph: use https://graph.microsoft.com, or leave it out.',
    ],
    [
      { ...BOT, GRAPH_BASE_URL: 'http://graph.microsoft.com' },
      `GRAPH_BASE_URL is http://graph.microsoft.com: ${ABROAD}`,
    ],
    [
      { ...BOT, GRAPH_BASE_URL: 'http://127.0.0.1.evil.example' },
      `GRAPH_BASE_URL is http://127.0.0.1.evil.example: ${ABROAD}`,
    ],
    [{ ...BOT, GRAPH_BASE_URL: 'file:///etc/passwd' }, `GRAPH_BASE_URL is file:///etc/passwd: ${ABROAD}`],
    [
      { ...BOT, COSMOS_ENDPOINT: 'http://steward.documents.azure.com' },
      `COSMOS_ENDPOINT is http://steward.documents.azure.com: ${ABROAD}`,
    ],
    [
      { ...BOT, TEAMS_SERVICE_URL: 'http://teams.example' },
      `TEAMS_SERVICE_URL is http://teams.example: ${ABROAD}`,
    ],
    [
      { ...BOT, BOT_ENDPOINT: 'https://steward.example/api/messages' },
      'BOT_ENDPOINT is https://steward.example/api/messages: use the address of the host alone, without a path.',
    ],
    [{ ...BOT, BOT_ENDPOINT: 'http://steward.example' }, `BOT_ENDPOINT is http://steward.example: ${ABROAD}`],
    [
      { ...BOT, COSMOS_ENDPOINT: 'https://steward.documents.azure.com', COSMOS_KEY: 'k3y' },
      'COSMOS_KEY is set for an account that is no emulator: leave it out, the identity of the app is used instead.',
    ],
    [
      { ...BOT, COSMOS_KEY: 'k3y' },
      'COSMOS_KEY is set, but COSMOS_ENDPOINT is missing: set it, or leave COSMOS_KEY out.',
    ],
    [{ BOT_ID: 'bot-id' }, 'BOT_TENANT_ID is missing: set it to the tenant of the bot.'],
    [
      { ...BOT, BOT_TYPE: 'SingleTenant' },
      'BOT_PASSWORD is missing: set it for BOT_TYPE SingleTenant, or use UserAssignedMSI without one.',
    ],
    [
      { ...LOOPBACK, HOST: '0.0.0.0' },
      'BOT_ID is missing and HOST is 0.0.0.0, so callers could not be told apart: set BOT_ID and BOT_TENANT_ID, or use HOST 127.0.0.1.',
    ],
    [
      {},
      'BOT_ID is missing and GRAPH_BASE_URL is https://graph.microsoft.com: set BOT_ID and BOT_TENANT_ID to serve a real tenant, or try it out with npm start.',
    ],
  ])('such as %j is named with its value and the remedy', (environment, error) => {
    expect(errorsOf(environment)).toEqual([error]);
  });

  it('does not hide others: all come at once', () => {
    const errors = errorsOf({
      PORT: 'abc',
      HOST: '0.0.0.0',
      BOT_TYPE: 'x',
      GRAPH_BASE_URL: 'http://graph.example',
      COSMOS_KEY: 'k',
    });
    expect(errors.map((error) => error.split(' ')[0])).toEqual([
      'PORT',
      'BOT_TYPE',
      'GRAPH_BASE_URL',
      'COSMOS_KEY',
      'BOT_ID',
      'BOT_ID',
    ]);
  });

  test.each(['127.0.0.1', '127.1.2.3', 'localhost', 'LOCALHOST', '::1', '[::1]'])(
    'is not the host %s, which cannot be reached from elsewhere',
    (HOST) => {
      expect(errorsOf({ ...LOOPBACK, HOST })).toEqual([]);
    },
  );

  it('is nothing that a command can do without: it serves nobody', () => {
    expect(settingsOf({}, 'command')).toMatchObject({ bot: { kind: 'tryOut' }, loopbackGraph: false });
    expect(settingsOf({ HOST: '0.0.0.0' }, 'command').host).toBe('0.0.0.0');
    expect(errorsOf({ GRAPH_BASE_URL: 'http://graph.example' }, 'command')).toHaveLength(1);
  });
});

describe('the address of Exchange', () => {
  it('is on this machine where Graph is', () => {
    const both = { ...LOOPBACK, EXCHANGE_BASE_URL: 'http://localhost:4100/' };
    expect(settingsOf(both)).toMatchObject({ exchangeBaseUrl: 'http://localhost:4100' });
  });

  test.each<[Environment, readonly string[]]>([
    [
      { ...LOOPBACK, EXCHANGE_BASE_URL: 'https://outlook.office365.com' },
      [
        'Only GRAPH_BASE_URL of GRAPH_BASE_URL and EXCHANGE_BASE_URL is on this machine: use a simulated tenant for both or for neither.',
      ],
    ],
    [
      { ...BOT, EXCHANGE_BASE_URL: 'http://127.0.0.1:4100' },
      [
        'Only EXCHANGE_BASE_URL of GRAPH_BASE_URL and EXCHANGE_BASE_URL is on this machine: use a simulated tenant for both or for neither.',
      ],
    ],
    [
      { ...BOT, EXCHANGE_BASE_URL: 'http://outlook.office365.com' },
      [
        'EXCHANGE_BASE_URL is http://outlook.office365.com: use https, or http only to this machine (127.0.0.1).',
      ],
    ],
    [
      { ...BOT, EXCHANGE_BASE_URL: 'https://outlook.office365.com/?a=b' },
      ['EXCHANGE_BASE_URL is set to an address with a user, a query or a fragment: use the address alone.'],
    ],
    [
      { ...BOT, EXCHANGE_BASE_URL: 'outlook' },
      ['EXCHANGE_BASE_URL is outlook: use https://outlook.office365.com, or leave it out.'],
    ],
  ])('%j is wrong', (environment, errors) => {
    expect(errorsOf(environment)).toEqual(errors);
  });
});

describe('secrets', () => {
  it('are never repeated, wherever they were put and whatever else is wrong', () => {
    const secret = 'c2VjcmV0LXZhbHVl';
    const places: readonly Environment[] = [
      { COSMOS_KEY: secret },
      { BOT_PASSWORD: secret },
      { COSMOS_ENDPOINT: `AccountEndpoint=https://a.example;AccountKey=${secret}==;` },
      { COSMOS_ENDPOINT: `https://a.example/?sig=${secret}` },
      { GRAPH_BASE_URL: `https://user:${secret}@graph.microsoft.com` },
      { GRAPH_BASE_URL: `http://user:${secret}@graph.example` },
      { TEAMS_SERVICE_URL: `http://teams.example/?password=${secret}` },
    ];
    fc.assert(
      fc.property(fc.subarray([...places], { minLength: 1 }), fc.boolean(), (chosen, wrongToo) => {
        const environment = Object.assign(
          {},
          ...chosen,
          wrongToo ? { PORT: 'x', BOT_TYPE: 'y', BOT_ID: 'b' } : {},
        );
        const errors = errorsOf(environment as Environment);
        expect(errors.length).toBeGreaterThan(0);
        expect(errors.join('\n')).not.toContain(secret);
      }),
    );
  });
});
