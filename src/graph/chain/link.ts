import type { Context, Middleware } from '@microsoft/microsoft-graph-client';
import { GraphCall } from '../graph-call.js';

/** One piece of the chain: does its part, and calls `next` as often as it needs. */
export type Link = (call: GraphCall, context: Context, next: () => Promise<void>) => Promise<void>;

/** Makes a middleware of a function. The client joins them by `setNext` before the first request. */
export function link(step: Link): Middleware {
  let following: Middleware | undefined;
  return {
    execute: (context) =>
      step(callOf(context), context, async () => {
        if (!following) throw new Error('The last link of the chain must be the one that sends.');
        await following.execute(context);
      }),
    setNext: (next) => {
      following = next;
    },
  };
}

function callOf(context: Context): GraphCall {
  const call: unknown = context.middlewareControl?.getMiddlewareOptions(GraphCall);
  if (!(call instanceof GraphCall)) throw new Error('A Graph request was made beside the wire.');
  return call;
}
