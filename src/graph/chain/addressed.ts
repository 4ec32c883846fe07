import type { Middleware } from '@microsoft/microsoft-graph-client';
import { foreignOrigin, mayBeCalled } from '../origin.js';
import { GraphFailure } from '../graph-failure.js';
import { link } from './link.js';

/**
 * First link. Puts our own address in place of the one that the client composed (it drops repeated options and
 * reorders the rest, but next links are to be followed as they are), refuses one of another origin before anything is
 * sent, and keeps the failure that the client would rewrap.
 */
export function addressed(base: URL): Middleware {
  return link(async (call, context, next) => {
    try {
      if (!mayBeCalled(call.url, base)) throw foreignOrigin(call.request.operation, call.url);
      context.request = call.url.href;
      context.options = {
        ...context.options,
        // A redirect followed blindly would take our headers along.
        redirect: 'manual',
        headers: { ...headersOf(context.options?.headers), 'client-request-id': call.clientRequestId },
      };
      await next();
    } catch (error) {
      if (error instanceof GraphFailure) call.failure = error;
      throw error;
    }
  });
}

function headersOf(headers: HeadersInit | undefined): Record<string, string> {
  return Object.fromEntries(new Headers(headers).entries());
}
