import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NO_DETAILS, type Activation, type SignInEvidence } from '../../../src/audit/evidence.js';
import type { Person } from '../../../src/audit/person.js';
import {
  containApps,
  nameRules,
  signalRules,
  type SignalInput,
} from '../../../src/audit/protection/service-accounts.js';
import { aPerson, day, daysAgo } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { SKUS } from '../../world/skus.js';
import { evidenceOf, NEVER, none, on, signIn, UNKNOWN, workload } from '../evidence-world.js';

const ORDINARY: Person = {
  ...aPerson('Bob', { jobTitle: 'Planner', department: 'Sales' }).person,
  employeeId: 'E1',
  employeeType: 'Employee',
};
const BOSS = { ...aPerson('Boss').person };

interface Facts {
  readonly person?: Partial<Person>;
  readonly manager?: SignalInput['manager'];
  readonly signIn?: SignInEvidence | { readonly unknown: string };
  readonly activations?: readonly Activation[];
  readonly hasApps?: boolean;
}

/** An employee with a manager who signs in at a keyboard; `facts` say what is different. */
function inputOf(facts: Facts): SignalInput {
  return {
    person: { ...ORDINARY, ...facts.person },
    manager: facts.manager ?? BOSS,
    evidence: evidenceOf({
      workload: workload(),
      signIn: facts.signIn ?? signIn({ successful: on(daysAgo(99)), interactive: on(daysAgo(99)) }),
      details: { ...NO_DETAILS, activations: facts.activations },
    }),
    hasApps: facts.hasApps ?? true,
  };
}

const APPS = 'MICROSOFT 365 APPS FOR ENTERPRISE';
const ONE = (words: string) => [`protect.serviceAccounts.signals: 1 of 6 (${words})`];
const TYPE = ONE('odd employee type');
const SILENT = ONE('only non-interactive sign-ins');
const NO_APPS = ONE('Microsoft 365 Apps never activated');

describe('each signal counts by itself, and only when it is known', () => {
  test.each<[string, Facts, readonly string[]]>([
    ['an ordinary employee, of whose activations nothing is known', {}, []],
    ['no manager', { manager: 'none' }, ONE('no manager')],
    ['a manager that is unknown', { manager: { unknown: 'not read' } }, []],
    ['no employee id', { person: { employeeId: undefined } }, ONE('no employee id')],
    ['a blank employee id', { person: { employeeId: '  ' } }, ONE('no employee id')],
    ['no employee type', { person: { employeeType: undefined } }, []],
    ['type Service Account', { person: { employeeType: 'Service Account' } }, TYPE],
    ['type ServiceAccount', { person: { employeeType: 'ServiceAccount' } }, TYPE],
    ['type service_account', { person: { employeeType: 'service_account' } }, TYPE],
    ['type SYSTEM', { person: { employeeType: 'SYSTEM' } }, TYPE],
    ['type Bots', { person: { employeeType: 'Bots' } }, TYPE],
    ['type Business application', { person: { employeeType: 'Business application' } }, TYPE],
    ['type Shared', { person: { employeeType: 'Shared' } }, TYPE],
    ['type Test', { person: { employeeType: 'Test' } }, TYPE],
    ['type Tester', { person: { employeeType: 'Tester' } }, []],
    ['type Contractor', { person: { employeeType: 'Contractor' } }, []],
    ['type Robotics apprentice', { person: { employeeType: 'Robotics apprentice' } }, []],
    ['no job title', { person: { jobTitle: undefined } }, []],
    ['no department', { person: { department: undefined } }, []],
    [
      'neither title nor department',
      { person: { jobTitle: undefined, department: ' ' } },
      ONE('no job title and no department'),
    ],
    ['attempts by itself', { signIn: signIn({ nonInteractive: on(daysAgo(1)) }) }, SILENT],
    ['a success, never at a keyboard', { signIn: signIn({ successful: on(daysAgo(1)) }) }, SILENT],
    [
      'not at a keyboard since records began',
      { signIn: signIn({ interactive: none('2020-04-01'), nonInteractive: on(daysAgo(1)) }) },
      SILENT,
    ],
    [
      'once at a keyboard, long ago',
      { signIn: signIn({ interactive: on('2021-01-01'), nonInteractive: on(daysAgo(1)) }) },
      [],
    ],
    ['never signed in', { signIn: signIn() }, []],
    [
      'unknown whether at a keyboard',
      { signIn: signIn({ interactive: UNKNOWN, nonInteractive: on(daysAgo(1)) }) },
      [],
    ],
    [
      'nothing known beside',
      { signIn: signIn({ interactive: NEVER, nonInteractive: UNKNOWN, successful: UNKNOWN }) },
      [],
    ],
    ['sign-ins unknown', { signIn: { unknown: 'not read' } }, []],
    ['no activation', { activations: [] }, NO_APPS],
    ['a row without a date', { activations: [{ product: APPS, lastActivated: undefined }] }, NO_APPS],
    [
      'one activation',
      {
        activations: [{ product: APPS, lastActivated: day('2024-05-01') }],
      },
      [],
    ],
    ['no activation of what is not licensed', { activations: [], hasApps: false }, []],
  ])('%s', (_what, facts, expected) => {
    expect(signalRules(inputOf(facts), 1)).toEqual(expected);
  });
});

describe('how many it takes', () => {
  const FOUR: Facts = {
    manager: 'none',
    person: { employeeId: undefined, jobTitle: undefined, department: undefined },
    signIn: signIn({ nonInteractive: on(daysAgo(1)) }),
  };
  const RULE =
    'protect.serviceAccounts.signals: 4 of 6 (no manager, no employee id, no job title and no department, ' +
    'only non-interactive sign-ins)';

  test.each([
    [0, []],
    [1, [RULE]],
    [4, [RULE]],
    [5, []],
    [6, []],
  ])('%i needed of four', (needed, expected) => {
    expect(signalRules(inputOf(FOUR), needed)).toEqual(expected);
  });

  test('the policy asks for four when it says nothing', () => {
    expect(policyOf().protect.serviceAccounts.signals).toBe(4);
  });

  test('all six are named', () => {
    const all: Facts = {
      ...FOUR,
      person: { ...FOUR.person, employeeType: 'Bot' },
      activations: [],
    };
    expect(signalRules(inputOf(all), 6)).toEqual([
      'protect.serviceAccounts.signals: 6 of 6 (no manager, no employee id, odd employee type, ' +
        'no job title and no department, only non-interactive sign-ins, Microsoft 365 Apps never activated)',
    ]);
  });

  test('to know less never makes a service account of somebody', () => {
    const facts = fc.record({
      manager: fc.constantFrom<SignalInput['manager']>('none', BOSS),
      signIn: fc.constantFrom(
        signIn({ nonInteractive: on(daysAgo(1)) }),
        signIn({ interactive: on(daysAgo(1)) }),
      ),
      activations: fc.constantFrom<readonly Activation[]>([], [{ product: APPS, lastActivated: undefined }]),
    });
    const unknown: Facts = { manager: { unknown: 'why' }, signIn: { unknown: 'why' }, hasApps: false };
    fc.assert(
      fc.property(
        facts,
        fc.subarray(['manager', 'signIn', 'hasApps'] as const),
        fc.integer({ min: 1, max: 6 }),
        (known, lost, needed) => {
          const less = { ...known, ...Object.fromEntries(lost.map((key) => [key, unknown[key]])) };
          if (signalRules(inputOf(less), needed).length > 0) {
            expect(signalRules(inputOf(known), needed)).toHaveLength(1);
          }
        },
      ),
    );
  });
});

describe('Microsoft 365 Apps in a license', () => {
  const APPS_PLAN = { id: '43de0ff5-c92c-492b-9116-175376d08c38', name: 'OFFICESUBSCRIPTION' };
  const managed = new Map([
    [SKUS.E3.skuId, { ...SKUS.E3, plans: [...SKUS.E3.plans, APPS_PLAN] }],
    [SKUS.EXCHANGE.skuId, SKUS.EXCHANGE],
    [
      SKUS.E5.skuId,
      { ...SKUS.E5, plans: [{ id: '094e7854-93fc-4d55-b2c0-3ab5369ebdc1', name: 'OFFICE_BUSINESS' }] },
    ],
  ]);

  test.each([
    ['with them', { sku: 'E3' }, true],
    ['with them switched off', { sku: 'E3', off: [APPS_PLAN.id.toUpperCase()] }, false],
    ['without them', { sku: 'EXCHANGE' }, false],
    ['in an edition whose activations nobody counts', { sku: 'E5' }, false],
    ['of an unknown product', { sku: 'VISIO' }, false],
  ] as const)('a license %s', (_what, license, expected) => {
    expect(containApps(aPerson('Bob', { licenses: [license] }).person.licenses, managed)).toBe(expected);
  });
});

describe('names of service accounts', () => {
  const names = policyOf('protect: { serviceAccounts: { names: ["^svc[-_.]", "daemon$"] } }').protect
    .serviceAccounts.names;

  test.each([
    ['svc-backup@harbor.example', 'Backup', ['^svc[-_.]']],
    ['SVC_backup@harbor.example', 'Backup', ['^svc[-_.]']],
    ['svcbackup@harbor.example', 'Backup', []],
    ['bob@svc-harbor.example', 'Bob', []],
    ['backup@harbor.example', ' svc.backup ', ['^svc[-_.]']],
    ['svc-print@harbor.example', 'Print Daemon', ['^svc[-_.]', 'daemon$']],
  ])('%s, called %j', (userPrincipalName, displayName, expected) => {
    expect(nameRules({ userPrincipalName, displayName }, names)).toEqual(
      expected.map((source) => `protect.serviceAccounts.names: ${source}`),
    );
  });
});
