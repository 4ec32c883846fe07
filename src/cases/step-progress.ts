import type { SkuId } from '../audit/person.js';
import type { Instant, PersonRef } from './case.js';
import type { Decision } from './decision.js';
import type { CaseStep, StepLicense, StepOf, StepProgress } from './step.js';
import type { CaseEvent } from './events.js';

/** What can happen to one step. */
export type ProgressEvent = Extract<
  CaseEvent,
  {
    type:
      | 'stepIntended'
      | 'stepSent'
      | 'stepHandedOver'
      | 'stepDone'
      | 'stepSkipped'
      | 'undoIntended'
      | 'undoSent'
      | 'undoHandedOver'
      | 'undoDone';
  }
>;

/** true: nothing is left to do or to wait for. */
export function isSettled({ progress }: CaseStep): boolean {
  return progress.is === 'done' || progress.is === 'skipped';
}

/** true: what each step took is back, or it took nothing, or it was let be. What a receiver got they keep. */
export function isGivenBack(c: Stepped): boolean {
  return c.steps.every((each) => {
    const { is } = each.progress;
    const isOver = is === 'planned' || is === 'skipped' || is === 'undone' || is === 'left';
    return isOver || (is === 'done' && staysWithReceiver(each, c));
  });
}

/** What the undo of a step depends on beside the step. */
interface Stepped {
  readonly steps: readonly CaseStep[];
  readonly decision: Pick<Decision, 'kind'>;
}

/**
 * true: no undo touches it. A usage location goes with the licenses that need it. What an admin gave is no receiver's: to
 * take it back is what its undo is for.
 */
export function staysWithReceiver({ step }: CaseStep, { steps, decision }: Stepped): boolean {
  if (decision.kind === 'give') return false;
  if (step.kind === 'assignLicenses') return true;
  const hasGiven = steps.some((each) => each.step.kind === 'assignLicenses' && each.progress.is === 'done');
  return step.kind === 'setUsageLocation' && hasGiven;
}

/** What a case comes to: where the receiver had everything by then, a reassignment has only taken. Pure. */
export function outcomeOf<K extends Decision['kind']>({
  steps,
  decision,
}: {
  readonly steps: readonly CaseStep[];
  readonly decision: { readonly kind: K };
}): K | 'reclaim' {
  const gaveNothing = steps.some(
    ({ step, progress }) => step.kind === 'assignLicenses' && progress.is === 'skipped',
  );
  return decision.kind === 'reassign' && gaveNothing ? 'reclaim' : decision.kind;
}

/** What a reassignment gives to somebody else, or is to give; undefined: it has no step that says so. Pure. */
export function givenOnIn(steps: readonly CaseStep[]): readonly StepLicense[] | undefined {
  const giving = steps.find(({ step }) => step.kind === 'assignLicenses');
  if (giving?.step.kind !== 'assignLicenses') return undefined;
  return giving.progress.is === 'skipped' ? [] : givenBy(giving.step, giving.progress);
}

/** What a step gives: what the receiver lacked when it was begun, and what is planned before that. Pure. */
export function givenBy(
  { licenses }: StepOf<'assignLicenses'>,
  progress: StepProgress,
): readonly StepLicense[] {
  return 'before' in progress && 'licenses' in progress.before ? progress.before.licenses : licenses;
}

/** What a reassignment takes, or is to take, and gives to nobody. Pure. */
export function givenToNobodyIn(steps: readonly CaseStep[]): readonly StepLicense[] {
  const given = givenOnIn(steps);
  if (given === undefined) return [];
  const taken = steps.flatMap(({ step, progress }) =>
    (step.kind === 'removeLicenses' || step.kind === 'leaveGroup') && progress.is !== 'skipped'
      ? step.licenses
      : [],
  );
  return without(taken, given);
}

/** Each license once, however many ways it was held. Pure. */
export function without(
  licenses: readonly StepLicense[],
  others: readonly { readonly skuId: SkuId }[],
): readonly StepLicense[] {
  const left = new Map(licenses.map((license) => [license.skuId, license]));
  for (const { skuId } of others) left.delete(skuId);
  return [...left.values()];
}

/** true: no step was begun. */
export function isUntouched(steps: readonly CaseStep[]): boolean {
  return steps.every(({ progress }) => progress.is === 'planned' || progress.is === 'skipped');
}

/** What is told of the steps once a case is over and has none any more. Pure. */
export function endOf(c: { readonly steps: readonly CaseStep[]; readonly decision: Decision }): {
  readonly took: readonly StepLicense[];
  readonly gave: readonly StepLicense[];
  readonly keptBy?: PersonRef;
} {
  const took = c.steps.flatMap(({ step, progress }) => {
    if (step.kind !== 'removeLicenses' && step.kind !== 'leaveGroup') return [];
    if (progress.is === 'done') return 'licenses' in progress.before ? progress.before.licenses : [];
    return progress.is === 'undone' ? step.licenses : [];
  });
  const gave = c.steps.flatMap(({ step, progress }) => {
    if (progress.is !== 'done' || progress.before.of !== 'licenses') return [];
    const isGift = step.kind === 'assignLicenses' && c.decision.kind === 'give';
    return isGift ? progress.before.licenses : (progress.before.gives ?? []);
  });
  const given = c.steps.some(
    ({ step, progress }) => step.kind === 'assignLicenses' && progress.is === 'done',
  );
  return given && c.decision.kind === 'reassign'
    ? { took, gave, keptBy: c.decision.receiver }
    : { took, gave };
}

/** What is gone by every way to it: what a step that was let be was to take as well is still held. Pure. */
export function freed(taken: readonly StepLicense[], steps: readonly CaseStep[]): readonly StepLicense[] {
  const held = steps.filter(({ progress }) => progress.is === 'skipped' && progress.letBe === true);
  return without(
    taken,
    held.flatMap(({ step }) => ('licenses' in step ? step.licenses : [])),
  );
}

type Progresses = ReadonlySet<StepProgress['is']>;

const SKIPPED_FROM: Progresses = new Set(['planned', 'intended', 'sent', 'handedOver']);
const UNDO_HANDED_OVER_FROM: Progresses = new Set([
  'intended',
  'done',
  'undoIntended',
  'undoSent',
  'handedOver',
]);

/** How far a step is after an event; undefined when the event does not fit. Pure. */
export function progressAfter(
  progress: StepProgress,
  event: ProgressEvent,
  at: Instant,
): StepProgress | undefined {
  switch (event.type) {
    case 'stepIntended':
      return progress.is === 'planned' ? { is: 'intended', at, before: event.before, tries: 1 } : undefined;
    case 'stepSent':
      return progress.is === 'intended' || progress.is === 'sent'
        ? {
            is: 'sent',
            at,
            before: progress.before,
            tries: progress.tries + (progress.is === 'sent' ? 1 : 0),
          }
        : undefined;
    case 'stepHandedOver':
      // A person looks at it as well; what was sent may take effect yet.
      if (progress.is === 'sent') return progress;
      return progress.is === 'planned' || progress.is === 'intended'
        ? { is: 'handedOver', at, before: event.before, task: event.task }
        : undefined;
    case 'undoHandedOver':
      // What a person has done counts from when they first had the task.
      if (progress.is === 'undoHandedOver') return { ...progress, task: event.task };
      return UNDO_HANDED_OVER_FROM.has(progress.is) && 'before' in progress
        ? { is: 'undoHandedOver', at, before: progress.before, task: event.task }
        : undefined;
    case 'stepDone':
      return progress.is === 'intended' || progress.is === 'sent' || progress.is === 'handedOver'
        ? { is: 'done', at, before: progress.before }
        : undefined;
    case 'stepSkipped':
      return SKIPPED_FROM.has(progress.is) ? { is: 'skipped', why: event.why } : undefined;
    case 'undoIntended': {
      const saysFiles = event.saysFiles === true ? ({ saysFiles: true } as const) : {};
      // What there is to say of files came up only now.
      if (progress.is === 'undoIntended') return { ...progress, at, tries: progress.tries + 1, ...saysFiles };
      if (progress.is !== 'done' && progress.is !== 'sent') return undefined;
      return {
        ...{ is: 'undoIntended', at, before: progress.before, tries: 1 },
        ...(progress.is === 'sent' ? { unseen: true } : {}),
        ...saysFiles,
      };
    }
    case 'undoSent':
      return progress.is === 'undoIntended' || progress.is === 'undoSent'
        ? {
            is: 'undoSent',
            at,
            before: progress.before,
            tries: progress.tries + (progress.is === 'undoSent' ? 1 : 0),
          }
        : undefined;
    case 'undoDone':
      return progress.is === 'undoIntended' || progress.is === 'undoSent' || progress.is === 'undoHandedOver'
        ? { is: 'undone', at }
        : undefined;
    default:
      return event satisfies never;
  }
}

/** When a step was done, or will be at the earliest. Pure. */
export function timeOf({ progress, notBefore }: CaseStep): Instant {
  return progress.is === 'done' ? progress.at : notBefore;
}
