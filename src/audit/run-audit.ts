import type { Policy } from '../config/policy.js';
import type { GraphDoor, Tenant } from '../graph/graph-door.js';
import { positionRows, countFinding } from '../spend/position.js';
import type { Log } from '../telemetry/log.js';
import type { AuditProgress, AuditResult, StopFigures } from './audit-result.js';
import { caveatsOf } from './caveats.js';
import { dayOf, type Day } from './day.js';
import { NO_DETAILS, REPORTS_OFF, type Evidence } from './evidence.js';
import { figuresOf } from './figures.js';
import { findingOf, inOrder, type Judged } from './findings.js';
import {
  concealedNames,
  premiumForSignIns,
  reportCoversDirectory,
  reportShowsUse,
  signInsCoverDirectory,
  usableReport,
  type Stop,
} from './guards.js';
import { personVerdict } from './inactivity.js';
import { readDetails } from './run-details.js';
import { NOTHING_KEPT, type KeptSignIns } from './run-kept-sign-ins.js';
import { readPeople, type People } from './run-people.js';
import { readSignIns, type SignIns } from './run-sign-ins.js';
import { managedSkus, type ManagedSkus } from './scope.js';
import { signInEvidence } from './sign-in.js';
import { readUsageReport, type UsageReading } from './usage-report.js';

export interface AuditDoors {
  readonly graph: GraphDoor;
  readonly clock: { now(): Date };
  readonly log: Log;
  readonly progress: (progress: AuditProgress) => void;
  /** Sign-in rows of the last day; undefined: all are read anew. */
  readonly keptSignIns?: KeptSignIns;
  /** Sign-in requests in any 60 seconds that the graph door allows itself. */
  readonly signInsPerMinute?: number;
  /** Aborted: the audit ends with AuditInterrupted between two requests, and what was read is kept. */
  readonly signal?: AbortSignal;
}

const DAY_MS = 24 * 3_600_000;

interface Sources {
  readonly tenant: Tenant;
  readonly managed: ManagedSkus;
  readonly unknownSkus: readonly string[];
  readonly usage: UsageReading;
  readonly people: People;
  readonly signIns: SignIns;
}

/** What was read so far proves nothing: ends the audit from any depth. */
class Stopped extends Error {
  override readonly name = 'Stopped';

  constructor(
    readonly why: string,
    readonly figures: StopFigures,
  ) {
    super(why);
  }
}

/**
 * Reads the tenant and judges everyone who holds a managed license. Changes nothing.
 * Either everything needed was read, or the answer is `stopped` and names nobody.
 * @throws GraphFailure when Graph cannot be read
 */
export async function runAudit(doors: AuditDoors, policy: Policy): Promise<AuditResult> {
  const startedAt = doors.clock.now();
  const today = dayOf(startedAt);
  try {
    const sources = await readSources(doors, policy, today);
    return await judge(doors, policy, sources, startedAt);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    doors.log.warn('The audit was stopped by a guard.', { why: error.why, ...error.figures });
    return {
      kind: 'stopped',
      startedAt,
      finishedAt: doors.clock.now(),
      why: [error.why],
      figures: error.figures,
    };
  }
}

async function readSources(doors: AuditDoors, policy: Policy, today: Day): Promise<Sources> {
  const { graph, progress } = doors;
  goOn(concealedNames(await graph.namesConcealed()));
  const tenant = await graph.tenant();
  goOn(premiumForSignIns(tenant.hasEntraP1, policy));
  const { managed, unknown } = managedSkus(await graph.skus(), policy.scope.skus);
  goOn(someSkuIsManaged(managed, unknown));

  progress({ phase: 'usageReport', done: 0, total: 1 });
  const usage = await readUsageReport(graph.report('activeUsers'));
  goOn(usableReport(usage, policy, today));
  progress({ phase: 'usageReport', done: 1, total: 1 });

  const people = await readPeople(doors, { policy, managed, usage, today });
  if (usage.kind === 'usage') {
    goOn(reportCoversDirectory(people.coverage));
    goOn(reportShowsUse(people.coverage, policy));
  }
  const signIns = await readSignIns(
    { ...doors, kept: doors.keptSignIns ?? NOTHING_KEPT },
    {
      hasEntraP1: tenant.hasEntraP1,
      held: people.held,
      licensed: people.seen,
      olderThan: daysBefore(doors.clock.now(), policy.inactivity.days),
    },
  );
  goOn(signInsCoverDirectory(signIns.source));
  return { tenant, managed, unknownSkus: unknown, usage, people, signIns };
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

function goOn(stop: Stop): void {
  if (stop !== undefined) throw new Stopped(stop.why, stop.figures);
}

function someSkuIsManaged(managed: ManagedSkus, unknown: readonly string[]): Stop {
  if (managed.size > 0) return undefined;
  const which =
    unknown.length > 0
      ? `The tenant has none of the SKUs in scope.skus (${unknown.join(', ')})`
      : 'The tenant has no paid SKU for users';
  return { why: `${which}, so there is nothing to audit. Check scope.skus.`, figures: {} };
}

async function judge(
  doors: AuditDoors,
  policy: Policy,
  sources: Sources,
  startedAt: Date,
): Promise<AuditResult> {
  const { managed, people, signIns, tenant, usage } = sources;
  const today = dayOf(startedAt);
  const judged = [...people.held.values()].map(({ person, workload }): Judged => {
    const signIn = signInEvidence(signIns.rows.get(person.id), signIns.source, person.created);
    const evidence: Evidence = { workload, signIn, reports: REPORTS_OFF, details: NO_DETAILS };
    return { person, evidence, verdict: personVerdict(evidence, policy, today) };
  });
  const notActive = judged.filter(({ verdict }) => verdict.kind !== 'active');
  const details = await readDetails(doors, policy, notActive);
  const findings = inOrder(notActive.map((one) => findingOf(one, details, { policy, managed, today })));

  people.countActive(judged.filter(({ verdict }) => verdict.kind === 'active').map(({ person }) => person));
  for (const finding of findings) countFinding(people.tally, finding);
  doors.progress({ phase: 'done', done: findings.length, total: findings.length });
  return {
    kind: 'done',
    startedAt,
    finishedAt: doors.clock.now(),
    tenantId: tenant.tenantId,
    figures: figuresOf(people, findings),
    findings,
    position: positionRows(people.tally, managed.values(), policy.prices, today),
    reportRefreshed: usage.kind === 'usage' ? usage.usage.refreshed : undefined,
    signInsReadAt: signIns.readAt,
    caveats: caveatsOf(
      { usage, signIns: signIns.source, hasEntraP1: tenant.hasEntraP1, unknownSkus: sources.unknownSkus },
      policy,
    ),
  };
}
