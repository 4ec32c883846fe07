import type { Policy } from '../../config/policy.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { readActivationsReport } from './activations.js';
import { readActivityReport, readAppsReport, type DatedReport } from './activity.js';
import type { Day } from '../day.js';
import type { OwnedSite } from '../evidence.js';
import { contentsOfPlans, type Part } from '../licenses/parts.js';
import type { Sku } from '../person.js';
import { nameSlots, type NameSlots } from './name-slots.js';
import { AuditInterrupted } from '../interrupted.js';
import type { ReportReading } from './reader.js';
import type { FurtherReport, ReportName } from './names.js';
import type { AuditDoors } from '../run-audit.js';
import { readMailboxReport, readOneDriveReport, readSitesReport, type MailboxFacts } from './storage.js';
import { productPattern, recentUse, type Source, type UsageSources } from '../licenses/usage.js';
import { readUsageReport, type UsageReading } from './usage-report.js';

/** What a report is and why, for the table of sources. */
export type ReportState =
  | { readonly kind: 'read'; readonly refreshed: Day; readonly rows: number; readonly rejected: number }
  | { readonly kind: 'off' }
  | { readonly kind: 'unknown'; readonly why: string; readonly failure: GraphFailure | undefined };

/** Every usage report that the policy asks for. */
export interface Reports {
  readonly usage: UsageReading;
  readonly sources: UsageSources;
  readonly mailboxes: ReadonlyMap<string, MailboxFacts> | undefined;
  readonly oneDrives: ReadonlyMap<string, number | undefined> | undefined;
  readonly sites: ReadonlyMap<string, readonly OwnedSite[]> | undefined;
  readonly states: Readonly<Record<ReportName, ReportState>>;
}

/** What is left of the reports when their tables are gone: what they were, not what they say of anybody. */
export interface ReportsRead extends Pick<Reports, 'states'> {
  readonly usage: ReportReading<undefined>;
  /** Products of which the activations report has a row of anybody. */
  readonly knownProducts: ReadonlySet<'visio' | 'project'>;
}

export function withoutTables({ usage, sources, states }: Reports): ReportsRead {
  const { activations } = sources;
  const known = (['visio', 'project'] as const).filter(
    (part) => activations.kind === 'read' && activations.index.knows(productPattern(part)),
  );
  return {
    usage: usage.kind === 'read' ? { ...usage, data: undefined } : usage,
    states,
    knownProducts: new Set(known),
  };
}

/**
 * Reads the usage reports one after the other. A report that cannot be used is unknown and says why; one that could
 * not be read for a reason that passes by itself ends the audit, because its people would be unknown for nothing.
 * @throws GraphFailure
 */
export async function readReports(
  doors: AuditDoors,
  policy: Policy,
  skus: Iterable<Sku>,
  today: Day,
): Promise<Reports> {
  const names = nameSlots();
  const asked = neededReports(policy, skus);
  const states: Partial<Record<ReportName, ReportState>> = {};
  const total = asked.size + 1;
  let done = 0;
  doors.progress({ phase: 'usageReport', done, total });
  const step = async <Data>(
    name: FurtherReport,
    read: (chunks: AsyncIterable<string>) => Promise<ReportReading<Data>>,
  ): Promise<Outcome<Data>> => {
    if (!asked.has(name)) return noted({ kind: 'off' });
    const outcome = await readOne(doors, name, read);
    done += 1;
    doors.progress({ phase: 'usageReport', done, total });
    return noted(outcome);

    function noted(found: Outcome<Data>): Outcome<Data> {
      states[name] = stateOf(found);
      return found;
    }
  };

  const usage = await readUsage(doors, policy, names);
  states.activeUsers = stateOf(usage);
  done += 1;
  const dated = (name: DatedReport) => step(name, (chunks) => readActivityReport(chunks, name, names));
  const sources: UsageSources = {
    names,
    activeUsers:
      usage.kind === 'read' ? { kind: 'read', index: usage.data } : { kind: 'unknown', why: usage.why },
    email: sourceOf(await dated('email')),
    teams: sourceOf(await dated('teams')),
    sharePoint: sourceOf(await dated('sharePoint')),
    apps: sourceOf(await step('apps', (chunks) => readAppsReport(chunks, names))),
    activations: sourceOf(await step('activations', (chunks) => readActivationsReport(chunks, names))),
  };
  // Storage and sites are shown of people who may be idle, so nothing is kept of the many who are active.
  const recent = recentUse(sources, policy, today);
  const isWanted = (name: string): boolean => !recent.isActive(names.find(name));
  const mailboxes = await step('mailboxes', (chunks) => readMailboxReport(chunks, isWanted));
  const oneDrives = await step('oneDrives', (chunks) => readOneDriveReport(chunks, isWanted));
  const sites = await step('sites', (chunks) => readSitesReport(chunks, isWanted));
  return {
    usage,
    sources,
    mailboxes: dataOf(mailboxes),
    oneDrives: dataOf(oneDrives),
    sites: dataOf(sites),
    states: states as Record<ReportName, ReportState>,
  };
}

interface Refused {
  readonly kind: 'refused';
  readonly failure: GraphFailure;
}
const APPS: ReadonlySet<Part> = new Set(['apps', 'visio', 'project']);

/** Those that the policy names, without those of products that the tenant does not have: they come empty. */
function neededReports(policy: Policy, skus: Iterable<Sku>): ReadonlySet<FurtherReport> {
  const hasApps = [...skus].some(({ plans }) =>
    contentsOfPlans(plans, []).parts.some((part) => APPS.has(part)),
  );
  const asked = new Set<FurtherReport>(policy.evidence.reports);
  if (!hasApps) asked.delete('activations');
  return asked;
}

type Outcome<Data> = ReportReading<Data> | Refused | { readonly kind: 'off' };

/** A report that Graph does not give to us, or does not have here, is a missing source and not a broken read. */
const REFUSALS: ReadonlySet<GraphFailure['kind']> = new Set(['forbidden', 'notFound', 'badRequest']);

/** The one report that nobody can be judged without, where the policy requires use: then its refusal ends the audit. */
async function readUsage(doors: AuditDoors, policy: Policy, names: NameSlots): Promise<UsageReading> {
  const outcome = await readOne(doors, 'activeUsers', (chunks) => readUsageReport(chunks, names));
  if (outcome.kind !== 'refused') return outcome;
  if (policy.evidence.require.includes('workload')) throw outcome.failure;
  return { kind: 'unusable', problem: 'refused', why: outcome.failure.message };
}

/**
 * Pauses before a report is asked for anew whose download broke off. With the looks whether reports show names
 * (run-show.ts) that is 11 of the 14 times in 10 minutes that Graph allows for each report.
 */
const READ_ANEW_MS = [2_000, 10_000];

/** @param read begins with nothing each time, so that no row of a report that broke off counts */
async function readOne<Data>(
  doors: AuditDoors,
  name: ReportName,
  read: (chunks: AsyncIterable<string>) => Promise<ReportReading<Data>>,
): Promise<ReportReading<Data> | Refused> {
  const { graph, log } = doors;
  const pauses = [...READ_ANEW_MS];
  for (;;) {
    try {
      const reading = await read(graph.report(name));
      if (reading.kind === 'unusable')
        log.warn('A report cannot be used.', { report: name, problem: reading.problem });
      return reading;
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      if (REFUSALS.has(error.kind)) {
        log.warn('A report was refused.', { report: name, failure: error.kind });
        return { kind: 'refused', failure: error };
      }
      const pause = error.details.brokenOff === true ? pauses.shift() : undefined;
      if (pause === undefined) throw error;
      log.warn('The download of a report broke off; it is read anew.', { report: name, waitMs: pause });
      await pausing(doors, pause);
    }
  }
}

/** @throws AuditInterrupted when nobody waits for the answer any more */
async function pausing({ sleep, signal }: AuditDoors, ms: number): Promise<void> {
  await sleep(ms, signal).catch((error: unknown) => {
    if (signal?.aborted !== true) throw error;
  });
  if (signal?.aborted === true) throw new AuditInterrupted();
}

function stateOf<Data>(outcome: Outcome<Data>): ReportState {
  switch (outcome.kind) {
    case 'read':
      return { kind: 'read', refreshed: outcome.refreshed, rows: outcome.rows, rejected: outcome.rejected };
    case 'off':
      return outcome;
    case 'unusable':
      return { kind: 'unknown', why: outcome.why, failure: undefined };
    case 'refused':
      return { kind: 'unknown', why: outcome.failure.message, failure: outcome.failure };
    default:
      return outcome satisfies never;
  }
}

function sourceOf<Data>(outcome: Outcome<Data>): Source<Data> {
  if (outcome.kind === 'read') return { kind: 'read', index: outcome.data };
  const state = stateOf(outcome);
  return state.kind === 'unknown' ? { kind: 'unknown', why: state.why } : { kind: 'off' };
}

function dataOf<Data>(outcome: Outcome<Data>): Data | undefined {
  return outcome.kind === 'read' ? outcome.data : undefined;
}
