import type { UserId } from '../../../src/audit/person.js';
import type { Command } from '../../../src/cases/command.js';
import { nameOf } from '../cast.js';
import type { Rule } from '../watch.js';
import { isGift } from './books.js';
import { following } from './effects.js';
import { licenseCall, stepsAbout, type StepOf } from './truth.js';

export const givesWhatWasOrdered: Rule = {
  name: 'gives what was ordered',
  promise:
    'what an admin gives is the product of the order, given to the person of the order, and takes nothing',
  watch: (world, broken) => {
    const follow = following(world);
    /** Whose licenses an earlier case may be giving back at the same time. */
    const shared = new Set<UserId>();
    return {
      wroteCase: (before, c) => {
        if (before !== undefined || !isGift(c)) return;
        const order = world.store
          .peekKind<Command>('commands', 'command')
          .find(({ id }) => c.caseId === `gift-${id}`)?.what;
        const isOrdered =
          order?.order === 'give' &&
          order.userId === c.userId &&
          c.licenses.every(({ partNumber }) => partNumber === order.sku);
        if (!isOrdered || c.licenses.length !== 1)
          broken(`${nameOf(c.userId)} is to get what nobody ordered: ${c.caseId}`);
      },
      issued: (call, by) => {
        const asked = licenseCall(call);
        if (asked === undefined) return;
        follow.issued(asked, by);
        if (stepsAbout(world, asked.userId).some(isOfAnother)) shared.add(asked.userId);
        else shared.delete(asked.userId);
      },
      landed: (effect) => {
        const carried = follow.landed(effect);
        if (carried === undefined || !isGift(carried.step.case) || shared.has(effect.userId)) return;
        const { case: c, progress } = carried.step;
        const ordered = new Set(c.licenses.map(({ skuId }) => skuId));
        // Its undo takes again what it gave.
        const isUndo = progress.is === 'undoIntended';
        const other = [...(isUndo ? [] : effect.took), ...effect.gave].filter(
          ({ skuId }) => !ordered.has(skuId),
        );
        if (effect.userId !== c.userId || other.length > 0)
          broken(`the gift for ${nameOf(c.userId)} changes other licenses of ${nameOf(effect.userId)}`);
      },
    };
  },
};

/** Begun by a case that is no gift. */
function isOfAnother({ case: c, progress }: StepOf): boolean {
  return !isGift(c) && (progress.is === 'intended' || progress.is === 'undoIntended');
}
