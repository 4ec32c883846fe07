import type { Policy } from '../config/policy.js';
import type { GraphDoor, Tenant } from '../graph/graph-door.js';
import { positionRows, countFinding } from '../spend/position.js';
import type { Log } from '../telemetry/log.js';
import type { AuditProgress, AuditResult, StopFigures } from './audit-result.js';
import { caveatsOf } from './caveats.js';
import { dayOf, type Day } from './day.js';
import type { Evidence } from './evidence.js';
import { figuresOf } from './figures.js';
import { findingOf, inOrder, isFinding, managedLicenses } from './findings.js';
import {
  concealedNames,
  premiumForSignIns,
  reportCoversDirectory,
  reportShowsUse,
  signInsCoverDirectory,
  usableReport,
  type Stop,
} from './guards.js';
import { judge, type JudgingRules } from './judge.js';
import { contentsOf as contentsBySku, type Part } from './parts.js';
import type { License, Person } from './person.js';
import { protectionCaveats } from './protection-caveats.js';
import { readDetails } from './run-details.js';
import { readPeople, type People } from './run-people.js';
import { readReports, type Reports } from './run-reports.js';
import { readSignIns, type SignIns } from './run-sign-ins.js';
import { managedSkus, type ManagedSkus } from './scope.js';
import { signInEvidence } from './sign-in.js';
import { ofPerson } from './storage-reports.js';
import { productPattern, usageEvidence } from './usage.js';

export interface AuditDoors {
  readonly graph: GraphDoor;
  readonly clock: { now(): Date };
  readonly log: Log;
  readonly progress: (progress: AuditProgress) => void;
}

interface Sources {
  readonly tenant: Tenant;
  readonly managed: ManagedSkus;
  readonly unknownSkus: readonly string[];
  readonly reports: Reports;
  readonly contentsOf: JudgingRules['contentsOf'];
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
    return await judgeAll(doors, policy, sources, startedAt);
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
  const { graph } = doors;
  goOn(concealedNames(await graph.namesConcealed()));
  const tenant = await graph.tenant();
  goOn(premiumForSignIns(tenant.hasEntraP1, policy));
  const skus = await graph.skus();
  const { managed, unknown } = managedSkus(skus, policy.scope.skus);
  goOn(someSkuIsManaged(managed, unknown));

  const reports = await readReports(doors, policy, skus, today);
  goOn(usableReport(reports.usage, policy, today));
  const contentsOf = contentsBySku(managed);
  const people = await readPeople(doors, {
    policy,
    managed,
    sources: reports.sources,
    contentsOf,
    isSpecial: () => false,
    today,
  });
  if (reports.usage.kind === 'read') {
    goOn(reportCoversDirectory(people.coverage.activeUsers));
    goOn(reportShowsUse(people.coverage.activeUsers, policy));
  }
  const signIns = await readSignIns(doors, tenant, people);
  goOn(signInsCoverDirectory(signIns.source, people.seen));
  return { tenant, managed, unknownSkus: unknown, reports, contentsOf, people, signIns };
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

async function judgeAll(
  doors: AuditDoors,
  policy: Policy,
  sources: Sources,
  startedAt: Date,
): Promise<AuditResult> {
  const { managed, people, signIns, tenant, reports } = sources;
  const today = dayOf(startedAt);
  const { activations } = reports.sources;
  const rules: JudgingRules = {
    policy,
    managed,
    contentsOf: sources.contentsOf,
    knowsProduct: (part) => activations.kind === 'read' && activations.index.knows(productPattern(part)),
    today,
  };
  const judged = [...people.held.values()].map(({ person }) => {
    const licenses = managedLicenses(person, managed);
    return judge(person, licenses, evidenceOf(person, licenses, sources), undefined, rules);
  });
  const notable = judged.filter(isFinding);
  const details = await readDetails(doors, policy, notable, today);
  const findings = inOrder(notable.map((one) => findingOf(one, details, { policy, managed, today })));

  people.countActive(judged.filter((one) => !isFinding(one)).map(({ person }) => person));
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
    reportRefreshed: reports.usage.kind === 'read' ? reports.usage.refreshed : undefined,
    signInsReadAt: signIns.readAt,
    caveats: [
      ...caveatsOf(
        {
          usage: reports.usage,
          reports: reports.states,
          signIns: signIns.source,
          hasEntraP1: tenant.hasEntraP1,
          unknownSkus: sources.unknownSkus,
        },
        policy,
      ),
      ...protectionCaveats(details),
    ],
  };
}

/** Everything that was read about one person. */
function evidenceOf(person: Person, licenses: readonly License[], sources: Sources): Evidence {
  const { reports, signIns, people } = sources;
  const { userPrincipalName } = person;
  const services = new Set(licenses.flatMap((license) => sources.contentsOf(license).parts));
  const hasServices = person.kind === 'guest' ? new Set<Part>() : services;
  const { details, ...usage } = usageEvidence(reports.sources, userPrincipalName, hasServices);
  const mailbox = reports.mailboxes && ofPerson(reports.mailboxes, userPrincipalName);
  const signIn =
    people.held.get(person.id)?.needsSignIn === false
      ? { unknown: 'not needed: the reports show use' }
      : signInEvidence(signIns.rows.get(person.id), signIns.source, person.created);
  return {
    ...usage,
    signIn,
    details: {
      ...details,
      mailStorage: mailbox?.bytes,
      hasArchive: mailbox?.hasArchive,
      oneDriveStorage: reports.oneDrives && ofPerson(reports.oneDrives, userPrincipalName),
      sites: reports.sites && (ofPerson(reports.sites, userPrincipalName) ?? []),
    },
  };
}
