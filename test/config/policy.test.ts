import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { readPolicy, type Policy } from '../../src/config/policy.js';

const ADMIN = '1b2c3d4e-0000-4000-8000-000000000001';
const root = path.join(__dirname, '..', '..');
const fileOf = (name: string): string => readFileSync(path.join(root, 'src', name), 'utf8');

function errorsOf(text: string, loopbackGraph = false): readonly string[] {
  const reading = readPolicy(text, { loopbackGraph });
  return reading.kind === 'errors' ? reading.errors : [];
}

function policyOf(text: string, loopbackGraph = false): Policy {
  const reading = readPolicy(text, { loopbackGraph });
  if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
  return reading.policy;
}

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
    expect(keys).toHaveLength(14);
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

describe('rules that span several keys', () => {
  const act = (more: string): string => `mode: act\n${more}`;
  const roles = (admins: string, hr: string): string => `roles: { admins: [${admins}], hr: [${hr}] }`;

  it('are met by a policy that acts with admins and HR', () => {
    expect(policyOf(act(roles(ADMIN, ADMIN))).mode).toBe('act');
  });

  it('refuse to act without admins, and without HR as long as executives are left to it', () => {
    expect(errorsOf('mode: act')).toEqual([
      'roles.admins is empty, but mode is act: name at least one Entra group or user id.',
      'roles.hr is empty, but mode is act and executives are left to HR: name at least one Entra group or user id, ' +
        'or empty protect.executives.titles.',
    ]);
    expect(errorsOf(act(roles(ADMIN, '')))).toHaveLength(1);
    expect(errorsOf(act(roles('', ADMIN)))).toHaveLength(1);
  });

  it('need no HR where nobody is an executive, and no roles to observe', () => {
    expect(errorsOf(act(`${roles(ADMIN, '')}\nprotect: { executives: { titles: [] } }`))).toEqual([]);
    const one = `protect: { executives: { titles: [], users: ['${ADMIN}'] } }`;
    expect(errorsOf(act(`${roles(ADMIN, '')}\n${one}`))).toHaveLength(1);
    expect(errorsOf('mode: observe')).toEqual([]);
  });

  test.each([
    [
      'evidence: { require: [] }',
      'evidence.require is empty: name signIn, workload or both, or nobody could ever be proven inactive.',
    ],
    [
      'audit: { timeZone: Mars/Olympus }',
      'audit.timeZone is "Mars/Olympus", which is no IANA time zone: use one such as Europe/Berlin.',
    ],
    [
      'audit: { schedule: sometimes }',
      'audit.schedule is "sometimes", which is no cron expression: use five fields such as "0 6 * * 1", which is Mondays at six.',
    ],
    [
      'audit: { schedule: "0 0 6 * * 1" }',
      'audit.schedule is "0 0 6 * * 1", which is no cron expression: use five fields such as "0 6 * * 1", which is Mondays at six.',
    ],
    [
      'audit: { schedule: "0 6 30 2 *" }',
      'audit.schedule is "0 6 30 2 *", a time that never comes: use five fields such as "0 6 * * 1", which is Mondays at six.',
    ],
    [
      'reclaim: { steps: { inactive: [removeLicenses] } }',
      'reclaim.steps.inactive removes licenses without converting the mailbox before: put convertMailbox first, ' +
        'or set reclaim.mailbox to waive and accept the loss of mail after 30 days.',
    ],
    [
      'reclaim: { steps: { unusedLicense: [removeLicenses, removeLicenses] } }',
      'reclaim.steps.unusedLicense has removeLicenses twice: remove one of them.',
    ],
    [
      'timetable: { convertMailbox: P22D }',
      'timetable.convertMailbox is later than timetable.removeLicenses, but reclaim.steps has convertMailbox first: ' +
        'make it earlier, or change the order of the steps.',
    ],
    [
      'timetable: { reminders: [P7D] }',
      'timetable.reminders has one at or after timetable.answerDue: remind earlier, or leave it out.',
    ],
    ['timetable: { delete: P29D }', 'timetable.delete is shorter than 30 days: use at least P30D, or never.'],
    [
      'timetable: { hold: PT23H }',
      'timetable.hold is shorter than a day: use at least P1D; less is for the simulated tenant only.',
    ],
    [
      'timetable: { reminders: [PT1H, PT2H] }',
      'timetable.reminders is shorter than a day: use at least P1D; less is for the simulated tenant only.',
    ],
  ])('refuse %s', (text, error) => {
    expect(errorsOf(text)).toEqual([error]);
  });

  test.each([
    'evidence: { require: [workload] }',
    'audit: { timeZone: Europe/Berlin, schedule: "30 5 29 2 *" }',
    'reclaim: { mailbox: waive, steps: { inactive: [removeLicenses] } }',
    'reclaim: { steps: { inactive: [] } }',
    'timetable: { convertMailbox: P21D }',
    'timetable: { reminders: [] }',
    'timetable: { delete: P30D }',
    'timetable: { hold: P1D }',
  ])('accept %s', (text) => {
    expect(errorsOf(text)).toEqual([]);
  });

  it('never let an account be deleted before 30 days, not even in the try-out', () => {
    expect(errorsOf('timetable: { delete: PT5S }', true)).toHaveLength(1);
  });

  it('accept seconds with a Graph on this machine only', () => {
    expect(policyOf('timetable: { hold: PT1S }', true).timetable.hold).toBe(1_000);
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

describe('prices', () => {
  const price = (more: string): string => `{ sku: SPE_E5, ${more} }`;
  const minor = (more: string): number | undefined =>
    policyOf(`prices: [${price(more)}]`).prices[0]?.annualMinor;

  test.each([
    ['amount: 57, currency: USD, frequency: monthly', 68_400],
    ['amount: 57, currency: USD, frequency: yearly', 5_700],
    ['amount: 4.1, currency: EUR, frequency: monthly', 4_920],
    ['amount: 0.07, currency: EUR, frequency: monthly', 84],
    ['amount: 1500, currency: JPY, frequency: monthly', 18_000],
    ['amount: 5.125, currency: KWD, frequency: monthly', 61_500],
    ['amount: 0, currency: USD, frequency: monthly', 0],
  ])('%s are %d minor units a year', (more, annual) => {
    expect(minor(more)).toBe(annual);
  });

  it('are whole minor units, whatever the amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.constantFrom('USD', 'EUR'),
        (cents, currency) => {
          const amount = (cents / 100).toFixed(2);
          expect(minor(`amount: ${amount}, currency: ${currency}, frequency: monthly`)).toBe(cents * 12);
        },
      ),
    );
  });

  const of = (sku: string, dates: string): string =>
    `{ sku: ${sku}, amount: 1, currency: USD, frequency: yearly, ${dates} }`;

  test.each([
    ['', ''],
    ['effective: 2026-01-01', 'effective: 2027-01-01'],
    ['ending: 2026-12-31', 'effective: 2026-12-31'],
    ['effective: 2026-01-01, ending: 2026-12-31', 'effective: 2026-06-01, ending: 2026-06-30'],
  ])('of one SKU must not hold on the same day: [%s] and [%s]', (first, second) => {
    const error =
      'prices has two prices for SPE_E5 that hold on the same day: give each its effective and ending date.';
    expect(errorsOf(`prices: [${of('SPE_E5', first)}, ${of('spe_e5', second)}]`)).toEqual([error]);
    expect(errorsOf(`prices: [${of('SPE_E5', second)}, ${of('SPE_E5', first)}]`)).toEqual([error]);
  });

  it('may follow each other, and hold for different SKUs at once', () => {
    const years = [of('A', 'ending: 2026-12-31'), of('A', 'effective: 2027-01-01'), of('B', '')];
    expect(policyOf(`prices: [${years.join(', ')}]`).prices).toEqual([
      { sku: 'A', annualMinor: 100, currency: 'USD', effective: undefined, ending: '2026-12-31' },
      { sku: 'A', annualMinor: 100, currency: 'USD', effective: '2027-01-01', ending: undefined },
      { sku: 'B', annualMinor: 100, currency: 'USD', effective: undefined, ending: undefined },
    ]);
  });

  it('must end after they begin', () => {
    expect(errorsOf(`prices: [${of('A', 'effective: 2026-05-01, ending: 2026-04-30')}]`)).toEqual([
      'prices[0] for A ends on 2026-04-30, before it begins on 2026-05-01: swap the dates.',
    ]);
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
