import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Protection, Route } from '../../src/audit/finding.js';
import type { MailboxPurpose } from '../../src/audit/person.js';
import {
  isForHrOnly,
  protectedGroups,
  protectionsOf,
  routeOf,
  type Memberships,
} from '../../src/audit/protection.js';
import { aPerson, daysAgo, groupId, TODAY, type PersonSpec } from '../world/people.js';
import { policyOf } from '../world/policies.js';

const ada = aPerson('Ada').person;
const policy = policyOf(`
protect:
  executives: { groups: [${groupId('leaders')}], users: [${ada.id}] }
  serviceAccounts: { names: ["^svc[-_.]", "daemon$"] }
  breakGlass: { groups: [${groupId('emergency')}] }
  exempt: { groups: [${groupId('leaders')}, ${groupId('exempt')}] }
`);

function protections(spec: PersonSpec, mailbox?: MailboxPurpose | { unknown: string }, name = 'Bob') {
  const { person } = aPerson(name, spec);
  const groups = new Map((spec.groups ?? []).map((group) => [groupId(group), new Set([person.id])]));
  const memberships: Memberships = {
    roles: {
      active: new Set(spec.role ? [person.id] : []),
      eligible: new Set(),
      globalAdministrators: new Set(),
    },
    groups,
  };
  return protectionsOf({ person, licenses: person.licenses, mailbox, memberships }, policy, TODAY);
}

describe('each protection names its rule and its route', () => {
  test.each<[string, readonly Protection[], readonly [string, Route, string][]]>([
    ['nothing', protections({}, 'user'), []],
    [
      'a title',
      protections({ jobTitle: ' chief Data Officer' }),
      [['executive', 'hr', 'protect.executives.titles: ^chief\\b']],
    ],
    ['a name on the list', protections({}, 'user', 'Ada'), [['executive', 'hr', 'protect.executives.users']]],
    [
      'one group in two lists',
      protections({ groups: ['leaders'] }),
      [
        ['executive', 'hr', `protect.executives.groups: ${groupId('leaders')}`],
        ['exempt', 'excluded', `protect.exempt.groups: ${groupId('leaders')}`],
      ],
    ],
    [
      'emergency access',
      protections({ groups: ['emergency'] }),
      [['breakGlass', 'excluded', `protect.breakGlass.groups: ${groupId('emergency')}`]],
    ],
    [
      'the local part',
      protections({ upn: 'SVC.print@harbor.example' }),
      [['serviceAccount', 'excluded', 'protect.serviceAccounts.names: ^svc[-_.]']],
    ],
    [
      'the display name',
      protections({ displayName: 'Print Daemon' }),
      [['serviceAccount', 'excluded', 'protect.serviceAccounts.names: daemon$']],
    ],
    ['a domain that looks like one', protections({ upn: 'bob@svc-harbor.example' }), []],
    ['a role', protections({ role: true }), [['admin', 'adminReview', 'holds a directory role']]],
    ['a guest', protections({ kind: 'guest' }), [['guest', 'guestAudit', 'userType is Guest']]],
    [
      'a young account',
      protections({ created: daysAgo(29) }),
      [['newAccount', 'excluded', `inactivity.newAccountGraceDays: created ${daysAgo(29)}`]],
    ],
    ['an account of 30 days', protections({ created: daysAgo(30) }), []],
    ['an account without a date', protections({ created: 'unknown' }), []],
    [
      'a young license',
      protections({ licenses: [{ sku: 'E3', since: daysAgo(3) }] }),
      [['newLicense', 'excluded', `inactivity.newLicenseGraceDays: license of ${daysAgo(3)}`]],
    ],
    ['a license of 30 days', protections({ licenses: [{ sku: 'E3', since: daysAgo(30) }] }), []],
    [
      'a shared mailbox',
      protections({}, 'shared'),
      [['sharedMailbox', 'adminReview', 'userPurpose is shared']],
    ],
    ['a room', protections({}, 'room'), [['resource', 'adminReview', 'userPurpose is room']]],
    [
      'a mailbox of a kind we do not know',
      protections({}, 'others'),
      [['resource', 'adminReview', 'userPurpose is others']],
    ],
    ['a linked mailbox is a person', protections({}, 'linked'), []],
    ['no mailbox', protections({}, 'noMailbox'), []],
    [
      'an unknown purpose',
      protections({}, { unknown: 'no answer' }),
      [['sharedMailbox', 'adminReview', 'the purpose of the mailbox is unknown: no answer']],
    ],
  ])('%s', (_name, found, expected) => {
    expect(found).toEqual(expected.map(([kind, route, rule]) => ({ kind, route, rule })));
  });
});

describe('the strictest route wins', () => {
  const of = (...routes: Route[]): readonly Protection[] =>
    routes.map((route) => ({ kind: 'exempt', route, rule: '' }));

  test.each<[readonly Route[], Route | undefined]>([
    [[], undefined],
    [['guestAudit'], 'guestAudit'],
    [['guestAudit', 'adminReview'], 'adminReview'],
    [['adminReview', 'hr'], 'hr'],
    [['guestAudit', 'hr', 'excluded', 'adminReview'], 'excluded'],
  ])('%j gives %s', (routes, expected) => {
    expect(routeOf(of(...routes))).toBe(expected);
  });

  test('an executive is for HR alone, whatever else holds', () => {
    const anyProtection = fc.record<Protection>({
      kind: fc.constantFrom('exempt', 'admin', 'guest', 'serviceAccount', 'breakGlass', 'sharedMailbox'),
      route: fc.constantFrom('excluded', 'adminReview', 'guestAudit'),
      rule: fc.constant('rule'),
    });
    const executive: Protection = { kind: 'executive', route: 'hr', rule: 'title' };
    fc.assert(
      fc.property(fc.array(anyProtection), fc.nat(), (others, at) => {
        const place = at % (others.length + 1);
        expect(isForHrOnly([...others.slice(0, place), executive, ...others.slice(place)])).toBe(true);
        expect(isForHrOnly(others)).toBe(false);
      }),
    );
  });
});

test('every group of the policy is read once', () => {
  expect([...protectedGroups(policy)].sort()).toEqual(
    [groupId('leaders'), groupId('emergency'), groupId('exempt')].sort(),
  );
});
