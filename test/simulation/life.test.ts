import { expect, it } from '@jest/globals';
import { live } from './life.js';
import type { Rule } from './watch.js';

/** Nothing that is in the store or in Teams can be changed by whoever reads it. */
const frozen: Rule = {
  name: 'frozen',
  promise: 'what was given out is never changed',
  watch: () => ({
    wrote: ({ after }) => freeze(after),
    arrived: ({ card }) => freeze(card),
    issued: ({ door, args }) => {
      if (door === 'messenger') freeze(args);
    },
  }),
};

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const member of Object.values(value)) freeze(member);
}

/** The documents of the store are shared with whoever read or wrote them, and cards with the rules. */
it('lives the same life when no document and no card can be changed', async () => {
  const free = await live(12, []);
  const { checksum, violations, seen } = await live(12, [frozen]);
  expect(violations).toEqual([]);
  expect(seen['decided']).toBeGreaterThan(10);
  expect(checksum).toBe(free.checksum);
}, 120_000);
