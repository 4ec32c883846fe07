import type { Command } from '../../../src/cases/command.js';
import type { Rule } from '../watch.js';
import type { World } from '../world.js';

/** Reading takes 45 minutes at the most; the rest is for what fails meanwhile. */
const LONGEST_MS = 6 * 3_600_000;

export const namesConcealed: Rule = {
  name: 'names concealed',
  promise: '12: a due row is written before names are shown, and they are concealed again whatever happens',
  watch: (world, broken) => {
    const check = (): void => {
      const { shownSince } = world.tenant;
      if (shownSince === undefined) return;
      const at = Math.max(shownSince, world.downUntil);
      if (world.time.now() - at < LONGEST_MS) return;
      broken(`names in reports are shown since ${new Date(at).toISOString()}`);
    };
    return {
      issued: (call) => {
        check();
        if (call.method !== 'setNamesConcealed' || call.args[0] === true) return;
        if (!isRowDue(world)) broken('names in reports are shown, and no row is due that conceals them');
      },
      ended: check,
    };
  },
};

function isRowDue({ store }: World): boolean {
  return store
    .peekKind<Command>('commands', 'command')
    .some(({ what, outcome }) => what.order === 'concealNames' && outcome.is === 'waiting');
}
