import { setTimeout as wait } from 'node:timers/promises';
import { denied, GraphRefusal, unknownSegment } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { findOperation, LEAVE_DATES } from './operations.js';
import type { Operation } from './operations.js';
import { listOf } from './query.js';
import { reportName } from './reports.js';
import { NO_LIMITS } from './throttle.js';
import type { Cost, Throttle } from './throttle.js';
import { filtersSignIn } from './user-filter.js';
import type { World } from './world.js';

/** The simulated Graph: a world, who may do what in it, and how fast. */
export interface Graph {
  readonly world: World;
  readonly throttle: Throttle;
  /** What was granted; a tenant may change it at any time. */
  readonly permissions: Set<string>;
  /** Milliseconds that every answer takes. */
  readonly latencyMs: number;
  /** Calls under way per mailbox. */
  readonly outlookInFlight: Map<string, number>;
  readonly nextRequestId: () => string;
}

/** Exchange serves one app this many calls on one mailbox at a time. */
const MAILBOX_CONCURRENCY = 4;

/** Answers one call, or refuses it as Graph does. Batches are taken apart before. */
export async function answerCall(graph: Graph, call: GraphCall): Promise<GraphAnswer> {
  const operation = operationOf(call);
  const signIn = touchesSignIn(operation, call);
  checkPermissions(graph, operation, signIn);
  checkLeaveDates(graph, operation, call);
  const cost = costOf(operation, call, signIn);
  const { headers } = graph.throttle.admit(cost, graph.world.now().getTime());
  const release = cost.family === 'outlook' ? enterMailbox(graph, cost.subject) : () => undefined;
  try {
    if (graph.latencyMs > 0) await wait(graph.latencyMs);
    const answer = await operation.handle(graph.world, call);
    return { ...answer, headers: { ...headers, ...answer.headers } };
  } catch (error) {
    if (error instanceof GraphRefusal) {
      throw new GraphRefusal(
        error.status,
        error.code,
        error.message,
        { ...headers, ...error.headers },
        error.inner,
      );
    }
    throw error;
  } finally {
    release();
  }
}

function enterMailbox(graph: Graph, mailbox: string): () => void {
  const underWay = graph.outlookInFlight.get(mailbox) ?? 0;
  if (underWay >= MAILBOX_CONCURRENCY && graph.throttle !== NO_LIMITS) {
    throw new GraphRefusal(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', {
      'Retry-After': '1',
    });
  }
  graph.outlookInFlight.set(mailbox, underWay + 1);
  return () => {
    const left = (graph.outlookInFlight.get(mailbox) ?? 1) - 1;
    if (left > 0) graph.outlookInFlight.set(mailbox, left);
    else graph.outlookInFlight.delete(mailbox);
  };
}

function operationOf(call: GraphCall): Operation {
  const operation = findOperation(call.method, call.segments);
  if (operation === 'noSuchMethod') {
    throw new GraphRefusal(
      405,
      'Request_BadRequest',
      'Specified HTTP method is not allowed for the request target.',
    );
  }
  if (!operation) throw unknownSegment(strangeSegment(call));
  return operation;
}

/** The first segment at which no known path goes on. */
function strangeSegment(call: GraphCall): string {
  const known = [
    'users',
    'groups',
    'subscribedSkus',
    'directory',
    'organization',
    'admin',
    'auditLogs',
    'reports',
    'roleManagement',
  ];
  const [first = '', ...rest] = call.segments;
  return known.includes(first) ? (rest.at(-1) ?? first) : first;
}

function touchesSignIn(operation: Operation, call: GraphCall): boolean {
  if (operation.id !== 'users.list' && operation.id !== 'users.get' && operation.id !== 'users.count')
    return false;
  return selects(call, 'signInActivity') || filtersSignIn(call.query.get('$filter'));
}

function selects(call: GraphCall, property: string): boolean {
  const select = listOf(call.query.get('$select')) ?? [];
  return select.some((name) => name.toLowerCase() === property.toLowerCase());
}

/** When somebody leaves is told by a permission of its own. */
function checkLeaveDates(graph: Graph, operation: Operation, call: GraphCall): void {
  if (!operation.id.startsWith('users.') || !selects(call, 'employeeLeaveDateTime')) return;
  if (!LEAVE_DATES.some((permission) => graph.permissions.has(permission))) throw denied();
}

function checkPermissions(graph: Graph, operation: Operation, signIn: boolean): void {
  // Sign-ins, their dates as well as their log, are refused in words of their own.
  const isLog = operation.family === 'entraReports';
  const isGranted = operation.permissions.some((permission) => graph.permissions.has(permission));
  if (!isGranted && !isLog) throw denied();
  if (!signIn && !isLog) return;
  if (!graph.permissions.has('AuditLog.Read.All')) {
    throw new GraphRefusal(
      403,
      'Authentication_MSGraphPermissionMissing',
      'Calling principal does not have required MSGraph permissions AuditLog.Read.All',
    );
  }
  if (!graph.world.tenant.facts.premium) {
    throw new GraphRefusal(
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      "Neither tenant is B2C or tenant doesn't have premium license",
    );
  }
}

/** Base cost, one less with $select or a small $top, one more with $expand, never below one. */
function costOf(operation: Operation, call: GraphCall, signIn: boolean): Cost {
  const top = Number(call.query.get('$top') ?? 100);
  const modified =
    operation.units +
    (call.query.has('$select') ? -1 : 0) +
    (call.query.has('$expand') ? 1 : 0) +
    (top < 20 ? -1 : 0);
  const subject =
    operation.family === 'm365ReportsCsv' ? reportName(call.segments[1] ?? '') : call.segments[1];
  return {
    family: operation.family,
    resourceUnits: Math.max(1, modified),
    writes: operation.writes,
    signIn,
    subject: (subject ?? '').toLowerCase(),
  };
}
