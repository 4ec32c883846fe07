import type { Decision, Instant, PersonRef } from './case.js';
import type { CaseStep, StepLicense, StepProgress } from './step.js';
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

/** true: no step was begun. */
export function isUntouched(steps: readonly CaseStep[]): boolean {
  return steps.every(({ progress }) => progress.is === 'planned' || progress.is === 'skipped');
}

/** true: what the step took is back, or it took nothing. What a receiver got they keep. */
export function isGivenBack({ step, progress }: CaseStep): boolean {
  const tookNothing = progress.is === 'planned' || progress.is === 'skipped' || progress.is === 'undone';
  return tookNothing || (step.kind === 'assignLicenses' && progress.is === 'done');
}

/** What is told of the steps once a case is over and has none any more. Pure. */
export function endOf(c: { readonly steps: readonly CaseStep[]; readonly decision: Decision }): {
  readonly took: readonly StepLicense[];
  readonly keptBy?: PersonRef;
} {
  const took = c.steps.flatMap(({ step, progress }) => {
    if (step.kind !== 'removeLicenses' && step.kind !== 'leaveGroup') return [];
    if (progress.is === 'done') return 'licenses' in progress.before ? progress.before.licenses : [];
    return progress.is === 'undone' ? step.licenses : [];
  });
  const given = c.steps.some(
    ({ step, progress }) => step.kind === 'assignLicenses' && progress.is === 'done',
  );
  return given && c.decision.kind === 'reassign' ? { took, keptBy: c.decision.receiver } : { took };
}

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
      return progress.is === 'planned' || progress.is === 'intended'
        ? { is: 'handedOver', at, before: event.before, task: event.task }
        : undefined;
    case 'undoHandedOver':
      // What a person has done counts from when they first had the task.
      if (progress.is === 'undoHandedOver') return { ...progress, task: event.task };
      return progress.is === 'done' || progress.is === 'undoIntended'
        ? { is: 'undoHandedOver', at, before: progress.before, task: event.task }
        : undefined;
    case 'stepDone':
      return progress.is === 'intended' || progress.is === 'sent' || progress.is === 'handedOver'
        ? { is: 'done', at, before: progress.before }
        : undefined;
    case 'stepSkipped':
      return progress.is === 'planned' || progress.is === 'intended' || progress.is === 'handedOver'
        ? { is: 'skipped', why: event.why }
        : undefined;
    case 'undoIntended':
      return progress.is === 'done'
        ? { is: 'undoIntended', at, before: progress.before, tries: 1 }
        : undefined;
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
