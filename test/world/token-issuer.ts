import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthenticationConstants } from 'botframework-connector';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import { OpenIdMetadata } from 'botframework-connector/lib/auth/openIdMetadata.js';

export type Claims = Readonly<Record<string, unknown>>;

/** Issues tokens as the Bot Framework does, and publishes its keys on this machine. */
export interface TokenIssuer {
  /** The key that Teams signs with. */
  readonly teams: SigningKey;
  /** A published key that is endorsed for another channel. */
  readonly otherChannel: SigningKey;
  /** A key that nobody has published. */
  readonly nobody: SigningKey;
  close(): Promise<void>;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** As PEM: what a forger may take for the secret of an HMAC. */
  readonly publicPem: string;
  readonly published: Readonly<Record<string, unknown>>;
}

/** Where the SDK reads the keys of channels, and those of Entra. */
const PUBLISHED_AT: readonly string[] = [
  AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
  AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
];

/** From now on this process takes the keys from here instead; everything else of the SDK is as in production. */
export async function aTokenIssuer(): Promise<TokenIssuer> {
  const teams = signingKey('teams-key', ['msteams']);
  const otherChannel = signingKey('web-key', ['webchat']);
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const isConfiguration = request.url === '/openid';
    const answer = isConfiguration
      ? { jwks_uri: `http://127.0.0.1:${port}/keys` }
      : { keys: [teams.published, otherChannel.published] };
    // Not in one chain: restify changes what `writeHead` gives back.
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { openIdMetadataCache } = JwtTokenExtractor as unknown as {
    readonly openIdMetadataCache: Map<string, OpenIdMetadata>;
  };
  for (const url of PUBLISHED_AT)
    openIdMetadataCache.set(url, new OpenIdMetadata(`http://127.0.0.1:${port}/openid`));
  return {
    teams,
    otherChannel,
    nobody: signingKey('teams-key', ['msteams']),
    close: async () => {
      openIdMetadataCache.clear();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function signingKey(kid: string, endorsements: readonly string[]): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const { n, e } = publicKey.export({ format: 'jwk' });
  return {
    kid,
    privateKey,
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    published: { kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, endorsements },
  };
}

/** What Teams claims: for an hour, about the service that the activity came from. */
export function teamsClaims(botId: string, serviceUrl: string, now = Date.now()): Claims {
  const seconds = Math.floor(now / 1000);
  return {
    iss: AuthenticationConstants.ToBotFromChannelTokenIssuer,
    aud: botId,
    serviceurl: serviceUrl,
    nbf: seconds - 60,
    exp: seconds + 3_600,
  };
}

/** A token signed with a key: RS256. */
export function signed(claims: Claims, { kid, privateKey }: Pick<SigningKey, 'kid' | 'privateKey'>): string {
  const text = unsigned({ alg: 'RS256', typ: 'JWT', kid }, claims);
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
}

/** A token "signed" with a public key as if it were a secret. */
export function signedWithPublicKey(claims: Claims, { kid, publicPem }: SigningKey): string {
  const text = unsigned({ alg: 'HS256', typ: 'JWT', kid }, claims);
  return `${text}.${createHmac('sha256', publicPem).update(text).digest('base64url')}`;
}

/** Header and claims of a token, which are not signed yet. */
export function unsigned(header: Claims, claims: Claims): string {
  return [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}
