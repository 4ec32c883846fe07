import { z } from 'zod';
import { httpsOrLoopback, isLoopbackHost, plainAddress, withoutPath } from './addresses.js';
import {
  LANGUAGE_MODEL_NAMES,
  languageModelIsWhole,
  languageModelOf,
  loopbackModelHasKey,
  WRITTEN_LANGUAGE_MODEL,
  type LanguageModelSettings,
} from './language-model.js';
import { shownValue } from './shown-value.js';
import { READERS, type Locale } from '../i18n/locale.js';

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
  /** Exchange Online, real or simulated as Graph is; undefined: mailboxes are converted by people. */
  readonly exchangeBaseUrl: string | undefined;
  /** Requests for sign-in dates in any 60 seconds; Graph publishes 10 for an app in a tenant. */
  readonly signInsPerMinute: number;
  readonly teamsServiceUrl: string | undefined;
  /** Calls to Teams that this process makes in a second at most; undefined: half of what Teams takes from an app. */
  readonly teamsCallsPerSecond: number | undefined;
  readonly bot: BotIdentity;
  /** Where browsers reach this service, for downloads; undefined: files go through Teams alone. */
  readonly botEndpoint: string | undefined;
  /** Client id of the second identity that alone may change licenses; undefined: one identity for all. */
  readonly actClientId: string | undefined;
  /** The app's id in the tenant's catalog of Teams; undefined: it is installed for nobody. */
  readonly teamsAppId: string | undefined;
  /** undefined: questions are read by the grammar alone. */
  readonly languageModel: LanguageModelSettings | undefined;
  /** The language of those of whom Teams has told none. */
  readonly defaultLocale: Locale;
  readonly policyFile: string;
  /** true: POLICY_FILE was given, so that a missing file is an error. */
  readonly policyFileGiven: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export type SettingsReading =
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'errors'; readonly errors: readonly string[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** One less than Graph's limit leaves room for a clock that runs differently. */
const SIGN_INS_PER_MINUTE = 9;
/** The simulated tenant counts on the same clock. */
const SIMULATED_SIGN_INS_PER_MINUTE = 10;

/** Teams takes 50 a second from an app in a tenant, from all of its instances together. */
const MOST_TEAMS_CALLS = 50;

const OR_LEAVE_IT_OUT = ', or leave it out';

function wholeNumber(least: number, most: number, or = ''): z.ZodCoercedNumber {
  const remedy = `use a whole number from ${least} to ${most}${or}`;
  return z.coerce.number(remedy).int(remedy).min(least, remedy).max(most, remedy);
}

const Written = z.object({
  PORT: wholeNumber(0, 65_535).default(3978),
  HOST: z.string().optional(),
  DATA_DIR: z.string().default('./data'),
  COSMOS_ENDPOINT: z
    .url('use the address of the account, such as https://NAME.documents.azure.com, not a connection string')
    .optional(),
  COSMOS_DATABASE: z.string().default('license-steward'),
  COSMOS_KEY: z.string().optional(),
  GRAPH_BASE_URL: z
    .url('use https://graph.microsoft.com, or leave it out')
    .default('https://graph.microsoft.com'),
  GRAPH_SIGN_INS_PER_MINUTE: wholeNumber(1, 10, OR_LEAVE_IT_OUT).optional(),
  EXCHANGE_BASE_URL: z.url('use https://outlook.office365.com, or leave it out').optional(),
  TEAMS_SERVICE_URL: z.url('use https://smba.trafficmanager.net/teams/, or leave it out').optional(),
  TEAMS_CALLS_PER_SECOND: wholeNumber(1, MOST_TEAMS_CALLS, OR_LEAVE_IT_OUT).optional(),
  BOT_ID: z.string().optional(),
  BOT_TENANT_ID: z.string().optional(),
  BOT_TYPE: z
    .enum(['UserAssignedMSI', 'SingleTenant'], 'use UserAssignedMSI or SingleTenant')
    .default('UserAssignedMSI'),
  BOT_PASSWORD: z.string().optional(),
  BOT_ENDPOINT: z.url('use the https address of this service, or leave it out').optional(),
  ACT_CLIENT_ID: z.string().optional(),
  TEAMS_APP_PUBLISHED_APP_ID: z.guid("use the app's id in the catalog of Teams, or leave it out").optional(),
  ...WRITTEN_LANGUAGE_MODEL,
  DEFAULT_LOCALE: z.enum(READERS, `use ${READERS.join(' or ')}`).default('en'),
  POLICY_FILE: z.string().optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'use debug, info, warn, error or silent')
    .default('info'),
});
type Written = z.infer<typeof Written>;

/**
 * Reads the settings from environment variables; empty ones count as absent.
 * All errors come back at once, each a sentence with the variable, its value and the remedy.
 * A `command` reads and writes the store and Graph but serves nobody, so it needs no bot.
 */
export function readSettings(environment: Environment, purpose: 'service' | 'command'): SettingsReading {
  const given = present(environment);
  const rules = purpose === 'service' ? [...RULES, ...SERVICE_RULES] : RULES;
  const written = Written.safeParse(given);
  if (written.success) {
    const errors = rules.flatMap((rule) => rule.check(written.data));
    return errors.length > 0
      ? { kind: 'errors', errors }
      : { kind: 'settings', settings: normalize(written.data) };
  }
  const { issues } = written.error;
  // Rules that do not read what is wrong are checked too, so that nobody corrects settings one by one.
  const wrong = new Set(issues.map(({ path: [name] }) => String(name)));
  const rest = Written.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
  const further = rules.filter((rule) => !rule.reads.some((name) => wrong.has(name)));
  return {
    kind: 'errors',
    errors: [
      ...issues.map((issue) => sentence(issue, given)),
      ...further.flatMap((rule) => rule.check(rest)),
    ],
  };
}

/** Variables that say something: empty and blank ones count as absent. */
export function present(environment: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => {
      const text = value?.trim() ?? '';
      return text === '' ? [] : [[name, text]];
    }),
  );
}

function normalize(written: Written): Settings {
  const loopbackGraph = isLoopbackHost(new URL(written.GRAPH_BASE_URL).hostname);
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
    loopbackGraph,
    exchangeBaseUrl: written.EXCHANGE_BASE_URL?.replace(/\/+$/, ''),
    signInsPerMinute:
      written.GRAPH_SIGN_INS_PER_MINUTE ??
      (loopbackGraph ? SIMULATED_SIGN_INS_PER_MINUTE : SIGN_INS_PER_MINUTE),
    teamsServiceUrl: written.TEAMS_SERVICE_URL,
    teamsCallsPerSecond: written.TEAMS_CALLS_PER_SECOND,
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
    botEndpoint: written.BOT_ENDPOINT === undefined ? undefined : new URL(written.BOT_ENDPOINT).origin,
    actClientId: written.ACT_CLIENT_ID,
    teamsAppId: written.TEAMS_APP_PUBLISHED_APP_ID,
    languageModel: languageModelOf(written),
    defaultLocale: written.DEFAULT_LOCALE,
    policyFile: written.POLICY_FILE ?? './policy.yaml',
    policyFileGiven: written.POLICY_FILE !== undefined,
    logLevel: written.LOG_LEVEL,
  };
}

/** A rule that spans variables; gives sentences, or nothing. */
interface Rule {
  /** Variables without which it cannot judge. */
  readonly reads: readonly (keyof Written)[];
  readonly check: (written: Written) => readonly string[];
}

const ADDRESSES = [
  'GRAPH_BASE_URL',
  'EXCHANGE_BASE_URL',
  'COSMOS_ENDPOINT',
  'TEAMS_SERVICE_URL',
  'BOT_ENDPOINT',
  'AZURE_OPENAI_ENDPOINT',
] as const;

const RULES: readonly Rule[] = [
  ...ADDRESSES.flatMap((name): Rule[] => [
    { reads: [name], check: (written) => plainAddress(name, written[name]) },
    { reads: [name], check: (written) => httpsOrLoopback(name, written[name]) },
  ]),
  { reads: LANGUAGE_MODEL_NAMES, check: languageModelIsWhole },
  { reads: ['AZURE_OPENAI_ENDPOINT'], check: loopbackModelHasKey },
  { reads: ['BOT_ENDPOINT'], check: ({ BOT_ENDPOINT }) => withoutPath('BOT_ENDPOINT', BOT_ENDPOINT) },
  { reads: ['COSMOS_ENDPOINT'], check: keysOnlyForEmulators },
  { reads: ['GRAPH_BASE_URL', 'EXCHANGE_BASE_URL'], check: oneTenantBehindBoth },
];

const SERVICE_RULES: readonly Rule[] = [
  { reads: ['BOT_TYPE'], check: botIsComplete },
  { reads: [], check: onlyBotsAreServedAbroad },
  { reads: ['GRAPH_BASE_URL'], check: onlyBotsServeRealTenants },
];

/** Mailboxes of a real tenant are not to be changed by what a simulated one says, nor the other way round. */
function oneTenantBehindBoth({ GRAPH_BASE_URL, EXCHANGE_BASE_URL }: Written): readonly string[] {
  if (EXCHANGE_BASE_URL === undefined) return [];
  const [graph, exchange] = [GRAPH_BASE_URL, EXCHANGE_BASE_URL].map((address) =>
    isLoopbackHost(new URL(address).hostname),
  );
  if (graph === exchange) return [];
  const which = graph === true ? 'GRAPH_BASE_URL' : 'EXCHANGE_BASE_URL';
  return [
    `Only ${which} of GRAPH_BASE_URL and EXCHANGE_BASE_URL is on this machine: use a simulated tenant for both or for neither.`,
  ];
}

function keysOnlyForEmulators({ COSMOS_ENDPOINT, COSMOS_KEY }: Written): readonly string[] {
  if (COSMOS_KEY === undefined) return [];
  if (COSMOS_ENDPOINT === undefined) {
    return ['COSMOS_KEY is set, but COSMOS_ENDPOINT is missing: set it, or leave COSMOS_KEY out.'];
  }
  if (isLoopbackHost(new URL(COSMOS_ENDPOINT).hostname)) return [];
  return [
    'COSMOS_KEY is set for an account that is no emulator: leave it out, the identity of the app is used instead.',
  ];
}

function botIsComplete({ BOT_ID, BOT_TENANT_ID, BOT_TYPE, BOT_PASSWORD }: Written): readonly string[] {
  if (BOT_ID === undefined) return [];
  const errors: string[] = [];
  if (BOT_TENANT_ID === undefined) errors.push('BOT_TENANT_ID is missing: set it to the tenant of the bot.');
  if (BOT_TYPE === 'SingleTenant' && BOT_PASSWORD === undefined) {
    errors.push(
      'BOT_PASSWORD is missing: set it for BOT_TYPE SingleTenant, or use UserAssignedMSI without one.',
    );
  }
  return errors;
}

function onlyBotsAreServedAbroad({ BOT_ID, HOST }: Written): readonly string[] {
  if (BOT_ID !== undefined || HOST === undefined || isLoopbackHost(HOST)) return [];
  return [
    `BOT_ID is missing and HOST is ${HOST}, so callers could not be told apart: ` +
      'set BOT_ID and BOT_TENANT_ID, or use HOST 127.0.0.1.',
  ];
}

function onlyBotsServeRealTenants({ BOT_ID, GRAPH_BASE_URL }: Written): readonly string[] {
  if (BOT_ID !== undefined || isLoopbackHost(new URL(GRAPH_BASE_URL).hostname)) return [];
  return [
    `BOT_ID is missing and GRAPH_BASE_URL is ${shownValue('GRAPH_BASE_URL', GRAPH_BASE_URL)}: ` +
      'set BOT_ID and BOT_TENANT_ID to serve a real tenant, or try it out with npm start.',
  ];
}

function sentence(issue: z.core.$ZodIssue, given: Readonly<Record<string, string>>): string {
  const name = issue.path.join('.');
  return `${name} is ${shownValue(name, given[name] ?? '')}: ${issue.message}.`;
}
