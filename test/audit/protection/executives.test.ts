import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Manager, UserId } from '../../../src/audit/person.js';
import {
  climb,
  levelsToRead,
  titleRules,
  topRules,
  type Climb,
  type KnownManagers,
} from '../../../src/audit/protection/executives.js';
import { aPerson, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const { titles } = policyOf().protect.executives;

describe('titles of executives, as the policy has them when it says nothing', () => {
  test.each([
    ['Chief Financial Officer', true],
    ['  chief of staff ', true],
    ['CEO', true],
    ['CIO & Head of IT', true],
    ['Senior President', true],
    ['President', true],
    ['Vice President', false],
    ['Executive Assistant to the CEO', false],
    ['Mischief Manager', false],
    ['Managing Director EMEA', true],
    ['Vorstand Finanzen', true],
    ['Stellvertretender Geschäftsführer', true],
    ['Stellvertretender Gescha\u0308ftsfu\u0308hrer', true],
    ['Ceoline operator', false],
    ['Group CEO', true],
    ['Co-CEO', true],
    ['Interim CFO', true],
    ['Global Head & CFO', true],
    ['Acting Chief Information Officer', true],
    ['Executive Vice President', true],
    ['Senior Vice President', false],
    ['Chairman of the Board', true],
    ['Member of the Board', true],
    ['Geschaeftsfuehrerin', true],
    ['Directeur général', true],
    ['\u200bChief Financial Officer', true],
    ['Whiteboard Designer', false],
    ['', false],
  ])('%s', (jobTitle, expected) => {
    expect(titleRules({ jobTitle }, titles).length > 0).toBe(expected);
  });

  test('nobody is an executive for lack of a title', () => {
    expect(titleRules({ jobTitle: undefined }, titles)).toEqual([]);
  });
});

const top = [userId('Chief')];

/** `Chief < Second < Third < Fourth`, each reporting to the one before. */
const LINE: KnownManagers = new Map<UserId, Manager | 'none'>([
  [userId('Chief'), 'none'],
  reports('Second', 'Chief'),
  reports('Third', 'Second'),
  reports('Fourth', 'Third'),
  reports('Own boss', 'Own boss'),
  reports('Left', 'Right'),
  reports('Right', 'Left'),
  reports('Below the unread', 'Unread'),
  [userId('Alone'), 'none'],
]);

function reports(name: string, to: string): readonly [UserId, Manager] {
  return [userId(name), aPerson(to).person];
}

describe('how far below the top', () => {
  test.each<[string, number, Climb]>([
    ['Chief', 0, 'notUnderTop'],
    ['Chief', 2, 'notUnderTop'],
    ['Second', 0, 'notUnderTop'],
    ['Second', 1, 'underTop'],
    ['Third', 1, 'notUnderTop'],
    ['Third', 2, 'underTop'],
    ['Fourth', 2, 'notUnderTop'],
    ['Fourth', 3, 'underTop'],
    ['Fourth', 5, 'underTop'],
    ['Alone', 5, 'notUnderTop'],
    ['Own boss', 5, 'notUnderTop'],
    ['Left', 5, 'notUnderTop'],
    ['Below the unread', 1, 'notUnderTop'],
    ['Below the unread', 2, 'unknown'],
    ['Unread', 1, 'unknown'],
    ['Unread', 0, 'notUnderTop'],
  ])('%s, with %i levels: %s', (name, levels, expected) => {
    expect(climb(userId(name), LINE, { top, levels })).toBe(expected);
  });

  test('without a top nobody is below it, and no managers are read', () => {
    expect(climb(userId('Second'), LINE, { top: [], levels: 3 })).toBe('notUnderTop');
    expect(levelsToRead({ top: [], levels: 3 })).toBe(0);
    expect(levelsToRead({ top, levels: 3 })).toBe(3);
    expect(levelsToRead({ top, levels: 0 })).toBe(0);
  });

  test('each rule says whether somebody is at the top or below it', () => {
    const second = { underTop: new Set([userId('Second'), userId('Chief')]), wayUnknown: new Set<UserId>() };
    expect(topRules({ top, levels: 2 }, userId('Chief'), second)).toEqual(['protect.executives.top']);
    expect(
      topRules({ top, levels: 0 }, userId('Chief'), { underTop: new Set(), wayUnknown: new Set() }),
    ).toEqual(['protect.executives.top']);
    expect(topRules({ top, levels: 2 }, userId('Second'), second)).toEqual([
      'protect.executives.levels: 2 below the top',
    ]);
    expect(topRules({ top, levels: 2 }, userId('Third'), second)).toEqual([]);
  });
});

test('more levels never protect fewer, whoever reports to whom', () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F'];
  const hierarchy = fc.array(fc.option(fc.constantFrom(...names, 'none'), { nil: undefined }), {
    minLength: names.length,
    maxLength: names.length,
  });
  fc.assert(
    fc.property(hierarchy, fc.subarray(names), fc.integer({ min: 0, max: 5 }), (bosses, chiefs, levels) => {
      const managers = new Map<UserId, Manager | 'none'>();
      for (const [at, name] of names.entries()) {
        const boss = bosses[at];
        if (boss === 'none') managers.set(userId(name), 'none');
        else if (boss !== undefined) managers.set(...reports(name, boss));
      }
      const chosen = chiefs.map((name) => userId(name));
      for (const name of names) {
        const fewer = climb(userId(name), managers, { top: chosen, levels });
        const more = climb(userId(name), managers, { top: chosen, levels: levels + 1 });
        if (fewer === 'underTop') expect(more).toBe('underTop');
      }
    }),
  );
});
