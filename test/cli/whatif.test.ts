import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dayOf, isoDay, type Day } from '../../src/audit/day.js';
import { storeRun } from '../../src/audit/run-store.js';
import { openStore } from '../../src/store/open-store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { aDoneAudit } from '../audit/a-done-audit.js';
import { idleFor } from '../audit/back-test/idle-world.js';
import type { Ended } from '../world/try-out-process.js';
import { aFolder, steward } from './at-the-terminal.js';

jest.setTimeout(60_000);

const folder = aFolder();
const whatif = (...args: readonly string[]): Promise<Ended> =>
  steward(['whatif', ...args], { DATA_DIR: folder.at('data') });
/** The commands read prices by the clock of this machine, so the runs are dated from it. */
const latest = dayOf(new Date());

/** A run so many days before the latest, in which these people had been idle for so many days. */
async function keep(daysBefore: number, idle: Readonly<Record<string, number>>): Promise<void> {
  const deps = { log: silentLog, newId: randomUUID, wait: async (): Promise<void> => undefined };
  const store = await openStore({ kind: 'embedded', dataDir: folder.at('data') }, deps);
  const on = (latest - daysBefore) as Day;
  const at = new Date(`${isoDay(on)}T06:00:00Z`);
  const audit = aDoneAudit({
    startedAt: at,
    finishedAt: at,
    reportRefreshed: (on - 2) as Day,
    idle: Object.entries(idle).map(([name, days]) => idleFor(name, days, on)),
  });
  await storeRun(store, audit, `run-${isoDay(on)}`, 'policy');
  await store.close();
}

afterAll(() => folder.remove());

describe('before an audit has kept evidence', () => {
  it('tests the tenant as it is now, and says that nobody knows how many come back', async () => {
    const apart = aFolder();
    const { code, out, err } = await steward(['whatif', '--json'], { DATA_DIR: apart.at('data') });
    apart.remove();
    expect([code, err]).toEqual([0, expect.stringContaining('Read just now and not kept')]);
    const { policyDays, thresholds, earlier } = JSON.parse(out) as {
      policyDays: number;
      thresholds: readonly { days: number; people: number }[];
      earlier: readonly unknown[];
    };
    expect([policyDays, earlier]).toEqual([90, []]);
    expect(thresholds.map(({ days }) => days)).toEqual([60, 90, 120, 180]);
    const people = thresholds.map((row) => row.people);
    expect(people.toSorted((a, b) => b - a)).toEqual(people);
    expect(people[1]).toBeGreaterThan(0);
    expect(err).toContain('No audit has run yet; reading');
  });

  it.each([
    ['200', '200 days cannot be tested: thresholds over 180 days are refused'],
    ['60,14', '14 days cannot be tested: evidence is kept of people without use for 30 days or more'],
    ['sixty', 'A threshold is a whole number of days, such as 60.'],
    ['-5', '--days'],
    [',', 'A threshold is a whole number of days, such as 60.'],
  ])('--days %s is wrong use, with what is right', async (days, sentence) => {
    const { code, out, err } = await whatif(`--days=${days}`);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(sentence);
    expect(err).toContain('npm run steward -- whatif --days 60,90,120,180');
  });
});

describe('with the evidence of two runs', () => {
  beforeAll(async () => {
    await keep(42, { Ann: 100, Ben: 70 });
    await keep(0, { Ann: 142, Ben: 20, Cleo: 65 });
  });

  it('tells people, licenses and cost of each threshold, and how many came back', async () => {
    const { code, out, err } = await whatif('--days', '90, 60');
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.replaceAll(/ +/g, ' ').trim())).toEqual([
      'DAYS PEOPLE LICENSES PROTECTED GUESTS PER YEAR WITHOUT PRICE',
      '60 2 2 0 0 $864 0',
      '90 1 1 0 0 $432 0',
      '',
      'PEOPLE used nothing for so many DAYS; LICENSES and PER YEAR are theirs. PROTECTED and GUESTS come on top.',
      'Active people who do not use one of their licenses are found at any threshold, and are in none of these.',
      '',
      'Of those whom earlier audits would have flagged, within 30 days:',
      'AUDIT DAYS FLAGGED CAME BACK STAYED IDLE NOBODY KNOWS',
      `${isoDay((latest - 42) as Day)} 60 2 1 1 0`,
      `${isoDay((latest - 42) as Day)} 90 1 0 1 0`,
      '',
    ]);
    expect(err).toContain('This is the simulated tenant');
    expect(err).toContain(`As of the audit of ${isoDay(latest)}; the policy’s threshold is 90 days.`);
  });

  it('tests the usual thresholds where nobody says which, and answers programs in JSON', async () => {
    const { code, out } = await whatif('--json');
    expect(code).toBe(0);
    const answer = JSON.parse(out) as { readonly thresholds: readonly { readonly days: number }[] };
    expect(answer.thresholds.map(({ days }) => days)).toEqual([60, 90, 120, 180]);
    expect(answer).toMatchObject({
      day: isoDay(latest),
      policyDays: 90,
      thresholds: [
        { people: 2, annualCost: [{ minor: 86_400, currency: 'USD' }] },
        { people: 1 },
        { people: 1 },
        { people: 0 },
      ],
      earlier: [
        {
          day: isoDay((latest - 42) as Day),
          returns: [{ days: 60, flagged: 2, cameBack: 1, stayedIdle: 1 }, {}, {}, {}],
        },
      ],
    });
  });
});
