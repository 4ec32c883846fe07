import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Protection, ProtectionKind, Route } from '../../../src/audit/finding.js';
import type { MailboxPurpose, Person } from '../../../src/audit/person.js';
import {
  isForHrOnly,
  protectionsOf,
  routeOf,
  type ProtectionInput,
} from '../../../src/audit/protection/protection.js';
import type { RosterFact } from '../../../src/audit/roster/roster.js';
import type { Policy } from '../../../src/config/policy.js';
import { aPerson, day, daysAgo, groupId, TODAY, type PersonSpec } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { evidenceOf, on, signIn, workload } from '../evidence-world.js';

const ada = aPerson('Ada').person;
const policy = policyOf(`
protect:
  executives: { groups: [${groupId('leaders')}], users: [${ada.id}] }
  serviceAccounts: { names: ["^svc[-_.]", "daemon$"] }
  breakGlass: { groups: [${groupId('emergency')}] }
  exempt: { groups: [${groupId('leaders')}, ${groupId('exempt')}] }
`);

const TOP_POLICY: Policy = policyOf(`
roles: { hr: [${ada.id}] }
protect: { executives: { top: [${ada.id}], levels: 2 } }
`);

const ROSTER: RosterFact = {
  status: 'active',
  asOf: day('2026-11-20'),
  origin: 'people.csv',
  leaveFrom: undefined,
  leaveUntil: undefined,
};

/** Nobody manages the account, and it only ever signs in by itself. */
const SILENT_USE: NonNullable<ProtectionInput['use']> = {
  manager: 'none',
  evidence: evidenceOf({
    workload: workload(),
    signIn: signIn({ successful: on(daysAgo(100)), nonInteractive: on(daysAgo(100)) }),
  }),
  hasApps: false,
};

/** An ordinary person in the groups that the spec names; nothing else is known of them. */
function inputOf(spec: PersonSpec, more: Partial<ProtectionInput> = {}, name = 'Bob'): ProtectionInput {
  const { person } = aPerson(name, spec);
  return {
    person,
    licenses: person.licenses,
    mailbox: undefined,
    memberships: {
      roles: {
        active: new Set(spec.role ? [person.id] : []),
        eligible: new Set(),
        globalAdministrators: new Set(),
      },
      groups: new Map((spec.groups ?? []).map((group) => [groupId(group), new Set([person.id])])),
      underTop: new Set(),
      wayUnknown: new Set(),
    },
    roster: undefined,
    inChat: [],
    use: undefined,
    ...more,
  };
}

function protections(spec: PersonSpec, mailbox?: MailboxPurpose | { unknown: string }, name = 'Bob') {
  return protectionsOf(inputOf(spec, { mailbox }, name), policy, TODAY);
}

describe('each protection names its rule and its route', () => {
  test.each<[string, readonly Protection[], readonly [string, Route, string][]]>([
    ['nothing', protections({}, 'user'), []],
    [
      'a title',
      protections({ jobTitle: ' chief Data Officer' }),
      [['executive', 'hr', 'protect.executives.titles: ^((group|deputy|interim|acting) )?chief\\b']],
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
    [['adminReview'], 'adminReview'],
    [['hr'], 'hr'],
    [['excluded'], 'excluded'],
    [['guestAudit', 'adminReview'], 'adminReview'],
    [['adminReview', 'guestAudit'], 'adminReview'],
    [['guestAudit', 'hr'], 'hr'],
    [['hr', 'guestAudit'], 'hr'],
    [['guestAudit', 'excluded'], 'excluded'],
    [['excluded', 'guestAudit'], 'excluded'],
    [['adminReview', 'hr'], 'hr'],
    [['hr', 'adminReview'], 'hr'],
    [['adminReview', 'excluded'], 'excluded'],
    [['excluded', 'adminReview'], 'excluded'],
    [['hr', 'excluded'], 'excluded'],
    [['excluded', 'hr'], 'excluded'],
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

const STRICTNESS: readonly (Route | undefined)[] = [undefined, 'guestAudit', 'adminReview', 'hr', 'excluded'];

describe('whatever else holds', () => {
  const anyProtection: fc.Arbitrary<Protection> = fc.record({
    kind: fc.constantFrom<ProtectionKind>(
      'executive',
      'serviceAccount',
      'admin',
      'guest',
      'onLeave',
      'exempt',
    ),
    route: fc.constantFrom<Route>('hr', 'adminReview', 'excluded', 'guestAudit'),
    rule: fc.constantFrom('one', 'another'),
  });

  test('one protection more never loosens the route, nor shows somebody to more people', () => {
    fc.assert(
      fc.property(fc.array(anyProtection), anyProtection, (before, one) => {
        const after = [...before, one];
        expect(STRICTNESS.indexOf(routeOf(after))).toBeGreaterThanOrEqual(
          STRICTNESS.indexOf(routeOf(before)),
        );
        expect(STRICTNESS.indexOf(routeOf(after))).toBeGreaterThanOrEqual(STRICTNESS.indexOf(one.route));
        if (isForHrOnly(before)) expect(isForHrOnly(after)).toBe(true);
      }),
    );
  });

  test('their order never matters', () => {
    const shuffled = fc
      .array(anyProtection)
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(routeOf(other)).toBe(routeOf(all));
        expect(isForHrOnly(other)).toBe(isForHrOnly(all));
      }),
    );
  });

  test('an unknown manager on the way to the top makes somebody an executive for HR alone', () => {
    const input = inputOf({});
    const wayUnknown = new Set([input.person.id]);
    const found = protectionsOf(
      { ...input, memberships: { ...input.memberships, wayUnknown } },
      policyOf(),
      TODAY,
    );
    expect(isForHrOnly(found)).toBe(true);
    expect(found).toContainEqual({
      kind: 'executive',
      route: 'hr',
      rule: 'protect.executives.levels: a manager on the way up is unknown',
    });
  });

  test('nothing that is learned of a person takes a protection away', () => {
    const parts: readonly Partial<ProtectionInput>[] = [
      { roster: { ...ROSTER, status: 'onLeave' } },
      { memberships: { ...inputOf({}).memberships, underTop: new Set([aPerson('Bob').person.id]) } },
      { use: SILENT_USE },
    ];
    fc.assert(
      fc.property(fc.subarray([...parts]), fc.subarray([...parts]), (some, more) => {
        const person: Person = { ...inputOf({}).person, employeeType: 'Service account' };
        const given = (all: readonly Partial<ProtectionInput>[]) =>
          protectionsOf(Object.assign(inputOf({}, { person }), ...all), TOP_POLICY, TODAY);
        const before = given(some);
        const after = given([...some, ...more]);
        expect(after).toEqual(expect.arrayContaining([...before]));
        expect(STRICTNESS.indexOf(routeOf(after))).toBeGreaterThanOrEqual(
          STRICTNESS.indexOf(routeOf(before)),
        );
      }),
    );
  });
});

describe('several rules at once', () => {
  const rulesOf = (found: readonly Protection[]) => found.map(({ kind, route, rule }) => [kind, route, rule]);

  test('a person below the top, on leave, with a role, in a shared mailbox: each names its rule', () => {
    const person = aPerson('Bob', { role: true }).person;
    const input = inputOf({ role: true }, { mailbox: 'shared', roster: { ...ROSTER, status: 'onLeave' } });
    const memberships = { ...input.memberships, underTop: new Set([person.id]) };
    const found = protectionsOf({ ...input, memberships, use: SILENT_USE }, TOP_POLICY, TODAY);
    expect(rulesOf(found)).toEqual([
      ['executive', 'hr', 'protect.executives.levels: 2 below the top'],
      ['onLeave', 'hr', 'roster of 2026-11-20: on leave'],
      ['admin', 'adminReview', 'holds a directory role'],
      ['sharedMailbox', 'adminReview', 'userPurpose is shared'],
    ]);
    expect(routeOf(found)).toBe('hr');
    expect(isForHrOnly(found)).toBe(true);
  });

  const silent = { ...aPerson('Bob').person, employeeType: 'Service account' };
  const signals =
    'protect.serviceAccounts.signals: 5 of 6 (no manager, no employee id, odd employee type, ' +
    'no job title and no department, only non-interactive sign-ins)';

  test.each<[string, Partial<ProtectionInput>, readonly unknown[]]>([
    ['a member', {}, [['serviceAccount', 'adminReview', signals]]],
    ['a linked mailbox', { mailbox: 'linked' }, [['serviceAccount', 'adminReview', signals]]],
    ['a guest', { person: { ...silent, kind: 'guest' } }, [['guest', 'guestAudit', 'userType is Guest']]],
    ['a shared mailbox', { mailbox: 'shared' }, [['sharedMailbox', 'adminReview', 'userPurpose is shared']]],
    ['a room', { mailbox: 'room' }, [['resource', 'adminReview', 'userPurpose is room']]],
    ['equipment', { mailbox: 'equipment' }, [['resource', 'adminReview', 'userPurpose is equipment']]],
    ['no evidence at hand', { use: undefined }, []],
  ])('the signals of a service account are looked for in people only: %s', (_what, more, expected) => {
    const input = inputOf({}, { person: silent, use: SILENT_USE, ...more });
    expect(rulesOf(protectionsOf(input, policyOf(), TODAY))).toEqual(expected);
  });

  test('a name and signals together are two protections, and the name decides', () => {
    const person: Person = { ...silent, userPrincipalName: 'svc-print@harbor.example' };
    const found = protectionsOf(inputOf({}, { person, use: SILENT_USE }), policyOf(), TODAY);
    expect(rulesOf(found)).toEqual([
      ['serviceAccount', 'excluded', 'protect.serviceAccounts.names: ^svc[-_.]'],
      ['serviceAccount', 'adminReview', signals],
    ]);
    expect(routeOf(found)).toBe('excluded');
  });

  test('only licenses that are concerned are looked at for their age', () => {
    const { person } = aPerson('Bob', {
      licenses: [{ sku: 'E3' }, { sku: 'VISIO', since: daysAgo(2) }],
    });
    const of = (licenses: Person['licenses']) =>
      rulesOf(protectionsOf(inputOf({}, { person, licenses }), policyOf(), TODAY));
    expect(of(person.licenses.slice(0, 1))).toEqual([]);
    expect(of(person.licenses)).toEqual([
      ['newLicense', 'excluded', `inactivity.newLicenseGraceDays: license of ${daysAgo(2)}`],
    ]);
  });
});
