import type { Case } from '../../../src/cases/case.js';
import { parkingOf } from '../../../src/cases/decision.js';
import type { CaseStep } from '../../../src/cases/step.js';
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

/** An account is noticed to be gone, and anything else tried once more, within a quarter of a day. */
const NOTICED_MS = DAY_MS;

function isGone({ tenant }: World, c: Case): boolean {
  return tenant.people.get(c.userId)?.account.exists !== true;
}

/** The tenant has no seat for it, or no product: whatever else is in the way, it is tried once more by itself. */
function waitsWithReason(world: World, c: Case): boolean {
  const { tenant } = world;
  if (c.state !== 'needsPerson' || c.undoneBy === undefined) return false;
  if (isGone(world, c) || (c.watch?.notServed === true && tenant.ended !== undefined)) return true;
  // What an outage broke off is tried anew, and the outages end long before the life does.
  if (c.watch?.for === 'again') return world.time.now() < world.downUntil + NOTICED_MS;
  if (!/no free seat/.test(c.task)) return false;
  const taken = c.steps.flatMap(({ progress: { ...of } }) =>
    'before' in of && 'licenses' in of.before ? of.before.licenses : [],
  );
  // One may have become free since the last look.
  return taken.some(({ skuId }) => tenant.seatsFree(skuId) < 1) || c.watch !== undefined;
}

function isLetBe({ progress }: CaseStep): boolean {
  return progress.is === 'left';
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
        if (steps.some(({ step }) => step.kind === 'removeLicenses' && (step.instead ?? []).length === 0))
          broken(`nothing is to stand in for what is parked of ${nameOf(c.userId)}`);
        const isLeft = steps.some(({ progress }) => progress.is === 'left');
        const hadNone = before?.state === 'needsPerson' && before.watch?.notServed === true;
        const wasLeft = before !== undefined && 'steps' in before && before.steps.some(isLetBe);
        if ((isLeft && !hadNone && !wasLeft) || (c.state === 'closed' && before?.state !== 'closed'))
          broken(`what was parked of ${nameOf(c.userId)} is gone for good`);
        const isOver = c.state === 'cancelled' && before !== undefined && isOpen(before);
        if (isOver && !(c.cause === 'gone' && isGone(world, before)))
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
