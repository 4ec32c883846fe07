import type { TokenCredential } from '@azure/identity';
import { entraTokens } from './tokens.js';
import type { TokenSource } from './tokens.js';

/** Tokens of the managed identity of this Azure host; `clientId` names a user-assigned one. */
export function managedIdentityTokens(clientId?: string, scope?: string): TokenSource {
  const credential = whenAsked(async () => {
    const { ManagedIdentityCredential } = await import('@azure/identity');
    return clientId ? new ManagedIdentityCredential({ clientId }) : new ManagedIdentityCredential();
  });
  return entraTokens(credential, scope);
}

/** Tokens of whoever is signed in here (Azure CLI, environment, managed identity): for an operator's own machine. */
export function signedInTokens(scope?: string): TokenSource {
  const credential = whenAsked(async () => {
    const { DefaultAzureCredential } = await import('@azure/identity');
    return new DefaultAzureCredential();
  });
  return entraTokens(credential, scope);
}

/** The SDK takes longer to load than most commands take to run, and a simulated tenant needs none of it. */
function whenAsked(open: () => Promise<TokenCredential>): TokenCredential {
  let opened: Promise<TokenCredential> | undefined;
  return {
    async getToken(scopes, options) {
      opened ??= open();
      return (await opened).getToken(scopes, options);
    },
  };
}
