import type { Case } from '../../../src/cases/case.js';
import { parkingOf } from '../../../src/cases/decision.js';
import { isUntouched } from '../../../src/cases/step-progress.js';
import { DAY_MS } from '../../../src/config/durations.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';
import { following } from './effects.js';
import { CLOCKS_MS, licenseCall } from './truth.js';

/** What an outage, or an undo that waits for a seat, may add. */
const LATE_MS = 2 * DAY_MS;

function returnIn(c: Case | undefined): number | undefined {
  const parking = c && parkingOf(c);
  return parking && Date.parse(parking.until);
}

/** Something was taken, or may have been, and is not back. */
function isOpen(c: Case): boolean {
  return 'steps' in c && !isUntouched(c.steps);
}

/** A person has to do something for it: free a seat, restore the account, or what Graph refused otherwise. */
function waitsWithReason({ tenant }: World, c: Case): boolean {
  if (c.state !== 'needsPerson' || c.undoneBy === undefined) return false;
  if (tenant.people.get(c.userId)?.account.exists !== true || !/no free seat/.test(c.task)) return true;
  const taken = c.steps.flatMap(({ progress: { ...of } }) =>
    'before' in of && 'licenses' in of.before ? of.before.licenses : [],
  );
  // One may have become free since the last look.
  return taken.some(({ skuId }) => tenant.seatsFree(skuId) < 1) || c.watch !== undefined;
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
        if (c.state !== 'hrProposed' && parkingOf(c) !== undefined) parked.add(c.caseId);
        if (!parked.has(c.caseId)) return;
        const steps = 'steps' in c ? c.steps : [];
        const others = steps.filter(({ step }) => step.kind !== 'removeLicenses');
        if (others.length > 0)
          broken(
            `${others.map(({ step }) => step.kind).join()} is planned for ${nameOf(c.userId)}, who is on leave`,
          );
        if (
          steps.some(({ progress }) => progress.is === 'left') ||
          (c.state === 'closed' && before?.state !== 'closed')
        )
          broken(`what was parked of ${nameOf(c.userId)} is gone for good`);
        if (c.state === 'cancelled' && before !== undefined && isOpen(before))
          broken(`the case of ${nameOf(c.userId)} ends, and what was parked is not back`);
      },
      issued: (call, by) => {
        const asked = licenseCall(call);
        if (asked === undefined || asked.change.remove.length === 0) return;
        const c = follow.issued(asked, by)?.case;
        const parking = c === undefined || c.state === 'undoing' ? undefined : parkingOf(c);
        if (parking === undefined) return;
        if (Date.parse(parking.until) < world.time.now() - CLOCKS_MS)
          broken(`licenses of ${nameOf(asked.userId)} are parked, who is back`);
        if (asked.change.remove.some((skuId) => !parking.skuIds.includes(skuId)))
          broken(`more is parked of ${nameOf(asked.userId)} than two of HR agreed to`);
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
          if (
            until === undefined ||
            !isOpen(c) ||
            until >= Math.max(world.time.now(), world.downUntil) - LATE_MS
          )
            continue;
          if (!waitsWithReason(world, c))
            broken(
              `what was parked of ${nameOf(c.userId)} is not back since ${new Date(until).toISOString()}: ${c.state}`,
            );
        }
      },
    };
  },
};
