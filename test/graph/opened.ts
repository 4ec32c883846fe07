import { GraphFailure } from '../../src/graph/graph-failure.js';
import type { GraphDoor, SignInPage, SignInRow } from '../../src/graph/graph-door.js';
import { openGraph } from '../../src/graph/open-graph.js';
import type { GraphOptions } from '../../src/graph/open-graph.js';
import { DEFAULT_RETRY } from '../../src/graph/patience.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { openWire } from '../../src/graph/wire.js';
import type { Wire } from '../../src/graph/wire.js';
import { silentLog } from '../../src/telemetry/log.js';
import { skippingClock } from './test-clocks.js';

export const TOKEN = 'the-token';

/** A door to `origin` on a clock that skips, without jitter. */
export function doorTo(origin: string, more: Partial<GraphOptions> = {}): GraphDoor {
  return openGraph({
    baseUrl: origin,
    token: fixedToken(TOKEN),
    clock: skippingClock(),
    random: () => 0,
    signInPerMinute: 10,
    ...more,
  });
}

/** The line below such a door, for requests that no door makes. */
export function wireTo(origin: string): Wire {
  return openWire({
    base: new URL(origin),
    token: fixedToken(TOKEN),
    clock: skippingClock(),
    log: silentLog,
    random: () => 0,
    limits: DEFAULT_RETRY,
    signInPerMinute: 10,
    batchesAtOnce: 4,
    requestTimeoutMs: 10_000,
  });
}

/** What a call failed with; a call that succeeds fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<GraphFailure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof GraphFailure) return error;
    throw error;
  }
  throw new Error('The call was expected to fail.');
}

export async function collect<Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}

export async function joined(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

/** The rows of pages that also tell how many there are. */
export async function rowsOf(pages: AsyncIterable<SignInPage>): Promise<readonly SignInRow[]> {
  const rows: SignInRow[] = [];
  for await (const page of pages) rows.push(...page.rows);
  return rows;
}
