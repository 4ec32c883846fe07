import { isoDay } from '../../audit/day.js';
import type { Finding, Recommendation, Scenario } from '../../audit/finding.js';
import type { UserId } from '../../audit/person.js';
import { reclaimableLicenses } from '../../audit/licenses/unused.js';
import type { Policy } from '../../config/policy.js';
import { sumMoney } from '../../spend/money.js';
import {
  instant,
  type Asking,
  type Case,
  type CaseFacts,
  type CaseId,
  type CaseIn,
  type CaseLicense,
  type Instant,
} from '../case.js';
import { DAY_MS } from '../../config/durations.js';
import type { CancelCause } from '../cancel-cause.js';
import { letBeIn } from '../answering/waiver.js';
import { evidenceLines, scenarioNote } from '../evidence-lines.js';
import { mailboxUseOf } from '../mailbox-use.js';
import { warningsOf } from '../warnings.js';

/** What is known of a person from earlier runs. */
export type Earlier =
  | { readonly kind: 'openCase'; readonly caseId: CaseId }
  /** The same run opened it before it was broken off: it counts under the run's limits. */
  | { readonly kind: 'sameRun'; readonly lane: Lane }
  /** HR's case stands against a new one, of which nobody else may learn more than that the person is protected. */
  | { readonly kind: 'sealed' }
  /** Somebody decided not long ago; the person is left in peace until then. */
  | { readonly kind: 'coolDown'; readonly until: Instant };

export interface OpeningInput {
  readonly findings: readonly Finding[];
  readonly earlier: ReadonlyMap<UserId, Earlier>;
  readonly policy: Policy;
  /** In-scope licensed people of the tenant, and per department: what the percentages refer to. */
  readonly people: number;
  readonly departments: ReadonlyMap<string, number>;
  readonly now: Instant;
}

export type NotOpened =
  | 'has-open-case'
  | 'cool-down'
  | 'protected'
  | 'not-a-candidate'
  | 'no-license'
  | 'limit-per-run-reached'
  | 'limit-per-department-reached';

/** What a run would do: a value that can be printed and compared before anything happens. */
export interface OpeningPlan {
  readonly open: readonly Finding[];
  /** Whom the same run has asked about already. */
  readonly begun: readonly Finding[];
  /** Whoever is not asked about on the normal path. */
  readonly left: readonly { readonly finding: Finding; readonly why: NotOpened }[];
  /** Those that HR alone decides about; nobody else may be told, not even of their number. */
  readonly sealed: readonly Finding[];
}

/**
 * Decides which findings become cases: the most expensive first, under the limits of the policy. HR's lane has the
 * same limits and counts for itself, so that no number of the normal path tells of it; and because nobody outside of
 * HR may know of it to approve it, it opens at most `approvals.bulkOver` cases at once. Pure.
 */
export function planOpening(input: OpeningInput): OpeningPlan {
  const { casesPerRun } = input.policy.limits;
  const perRun = Math.min(casesPerRun.count, share(input.people, casesPerRun.percent));
  const { approvals, roles } = input.policy;
  const perRunOfHr = roles.hr.length === 0 ? 0 : Math.min(perRun, approvals.bulkOver);
  return {
    ...planLane(input, 'ask', perRun),
    sealed: planLane(input, 'hrReview', perRunOfHr).open,
  };
}

type Lane = Extract<Recommendation, 'ask' | 'hrReview'>;

function planLane(input: OpeningInput, lane: Lane, perRun: number): Omit<OpeningPlan, 'sealed'> {
  const { policy, now } = input;
  const opened = new Map<string, number>();
  const open: Finding[] = [];
  const left: { finding: Finding; why: NotOpened }[] = [];
  // Whatever has become of them: who is protected since makes no room for another one.
  const before = input.findings.filter(({ person }) => {
    const earlier = input.earlier.get(person.id);
    return earlier?.kind === 'sameRun' && earlier.lane === lane;
  });
  before.forEach(count);
  for (const finding of [...input.findings].sort(byCost)) {
    const earlier = input.earlier.get(finding.person.id);
    const why = standsAgainst(finding, lane, earlier, now) ?? overLimit(finding);
    if (why !== undefined) {
      left.push({ finding, why });
      continue;
    }
    open.push(finding);
    count(finding);
  }
  return { open, begun: before, left };

  function count({ person }: Finding): void {
    const department = person.department ?? '';
    opened.set(department, (opened.get(department) ?? 0) + 1);
  }

  function overLimit(finding: Finding): NotOpened | undefined {
    if (before.length + open.length >= perRun) return 'limit-per-run-reached';
    const department = finding.person.department ?? '';
    const { count: atMost = Infinity, percent } = policy.limits.perDepartment;
    const most = Math.min(atMost, share(input.departments.get(department) ?? 0, percent));
    return (opened.get(department) ?? 0) >= most ? 'limit-per-department-reached' : undefined;
  }
}

/** A share of people in percent, rounded up (safety rule 8). */
function share(people: number, percent: number): number {
  return Math.ceil((people * percent) / 100);
}

function standsAgainst(
  finding: Finding,
  lane: Lane,
  earlier: Earlier | undefined,
  now: Instant,
): NotOpened | undefined {
  if (finding.recommendation !== lane) {
    return finding.protections.length > 0 ? 'protected' : 'not-a-candidate';
  }
  if (earlier?.kind === 'sealed') return 'protected';
  if (finding.scenario === undefined) return 'not-a-candidate';
  if (reclaimableLicenses(finding).length === 0) return 'no-license';
  if (earlier?.kind === 'openCase' || earlier?.kind === 'sameRun') return 'has-open-case';
  if (earlier?.kind === 'coolDown' && earlier.until > now) return 'cool-down';
  return undefined;
}

/** Most expensive first; then by id, so that the order never depends on how pages arrived. */
function byCost(a: Finding, b: Finding): number {
  const difference = (b.annualCost?.minor ?? 0) - (a.annualCost?.minor ?? 0);
  return difference !== 0 ? difference : a.person.id < b.person.id ? -1 : 1;
}

export interface NewCaseKeys {
  readonly caseId: CaseId;
  readonly subjectKey: string;
  readonly actorSalt: string;
  readonly head: string;
}

/** The case that a finding begins. Pure; keys are random and passed in. */
export function newCase(
  finding: Finding,
  asking: Asking,
  runId: string,
  now: Instant,
  keys: NewCaseKeys,
  licenses: readonly CaseLicense[],
): CaseIn<'opened'> {
  return { ...newFacts(finding, runId, now, keys, licenses), state: 'opened', asking };
}

/** The case that a finding of HR's lane begins; its manager is nobody to ask. Pure. */
export function newSealedCase(
  finding: Finding,
  runId: string,
  now: Instant,
  keys: NewCaseKeys,
  licenses: readonly CaseLicense[],
): CaseIn<'hrReview'> {
  return {
    ...newFacts(finding, runId, now, keys, licenses),
    state: 'hrReview',
    tell: { since: now, told: [] },
  };
}

function newFacts(
  finding: Finding,
  runId: string,
  now: Instant,
  keys: NewCaseKeys,
  licenses: readonly CaseLicense[],
): CaseFacts {
  const { person, verdict, evidence, manager } = finding;
  const note = scenarioNote(finding);
  const use = mailboxUseOf(finding);
  const warnings = warningsOf(finding);
  return {
    id: keys.caseId,
    kind: 'case',
    caseId: keys.caseId,
    userId: person.id,
    subject: {
      displayName: person.displayName,
      userPrincipalName: person.userPrincipalName,
      jobTitle: person.jobTitle,
      department: person.department,
      country: person.country,
    },
    runId,
    scenario: finding.scenario as Scenario,
    ...(note === undefined ? {} : { scenarioNote: note }),
    evidence: evidenceLines(finding),
    evidenceDate: 'refreshed' in evidence.workload ? isoDay(evidence.workload.refreshed) : undefined,
    daysInactive: verdict.kind === 'inactive' ? verdict.days : undefined,
    licenses,
    annualCost: sumMoney(licenses.flatMap(({ annualCost }) => annualCost ?? [])),
    protections: finding.protections.map((protection) => protection.kind),
    mailbox: typeof finding.mailbox === 'string' ? finding.mailbox : 'unknown',
    ...(use === undefined ? {} : { mailboxUse: use }),
    ...(warnings.length === 0 ? {} : { warnings }),
    manager:
      manager === 'none' || 'unknown' in manager
        ? undefined
        : { id: manager.id, displayName: manager.displayName },
    openedAt: now,
    version: 0,
    seq: 0,
    head: keys.head,
    subjectKey: keys.subjectKey,
    actorSalt: keys.actorSalt,
    message: undefined,
    dueAt: now,
    lease: undefined,
    attempts: 0,
  };
}

/**
 * What a person's newest case means for a new run: an open one is enough, and an answer that gave something back
 * is respected for as long as the inactivity threshold. Pure.
 */
export function earlierOf(existing: Case, policy: Policy): Earlier | undefined {
  switch (existing.state) {
    case 'closed':
      // What an admin let be is not asked for again at once.
      return letBeIn(existing).length > 0 ? coolDown(existing.closedAt, policy) : undefined;
    case 'cancelled':
      return LEAVES_IN_PEACE.has(existing.cause) ? coolDown(existing.closedAt, policy) : undefined;
    case 'undone':
      return coolDown(existing.closedAt, policy);
    default:
      return { kind: 'openCase', caseId: existing.caseId };
  }
}

/** Somebody said that nothing is to be done, or the person is just back from leave. */
const LEAVES_IN_PEACE: ReadonlySet<CancelCause> = new Set(['takenBack', 'vetoed', 'backFromLeave']);

/** true: a person's newest case stands against another one. Pure. */
export function stillCounts(newest: Case, policy: Policy, now: Instant): boolean {
  const earlier = earlierOf(newest, policy);
  return earlier?.kind === 'openCase' || (earlier?.kind === 'coolDown' && earlier.until > now);
}

function coolDown(closedAt: Instant, policy: Policy): Earlier {
  const until = Date.parse(closedAt) + policy.inactivity.days * DAY_MS;
  return { kind: 'coolDown', until: instant(new Date(until)) };
}
