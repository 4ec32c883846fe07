import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings } from '../../src/config/settings.js';
import { CONTAINER_NAMES, containerPlan } from '../../src/store/containers.js';
import { CONTAINERS } from '../../src/store/store.js';

const root = path.join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('the database that Bicep makes', () => {
  const made = JSON.parse(read('infra/modules/containers.json')) as readonly {
    readonly id: string;
    readonly partitionKey: { readonly paths: readonly string[] };
    readonly defaultTtl?: number;
  }[];

  test('has the containers and partition keys that the store writes to, and no others', () => {
    expect(Object.fromEntries(made.map(({ id, partitionKey }) => [id, partitionKey.paths]))).toEqual(
      Object.fromEntries(
        Object.entries(CONTAINERS).map(([name, { partitionKey }]) => [name, [`/${partitionKey}`]]),
      ),
    );
  });

  test('indexes what the store asks by, and lets documents expire in meta only', () => {
    const expected = CONTAINER_NAMES.map((name) => {
      const plan = containerPlan(name);
      const partitionKey = { ...plan.partitionKey, kind: 'Hash', version: 2 };
      return { ...plan, partitionKey, ...(name === 'meta' ? { defaultTtl: -1 } : {}) };
    });
    expect(made).toEqual(expected);
  });
});

describe('the settings that deployment gives the service', () => {
  /** Names on the left inside `settings: { ... }` of the main template. */
  function azureSettings(): readonly string[] {
    const [, body] = /settings: \{([^}]*)\}/.exec(read('infra/azure.bicep')) ?? [];
    return [...(body ?? '').matchAll(/^\s*([A-Z_]+):/gm)].map((match) => match[1] ?? '');
  }

  test('are those of design 7 that a deployment needs', () => {
    expect(azureSettings()).toEqual([
      'BOT_ID',
      'BOT_TENANT_ID',
      'BOT_TYPE',
      'COSMOS_ENDPOINT',
      'COSMOS_DATABASE',
      'POLICY_FILE',
      'TEAMS_APP_PUBLISHED_APP_ID',
      'DEFAULT_LOCALE',
      'AZURE_OPENAI_ENDPOINT',
      'AZURE_OPENAI_DEPLOYMENT',
    ]);
  });

  test('make a service with Cosmos DB and a managed identity, and without a secret', () => {
    const reading = readSettings(
      {
        PORT: '8080',
        BOT_ID: '66666666-7777-4888-9999-aaaaaaaaaaaa',
        BOT_TENANT_ID: '11111111-2222-4333-8444-555555555555',
        BOT_TYPE: 'UserAssignedMSI',
        COSMOS_ENDPOINT: 'https://steward.documents.azure.com:443/',
        COSMOS_DATABASE: 'license-steward',
        POLICY_FILE: './policy.yaml',
        TEAMS_APP_PUBLISHED_APP_ID: '',
        DEFAULT_LOCALE: 'en',
        AZURE_OPENAI_ENDPOINT: '',
        AZURE_OPENAI_DEPLOYMENT: '',
      },
      'service',
    );
    expect(reading).toMatchObject({
      kind: 'settings',
      settings: {
        host: '0.0.0.0',
        store: { kind: 'cosmos', database: 'license-steward', key: undefined },
        bot: { kind: 'registered', type: 'UserAssignedMSI', password: undefined },
        loopbackGraph: false,
      },
    });
  });

  test('are complete for debugging in Teams from one machine, too', () => {
    const local = parse(read('teamsapp.local.yml')) as {
      deploy: readonly { with: { envs?: Record<string, unknown> } }[];
    };
    const envs = local.deploy.map((step) => step.with.envs).find((found) => found !== undefined);
    const environment = Object.fromEntries(
      Object.entries(envs ?? {}).map(([name, value]) => [
        name,
        String(value).replace('${{BOT_ENDPOINT}}', 'https://tunnel.example'),
      ]),
    );
    expect(readSettings(environment, 'service')).toMatchObject({
      kind: 'settings',
      settings: {
        port: 3978,
        store: { kind: 'embedded' },
        bot: { kind: 'registered', type: 'SingleTenant' },
        botEndpoint: 'https://tunnel.example',
      },
    });
  });
});

describe('the deployed web app', () => {
  test.each([
    ["BOT_ENDPOINT: downloads ? 'https://${site.properties.defaultHostName}' : ''"],
    ['httpsOnly: true'],
    ["minTlsVersion: '1.2'"],
    ["ftpsState: 'Disabled'"],
    ['http20Enabled: true'],
    ['alwaysOn: true'],
    ['clientAffinityEnabled: false'],
    ["healthCheckPath: '/healthz'"],
  ])('has %s', (line) => {
    expect(read('infra/modules/web-app.bicep')).toContain(line);
  });

  test('starts as npm run serve does, and every program has the same flags of Node', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const [start, serve, steward] = ['start', 'serve', 'steward'].map((name) =>
      /^exec (node (?<flags>.*) dist\/\S+\.js)$/.exec(scripts[name] ?? ''),
    );
    expect(serve?.groups?.['flags']).toBe('--max-semi-space-size=4 --heap-growing-percent=20');
    expect(start?.groups).toEqual(serve?.groups);
    expect(steward?.groups).toEqual(serve?.groups);
    expect(read('infra/modules/web-app.bicep')).toContain(`appCommandLine: '${serve?.[1]}'`);
  });

  test('reads Cosmos DB by identity only, and only its own database', () => {
    const cosmos = read('infra/modules/cosmos.bicep');
    expect(cosmos).toContain('disableLocalAuth: true');
    expect(cosmos).toContain("scope: '${account.id}/dbs/${databaseName}'");
  });
});
