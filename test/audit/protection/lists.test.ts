import { describe, expect, test } from '@jest/globals';
import type { GroupId, UserId } from '../../../src/audit/person.js';
import { exemptRules, listRules, protectedGroups } from '../../../src/audit/protection/lists.js';
import type { Policy } from '../../../src/config/policy.js';
import { aPerson, daysAgo, groupId, TODAY } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const bob = aPerson('Bob').person.id;
const works = groupId('works');

function members(...groups: readonly GroupId[]): ReadonlyMap<GroupId, ReadonlySet<UserId>> {
  return new Map(groups.map((group) => [group, new Set([bob])]));
}

function exempt(entries: string): Policy['protect']['exempt'] {
  return policyOf(`protect: { exempt: ${entries} }`).protect.exempt;
}

describe('an exemption', () => {
  test.each([
    [`{ users: [${bob}] }`, ['protect.exempt.users']],
    [`{ users: [{ id: ${bob} }] }`, ['protect.exempt.users']],
    [`{ users: [{ id: ${bob}, reason: Works council }] }`, ['protect.exempt.users, because: Works council']],
    [
      `{ users: [{ id: ${bob}, reason: Works council, until: 2026-12-31 }] }`,
      ['protect.exempt.users, because: Works council, until 2026-12-31'],
    ],
    [`{ users: [{ id: ${bob}, until: 2026-11-24 }] }`, ['protect.exempt.users, until 2026-11-24']],
    [`{ users: [{ id: ${bob}, until: 2026-11-23 }] }`, ['protect.exempt.users, until 2026-11-23']],
    [`{ users: [{ id: ${bob}, until: 2026-11-22 }] }`, []],
    [`{ users: [{ id: ${bob}, until: 2025-12-31 }] }`, []],
    [
      `{ groups: [{ id: ${works}, until: 2026-11-23 }] }`,
      [`protect.exempt.groups: ${works}, until 2026-11-23`],
    ],
    [`{ groups: [{ id: ${works}, until: 2026-11-22 }] }`, []],
    [
      `{ groups: [{ id: ${works}, reason: Pilot, until: 2027-01-01 }] }`,
      [`protect.exempt.groups: ${works}, because: Pilot, until 2027-01-01`],
    ],
    [
      `{ users: [{ id: ${bob}, until: 2026-11-22 }, { id: ${bob}, reason: Renewed, until: 2027-11-22 }] }`,
      ['protect.exempt.users, because: Renewed, until 2027-11-22'],
    ],
    [`{ groups: [${groupId('other')}] }`, []],
  ])('on 2026-11-23: %s', (entries, expected) => {
    expect(exemptRules(exempt(entries), bob, members(works), TODAY)).toEqual(expected);
  });
});

describe('a list', () => {
  const list = { users: [bob], groups: [works, groupId('second')] };

  test('names each of its entries that holds', () => {
    expect(listRules('breakGlass', list, bob, members(works))).toEqual([
      'protect.breakGlass.users',
      `protect.breakGlass.groups: ${works}`,
    ]);
  });

  test('protects nobody else', () => {
    expect(listRules('breakGlass', list, aPerson('Eve').person.id, members(works))).toEqual([]);
  });
});

test('every group of the policy is read once, and none of which the exemption has ended', () => {
  const policy = policyOf(`
protect:
  executives: { groups: [${groupId('leaders')}] }
  serviceAccounts: { groups: [${groupId('robots')}] }
  breakGlass: { groups: [${groupId('emergency')}] }
  exempt:
    groups:
      - ${groupId('leaders')}
      - { id: ${groupId('today')}, until: ${daysAgo(0)} }
      - { id: ${groupId('ended')}, until: ${daysAgo(1)} }
`);
  expect(protectedGroups(policy, TODAY)).toEqual(
    ['leaders', 'robots', 'emergency', 'today'].map((name) => groupId(name)),
  );
});
