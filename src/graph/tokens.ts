import type { TokenCredential } from '@azure/identity';

/** Where access tokens come from. `kind` decides to which addresses they may go. */
export interface TokenSource {
  readonly kind: 'entra' | 'fixed';
  token(): Promise<string>;
}

const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
/** What a token for Azure OpenAI is asked for. */
export const OPENAI_SCOPE = 'https://cognitiveservices.azure.com/.default';
/** What a token for Exchange Online is asked for. */
export const EXCHANGE_SCOPE = 'https://outlook.office365.com/.default';

/** Tokens of a real tenant. Caching and refreshing are the credential's own. */
export function entraTokens(credential: TokenCredential, scope: string = GRAPH_SCOPE): TokenSource {
  return {
    kind: 'entra',
    token: async () => {
      const token = await credential.getToken(scope);
      if (!token) throw new Error(`The credential gave no token for ${scope}.`);
      return token.token;
    },
  };
}

/** One text for ever: what the simulated tenant accepts. Not for real tenants, whose tokens expire. */
export function fixedToken(text: string): TokenSource {
  return { kind: 'fixed', token: () => Promise.resolve(text) };
}

/** true for `localhost`, 127.0.0.0/8 and ::1, as `URL.hostname` writes them. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** Where each service is in the global cloud. */
const USUAL = { Graph: 'https://graph.microsoft.com', Exchange: 'https://outlook.office365.com' } as const;

export type ServiceName = keyof typeof USUAL;

/**
 * Checks an address before any token is sent to it: https, or http on this machine for tokens that are not Entra's.
 * @returns the parsed address, without a slash at the end of its path
 * @throws Error with a sentence naming the address and the remedy
 */
export function assertTokenMayGoTo(
  baseUrl: string,
  kind: TokenSource['kind'],
  service: ServiceName = 'Graph',
): URL {
  const usual = USUAL[service];
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Error(`The ${service} address "${baseUrl}" is not a web address: use ${usual}.`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new Error(
      `The ${service} address must be an origin like ${usual}, without a user, a query or a fragment.`,
    );
  }
  if (url.protocol === 'http:') {
    if (kind !== 'fixed') {
      throw new Error(
        `An Entra token is never sent to ${url.origin}: the ${service} address must begin with https.`,
      );
    }
    if (!isLoopback(url.hostname)) {
      throw new Error(`${url.origin} is not on this machine: over http only a loopback address is allowed.`);
    }
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}
