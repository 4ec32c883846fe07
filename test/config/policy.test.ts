import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { readPolicy } from '../../src/config/policy.js';
import { ADMIN, errorsOf, policyOf } from './reading.js';

const root = path.join(__dirname, '..', '..');
const fileOf = (name: string): string => readFileSync(path.join(root, 'src', name), 'utf8');

describe('an empty policy', () => {
  const DAY = 86_400_000;

  it('observes only, and has the defaults of the design', () => {
    expect(policyOf('')).toMatchObject({
      mode: 'observe',
      inactivity: { days: 90, newAccountGraceDays: 30, newLicenseGraceDays: 30, maxReportAgeDays: 7 },
      audit: { schedule: '0 6 * * 1' },
      reclaim: {
        licenses: 'managed',
        mailbox: 'convert',
        steps: {
          leftCompany: ['disableSignIn', 'convertMailbox', 'removeLicenses'],
          disabledButLicensed: ['convertMailbox', 'removeLicenses'],
          neverSignedIn: ['convertMailbox', 'removeLicenses'],
          inactive: ['convertMailbox', 'removeLicenses'],
          unusedLicense: ['removeLicenses'],
        },
      },
      timetable: {
        reminders: [3 * DAY, 6 * DAY],
        deliverWithin: 3 * DAY,
        answerDue: 7 * DAY,
        review: 7 * DAY,
        afterDecision: DAY,
        disableSignIn: 14 * DAY,
        convertMailbox: 15 * DAY,
        removeLicenses: 21 * DAY,
        hold: 30 * DAY,
        delete: 'never',
      },
      approvals: { firstRun: 'required', bulkOver: 25, second: 'required' },
      limits: {
        casesPerRun: { count: 200, percent: 5 },
        stepsPerDay: { count: 100, percent: 2 },
        perDepartment: { percent: 20 },
      },
      reports: { revealNames: false },
      evidence: { require: ['signIn', 'workload'] },
      privacy: { evidence: 'dates', retainDays: 180, pseudonyms: false },
      prices: [],
    });
  });

  it('is what the example file says', () => {
    expect(policyOf(fileOf('config/policy.example.yaml'))).toEqual(policyOf(''));
  });

  test.each(['', '\n', '# nothing but a comment', '{}', '\uFEFFmode: observe', 'mode: observe\r\n'])(
    'may be written as %j',
    (text) => {
      expect(policyOf(text)).toEqual(policyOf(''));
    },
  );

  test.each([
    'Chief Operating Officer',
    'CEO',
    'cto, Europe',
    'Senior President',
    'Mitglied der Geschäftsführung',
  ])('takes a %s for an executive', (title) => {
    expect(policyOf('').protect.executives.titles.some((pattern) => pattern.test(title))).toBe(true);
  });

  test.each(['Kitchen Chief', 'Vice President', 'Ceramics Buyer', 'Assistant to the CEO'])(
    'takes a %s for none',
    (title) => {
      expect(policyOf('').protect.executives.titles.some((pattern) => pattern.test(title))).toBe(false);
    },
  );
});

describe('the policy of the try-out', () => {
  const text = fileOf('simulator/policy.yaml');

  it('is accepted with the simulated tenant', () => {
    expect(policyOf(text, true)).toMatchObject({
      mode: 'act',
      timetable: { afterDecision: 5_000, removeLicenses: 8_000 },
      reclaim: { mailbox: 'waive' },
    });
  });

  it('is refused for a real tenant, time by time', () => {
    const times = [
      'deliverWithin',
      'review',
      'afterDecision',
      'disableSignIn',
      'convertMailbox',
      'removeLicenses',
    ];
    expect(errorsOf(text)).toEqual(
      times.map(
        (key) =>
          `timetable.${key} is shorter than a day: use at least P1D; less is for the simulated tenant only.`,
      ),
    );
  });
});

describe('a wrong value', () => {
  const REMEDY = 'use an ISO 8601 duration of weeks, days, hours, minutes or seconds, such as P7D';

  test.each([
    ['mode: acting', 'mode is "acting": use observe or act.'],
    [
      'inactivity: { days: 181 }',
      'inactivity.days is 181: use at most 180, because usage reports reach no further back.',
    ],
    ['inactivity: { days: 0 }', 'inactivity.days is 0: use at least 1.'],
    ['inactivity: { days: 1.5 }', 'inactivity.days is 1.5: use a whole number.'],
    ['inactivity: { days: ninety }', 'inactivity.days is "ninety": use a number.'],
    ['inactivity: { maxReportAgeDays: 31 }', 'inactivity.maxReportAgeDays is 31: use at most 30.'],
    ['scope:', 'scope is empty: write its keys below it, or leave it out.'],
    ['scope: { skus: SPE_E5 }', 'scope.skus is "SPE_E5": use a list such as [a, b].'],
    [
      'roles: { admins: [robin@harbor.example] }',
      'roles.admins[0] is "robin@harbor.example": use an Entra object id, a GUID such as 1b2c3d4e-0000-4000-8000-000000000001.',
    ],
    [
      "protect: { executives: { titles: ['ok', '('] } }",
      'protect.executives.titles[1] is "(": use a regular expression as JavaScript knows it.',
    ],
    ['timetable: { hold: 30 }', `timetable.hold is 30: ${REMEDY}.`],
    ['timetable: { hold: P1M }', `timetable.hold is "P1M": ${REMEDY}.`],
    ['timetable: { reminders: [P1D, soon] }', `timetable.reminders[1] is "soon": ${REMEDY}.`],
    [
      'timetable: { hold: P9999999D }',
      'timetable.hold is "P9999999D": use at most P3650D, which is ten years.',
    ],
    ['limits: { casesPerRun: { percent: 101 } }', 'limits.casesPerRun.percent is 101: use at most 100.'],
    ['limits: { stepsPerDay: { count: -1 } }', 'limits.stepsPerDay.count is -1: use at least 0.'],
    ['reports: { revealNames: yes }', 'reports.revealNames is "yes": use true or false.'],
    ['evidence: { require: [mail] }', 'evidence.require[0] is "mail": use signIn or workload.'],
    ['prices: [57]', 'prices[0] is 57: use sku, amount, currency and frequency.'],
    ['- mode', 'The policy is ["mode"]: write keys such as "mode: observe".'],
    ['act', 'The policy is "act": write keys such as "mode: observe".'],
  ])('in %j is named with the remedy', (text, error) => {
    expect(errorsOf(text)).toEqual([error]);
  });

  it('is cut when it is long', () => {
    const [error] = errorsOf(`mode: ${'x'.repeat(500)}`);
    expect(error).toBe(`mode is "${'x'.repeat(79)}…: use observe or act.`);
  });

  it('in a price is named for every key at once', () => {
    expect(
      errorsOf('prices: [{ amount: -1, currency: euro, frequency: weekly, effective: 2026-02-30 }]'),
    ).toEqual([
      'prices[0].sku is missing: use the SKU part number, such as SPE_E5.',
      'prices[0].amount is -1: use at least 0.',
      'prices[0].currency is "euro": use an ISO 4217 currency code such as EUR.',
      'prices[0].frequency is "weekly": use monthly or yearly.',
      'prices[0].effective is "2026-02-30": use a date such as 2026-12-31.',
    ]);
  });
});

describe('an unknown key', () => {
  test.each([
    ['inactvity: { days: 30 }', 'inactvity is no known key: check the spelling, or remove it.'],
    ['inactivity: { day: 30 }', 'inactivity.day is no known key: check the spelling, or remove it.'],
    ['a: 1\nb: 2', 'a, b are no known keys: check the spelling, or remove them.'],
    [
      `protect: { exempt: { people: ['${ADMIN}'] } }`,
      'protect.exempt.people is no known key: check the spelling, or remove it.',
    ],
    [
      'prices: [{ sku: A, amount: 1, currency: USD, frequency: yearly, seats: 3 }]',
      'prices[0].seats is no known key: check the spelling, or remove it.',
    ],
  ])('in %j is an error', (text, error) => {
    expect(errorsOf(text)).toEqual([error]);
  });

  it('names every key of the example when it is misspelt', () => {
    const example = fileOf('config/policy.example.yaml');
    const keys = [...example.matchAll(/^(\w+):/gm)].map(([, key]) => key ?? '');
    expect(keys).toHaveLength(18);
    for (const key of keys) {
      const misspelt = example.replace(new RegExp(`^${key}:`, 'm'), `${key}x:`);
      expect(errorsOf(misspelt)).toEqual([`${key}x is no known key: check the spelling, or remove it.`]);
    }
  });
});

describe('a file that is not YAML', () => {
  test.each([
    ['mode: [', /^The file is not YAML: .* at line 1, column 8\. Correct it there\.$/],
    ['mode: act\nmode: observe', /^The file is not YAML: Map keys must be unique at line 2, column 1\./],
    ['\tmode: act', /^The file is not YAML: Tabs are not allowed as indentation at line 1, column 1\./],
    ['mode: !secret x', /^The file is not YAML: Unresolved tag: !secret at line 1, column 7\./],
    ['a: *b', /^The file is not YAML: .*alias.* b\. Correct it there\.$/],
    ['mode: observe\n---\nmode: act', /^The file holds several YAML documents: keep one of them/],
  ])('such as %j is refused with its place', (text, error) => {
    const errors = errorsOf(text);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(error);
  });

  it('is refused with all its errors at once', () => {
    expect(errorsOf('a: [1\nb: {2')).toHaveLength(2);
  });
});

describe('all errors come at once', () => {
  it('of keys, of values and of rules that span keys', () => {
    const errors = errorsOf(`
mode: act
modus: 1
inactivity: { days: 365 }
roles: { admins: ['${ADMIN}'], hr: [nobody] }
evidence: { require: [] }
timetable: { hold: PT1S, delete: P3D }
audit: { timeZone: Berlin }
prices: [{ sku: A, amount: 1, currency: USD, frequency: never }]
`);
    expect(errors.map((error) => error.split(' ')[0])).toEqual([
      'inactivity.days',
      'roles.hr[0]',
      'prices[0].frequency',
      'modus',
      'evidence.require',
      'audit.timeZone',
      'timetable.hold',
      'timetable.delete',
    ]);
  });

  it('but none that follows from another: a wrong id is not also a missing one', () => {
    expect(errorsOf(`mode: act\nroles: { admins: [x], hr: ['${ADMIN}'] }`)).toHaveLength(1);
    expect(errorsOf(`mode: act\nroles: { admin: ['${ADMIN}'], hr: ['${ADMIN}'] }`)).toHaveLength(1);
    expect(errorsOf('timetable: { removeLicenses: soon, convertMailbox: P30D }')).toHaveLength(1);
  });
});

describe('ids', () => {
  it('are compared without regard to case, so they are kept in small letters', () => {
    const id = 'ABCDEF01-2345-4789-8ABC-DEF012345678';
    const policy = policyOf(`roles: { admins: [${id}] }\nprotect: { breakGlass: { users: [${id}] } }`);
    expect(policy.roles.admins).toEqual([id.toLowerCase()]);
    expect(policy.protect.breakGlass.users).toEqual([id.toLowerCase()]);
  });
});

it('any text is either a policy or a list of sentences, never a crash', () => {
  const words = [
    'mode',
    'timetable',
    'prices',
    ': ',
    '\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    '- ',
    'act',
    '1',
    'null',
    '&a',
    '*a',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (parts) => {
      const reading = readPolicy(parts.join(''), { loopbackGraph: false });
      if (reading.kind === 'errors') {
        for (const error of reading.errors) expect(error).toMatch(/^[^\n]+\.$/);
        expect(reading.errors.length).toBeGreaterThan(0);
      }
    }),
  );
});
