import { dayOf, isoDayIn } from '../../audit/day.js';
import { readChatRules } from '../../audit/protection/run-chat-protections.js';
import { findingsOf, latestRun } from '../../audit/run-store.js';
import type { Finding } from '../../audit/finding.js';
import type { Sku, UserId } from '../../audit/person.js';
import { NO_HEAD } from '../../store/history.js';
import { AlreadyExists, ChangedMeanwhile, type Stored } from '../../store/store.js';
import { instant, type Case, type CaseId, type CaseIn, type CaseLicense, type Instant } from '../case.js';
import { caseLicenses, needsSkus } from '../case-licenses.js';
import type { Doors } from '../doors.js';
import {
  earlierOf,
  newCase,
  newSealedCase,
  planOpening,
  stillCounts,
  type Earlier,
  type NewCaseKeys,
  type OpeningPlan,
} from './opening.js';
import { pointerId, type PersonPointer } from '../person-pointer.js';
import { whomToAsk } from '../asking/routing.js';
import { begin } from '../run-move.js';
import { isSealed } from '../hr/sealed.js';
import { everyCase } from '../run-all-cases.js';

export interface RunToOpen {
  readonly runId: string;
  readonly findings: readonly Finding[];
  /** In-scope licensed people, and per department. */
  readonly people: number;
  readonly departments: ReadonlyMap<string, number>;
}

/** What opening the cases of a run needs of it; undefined: a newer one has taken over. */
export async function runToOpen(doors: Pick<Doors, 'store'>, runId: string): Promise<RunToOpen | undefined> {
  const run = await latestRun(doors.store);
  if (run === undefined || run.runId !== runId) return undefined;
  const findings: Finding[] = [];
  for await (const { finding } of findingsOf(doors.store, runId)) findings.push(finding);
  const departments = new Map(Object.entries(run.figures.departments));
  return { runId, findings, people: run.figures.people, departments };
}

/** What opening the cases of a run would do now. Reads only. */
export async function planFor(doors: Doors, run: RunToOpen): Promise<OpeningPlan> {
  const { store, policy, clock } = doors;
  const inChat = await readChatRules(store, isoDayIn(clock.now(), policy.audit.timeZone));
  return planOpening({
    findings: run.findings.map((finding) => protectedSince(finding, inChat.get(finding.person.id) ?? [])),
    earlier: await earlierCases(doors, run),
    policy: doors.policy,
    people: run.people,
    departments: run.departments,
    now: instant(doors.clock.now()),
  });
}

/** Whom an admin has protected since the audit is asked about no more than if it had been before. */
function protectedSince(finding: Finding, rules: readonly string[]): Finding {
  if (rules.length === 0) return finding;
  const said = rules.map((rule) => ({ kind: 'exempt', route: 'excluded', rule }) as const);
  return { ...finding, protections: [...finding.protections, ...said], recommendation: 'excluded' };
}

/**
 * What the newest cases of those who may get one mean for a new one. Read in two passes over the store: one by one they
 * would take thousands of turns.
 */
async function earlierCases(doors: Doors, run: RunToOpen): Promise<ReadonlyMap<UserId, Earlier>> {
  const people = new Set(run.findings.filter(mayGetOne).map(({ person }) => person.id));
  const newest = await newestCaseIds(doors, people);
  const earlier = new Map<UserId, Earlier>();
  if (newest.size === 0) return earlier;
  for await (const { doc: known } of everyCase(doors)) {
    if (newest.get(known.userId) !== known.caseId) continue;
    const lane = isSealed(known) ? 'hrReview' : 'ask';
    const meaning =
      known.runId === run.runId ? ({ kind: 'sameRun', lane } as const) : meaningOf(doors, known);
    if (meaning !== undefined) earlier.set(known.userId, meaning);
  }
  return earlier;
}

function mayGetOne({ recommendation }: Finding): boolean {
  return recommendation === 'ask' || recommendation === 'hrReview';
}

async function newestCaseIds(
  { store }: Doors,
  people: ReadonlySet<UserId>,
): Promise<ReadonlyMap<UserId, CaseId>> {
  const newest = new Map<UserId, CaseId>();
  const where = [{ field: 'kind', is: '=', value: 'person' }] as const;
  for await (const { doc } of store.query<PersonPointer>({ container: 'meta', where }))
    if (people.has(doc.userId)) newest.set(doc.userId, doc.caseId);
  return newest;
}

/**
 * What the tenant has bought, where the policy asks for it of licenses. Also where no case is to be opened, so that no
 * failure of it tells that HR will have one (safety rule 3).
 * @throws GraphFailure
 */
export async function skusFor({ graph, policy }: Pick<Doors, 'graph' | 'policy'>): Promise<readonly Sku[]> {
  return needsSkus(policy) ? graph.skus() : [];
}

/**
 * Opens the cases of a run as they were planned, and no others. Safe to repeat after a crash at any point: a person who
 * got a case in the first try has an open case in the second.
 * @param skus those of the plan, so that what is opened is what was approved
 * @returns how many cases were opened; those of HR's lane are not told of
 */
export async function openCases(
  doors: Doors,
  run: Pick<RunToOpen, 'runId'>,
  plan: Pick<OpeningPlan, 'open' | 'sealed' | 'left'>,
  skus: readonly Sku[],
): Promise<number> {
  let opened = 0;
  for (const finding of plan.open) {
    const asking = whomToAsk(finding);
    const make: Making = (now, keys, licenses) => newCase(finding, asking, run.runId, now, keys, licenses);
    if (await open(doors, { finding, skus }, make)) opened += 1;
  }
  for (const finding of plan.sealed)
    await open(doors, { finding, skus }, (now, keys, licenses) =>
      newSealedCase(finding, run.runId, now, keys, licenses),
    );
  doors.log.info('Cases were opened.', { runId: run.runId, opened, left: plan.left.length });
  return opened;
}

/** @returns false when somebody else has opened one */
type Making = (
  now: Instant,
  keys: NewCaseKeys,
  licenses: readonly CaseLicense[],
) => CaseIn<'opened' | 'hrReview'>;

async function open(
  doors: Doors,
  { finding, skus }: { readonly finding: Finding; readonly skus: readonly Sku[] },
  make: Making,
): Promise<boolean> {
  const caseId = await reserve(doors, finding.person.id);
  if (caseId === 'taken') return false;
  const salts = { subjectKey: doors.random.salt(), actorSalt: doors.random.salt() };
  try {
    const now = doors.clock.now();
    const licenses = caseLicenses(finding, { policy: doors.policy, skus, today: dayOf(now) });
    await begin(doors, make(instant(now), { caseId, ...salts, head: NO_HEAD }, licenses));
    return true;
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    return false;
  }
}

async function caseAt(
  doors: Pick<Doors, 'store'>,
  { caseId }: Pick<PersonPointer, 'caseId'>,
): Promise<Case | undefined> {
  const stored = await doors.store.read<Case>('cases', caseId, caseId);
  return stored?.doc.kind === 'case' ? stored.doc : undefined;
}

function meaningOf(doors: Doors, known: Case): Earlier | undefined {
  const now = instant(doors.clock.now());
  if (isSealed(known) && stillCounts(known, doors.policy, now)) return { kind: 'sealed' };
  return earlierOf(known, doors.policy);
}

function readPointer(
  doors: Pick<Doors, 'store'>,
  userId: UserId,
): Promise<Stored<PersonPointer> | undefined> {
  return doors.store.read<PersonPointer>('meta', pointerId(userId), pointerId(userId));
}

/**
 * The id of the person's next case, written to the pointer first. A pointer whose case was never written (a crash
 * in between) gives its id again.
 * @returns `taken` when somebody else has opened a case since the plan was made
 */
async function reserve(doors: Doors, userId: UserId): Promise<CaseId | 'taken'> {
  for (;;) {
    const pointer = await readPointer(doors, userId);
    const newest = pointer && (await caseAt(doors, pointer.doc));
    if (pointer !== undefined && newest === undefined) return pointer.doc.caseId;
    const now = instant(doors.clock.now());
    if (newest !== undefined && stillCounts(newest, doors.policy, now)) return 'taken';
    const caseId = doors.random.id() as CaseId;
    const doc: PersonPointer = { id: pointerId(userId), kind: 'person', userId, caseId };
    try {
      if (pointer === undefined) await doors.store.create('meta', doc);
      else await doors.store.replace('meta', doc, pointer.etag);
      return caseId;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
}
