import { undoIn, type Stepped } from './parked-return.js';

/**
 * true: at this step a reassignment has taken something from its holder that the receiver has not got. It is nobody's: where
 * the receiver cannot have it, it goes back, and nothing has happened to anyone. Pure.
 */
export function goesBack(c: Stepped, index: number): boolean {
  const is = c.steps[index]?.progress.is;
  return (
    c.decision.kind === 'reassign' &&
    undoIn(c) === undefined &&
    (is === 'planned' || is === 'intended') &&
    c.steps.some(
      ({ step, progress }) => 'licenses' in step && step.kind !== 'assignLicenses' && progress.is === 'done',
    )
  );
}
