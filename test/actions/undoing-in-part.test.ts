import { afterEach, expect, it } from '@jest/globals';
import { verifyHistory } from '../../src/store/case-history.js';
import { adasCase, withGraph, type AdasCase } from '../world/adas-case.js';
import { SKUS } from '../world/skus.js';

let world: AdasCase;

afterEach(async () => {
  for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  await world.close();
});

const E3: string = SKUS.E3.skuId;

/** Ada holds an E3 and a Visio, which Grace has reclaimed, and for one of them no seat is free any more. */
async function reclaimed(tenant: { isFull: boolean }): Promise<void> {
  const lacks = (skuId: string): boolean => tenant.isFull && skuId === E3;
  world = await adasCase(
    { licenses: [{ sku: 'E3' }, { sku: 'VISIO' }] },
    {
      policy: 'reclaim: { mailbox: waive }',
      through: withGraph((graph) => ({
        skus: async () => {
          const skus = await graph.skus();
          return skus.map((sku) => (lacks(sku.skuId) ? { ...sku, bought: sku.assigned } : sku));
        },
        changeLicenses: async (who, change) =>
          change.add.some(({ skuId }) => lacks(skuId))
            ? { kind: 'noFreeSeat', skuId: SKUS.E3.skuId }
            : graph.changeLicenses(who, change),
      })),
    },
  );
  await world.reclaimed();
}

it('gives back every license for which a seat is free, and the others as soon as there is one', async () => {
  const tenant = { isFull: false };
  await reclaimed(tenant);
  tenant.isFull = true;
  expect(await world.undone()).toMatchObject({
    state: 'needsPerson',
    task: expect.stringContaining('There is no free seat'),
  });
  expect(await world.licenses()).toEqual([SKUS.VISIO.skuId]);

  tenant.isFull = false;
  await world.work(120_000);
  expect((await world.now()).state).toBe('undone');
  expect([...(await world.licenses())].sort()).toEqual([E3, SKUS.VISIO.skuId].sort());
});

it('says of one that is let be only what is missing', async () => {
  const tenant = { isFull: false };
  await reclaimed(tenant);
  tenant.isFull = true;
  await world.undone();
  await world.waived('rest', 'No seat will be bought');
  const c = await world.now();
  expect(c.state).toBe('undone');
  expect(world.adminsCard(c)).toContain('and not undone: remove Microsoft 365 E3.');
  expect(await world.told()).toMatch(
    /What was left as it is stays so; everything else is as it was before\.$/,
  );
});
