import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import restify from 'restify';
import type { UserId } from '../../src/audit/person.js';
import { openBot, openTeams } from '../../src/bot/open-bot.js';
import type { AdminDesk } from '../../src/cases/admin/admin-desk.js';
import type { Desk } from '../../src/cases/answering/desk.js';
import { systemClock } from '../../src/graph/clock.js';
import { silentLog } from '../../src/telemetry/log.js';
import { CASES, userId, VIEW } from '../cards/a-case.js';
import { memoryStore } from '../simulation/memory-store.js';
import { aTeamsConnector, type TeamsConnector } from '../world/teams-connector.js';
import { aTokenIssuer, signed, teamsClaims } from '../world/token-issuer.js';
import { readersOf } from '../world/readers.js';

const BOT = '11111111-0000-4000-8000-000000000000';
const TENANT = '33333333-0000-4000-8000-000000000000';
/** Who click in turn, each in a chat of their own. */
const MANAGERS = 2_000;
const CREDENTIALS = {
  isValidAppId: async (appId: string) => appId === BOT,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({ signRequest: async (request: unknown) => request }),
} as never;

/** Every case is asked, and takes an answer at once: what a store and Graph take is not the bot's. */
const DESK: Pick<Desk, 'answer' | 'show'> = {
  answer: async ({ caseId, version, by }) => ({
    kind: 'accepted',
    case: { ...CASES.kept, id: caseId, caseId, version: version + 1, askedOf: by },
  }),
  show: async () => 'unchanged',
};

async function ours({ serviceUrl }: TeamsConnector): Promise<number> {
  const teams = openTeams({
    identity: {
      kind: 'registered',
      botId: BOT,
      tenantId: TENANT,
      type: 'UserAssignedMSI',
      password: undefined,
    },
    serviceUrl,
    store: memoryStore(),
    log: silentLog,
    clock: systemClock,
    random: () => 0.5,
    credentials: CREDENTIALS,
  });
  const bot = await openBot({
    teams,
    host: '127.0.0.1',
    port: 0,
    desk: DESK as Desk,
    admin: {} as AdminDesk,
    readModelFor: () => {
      throw new Error('Nobody asks here.');
    },
    keepQuestion: async () => {},
    store: memoryStore(),
    rolesOf: async () => [],
    policy: VIEW.policy as Parameters<typeof openBot>[0]['policy'],
    clock: systemClock,
    localeOf: readersOf(teams).localeOf,
    timeZone: VIEW.timeZone,
    log: silentLog,
    ready: async () => ({}),
  });
  return bot.port;
}

/** What the template of the toolkit does, with a turn that does nothing. */
async function bare(): Promise<number> {
  const settings = { MicrosoftAppId: BOT, MicrosoftAppTenantId: TENANT, MicrosoftAppType: 'UserAssignedMSI' };
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings, CREDENTIALS));
  const server = restify.createServer();
  server.use(restify.plugins.bodyParser());
  server.post('/api/messages', async (request, response) => {
    // The typings of restify know a method that may be missing.
    const received = request as Parameters<typeof adapter.process>[0];
    await adapter.process(received, response, async (context) => {
      await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: {} } });
    });
  });
  await new Promise<void>((resolve) => server.server.listen(0, '127.0.0.1', () => resolve()));
  return (server.server.address() as { readonly port: number }).port;
}

/** A process of the benchmark: serves clicks until its parent ends, and says where and with which token. */
async function main(): Promise<void> {
  const issuer = await aTokenIssuer();
  const connector = await aTeamsConnector();
  process.on('disconnect', () => process.exit(0));
  process.send?.({
    port: process.argv[2] === 'ours' ? await ours(connector) : await bare(),
    activities: Array.from({ length: MANAGERS }, (_, n) => clickOf(connector, userId(n + 1))),
    token: signed(teamsClaims(BOT, connector.serviceUrl), issuer.teams),
  });
}

/** What Teams sends for a click of a manager, but for what was clicked. */
function clickOf(connector: TeamsConnector, from: UserId): object {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    channelId: 'msteams',
    id: 'in-1',
    serviceUrl: connector.serviceUrl,
    from: { id: `29:${from}`, aadObjectId: from },
    recipient: { id: `28:${BOT}` },
    conversation: { id: connector.conversationOf(from), conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    replyToId: 'm1',
  };
}

void main();
