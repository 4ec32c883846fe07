import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { answerIn } from '../cases/stand-in.js';
import type { Step } from '../cases/step.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { insteadOf } from './plan.js';
import type { LiveFacts } from './recheck.js';
import { asksWhatIsInside } from './recheck-mailbox.js';

/**
 * What is in a mailbox that is to live on without a license, or under one with less room for it; undefined: nobody has to
 * know. Where the app may not see it, a person looks.
 * @throws GraphFailure
 */
export async function readInside(
  { exchange, policy }: Pick<Doors, 'exchange' | 'policy'>,
  c: Case,
  step: Step,
  live: Pick<LiveFacts, 'mailbox' | 'skus'>,
): Promise<LiveFacts['exchange'] | undefined> {
  if (exchange === undefined || !isAsked(c, step, live, policy)) return undefined;
  try {
    return await exchange.mailbox(c.userId);
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind !== 'forbidden') throw error;
    return 'noDoor';
  }
}

function isAsked(
  c: Case,
  step: Step,
  live: Pick<LiveFacts, 'mailbox' | 'skus'>,
  policy: Doors['policy'],
): boolean {
  if (step.kind === 'convertMailbox') return live.mailbox === 'user';
  if (step.kind !== 'removeLicenses' && step.kind !== 'leaveGroup') return false;
  const loss = { ...c, going: step.licenses, gives: insteadOf(c.licenses, answerIn(c)) };
  return asksWhatIsInside(loss, live, policy);
}
