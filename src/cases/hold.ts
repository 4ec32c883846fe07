import { DAY_MS } from '../config/durations.js';
import { letBeIn } from './answering/waiver.js';
import type { Case, Instant } from './case.js';
import { after } from './instants.js';
import type { CaseStep } from './step.js';

/** Until when everything can be undone. */
export interface Hold {
  readonly holdUntil: Instant;
  /** When it is looked at next whether what was done has stayed so; absent: there is nothing to look at. */
  readonly lookAt?: Instant;
}

/** What was done is looked at so often while it can be undone. */
const LOOK_MS = DAY_MS;

/**
 * The step of a case whose effect may come undone by itself, so that something is lost: a mailbox that AD makes a user's
 * again (microsoft-graph.md 6), whose license has gone. undefined: none, or an admin has left it so. Pure.
 */
export function mayRevert({ steps, waivers }: Held): number | undefined {
  const isTaken = steps.some(
    ({ step, progress }) =>
      (step.kind === 'removeLicenses' || step.kind === 'leaveGroup') && progress.is === 'done',
  );
  const index = steps.findIndex(
    ({ step, progress }) => step.kind === 'convertMailbox' && progress.is === 'done',
  );
  const isLetBe = letBeIn({ waivers }).some(({ waived }) => waived.of === 'rest');
  return index === -1 || !isTaken || isLetBe ? undefined : index;
}

interface Held {
  readonly steps: readonly CaseStep[];
  readonly waivers?: Case['waivers'] | undefined;
}

/** Until when a case is held from now on, and when it is looked at. Pure. */
export function heldUntil(holdUntil: Instant, c: Held, at: Instant): Hold {
  const lookAt = after(at, LOOK_MS);
  return mayRevert(c) === undefined || lookAt >= holdUntil ? { holdUntil } : { holdUntil, lookAt };
}
