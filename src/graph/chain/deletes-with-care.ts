import type { Middleware } from '@microsoft/microsoft-graph-client';
import { GraphFailure } from '../graph-failure.js';
import { link } from './link.js';

/** An account, and a membership. */
const MAY_BE_DELETED = [/^\/v1\.0\/users\/[\w-]+$/, /^\/v1\.0\/groups\/[\w-]+\/members\/[\w-]+\/\$ref$/];

/**
 * Second link. Safety rule 11: the address of a membership without `/$ref` at its end is that of the person, who would
 * be deleted. So nothing is deleted but what is listed here, judged by the address as it will be sent; and a batch,
 * whose steps nobody could look at, only reads.
 */
export function deletesWithCare(base: URL): Middleware {
  const prefix = base.pathname.replace(/\/$/, '');
  return link(async ({ request }, context, next) => {
    const path = pathOf(context.request).slice(prefix.length);
    const isDelete = context.options?.method?.toUpperCase() === 'DELETE';
    const isRefused = isDelete
      ? !MAY_BE_DELETED.some((allowed) => allowed.test(path))
      : path.endsWith('/$batch') && !readsOnly(request.body);
    if (isRefused) {
      throw new GraphFailure(
        'badRequest',
        'A request that might have deleted more than was meant was not sent. Nothing was changed; please report it.',
        { operation: request.operation },
      );
    }
    await next();
  });
}

function pathOf(request: unknown): string {
  if (typeof request !== 'string') throw new Error('A request has no address.');
  return new URL(request).pathname;
}

function readsOnly(body: unknown): boolean {
  const steps: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'requests') : [];
  return Array.isArray(steps) && steps.every((step: { readonly method?: unknown }) => step.method === 'GET');
}
