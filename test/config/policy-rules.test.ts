import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { ADMIN, errorsOf, policyOf } from './reading.js';

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
    const top = `protect: { executives: { titles: [], top: ['${ADMIN}'] } }`;
    expect(errorsOf(act(`${roles(ADMIN, '')}\n${top}`))).toHaveLength(1);
    expect(errorsOf('mode: observe')).toEqual([]);
  });

  it('refuse levels below a top that nobody is named for', () => {
    expect(errorsOf('protect: { executives: { levels: 2 } }')).toEqual([
      'protect.executives.levels is 2, but protect.executives.top names nobody: name those to whom everybody ' +
        'reports, or nobody is protected so.',
    ]);
    expect(errorsOf(`protect: { executives: { top: ['${ADMIN}'], levels: 2 } }`)).toEqual([]);
    expect(errorsOf(`protect: { executives: { top: ['${ADMIN}'] } }`)).toEqual([]);
  });

  test.each([
    [
      'evidence: { require: [] }',
      'evidence.require is empty: name signIn, workload or both, or nobody could ever be proven inactive.',
    ],
    [
      'scope: { ous: ["OU=Staff,DC=corp", Staff] }',
      'scope.ous has "Staff", which is no distinguished name: use one such as OU=Staff,DC=corp,DC=example.',
    ],
    [
      'scope: { ous: ["OU=Staff,North,DC=corp"] }',
      'scope.ous has "OU=Staff,North,DC=corp", which is no distinguished name: use one such as OU=Staff,DC=corp,DC=example.',
    ],
    [
      'roster: { statuses: { active: [on hold, employed], left: ["ON  hold"], onLeave: [] } }',
      'roster.statuses.active and roster.statuses.left both have "on hold": remove it from one of them.',
    ],
    [
      'reclaim: { replace: [{ sku: SPE_E5, by: SPE_F1 }, { sku: spe_e5, by: SPE_E3 }] }',
      'reclaim.replace has spe_e5 twice: remove one of them.',
    ],
    [
      'reclaim: { replace: [{ sku: SPE_E5, by: SPE_E3 }, { sku: SPE_E3, by: SPE_F1 }] }',
      'reclaim.replace gives SPE_E3 for SPE_E5 and takes SPE_E3 as well: leave one out.',
    ],
    [
      'roster: { statuses: { onLeave: [Inactive] } }',
      'roster.statuses.left and roster.statuses.onLeave both have "inactive": remove it from one of them.',
    ],
    [
      'audit: { timeZone: Mars/Olympus }',
      'audit.timeZone is "Mars/Olympus", which is no IANA time zone: use one such as Europe/Berlin.',
    ],
    [
      'timeZones: { US: America/Chicago, DE: Berlin }',
      'timeZones.DE is "Berlin", which is no IANA time zone: use one such as Europe/Berlin.',
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
    'timeZones: { US: America/Chicago, DE: Europe/Berlin }',
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
