import type { Delivery } from '../../src/bot/messenger.js';
import { GraphFailure, type GraphFailureKind } from '../../src/graph/graph-failure.js';
import { ChangedMeanwhile, StoreUnavailable } from '../../src/store/store.js';
import type { Fault } from './faults.js';
import type { Instance } from './instance.js';
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

/** @param by the process that makes the call */
export function fateOf(world: World, call: Call, by: Instance): Fate {
  switch (call.door) {
    case 'store':
      return ofStore(world, call);
    case 'graph':
    case 'exchange':
      return ofGraph(world, call);
    case 'auditGraph':
      return ofAudit(world, call, by);
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
  if (isOfAnAudit(call) && !world.chances.latency.happens(SHARE_OF_AUDITS)) return fate;
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
  readonly doc?: { readonly id: string; readonly kind?: string; readonly caseId?: string };
}

/**
 * An audit begins anew whenever one of its many writes fails: if each could, it would be run through several times before it
 * ends. So one of five is an opportunity; those that show and conceal names are among them.
 */
const SHARE_OF_AUDITS = 1 / 5;
const ROWS_OF_AN_AUDIT: ReadonlySet<string> = new Set([
  ...['finding', 'idle', 'run', 'signIns', 'turn', 'settings'],
]);

function isOfAnAudit({ method, args }: Call): boolean {
  const [first] = method === 'batch' ? (args[2] as readonly Change[]) : [{ doc: args[1] as Change['doc'] }];
  return ROWS_OF_AN_AUDIT.has(first?.doc?.kind ?? '');
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

/** Ways in which a read of Graph can fail. */
const FAILURES = ['throttledWithWait', 'throttled', 'serverError', 'timeoutBefore'] as const;
type Failure = (typeof FAILURES)[number];

const OF_AUDITS: Readonly<Record<Failure, Fault>> = {
  throttledWithWait: 'auditThrottledWithWait',
  throttled: 'auditThrottled',
  serverError: 'auditServerError',
  timeoutBefore: 'auditTimeout',
};

/** No audit has fewer calls. */
const CALLS_OF_AN_AUDIT = 15;

/** Which calls of the audit that a process runs fail, by their number in it. */
interface AuditFate {
  calls: number;
  readonly failing: ReadonlyMap<number, Failure>;
}

const audits = new WeakMap<Instance, AuditFate>();

/** One call that fails ends an audit, which has dozens and begins anew: so the share is one of audits. */
function ofAudit(world: World, call: Call, by: Instance): Fate {
  const { faults, chances } = world;
  if (call.method === 'tenant') {
    const struck = FAILURES.filter((failure) => faults.strikes(OF_AUDITS[failure]));
    const failing = new Map(struck.map((failure) => [chances.latency.whole(1, CALLS_OF_AN_AUDIT), failure]));
    audits.set(by, { calls: 0, failing });
  }
  const audit = audits.get(by);
  if (audit === undefined) return ofGraph(world, call);
  audit.calls += 1;
  const failure = world.isCalm ? undefined : audit.failing.get(audit.calls);
  faults.met('auditCall', failure !== undefined);
  return failure === undefined ? ofEffect(world, call) : failed(world, call, failure);
}

function ofGraph(world: World, call: Call): Fate {
  const failure = FAILURES.find((each) => world.faults.strikes(each));
  return failure === undefined ? ofEffect(world, call) : failed(world, call, failure);
}

function failed(world: World, call: Call, failure: Failure): Fate {
  const { latency } = world.chances;
  const seconds = (from: number, to: number): number => latency.whole(from, to) * SECOND_MS;
  switch (failure) {
    case 'throttledWithWait': {
      const wait = seconds(5, 90);
      return latency.happens(0.25) ? fails(call, 'throttled', wait) : { happens: 'now', delay: wait };
    }
    case 'throttled':
      return fails(call, 'throttled', seconds(3, 30));
    case 'serverError':
      return fails(call, 'serverError', seconds(1, 40));
    case 'timeoutBefore':
      return fails(call, 'network', seconds(30, 120));
    default:
      return failure satisfies never;
  }
}

function fails(call: Call, kind: GraphFailureKind, delay: number, happens: Fate['happens'] = 'never'): Fate {
  const details = { operation: call.method, outcomeUnknown: isEffect(call) && kind === 'network' };
  return { happens, delay, instead: { error: new GraphFailure(kind, `Graph: ${kind}.`, details) } };
}

/** What only a call that changes something can suffer. */
function ofEffect(world: World, call: Call): Fate {
  const { faults, chances } = world;
  const seconds = (from: number, to: number): number => chances.latency.whole(from, to) * SECOND_MS;
  if (!isEffect(call)) return usual(world, 200);
  if (faults.strikes('timeoutAfterCommit')) return fails(call, 'network', seconds(30, 120), 'now');
  if (LANDS_LATE.has(call.method) && faults.strikes('lateLanding'))
    return fails(call, 'network', seconds(30, 120), 'late');
  // It comes before another call of the same step, between which something may happen.
  return usual(world, call.method === 'revokeSessions' ? 8_000 : 600);
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
