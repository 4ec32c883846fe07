import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';

export type StoreChoice =
  | { readonly kind: 'embedded'; readonly dataDir: string }
  | {
      readonly kind: 'cosmos';
      readonly endpoint: string;
      readonly database: string;
      readonly key: string | undefined;
    };

export type BotIdentity =
  /** No Bot Framework authentication: accepted only on a loopback host with a loopback Graph. */
  | { readonly kind: 'tryOut' }
  | {
      readonly kind: 'registered';
      readonly botId: string;
      readonly tenantId: string;
      readonly type: 'UserAssignedMSI' | 'SingleTenant';
      readonly password: string | undefined;
    };

/** Everything that the surroundings decide; design 7. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly store: StoreChoice;
  readonly graphBaseUrl: string;
  /** true: Graph is a simulated tenant on this machine; it gets the simulator's token, never one of Entra. */
  readonly loopbackGraph: boolean;
  readonly teamsServiceUrl: string | undefined;
  readonly bot: BotIdentity;
  /** Client id of the second identity that alone may change licenses; undefined: one identity for all. */
  readonly actClientId: string | undefined;
  readonly policyFile: string;
  /** true: POLICY_FILE was given, so that a missing file is an error. */
  readonly policyFileGiven: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export type SettingsReading =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'errors'; readonly errors: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

const Written = z.object({
  PORT: z.coerce.number('is not a port; use a number from 0 to 65535').int().min(0).max(65535).default(3978),
  HOST: z.string().optional(),
  DATA_DIR: z.string().default('./data'),
  COSMOS_ENDPOINT: z.url('is not a URL; use one such as https://NAME.documents.azure.com').optional(),
  COSMOS_DATABASE: z.string().default('license-steward'),
  COSMOS_KEY: z.string().optional(),
  GRAPH_BASE_URL: z
    .url('is not a URL; use https://graph.microsoft.com')
    .default('https://graph.microsoft.com'),
  TEAMS_SERVICE_URL: z.url('is not a URL').optional(),
  BOT_ID: z.string().optional(),
  BOT_TENANT_ID: z.string().optional(),
  BOT_TYPE: z
    .enum(['UserAssignedMSI', 'SingleTenant'], 'is not UserAssignedMSI or SingleTenant')
    .default('UserAssignedMSI'),
  BOT_PASSWORD: z.string().optional(),
  ACT_CLIENT_ID: z.string().optional(),
  POLICY_FILE: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
type Written = z.infer<typeof Written>;

/** Values that must not be repeated in a message. */
const SECRET = new Set(['COSMOS_KEY', 'BOT_PASSWORD']);

/** true for addresses that cannot leave this machine. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Reads the settings from environment variables; empty ones count as absent.
 * All errors come back at once, each a sentence with the variable, its value and the remedy.
 * A `command` reads and writes the store and Graph but serves nobody, so it needs no bot.
 */
export function readSettings(environment: Environment, purpose: 'service' | 'command'): SettingsReading {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const written = Written.safeParse(given);
  if (!written.success) {
    return { kind: 'errors', errors: written.error.issues.map((issue) => sentence(issue, given)) };
  }
  const rules = purpose === 'service' ? [...RULES, botIsComplete] : RULES;
  const errors = rules.flatMap((rule) => rule(written.data));
  if (errors.length > 0) return { kind: 'errors', errors };
  return { kind: 'settings', settings: normalize(written.data) };
}

/**
 * Variables of `env/.env.<name>` under those of the process, which win.
 * @throws Error with a sentence when the file is missing
 */
export function environmentNamed(
  name: string | undefined,
  root: string,
  environment: Environment,
): Environment {
  if (name === undefined) return environment;
  const file = path.join(root, 'env', `.env.${name}`);
  if (!existsSync(file)) throw new Error(`There is no file ${file}; write it, or leave --env ${name} out.`);
  return { ...parseEnv(readFileSync(file, 'utf8')), ...environment };
}

function normalize(written: Written): Settings {
  const graph = new URL(written.GRAPH_BASE_URL);
  const store: StoreChoice =
    written.COSMOS_ENDPOINT === undefined
      ? { kind: 'embedded', dataDir: written.DATA_DIR }
      : {
          kind: 'cosmos',
          endpoint: written.COSMOS_ENDPOINT,
          database: written.COSMOS_DATABASE,
          key: written.COSMOS_KEY,
        };
  return {
    port: written.PORT,
    host: written.HOST ?? (written.BOT_ID === undefined ? '127.0.0.1' : '0.0.0.0'),
    dataDir: written.DATA_DIR,
    store,
    graphBaseUrl: written.GRAPH_BASE_URL.replace(/\/+$/, ''),
    loopbackGraph: isLoopbackHost(graph.hostname),
    teamsServiceUrl: written.TEAMS_SERVICE_URL,
    bot:
      written.BOT_ID === undefined || written.BOT_TENANT_ID === undefined
        ? { kind: 'tryOut' }
        : {
            kind: 'registered',
            botId: written.BOT_ID,
            tenantId: written.BOT_TENANT_ID,
            type: written.BOT_TYPE,
            password: written.BOT_PASSWORD,
          },
    actClientId: written.ACT_CLIENT_ID,
    policyFile: written.POLICY_FILE ?? './policy.yaml',
    policyFileGiven: written.POLICY_FILE !== undefined,
    logLevel: written.LOG_LEVEL,
  };
}

type Rule = (written: Written) => readonly string[];

const RULES: readonly Rule[] = [graphIsHttpsOrLoopback, cosmosIsHttpsOrLoopback, keysOnlyForEmulators];

function graphIsHttpsOrLoopback({ GRAPH_BASE_URL }: Written): readonly string[] {
  const url = new URL(GRAPH_BASE_URL);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))) return [];
  return [`GRAPH_BASE_URL is ${GRAPH_BASE_URL}: use https, or http only to this machine (127.0.0.1).`];
}

function cosmosIsHttpsOrLoopback({ COSMOS_ENDPOINT }: Written): readonly string[] {
  if (COSMOS_ENDPOINT === undefined) return [];
  const url = new URL(COSMOS_ENDPOINT);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))) return [];
  return [`COSMOS_ENDPOINT is ${COSMOS_ENDPOINT}: use https, or http only to an emulator on this machine.`];
}

function keysOnlyForEmulators({ COSMOS_ENDPOINT, COSMOS_KEY }: Written): readonly string[] {
  if (COSMOS_ENDPOINT === undefined || COSMOS_KEY === undefined) return [];
  if (isLoopbackHost(new URL(COSMOS_ENDPOINT).hostname)) return [];
  return [
    'COSMOS_KEY is set for an account that is no emulator: leave it out, the identity of the app is used instead.',
  ];
}

function botIsComplete(written: Written): readonly string[] {
  const errors: string[] = [];
  if (written.BOT_ID !== undefined) {
    if (written.BOT_TENANT_ID === undefined)
      errors.push('BOT_TENANT_ID is missing: set it to the tenant of the bot.');
    if (written.BOT_TYPE === 'SingleTenant' && written.BOT_PASSWORD === undefined) {
      errors.push('BOT_PASSWORD is missing: BOT_TYPE SingleTenant needs it; UserAssignedMSI does not.');
    }
    return errors;
  }
  if (written.HOST !== undefined && !isLoopbackHost(written.HOST)) {
    errors.push(
      `BOT_ID is missing and HOST is ${written.HOST}: requests could not be authenticated. Set BOT_ID and BOT_TENANT_ID, or use 127.0.0.1.`,
    );
  }
  if (!isLoopbackHost(new URL(written.GRAPH_BASE_URL).hostname)) {
    errors.push(
      `BOT_ID is missing and GRAPH_BASE_URL is ${written.GRAPH_BASE_URL}: set BOT_ID and BOT_TENANT_ID to serve a real tenant, or try it out with npm start.`,
    );
  }
  return errors;
}

function sentence(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const name = issue.path.join('.');
  const value = SECRET.has(name) ? 'set' : JSON.stringify(given[name]);
  return `${name} is ${value}: ${issue.message}.`;
}
