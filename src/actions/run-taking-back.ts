import type { Doors } from '../cases/doors.js';
import type { Before } from '../cases/step.js';
import { licensesOf } from './licenses.js';
import { stepAt, type WithSteps } from './run-step-moves.js';
import { filesNote, whyNotTakenBack } from './taking-back.js';

interface Look {
  /** What a person has to do in place of the undo; undefined: software may do it. */
  readonly task?: string | undefined;
  /** Until when files stay that lose their license with it, to be written down before; undefined: none do. */
  readonly files?: string | undefined;
}

/**
 * Looks live before an undo that takes something, which only that of a gift does: all others give.
 * @throws GraphFailure
 */
export async function lookBeforeTaking(
  { graph, policy, clock }: Pick<Doors, 'graph' | 'policy' | 'clock'>,
  c: WithSteps,
  index: number,
  before: Before,
): Promise<Look> {
  const { step } = stepAt(c, index);
  const person = step.kind === 'assignLicenses' ? await graph.person(step.userId) : undefined;
  if (person === undefined) return {};
  const [purposes, skus] = await Promise.all([graph.mailboxPurposesOf([person.id]), graph.skus()]);
  const live = { person, skus, mailbox: purposes.get(person.id) ?? 'user' };
  const { licenses } = licensesOf(before);
  return {
    task: whyNotTakenBack(licenses, live, policy),
    files: filesNote(licenses, live, policy, clock.now()),
  };
}
