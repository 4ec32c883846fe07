import { letBeIn } from '../../../src/cases/answering/waiver.js';
import type { Case } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { nameOf } from '../cast.js';
import type { Account } from '../tenant.js';
import type { Rule } from '../watch.js';
import { since } from './truth.js';

/** What an outage, clocks that differ and answers that are minutes old add to the day. */
const SLACK_MS = DAY_MS / 2;

/** A mailbox was made shared in the case, and lost its license. */
function isLeftShared(c: Extract<Case, { steps: unknown }>): boolean {
  const isDone = (kinds: readonly string[]): boolean =>
    c.steps.some(({ step, progress }) => kinds.includes(step.kind) && progress.is === 'done');
  const isLetBe = letBeIn(c).some(({ waived }) => waived.of === 'rest');
  return isDone(['convertMailbox']) && isDone(['removeLicenses', 'leaveGroup']) && !isLetBe;
}

function isNotShared({ mailbox, exists }: Account): boolean {
  return exists && mailbox !== 'shared';
}

export const flipBackNoticed: Rule = {
  name: 'flip-back noticed',
  promise: '7: a mailbox that is no shared one any more while its case is held becomes a task within a day',
  watch: (world, broken) => {
    const heldSince = new Map<string, number>();
    return {
      wroteCase: (before, c) => {
        const now = world.time.now();
        if (c.state === 'holding' && before?.state !== 'holding') heldSince.set(c.caseId, now);
        // Whoever wants it back gets the license with it.
        if (before?.state !== 'holding' || c.state === 'undoing' || !isLeftShared(before)) return;
        const flipped = since(world.tenant.someone(c.userId), isNotShared);
        const from = flipped && Math.max(flipped, heldSince.get(c.caseId) ?? 0);
        if (from !== undefined && now - from > DAY_MS + SLACK_MS)
          broken(`the mailbox of ${nameOf(c.userId)} is no shared one since ${new Date(from).toISOString()}`);
      },
    };
  },
};
