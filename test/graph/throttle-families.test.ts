import { describe, expect, test } from '@jest/globals';
import { createFamilies, familyOf } from '../../src/graph/throttle-families.js';
import { skippingClock } from './test-clocks.js';

describe('the family of a request', () => {
  test.each([
    ['/users?%24select=id', 'identity'],
    ['/users?$select=id%2CsignInActivity&$top=500', 'signInActivity'],
    ['/users?$filter=signInActivity%2FlastSignInDateTime%20ge%202026-01-01T00%3A00%3A00Z', 'signInActivity'],
    ['/users/1?$select=signInActivity', 'signInActivity'],
    ["/reports/getOffice365ActiveUserDetail(period='D180')", 'report:getOffice365ActiveUserDetail'],
    ["/reports/getMailboxUsageDetail(period='D180')", 'report:getMailboxUsageDetail'],
    ['/users/1/mailboxSettings/userPurpose', 'outlook'],
    ['/users/1/teamwork/installedApps', 'teams'],
    ['/appCatalogs/teamsApps', 'teams'],
    ['/admin/reportSettings', 'settings'],
    ['/auditLogs/signIns?$filter=userId%20eq%20%27signInActivity%27', 'entraReports'],
    ['/subscribedSkus', 'identity'],
  ])('%s is %s', (path, family) => {
    expect(familyOf(path)).toBe(family);
  });
});

describe('families', () => {
  test('a shorter pause does not end a longer one', () => {
    const clock = skippingClock();
    const families = createFamilies(clock, 10);
    families.pause('identity', new Date(clock.now().getTime() + 9_000));
    families.pause('identity', new Date(clock.now().getTime() + 2_000));
    expect(families.pauseLeft('identity')).toBe(9_000);
    expect(families.pauseLeft('outlook')).toBe(0);
  });

  test('no pause lasts longer than an hour, whatever date was sent', () => {
    const families = createFamilies(skippingClock(), 10);
    families.pause('identity', new Date('9999-12-31T00:00:00Z'));
    expect(families.pauseLeft('identity')).toBe(3_600_000);
  });

  test('no 60 seconds hold more sign-in reads than allowed; other families have no pace', async () => {
    const clock = skippingClock();
    const families = createFamilies(clock, 3);
    const starts: number[] = [];
    while (starts.length < 20) {
      const wait = families.takeTurn('signInActivity');
      if (wait === 0) starts.push(clock.now().getTime());
      await clock.sleep(wait === 0 ? 7_000 : wait);
    }
    const toTheFourth = starts.slice(3).map((start, at) => start - (starts[at] ?? 0));
    expect(Math.min(...toTheFourth)).toBeGreaterThanOrEqual(60_000);
    expect(Array.from({ length: 100 }, () => families.takeTurn('identity')).every((wait) => wait === 0)).toBe(
      true,
    );
  });

  test('changes of the directory come back evenly after a burst, within the published 3,000 in 150 seconds', async () => {
    const clock = skippingClock();
    const families = createFamilies(clock, 10);
    const starts: number[] = [];
    while (starts.length < 6_000) {
      const wait = families.takeTurn('identityWrites');
      if (wait === 0) starts.push(clock.now().getTime());
      else await clock.sleep(wait);
    }
    // What a bucket of 3,000 that fills by 20 a second would have let through.
    for (const [at, start] of starts.entries())
      expect(at + 1).toBeLessThanOrEqual(3_000 + ((start - (starts[0] ?? 0)) * 20) / 1_000);
    const seconds = ((starts.at(-1) ?? 0) - (starts[0] ?? 0)) / 1_000;
    expect(seconds).toBeGreaterThan(150);
    expect(seconds).toBeLessThan(160);
  });

  test('no second holds more than 24 installations of apps: 30 are published, 83 in 100 of them for long', async () => {
    const clock = skippingClock();
    const families = createFamilies(clock, 10);
    const starts: number[] = [];
    while (starts.length < 100) {
      const wait = families.takeTurn('teams');
      if (wait === 0) starts.push(clock.now().getTime());
      else await clock.sleep(wait);
    }
    const toThe25th = starts.slice(24).map((start, at) => start - (starts[at] ?? 0));
    expect(Math.min(...toThe25th)).toBeGreaterThanOrEqual(1_000);
  });

  test('no ten seconds hold more than five reads of logs, whatever the sign-in reads do', async () => {
    const clock = skippingClock();
    const families = createFamilies(clock, 1);
    expect(families.takeTurn('signInActivity')).toBe(0);
    const waits: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      waits.push(families.takeTurn('entraReports'));
      await clock.sleep(1_000);
    }
    expect(waits).toEqual([0, 0, 0, 0, 0, 5_000]);
    await clock.sleep(4_000);
    expect([families.takeTurn('entraReports'), families.takeTurn('entraReports')]).toEqual([0, 1_000]);
  });

  describe('under a clock that was put back by a day', () => {
    const DAY = 24 * 3_600_000;

    function putBack() {
      let now = Date.parse('2026-11-22T08:00:00.000Z');
      const families = createFamilies({ now: () => new Date(now), sleep: async () => {} }, 3);
      return { families, pass: (ms: number) => (now += ms), at: () => new Date(now) };
    }

    test('a pause lasts what is left of it', () => {
      const { families, pass, at } = putBack();
      families.pause('identity', new Date(at().getTime() + 9_000));
      pass(4_000);
      expect(families.pauseLeft('identity')).toBe(5_000);
      pass(-DAY);
      expect(families.pauseLeft('identity')).toBe(5_000);
      pass(5_000);
      expect(families.pauseLeft('identity')).toBe(0);
    });

    test('turns come as soon as before', () => {
      const { families, pass } = putBack();
      for (let turns = 0; turns < 3; turns += 1) expect(families.takeTurn('signInActivity')).toBe(0);
      pass(-DAY);
      expect(families.takeTurn('signInActivity')).toBe(60_000);
      pass(60_000);
      expect(families.takeTurn('signInActivity')).toBe(0);
    });
  });
});
