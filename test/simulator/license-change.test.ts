import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { PLAN } from '../../src/simulator/service-plans.js';
import { effectsOf } from '../../src/simulator/changes.js';
import { opened } from './opened.js';
import type { Opened, Reply } from './opened.js';

interface Change {
  readonly add?: readonly { readonly skuId: string; readonly disabledPlans?: readonly string[] }[];
  readonly remove?: readonly string[];
}

function change(simulator: Opened, id: string, { add = [], remove = [] }: Change): Promise<Reply> {
  const addLicenses = add.map((each) => ({ disabledPlans: [], ...each }));
  return simulator.send('POST', `/v1.0/users/${id}/assignLicense`, { addLicenses, removeLicenses: remove });
}

async function licenses(simulator: Opened, id: string): Promise<unknown> {
  return (await simulator.get(`/v1.0/users/${id}?$select=assignedLicenses`)).json['assignedLicenses'];
}

async function consumed(simulator: Opened, partNumber: string): Promise<unknown> {
  const { json } = await simulator.get('/v1.0/subscribedSkus?$select=skuPartNumber,consumedUnits');
  const skus = json.value as readonly Record<string, unknown>[];
  return skus.find((sku) => sku['skuPartNumber'] === partNumber)?.['consumedUnits'];
}

const dana = NAMED.plainInactive.id;
const DANA_OFF = [PLAN.yammer.id, PLAN.powerBiPro.id, PLAN.windowsEnterprise.id];

describe('a license change that Graph accepts', () => {
  test('answers at once and shows after the delay, in the person and in the seats', async () => {
    const simulator = await opened({ licenseDelayMs: 120_000 });
    const before = Number(await consumed(simulator, 'SPE_E5'));
    const answer = await change(simulator, dana, { remove: [SKU.E5.skuId] });
    expect(answer.status).toBe(200);
    expect(answer.json['id']).toBe(dana);
    expect(await licenses(simulator, dana)).toEqual([{ skuId: SKU.E5.skuId, disabledPlans: DANA_OFF }]);
    expect(await consumed(simulator, 'SPE_E5')).toBe(before);

    simulator.clock.advance(120_000);
    expect(await licenses(simulator, dana)).toEqual([]);
    expect(await consumed(simulator, 'SPE_E5')).toBe(before - 1);
  });

  test('is judged by what was accepted, even while reads show the old state', async () => {
    const simulator = await opened({ licenseDelayMs: 120_000 });
    await change(simulator, dana, { remove: [SKU.E5.skuId] });
    const again = await change(simulator, dana, { remove: [SKU.E5.skuId] });
    expect(again.json.error?.message).toBe('User does not have a corresponding license.');
    expect(effectsOf(simulator.tenant.book)).toHaveLength(1);
  });

  test('gives the same license back, disabled plans included', async () => {
    const simulator = await opened();
    await change(simulator, dana, { remove: [SKU.E5.skuId] });
    await change(simulator, dana, { add: [{ skuId: SKU.E5.skuId, disabledPlans: DANA_OFF }] });
    expect(await licenses(simulator, dana)).toEqual([{ skuId: SKU.E5.skuId, disabledPlans: DANA_OFF }]);
    expect(effectsOf(simulator.tenant.book)).toEqual([
      expect.objectContaining({ userId: dana, add: [], remove: [SKU.E5.skuId] }),
      expect.objectContaining({ userId: dana, add: [SKU.E5.skuId], remove: [] }),
    ]);
  });

  test('takes the direct path away and leaves the group’s, so no seat becomes free', async () => {
    const simulator = await opened();
    const before = await consumed(simulator, 'SPE_E3');
    expect((await change(simulator, NAMED.directAndGroup.id, { remove: [SKU.E3.skuId] })).status).toBe(200);
    expect(await licenses(simulator, NAMED.directAndGroup.id)).toEqual([
      { skuId: SKU.E3.skuId, disabledPlans: [] },
    ]);
    expect(await consumed(simulator, 'SPE_E3')).toBe(before);
  });
});

describe('a license change that Graph refuses', () => {
  const inherited =
    'User license is inherited from a group membership and it cannot be removed directly from the user.';

  test.each<[string, string, Change, string]>([
    ['a license from a group', NAMED.groupLicensed.id, { remove: [SKU.E3.skuId] }, inherited],
    [
      'a direct one together with one from a group, as a whole',
      NAMED.teamLicensed.id,
      { remove: [SKU.E3.skuId, SKU.VISIO.skuId] },
      inherited,
    ],
    [
      'a license that is not held',
      NAMED.plainInactive.id,
      { remove: [SKU.VISIO.skuId] },
      'User does not have a corresponding license.',
    ],
    [
      'an addition without a usage location',
      NAMED.noUsageLocation.id,
      { add: [{ skuId: SKU.VISIO.skuId }] },
      'License assignment cannot be done for user with invalid usage location.',
    ],
    [
      'an addition without a free seat',
      NAMED.plainInactive.id,
      { add: [{ skuId: SKU.PROJECT.skuId }] },
      `Subscription with SKU ${SKU.PROJECT.skuId} does not have any available licenses.`,
    ],
    [
      'the plan on which another one stands',
      NAMED.dependentLicenses.id,
      { remove: [SKU.E1.skuId] },
      `License assignment failed because service plan ${PLAN.phoneSystem.id} depends on the service plan(s) ${PLAN.skype2.id}, ${PLAN.teams.id}`,
    ],
    [
      'a second Exchange plan',
      NAMED.plainInactive.id,
      { add: [{ skuId: SKU.E1.skuId }] },
      `License assignment failed because service plans ${PLAN.exchange2.id}, ${PLAN.exchange1.id} are mutually exclusive.`,
    ],
  ])('%s', async (_name, id, request, message) => {
    const simulator = await opened();
    const before = await licenses(simulator, id);
    const answer = await change(simulator, id, request);
    expect(answer.status).toBe(400);
    expect(answer.json.error).toMatchObject({ code: 'Request_BadRequest', message });
    expect(await licenses(simulator, id)).toEqual(before);
    expect(effectsOf(simulator.tenant.book)).toEqual([]);
  });

  test('a removal without a usage location is fine, and both dependent licenses go together', async () => {
    const simulator = await opened();
    expect((await change(simulator, NAMED.noUsageLocation.id, { remove: [SKU.E3.skuId] })).status).toBe(200);
    const both = { remove: [SKU.E1.skuId, SKU.PHONE.skuId] };
    expect((await change(simulator, NAMED.dependentLicenses.id, both)).status).toBe(200);
  });

  test('a missing key, in Graph’s words', async () => {
    const simulator = await opened();
    const answer = await simulator.send('POST', `/v1.0/users/${dana}/assignLicense`, { addLicenses: [] });
    expect(answer.json.error?.message).toBe(
      "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: removeLicenses.",
    );
  });

  test('a second one on the same person at the same moment', async () => {
    const simulator = await opened({ changeMs: 500 });
    const answers = await Promise.all([
      change(simulator, dana, { remove: [SKU.E5.skuId] }),
      change(simulator, dana, { add: [{ skuId: SKU.FLOW_FREE.skuId }] }),
    ]);
    expect(answers.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(answers.find((each) => each.status === 409)?.json.error?.code).toBe(
      'Directory_ConcurrencyViolation',
    );
  });

  test('two steps of one batch on the same person', async () => {
    const simulator = await opened();
    const step = (id: string) => ({
      id,
      method: 'POST',
      url: `/users/${dana}/assignLicense`,
      headers: { 'Content-Type': 'application/json' },
      body: { addLicenses: [], removeLicenses: [SKU.E5.skuId] },
    });
    const { json } = await simulator.send('POST', '/v1.0/$batch', { requests: [step('a'), step('b')] });
    const responses = json['responses'] as readonly { readonly id: string; readonly status: number }[];
    expect(responses.map(({ id, status }) => `${id} ${String(status)}`)).toEqual(['b 409', 'a 200']);
  });
});
