import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import {
  environmentNamed,
  readSettings,
  type Environment,
  type Settings,
} from '../../src/config/settings.js';
import { WrongConfiguration } from '../../src/config/wrong-configuration.js';

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
      signInsPerMinute: 10,
      teamsServiceUrl: undefined,
      bot: { kind: 'tryOut' },
      actClientId: undefined,
      policyFile: './policy.yaml',
      policyFileGiven: false,
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
      GRAPH_SIGN_INS_PER_MINUTE: '4',
      TEAMS_SERVICE_URL: 'https://smba.example/teams/',
      BOT_TYPE: 'SingleTenant',
      BOT_PASSWORD: 'bot-password',
      ACT_CLIENT_ID: 'act-id',
      POLICY_FILE: '/etc/steward/policy.yaml',
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
      signInsPerMinute: 4,
      teamsServiceUrl: 'https://smba.example/teams/',
      bot: {
        kind: 'registered',
        botId: 'bot-id',
        tenantId: 'tenant-id',
        type: 'SingleTenant',
        password: 'bot-password',
      },
      actClientId: 'act-id',
      policyFile: '/etc/steward/policy.yaml',
      policyFileGiven: true,
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
    [{ ...BOT, LOG_LEVEL: 'loud' }, 'LOG_LEVEL is loud: use debug, info, warn, error or silent.'],
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

describe('environmentNamed', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'settings-'));
    mkdirSync(path.join(root, 'env'));
    writeFileSync(
      path.join(root, 'env', '.env.test'),
      'PORT=4000\nHOST="127.0.0.2" # here\n\nDATA_DIR=from file\n',
    );
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('puts the file under the variables of the process, which win', () => {
    expect(environmentNamed('test', root, { PORT: '5000', LANG: 'C' })).toEqual({
      PORT: '5000',
      HOST: '127.0.0.2',
      DATA_DIR: 'from file',
      LANG: 'C',
    });
  });

  it('lets an empty variable of the process win over nothing', () => {
    expect(environmentNamed('test', root, { PORT: '', HOST: undefined })).toMatchObject({
      PORT: '4000',
      HOST: '127.0.0.2',
    });
  });

  it('changes nothing without a name', () => {
    const environment = { PORT: '1' };
    expect(environmentNamed(undefined, root, environment)).toBe(environment);
  });

  it('says which file is missing', () => {
    const read = (): unknown => environmentNamed('prod', root, {});
    const file = path.join(root, 'env', '.env.prod');
    expect(read).toThrow(WrongConfiguration);
    expect(read).toThrow(`--env is prod, but there is no file ${file}: write it, or leave --env out.`);
  });

  it('says when the file is a folder or leads nowhere', () => {
    mkdirSync(path.join(root, 'env', '.env.folder'));
    symlinkSync('.env.loop', path.join(root, 'env', '.env.loop'));
    expect(() => environmentNamed('folder', root, {})).toThrow(
      '.env.folder is a folder: name the file in it.',
    );
    expect(() => environmentNamed('loop', root, {})).toThrow(
      '.env.loop is a link to itself: correct the link.',
    );
  });
});
