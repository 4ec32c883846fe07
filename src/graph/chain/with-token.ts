import type { Middleware } from '@microsoft/microsoft-graph-client';
import { GraphFailure } from '../graph-failure.js';
import { mayBeCalled } from '../origin.js';
import { serviceOf } from '../permissions.js';
import type { TokenSource } from '../tokens.js';
import { link } from './link.js';

/** Adds the token, a fresh one per attempt since a throttled call can outlive it, to requests for `base` only. */
export function withToken(base: URL, source: TokenSource): Middleware {
  return link(async (call, context, next) => {
    if (typeof context.request !== 'string' || !mayBeCalled(new URL(context.request), base)) {
      throw new Error('A token was about to leave its origin.');
    }
    let token: string;
    try {
      token = await source.token();
    } catch (cause) {
      throw new GraphFailure(
        'unauthorized',
        `No token for ${serviceOf(call.request.operation).name} could be had. Check that this host has the app's ` +
          'managed identity, or that you are signed in, and that the identity service can be reached.',
        { operation: call.request.operation },
        cause,
      );
    }
    const headers = new Headers(context.options?.headers);
    headers.set('Authorization', `Bearer ${token}`);
    context.options = { ...context.options, headers: Object.fromEntries(headers.entries()) };
    await next();
  });
}
