import type { Random } from '../cases/doors.js';
import { readHeldByHr } from '../cases/hr/run-held-by-hr.js';
import type { Policy } from '../config/policy.js';
import type { GraphDoor } from '../graph/graph-door.js';
import { positionRows, countFinding } from '../spend/position.js';
import type { Store } from '../store/store.js';
import type { Log } from '../telemetry/log.js';
import type { AuditProgress, AuditResult, DoneAudit, StopFigures } from './audit-result.js';
import { caveatsOf, licensesAsOf } from './caveats.js';
import { dayOf, type Day, isoDayIn } from './day.js';
import { figuresOf } from './figures.js';
import { findingOf, inOrder, isFinding } from './findings.js';
import { againstLastRun } from './guards/against-last-run.js';
import type { Stop } from './guards/guards.js';
import { idleRecordOf, type IdleRecord } from './back-test/idle-record.js';
import { AuditInterrupted } from './interrupted.js';
import { unprovenProducts } from './licenses/unproven.js';
import { judge, type Judged, type JudgingRules } from './judge.js';
import { readLastRun, type LastRun } from './back-test/run-back-test.js';
import { readChatRules } from './protection/run-chat-protections.js';
import { protectionCaveats, unansweredCaveats } from './protection/caveats.js';
import { rosterFactFor } from './roster/facts.js';
import { readDetails } from './run-details.js';
import { readAcceptance } from './guards/run-accepted.js';
import { measuresOf, measuresOfLast } from './guards/run-measures.js';
import { readSources, type Sources } from './sources/run-sources.js';
import { NamesStop } from './reveal/run-doors.js';
import { signInEvidence } from './sign-ins/sign-in.js';
import { sourceMeasures } from './sources/measures.js';
import { sourceStates } from './sources/table.js';
import { countActive } from './run-people.js';

export interface AuditDoors {
  readonly graph: GraphDoor;
  /** What earlier runs left behind: the newest roster, sign-in dates of the last day, the last run's figures. */
  readonly store: Store;
  readonly clock: { now(): Date };
  readonly random: Random;
  readonly log: Log;
  readonly progress: (progress: AuditProgress) => void;
  /** Resolves after `ms`; ends early, in whatever way, when the signal is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Says what is about to happen to the whole tenant, before it does. */
  readonly announce: (sentence: string) => void;
  /** Sign-in requests in any 60 seconds that the graph door allows itself. */
  readonly signInsPerMinute?: number | undefined;
  /** Sign-in dates of an earlier audit that are not older are not read again; default: a day. */
  readonly keepSignInsMs?: number | undefined;
  /** Aborted: the audit ends with AuditInterrupted between two requests, and what was read is kept. */
  readonly signal?: AbortSignal | undefined;
}

export interface AuditOptions {
  /**
   * Somebody says that a jump is real. `shown`: the one that stopped an audit since the last complete one, or none; `any`:
   * whatever it is where no audit was stopped, as for audits at a terminal that keep nothing.
   */
  readonly acceptJump?: 'shown' | 'any' | undefined;
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
 * Reads the tenant and judges everyone who holds a managed license. Changes nothing in it, but for the minutes in which
 * names in reports are shown where the policy says so. Either everything needed was read, or the answer is `stopped`
 * and names nobody.
 * @throws GraphFailure when Graph cannot be read, AuditInterrupted when `signal` is aborted, StoreUnavailable
 */
export async function runAudit(
  doors: AuditDoors,
  policy: Policy,
  options: AuditOptions = {},
): Promise<AuditResult> {
  const startedAt = doors.clock.now();
  try {
    const last = await readLastRun(doors.store, policy);
    const sources = await readSources(doors, policy, { startedAt, before: last?.idle ?? new Set(), goOn });
    return await judgeAll(doors, policy, sources, { startedAt, last, options });
  } catch (error) {
    if (error instanceof NamesStop && doors.signal?.aborted === true) throw new AuditInterrupted();
    const stop = stopOf(error);
    if (stop === undefined) throw error;
    doors.log.warn('The audit was stopped by a guard.', { why: stop.why, ...stop.figures });
    const finishedAt = doors.clock.now();
    return { kind: 'stopped', startedAt, finishedAt, why: [stop.why], figures: stop.figures };
  }
}

function stopOf(error: unknown): Stop {
  if (error instanceof Stopped) return error;
  return error instanceof NamesStop ? { why: error.why, figures: {} } : undefined;
}

function goOn(stop: Stop): void {
  if (stop !== undefined) throw new Stopped(stop.why, stop.figures);
}

interface Run {
  readonly startedAt: Date;
  readonly last: LastRun | undefined;
  readonly options: AuditOptions;
}

async function judgeAll(
  doors: AuditDoors,
  policy: Policy,
  sources: Sources,
  { startedAt, last, options }: Run,
): Promise<DoneAudit> {
  const { managed, people, reports } = sources;
  const today = dayOf(startedAt);
  const { notable, active } = judgeEveryone(policy, sources, startedAt);
  const details = await readDetails(doors, policy, notable, today);
  const inChat = await readChatRules(doors.store, isoDayIn(startedAt, policy.audit.timeZone));
  const heldByHr = await readHeldByHr(doors.store, policy, startedAt);
  const rules = { policy, managed, today, inChat, heldByHr };
  const findings = inOrder(notable.map((one) => findingOf(one, details, rules)));

  for (const finding of findings) countFinding(people.tally, finding);
  const measures = measuresOf(
    {
      people: people.inScope,
      findings,
      sources: sourceMeasures(sources, policy, today),
      scopePeople: sources.scopePeople,
    },
    policy,
  );
  const { acceptJump } = options;
  const seen = acceptJump === undefined ? undefined : await readAcceptance(doors.store, last);
  const acceptance = seen ?? (acceptJump === 'any' ? 'all' : undefined);
  const comparison = againstLastRun(measures, measuresOfLast(last), policy.guards, acceptance);
  goOn(comparison.stop);
  doors.progress({ phase: 'done', done: findings.length, total: findings.length });
  return {
    kind: 'done',
    startedAt,
    finishedAt: doors.clock.now(),
    tenantId: sources.tenant.tenantId,
    figures: figuresOf(people, findings),
    findings,
    position: positionRows(people.tally, managed.values(), policy.prices, today),
    reportRefreshed: reports.usage.kind === 'read' ? reports.usage.refreshed : undefined,
    signInsReadAt: sources.signIns.readAt,
    caveats: [
      licensesAsOf(startedAt),
      ...caveatsOf(sources, policy, today),
      ...protectionCaveats(details),
      ...unansweredCaveats(findings),
      ...comparison.caveats,
    ],
    sources: sourceStates(sources, details, policy, today),
    measures,
    unproven: unprovenProducts(
      managed.values(),
      { activations: reports.states.activations, knownProducts: reports.knownProducts },
      policy,
      today,
    ),
    idle: idleOf(findings, [...active, ...people.quiet], sources, { ...policy, today }),
  };
}

const NOT_NEEDED = { unknown: 'not needed: the reports show use' };

/** Only of those who are a finding is anything kept but the record with which other thresholds are tested later. */
function judgeEveryone(
  policy: Policy,
  sources: Sources,
  startedAt: Date,
): { readonly notable: readonly Judged[]; readonly active: readonly IdleRecord[] } {
  const { managed, people, reports, signIns } = sources;
  const today = dayOf(startedAt);
  const rules: JudgingRules = {
    policy,
    managed,
    contentsOf: sources.contentsOf,
    knowsProduct: (part) => reports.knownProducts.has(part),
    today,
  };
  const idleRules = { ...policy, managed, today };
  const notable: Judged[] = [];
  const active: IdleRecord[] = [];
  for (const { person, needsSignIn, use } of people.held.values()) {
    const licenses = sources.licensesOf(person);
    const roster = rosterFactFor(person, sources.roster, policy, today);
    const signIn = needsSignIn
      ? signInEvidence(signIns.rows.get(person.id), signIns.source, person.created)
      : NOT_NEEDED;
    const evidence = { ...use, signIn };
    const judged = judge(person, licenses, evidence, roster, rules);
    if (isFinding(judged)) {
      notable.push(judged);
      continue;
    }
    countActive(people.tally, licenses);
    active.push(idleRecordOf({ person, evidence }, idleRules));
  }
  return { notable, active };
}

/** What other thresholds are tested with later, in the order of ids. */
function idleOf(
  findings: DoneAudit['findings'],
  others: readonly IdleRecord[],
  { managed }: Sources,
  rules: Policy & { readonly today: Day },
): readonly IdleRecord[] {
  const found = findings.map((finding) => idleRecordOf(finding, { ...rules, managed }));
  return [...found, ...others].sort((a, b) => (a.userId < b.userId ? -1 : 1));
}
