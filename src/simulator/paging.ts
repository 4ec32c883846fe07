import { GraphRefusal } from './graph-call.js';
import type { GraphCall } from './graph-call.js';
import type { CollectionQuery } from './query.js';
import type { World } from './world.js';

/** Where the next page goes on. `next` counts people looked at, or rows of an ordered list. */
interface PageToken {
  readonly next: number;
  readonly issuedAt: number;
  readonly eventual: boolean;
}

/** The position at which the asked-for page begins. @throws GraphRefusal for a token that is no longer good */
export function pageStart(world: World, query: CollectionQuery): number {
  if (query.skipToken === undefined) return 0;
  const token = readToken(query.skipToken);
  const age = token ? world.now().getTime() - token.issuedAt : Infinity;
  if (!token || token.eventual !== query.eventual || age > world.rules.pageTokenLifeMs) {
    throw new GraphRefusal(
      400,
      'Directory_ExpiredPageToken',
      'The specified page token value has expired and can no longer be included in your request.',
    );
  }
  return token.next;
}

/** The link to the next page: the same options, another token. */
export function nextLink(world: World, call: GraphCall, query: CollectionQuery, next: number): string {
  const token: PageToken = { next, issuedAt: world.now().getTime(), eventual: query.eventual };
  const options = [...call.query].filter(([name]) => name !== '$skiptoken');
  const text = [...options, ['$skiptoken', Buffer.from(JSON.stringify(token)).toString('base64url')] as const]
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const path = call.segments.map(encodeURIComponent).join('/');
  return `${call.origin}/${call.version}/${path}?${text}`;
}

function readToken(text: string): PageToken | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return isToken(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isToken(value: unknown): value is PageToken {
  return (
    typeof value === 'object' &&
    value !== null &&
    'next' in value &&
    typeof value.next === 'number' &&
    'issuedAt' in value &&
    typeof value.issuedAt === 'number' &&
    'eventual' in value
  );
}
