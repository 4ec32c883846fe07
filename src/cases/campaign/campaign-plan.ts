import { createHash } from 'node:crypto';
import { planSteps } from '../../actions/plan.js';
import type { Finding } from '../../audit/finding.js';
import { listOf } from '../../audit/findings.js';
import { dayOf } from '../../audit/day.js';
import type { Sku, SkuId, UserId } from '../../audit/person.js';
import type { Policy } from '../../config/policy.js';
import type { Money } from '../../spend/money.js';
import type { CaseId, CaseScenario, Instant, PersonRef } from '../case.js';
import { caseLicenses } from '../case-licenses.js';
import { newCase, type NotOpened, type OpeningPlan } from './opening.js';
import { whomToAsk, type Routed } from '../asking/routing.js';
import type { Step } from '../step.js';

/** What a step of a planned case would be, and the earliest day on which it could run. */
export interface PlannedStep {
  readonly step: Step;
  readonly notBefore: Instant;
}

/** One question that a campaign would ask. */
export interface PlannedQuestion {
  readonly userId: UserId;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly scenario: CaseScenario;
  readonly licenses: readonly { readonly skuId: SkuId; readonly name: string }[];
  readonly annualCost: Money | undefined;
  /** Whoever gets the question in the end, as far as can be known before it is sent; undefined: nobody can be asked. */
  readonly asks: PersonRef | undefined;
  /** Why it goes to the admins at once; undefined: somebody is asked. */
  readonly goesToAdmins: string | undefined;
  /** If the answer were `reclaim` at the time of the plan. */
  readonly steps: readonly PlannedStep[];
}

/** What a campaign would do: a value that can be printed, kept, compared and approved before anything happens. */
export interface CampaignPlan {
  /** The same for the same questions, whenever the plan is made. */
  readonly planId: string;
  readonly runId: string;
  readonly madeAt: Instant;
  /** Most expensive first, as they would be opened. */
  readonly questions: readonly PlannedQuestion[];
  /** People who were found and are not asked about now, by reason. */
  readonly left: Readonly<Partial<Record<NotOpened, number>>>;
}

/** From what a plan is made. */
export interface PlanFacts {
  readonly runId: string;
  readonly policy: Policy;
  /** As for LicenseRules. */
  readonly skus: readonly Sku[];
  /** Of everybody `askedAbout`. */
  readonly routed: ReadonlyMap<UserId, Routed>;
  readonly now: Instant;
}

/**
 * The plan of what opening the cases of a run would do. People whom only HR may see are in no figure but `protected`
 * (safety rule 3). Pure.
 */
export function campaignPlan(opening: OpeningPlan, made: PlanFacts): CampaignPlan {
  const { runId, now } = made;
  const questions = askedAbout(opening).map((finding) => questionOf(finding, made));
  const left: Partial<Record<NotOpened, number>> = {};
  for (const { why } of opening.left) left[why] = (left[why] ?? 0) + 1;
  return { planId: planIdOf(questions), runId, madeAt: now, questions, left };
}

/** Whom a plan names. Pure. */
export function askedAbout({ open }: Pick<OpeningPlan, 'open'>): readonly Finding[] {
  return open.filter((finding) => listOf(finding) !== 'hr');
}

function questionOf(finding: Finding, { runId, policy, skus, routed, now }: PlanFacts): PlannedQuestion {
  const asking = whomToAsk(finding);
  const to = routed.get(finding.person.id) ?? asking;
  const licenses = caseLicenses(finding, { policy, skus, today: dayOf(new Date(now)) });
  const c = newCase(finding, asking, runId, now, NO_KEYS, licenses);
  const plan = planSteps(c, { kind: 'reclaim', by: NOBODY, at: now, reason: undefined }, policy);
  return {
    userId: c.userId,
    userPrincipalName: c.subject.userPrincipalName,
    displayName: c.subject.displayName,
    scenario: c.scenario,
    licenses: c.licenses.map(({ skuId, name }) => ({ skuId, name })),
    annualCost: c.annualCost,
    asks: to.kind === 'ask' ? to.person : undefined,
    goesToAdmins: to.kind === 'ask' ? undefined : to.why,
    steps: plan.kind === 'steps' ? plan.steps.map(({ step, notBefore }) => ({ step, notBefore })) : [],
  };
}

const NO_KEYS = { caseId: 'planned' as CaseId, subjectKey: '', actorSalt: '', head: '' };
const NOBODY: PersonRef = { id: '' as UserId, displayName: '' };

/** Over who is asked about whom and what would be done; not over days, which move on while somebody looks. */
function planIdOf(questions: readonly PlannedQuestion[]): string {
  const hash = createHash('sha256');
  for (const question of [...questions].sort(byUser)) hash.update(`${signatureOf(question)}\n`);
  return hash.digest('hex').slice(0, 12);
}

function byUser(a: PlannedQuestion, b: PlannedQuestion): number {
  return a.userId < b.userId ? -1 : 1;
}

function signatureOf({ userId, scenario, licenses, asks, steps }: ComparedQuestion): string {
  const skus = licenses.map(({ skuId }) => skuId).sort();
  return JSON.stringify([userId, scenario, skus, asks?.id ?? null, steps.map(({ step }) => step)]);
}

/** As much of a question as is compared, such as one that was read back from a file. */
export interface ComparedQuestion extends Pick<PlannedQuestion, 'userPrincipalName' | 'displayName'> {
  readonly userId: string;
  readonly scenario: string;
  readonly licenses: readonly { readonly skuId: string; readonly name: string }[];
  readonly asks?: { readonly id: string; readonly displayName: string } | undefined;
  readonly goesToAdmins?: string | undefined;
  readonly steps: readonly { readonly step: unknown }[];
}

/** How a plan differs from one that was looked at before. */
export interface PlanDifference {
  readonly added: readonly ComparedQuestion[];
  readonly removed: readonly ComparedQuestion[];
  readonly changed: readonly { readonly before: ComparedQuestion; readonly after: ComparedQuestion }[];
}

/** Pure. */
export function planDifference(
  before: readonly ComparedQuestion[],
  after: readonly ComparedQuestion[],
): PlanDifference {
  const earlier = new Map(before.map((question) => [question.userId, question]));
  const later = new Set(after.map(({ userId }) => userId));
  const added: ComparedQuestion[] = [];
  const changed: { before: ComparedQuestion; after: ComparedQuestion }[] = [];
  for (const question of after) {
    const known = earlier.get(question.userId);
    if (known === undefined) added.push(question);
    else if (signatureOf(known) !== signatureOf(question)) changed.push({ before: known, after: question });
  }
  return { added, removed: before.filter(({ userId }) => !later.has(userId)), changed };
}
