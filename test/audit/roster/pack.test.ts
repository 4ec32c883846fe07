import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Day } from '../../../src/audit/day.js';
import type { UserId } from '../../../src/audit/person.js';
import { packRoster, unpackRoster } from '../../../src/audit/roster/pack.js';
import type { RosterEntry, RosterStatus } from '../../../src/audit/roster/roster.js';

/** Few different beginnings, so that some ids begin alike. */
const id = fc
  .tuple(fc.constantFrom('00000000', '7fffffff', '80000000', 'ffffffff'), fc.integer({ min: 0, max: 30 }))
  .map(([start, end]) => `${start}-0000-4000-8000-${String(end).padStart(12, '0')}` as UserId);
const someDay = fc.option(
  fc.integer({ min: 0, max: 30_000 }).map((days) => days as Day),
  { nil: undefined },
);
const entry: fc.Arbitrary<RosterEntry> = fc.record({
  status: fc.constantFrom<RosterStatus>('active', 'active', 'left', 'onLeave', 'unknown'),
  leaveFrom: someDay,
  leaveUntil: fc.oneof(fc.constant(undefined), someDay),
});

test('what was packed is found again for everybody, and nothing for anybody else', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(id, entry)), fc.array(id), (entries, others) => {
      const people = new Map(entries);
      const { size, entryOf } = unpackRoster(packRoster(people));
      expect(size).toBe(people.size);
      for (const userId of [...people.keys(), ...others]) expect(entryOf(userId)).toEqual(people.get(userId));
    }),
  );
});
