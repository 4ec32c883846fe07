import { GraphFailure } from './graph-failure.js';
import { OPERATIONS } from './permissions.js';
import type { Operation } from './permissions.js';
import { isLoopback } from './tokens.js';

/** Whether a request with our token may go to `url`: scheme, host and port are the configured ones. */
export function mayBeCalled(url: URL, base: URL): boolean {
  return url.origin === base.origin && url.username === '' && url.password === '';
}

/**
 * Whether a report may be downloaded from `url`, without a token: https anywhere, since Microsoft names the storage;
 * over http only on the very host of a Graph that is itself simulated on this machine. No name or password goes along.
 */
export function mayBeDownloaded(url: URL, base: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && isLoopback(base.hostname) && url.hostname === base.hostname;
}

export function foreignOrigin(operation: Operation, url: URL): GraphFailure {
  return new GraphFailure(
    'foreignOrigin',
    `When asked to ${OPERATIONS[operation].does}, Microsoft Graph pointed to ${url.origin}, which we do not call. ` +
      'Check GRAPH_BASE_URL and what stands between this program and Graph.',
    { operation },
  );
}
