import { hash } from 'node:crypto';
import type { Step, StepLicense } from '../step.js';
import type { PlannedQuestion } from './campaign-plan.js';

type Covering = Pick<PlannedQuestion, 'userId' | 'scenario' | 'licenses' | 'asks' | 'steps'>;

/**
 * Everything that a plan would do, each thing as a digest: whom it asks about whom and why, about which licenses, and what
 * it takes. Who approves the plan approves these. Pure.
 */
export function coverOf(questions: readonly Covering[]): readonly string[] {
  return [...new Set(questions.flatMap((question) => thingsOf(question).map(digestOf)))].sort();
}

/** true: nothing of the question is new. One that has lost licenses or steps since is covered still. Pure. */
export function isCovered(question: Covering, covers: ReadonlySet<string>): boolean {
  return thingsOf(question).every((thing) => covers.has(digestOf(thing)));
}

function thingsOf({ userId, scenario, licenses, asks, steps }: Covering): readonly unknown[] {
  const planned = steps.map(({ step }) => step);
  return [
    [userId, 'question', scenario, asks?.id ?? null],
    ...licenses.map(({ skuId }) => [userId, 'license', skuId]),
    ...planned.flatMap((step, index) => effectsOf(step, planned.slice(0, index)).map((e) => [userId, e])),
  ];
}

/**
 * A license for itself, so that a step may lose one. Not so what makes taking it harmless: what is given instead, and that
 * the mailbox is converted before (safety rule 7); without them the same step does more than was seen.
 */
function effectsOf(step: Step, before: readonly Step[]): readonly unknown[] {
  if (!('licenses' in step)) return [step];
  const isMailKept = before.some(({ kind }) => kind === 'convertMailbox');
  return step.licenses.map((license: StepLicense) => [{ ...step, licenses: [license] }, isMailKept]);
}

/** Long enough that no two things of a tenant are taken for one another. */
const DIGEST_LENGTH = 16;

function digestOf(thing: unknown): string {
  return hash('sha256', JSON.stringify(thing), 'base64url').slice(0, DIGEST_LENGTH);
}
