import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { entraTokens } from './tokens.js';
import type { TokenSource } from './tokens.js';

/** Tokens of the managed identity of this Azure host; `clientId` names a user-assigned one. */
export function managedIdentityTokens(clientId?: string, scope?: string): TokenSource {
  const credential = clientId ? new ManagedIdentityCredential({ clientId }) : new ManagedIdentityCredential();
  return entraTokens(credential, scope);
}

/** Tokens of whoever is signed in here (Azure CLI, environment, managed identity): for an operator's own machine. */
export function signedInTokens(scope?: string): TokenSource {
  return entraTokens(new DefaultAzureCredential(), scope);
}
