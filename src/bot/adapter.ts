import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type {
  AuthenticateRequestResult,
  ClaimsIdentity,
  ConnectorFactory,
  ServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { BotIdentity } from '../config/settings.js';

/** The request carries no token that Teams would send. */
export class NotAuthenticated extends Error {
  override readonly name = 'NotAuthenticated';
}

/** CloudAdapter without its HTTP part, which answers forged tokens with 500 and the error's text. */
export class StewardAdapter extends CloudAdapter {
  /**
   * Runs one incoming activity.
   * @throws NotAuthenticated before `logic` was called
   */
  receive(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, logic);
  }
}

export function openAdapter(bot: BotIdentity, credentials?: ServiceClientCredentialsFactory): StewardAdapter {
  return new StewardAdapter(new SteadyAuthentication(configuration(bot), credentials));
}

function configuration(bot: BotIdentity): Record<string, string> {
  if (bot.kind === 'tryOut') return {};
  return {
    MicrosoftAppId: bot.botId,
    MicrosoftAppTenantId: bot.tenantId,
    MicrosoftAppType: bot.type,
    ...(bot.password === undefined ? {} : { MicrosoftAppPassword: bot.password }),
  };
}

class SteadyAuthentication extends ConfigurationBotFrameworkAuthentication {
  override async authenticateRequest(activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    try {
      const result = await super.authenticateRequest(activity, header);
      return {
        ...result,
        ...(result.connectorFactory ? { connectorFactory: steady(result.connectorFactory) } : {}),
      };
    } catch (cause) {
      throw new NotAuthenticated('The request could not be authenticated.', { cause });
    }
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return steady(super.createConnectorFactory(identity));
  }
}

const REQUEST_MS = 10_000;

interface Pipeline {
  removePolicy(which: { readonly name: string }): unknown;
  addPolicy(policy: {
    readonly name: string;
    sendRequest(
      request: { abortSignal?: AbortSignal },
      next: (request: unknown) => Promise<unknown>,
    ): Promise<unknown>;
  }): void;
}

/**
 * The connector client retries a 500 three times over some five seconds, also for a message that may have been
 * taken, and waits for an answer without end. Retrying is the messenger's, which knows what may be repeated.
 */
function steady(factory: ConnectorFactory): ConnectorFactory {
  return {
    create: async (serviceUrl, audience) => {
      const connector = await factory.create(serviceUrl, audience);
      const { client } = connector as unknown as { readonly client: { readonly pipeline: Pipeline } };
      client.pipeline.removePolicy({ name: 'defaultRetryPolicy' });
      client.pipeline.addPolicy({
        name: 'boundedTime',
        sendRequest: (request, next) => {
          // Not `request.timeout`: its timer outlives a connection that was cut.
          request.abortSignal = AbortSignal.timeout(REQUEST_MS);
          return next(request);
        },
      });
      return connector;
    },
  };
}
