import type { Delivery } from '../../src/bot/messenger.js';
import { GraphFailure, type GraphFailureKind } from '../../src/graph/graph-failure.js';
import { ChangedMeanwhile, StoreUnavailable } from '../../src/store/store.js';
import { EFFECTS } from './tenant-graph.js';
import type { Call } from './through.js';
import type { World } from './world.js';

/** What becomes of one call. */
export interface Fate {
  /** `late`: seconds after the caller has given up. */
  readonly happens: 'now' | 'never' | 'late';
  /** Milliseconds until the caller hears. */
  readonly delay: number;
  /** What the caller hears in place of the answer. */
  readonly instead?: { readonly error: Error } | { readonly answer: Delivery } | undefined;
}

const SECOND_MS = 1_000;
/** Audits wait and try again by themselves for much longer than steps: what they cannot get is rare. */
const AUDIT_SHARE = 0.05;

export function fateOf(world: World, call: Call): Fate {
  switch (call.door) {
    case 'store':
      return ofStore(world, call);
    case 'graph':
    case 'exchange':
      return ofGraph(world, call);
    case 'auditGraph':
      return world.chances.latency.happens(AUDIT_SHARE) ? ofGraph(world, call) : usual(world, 200);
    case 'messenger':
      return ofMessenger(world);
    default:
      return call.door satisfies never;
  }
}

/** true: the call changes the tenant. */
export function isEffect({ door, method }: Call): boolean {
  if (door === 'exchange') return method === 'convert';
  return (door === 'graph' || door === 'auditGraph') && Object.hasOwn(EFFECTS, method);
}

/** Now and then an answer takes much longer. */
function usual({ chances: { latency } }: World, mean: number): Fate {
  const slow = latency.happens(0.01) ? 30 : 1;
  return { happens: 'now', delay: 1 + latency.around(mean * slow) };
}

function ofStore(world: World, call: Call): Fate {
  const { faults, store } = world;
  const fate = usual(world, 12);
  if (call.method === 'read' || call.method === 'query' || call.method === 'check') return fate;
  if (hasEtag(call) && faults.strikes('etagConflict')) {
    for (const [partition, id] of replaced(call))
      store.touch(call.args[0] as Parameters<typeof store.touch>[0], partition, id);
    return { ...fate, happens: 'never', instead: { error: new ChangedMeanwhile('somebody wrote first') } };
  }
  if (faults.strikes('lostStoreAnswer'))
    return { ...fate, instead: { error: new StoreUnavailable('The answer was lost.') } };
  return fate;
}

interface Change {
  readonly kind?: string;
  readonly doc?: { readonly id: string; readonly caseId?: string };
}

function hasEtag(call: Call): boolean {
  return replaced(call).length > 0;
}

/** Partition and id of the documents that a write replaces under their etags. */
function replaced({ method, args }: Call): readonly (readonly [string, string])[] {
  if (method === 'replace') {
    const { id, caseId } = args[1] as NonNullable<Change['doc']>;
    return [[args[0] === 'cases' ? (caseId ?? id) : id, id]];
  }
  if (method !== 'batch') return [];
  return (args[2] as readonly Change[]).flatMap(({ kind, doc }) =>
    kind === 'replace' && doc !== undefined ? [[args[1] as string, doc.id] as const] : [],
  );
}

/**
 * Effects that may come to pass after their caller has given up. Not the setting for names: it is concealed at once after
 * such a call, and nobody looks again.
 */
const LANDS_LATE: ReadonlySet<string> = new Set([
  'changeLicenses',
  'setAccountEnabled',
  'leaveGroup',
  'joinGroup',
  'convert',
]);

function ofGraph(world: World, call: Call): Fate {
  const { faults, chances } = world;
  const seconds = (from: number, to: number): number => chances.latency.whole(from, to) * SECOND_MS;
  const fails = (kind: GraphFailureKind, delay: number, happens: Fate['happens'] = 'never'): Fate => {
    const details = { operation: call.method, outcomeUnknown: isEffect(call) && kind === 'network' };
    return { happens, delay, instead: { error: new GraphFailure(kind, `Graph: ${kind}.`, details) } };
  };
  if (faults.strikes('throttledWithWait')) {
    const wait = seconds(5, 90);
    return chances.latency.happens(0.25) ? fails('throttled', wait) : { happens: 'now', delay: wait };
  }
  if (faults.strikes('throttled')) return fails('throttled', seconds(3, 30));
  if (faults.strikes('serverError')) return fails('serverError', seconds(1, 40));
  if (faults.strikes('timeoutBefore')) return fails('network', seconds(30, 120));
  if (!isEffect(call)) return usual(world, 200);
  if (faults.strikes('timeoutAfterCommit')) return fails('network', seconds(30, 120), 'now');
  if (LANDS_LATE.has(call.method) && faults.strikes('lateLanding'))
    return fails('network', seconds(30, 120), 'late');
  return usual(world, 600);
}

const REFUSED: Delivery = { kind: 'failed', again: 'later', code: 'Throttled', status: 429 };
const LOST: Delivery = { kind: 'failed', again: 'later', code: 'Network', status: undefined };

function ofMessenger(world: World): Fate {
  const fate = usual(world, 500);
  if (world.faults.strikes('messageRefused'))
    return { ...fate, happens: 'never', instead: { answer: REFUSED } };
  if (world.faults.strikes('messageAnswerLost')) return { ...fate, instead: { answer: LOST } };
  return fate;
}
