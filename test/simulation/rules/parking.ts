import type { Case } from '../../../src/cases/case.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import { following } from './effects.js';
import { CLOCKS_MS, licenseCall } from './truth.js';

/** What a brake, an outage or an undo that waits for a seat may add. */
const LATE_MS = 2 * DAY_MS;

function returnIn(c: Case | undefined): number | undefined {
  return c !== undefined && 'decision' in c && c.decision.kind === 'park'
    ? Date.parse(c.decision.until)
    : undefined;
}

export const parkedComesBack: Rule = {
  name: 'parked comes back',
  promise:
    '3 and 6: on leave nobody loses anything: what is parked has a stand-in, and comes back on the day',
  watch: (world, broken) => {
    const follow = following(world);
    const parked = new Set<string>();
    return {
      wroteCase: (before, c) => {
        if (returnIn(c) !== undefined) parked.add(c.caseId);
        if (!parked.has(c.caseId)) return;
        const others = 'steps' in c ? c.steps.filter(({ step }) => step.kind !== 'removeLicenses') : [];
        if (others.length > 0)
          broken(
            `${others.map(({ step }) => step.kind).join()} is planned for ${nameOf(c.userId)}, who is on leave`,
          );
        if (c.state === 'closed' && before?.state !== 'closed')
          broken(`what was parked of ${nameOf(c.userId)} is gone for good`);
      },
      issued: (call, by) => {
        const asked = licenseCall(call);
        if (asked === undefined || asked.change.remove.length === 0) return;
        const c = follow.issued(asked, by)?.case;
        const until = c?.state === 'undoing' ? undefined : returnIn(c);
        if (until !== undefined && until < world.time.now() - CLOCKS_MS)
          broken(`licenses of ${nameOf(asked.userId)} are parked, who is back`);
      },
      landed: (effect) => {
        const c = follow.landed(effect)?.step.case;
        if (returnIn(c) === undefined || c?.state === 'undoing' || effect.took.length === 0) return;
        if (effect.gave.length === 0)
          broken(`${nameOf(effect.userId)} loses licenses on leave, and gets none`);
      },
      ended: () => {
        for (const c of world.store.peekKind<Case>('cases', 'case')) {
          const until = returnIn(c);
          if (until !== undefined && c.state === 'holding' && until < world.time.now() - LATE_MS)
            broken(
              `what was parked of ${nameOf(c.userId)} is not back since ${new Date(until).toISOString()}`,
            );
        }
      },
    };
  },
};
