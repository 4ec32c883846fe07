import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { allRows, EVENTUAL, opened } from './opened.js';
import type { Json, Opened } from './opened.js';

const SUCCESS = 'signInActivity/lastSuccessfulSignInDateTime';
const EXTRAS = { people: 300, unlicensed: 150, dormantGuests: 100 } as const;

async function listed(simulator: Opened, filter: string, top = 70): Promise<readonly Json[]> {
  const query = `$count=true&$top=${String(top)}&$select=id,userType,assignedLicenses,signInActivity&$filter=${encodeURIComponent(filter)}`;
  return (await allRows(simulator, `/v1.0/users?${query}`, EVENTUAL)).rows;
}

async function counted(simulator: Opened, filter: string): Promise<number> {
  const answer = await simulator.get(`/v1.0/users/$count?$filter=${encodeURIComponent(filter)}`, EVENTUAL);
  return Number(answer.text);
}

function successOf(row: Json): string | undefined {
  const activity = row['signInActivity'] as { lastSuccessfulSignInDateTime?: string | null } | undefined;
  return activity?.lastSuccessfulSignInDateTime ?? undefined;
}

describe('a filter finds and counts the same people as looking at everybody does', () => {
  test.each<readonly [string, (row: Json) => boolean]>([
    ['assignedLicenses/$count ne 0', (row) => (row['assignedLicenses'] as unknown[]).length > 0],
    ['assignedLicenses/$count eq 0', (row) => (row['assignedLicenses'] as unknown[]).length === 0],
    [
      `assignedLicenses/any(x:x/skuId eq ${SKU.VISIO.skuId})`,
      (row) => JSON.stringify(row['assignedLicenses']).includes(SKU.VISIO.skuId),
    ],
    [`${SUCCESS} le 2026-08-20T00:00:00Z`, (row) => (successOf(row) ?? '9') <= '2026-08-20T00:00:00Z'],
    [`${SUCCESS} ge 2026-08-20T00:00:00Z`, (row) => (successOf(row) ?? '0') >= '2026-08-20T00:00:00Z'],
    [`id eq '${NAMED.visioUser.id.toUpperCase()}'`, (row) => row['id'] === NAMED.visioUser.id],
  ])('%s', async (filter, passes) => {
    const simulator = await opened({ ...EXTRAS, throttling: 'off' });
    for (let round = 0; round < 2; round += 1) {
      const everyone = await listed(simulator, "id ne 'nobody'");
      const expected = everyone.filter(passes).map((row) => row['id']);
      expect((await listed(simulator, filter)).map((row) => row['id'])).toEqual(expected);
      expect(await counted(simulator, filter)).toBe(expected.length);
      // The second round sees what was changed after the first was counted.
      await simulator.send('POST', `/v1.0/users/${NAMED.plainInactive.id}/assignLicense`, {
        addLicenses: [{ skuId: SKU.VISIO.skuId, disabledPlans: [] }],
        removeLicenses: [],
      });
      await simulator.send('POST', `/_simulator/people/${String(everyone[200]?.['id'])}`, {
        licenses: [],
        lastSuccessfulSignIn: '2026-01-01T00:00:00Z',
      });
      await simulator.send('DELETE', `/v1.0/users/${String(everyone[250]?.['id'])}`);
    }
  });

  test('also after a change that shows itself only with time', async () => {
    const simulator = await opened({ people: 100, licenseDelayMs: 60_000 });
    const filter = `assignedLicenses/any(x:x/skuId eq ${SKU.VISIO.skuId})`;
    const before = await counted(simulator, filter);
    await simulator.send('POST', `/v1.0/users/${NAMED.plainInactive.id}/assignLicense`, {
      addLicenses: [{ skuId: SKU.VISIO.skuId, disabledPlans: [] }],
      removeLicenses: [],
    });
    expect(await counted(simulator, filter)).toBe(before);
    simulator.clock.advance(60_000);
    expect(await counted(simulator, filter)).toBe(before + 1);
  });

  test('and active people go on signing in while time goes by', async () => {
    const simulator = await opened({ people: 200 });
    const filter = `${SUCCESS} ge 2026-11-22T00:00:00Z`;
    const before = await counted(simulator, filter);
    simulator.clock.advance(20 * 86_400_000);
    expect(await counted(simulator, filter)).toBeGreaterThan(before);
  });

  test('and ids that are nobody in particular find nobody', async () => {
    const simulator = await opened();
    const rows = await listed(
      simulator,
      `id in ('${NAMED.itManager.id}','00000000-0000-0000-0000-000000000000','x')`,
    );
    expect(rows.map((row) => row['id'])).toEqual([NAMED.itManager.id]);
  });
});

describe('accounts without a license', () => {
  test('stand behind the people, members first, and are found one by one', async () => {
    const simulator = await opened({ ...EXTRAS, throttling: 'off' });
    const everyone = await listed(simulator, "id ne 'nobody'", 500);
    expect(everyone).toHaveLength(550);
    expect(await counted(simulator, "id ne 'nobody'")).toBe(550);
    expect((await simulator.get('/v1.0/users/$count', EVENTUAL)).text).toBe('550');
    const extras = everyone.slice(300);
    expect(extras.map((row) => row['userType'])).toEqual([
      ...Array.from({ length: 150 }, () => 'Member'),
      ...Array.from({ length: 100 }, () => 'Guest'),
    ]);
    expect(extras.every((row) => (row['assignedLicenses'] as unknown[]).length === 0)).toBe(true);
    expect(new Set(everyone.map((row) => row['id'])).size).toBe(550);
    for (const row of [extras[0], extras[249]]) {
      const { json } = await simulator.get(`/v1.0/users/${String(row?.['id'])}?$select=id,userPrincipalName`);
      expect(json['id']).toBe(row?.['id']);
      const again = await simulator.get(
        `/v1.0/users/${encodeURIComponent(String(json['userPrincipalName']))}?$select=id`,
      );
      expect(again.json['id']).toBe(row?.['id']);
    }
  });

  test('are mostly dormant: last seen 100 to 900 days ago, or never', async () => {
    const simulator = await opened({ people: 10, unlicensed: 400, dormantGuests: 400, throttling: 'off' });
    const extras = (await listed(simulator, "id ne 'nobody'", 500)).slice(10);
    const days = extras.map((row) => {
      const seen = successOf(row);
      return seen === undefined
        ? undefined
        : (simulator.clock.now().getTime() - Date.parse(seen)) / 86_400_000;
    });
    const dormant = days.filter((each) => each !== undefined && each >= 100 && each <= 901);
    const never = days.filter((each) => each === undefined);
    expect(dormant.length / days.length).toBeGreaterThan(0.7);
    expect(never.length / days.length).toBeGreaterThan(0.05);
    expect((dormant.length + never.length) / days.length).toBeGreaterThan(0.85);
    expect(await counted(simulator, `${SUCCESS} le 2026-08-25T00:00:00Z`)).toBeGreaterThan(550);
  });

  test('leave the people before them, the seats and the licensed as they are', async () => {
    const few = await opened({ people: 300 });
    const many = await opened(EXTRAS);
    const licensed = (simulator: Opened) => listed(simulator, 'assignedLicenses/$count ne 0', 500);
    expect(await licensed(many)).toEqual(await licensed(few));
    const skus = async (simulator: Opened) => (await simulator.get('/v1.0/subscribedSkus')).json.value;
    expect(await skus(many)).toEqual(await skus(few));
  });

  test.each([{ unlicensed: -1 }, { unlicensed: 500_001 }, { dormantGuests: 1.5 }])(
    'are refused as %o',
    async (size) => {
      await expect(opened(size)).rejects.toThrow(/^A simulated tenant has 0 to 500,000 /);
    },
  );

  test('and an idleness beyond 1 is refused', async () => {
    await expect(opened({ idleness: 1.5 })).rejects.toThrow(
      'The idleness of a simulated tenant is 0 to 1, not 1.5.',
    );
  });
});
