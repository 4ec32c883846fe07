import { GROUPS } from './sim-groups.js';
import { ago } from './lives.js';
import { SKU } from './products.js';
import type { Product } from './products.js';
import { between } from './random.js';
import type { Random } from './random.js';
import { PLAN } from './service-plans.js';
import type { SimPath } from './sim-person.js';

const PLANS_OFTEN_OFF = [PLAN.yammer.id, PLAN.planner.id, PLAN.bookings.id];

/** The licenses of one ordinary member: a suite, mostly direct, sometimes through a group or both, and extras. */
export function bulkLicenses(random: Random, createdAt: number, created: number): readonly SimPath[] {
  const suite = suiteOf(random());
  const how = random();
  const since = Math.max(created, ago({ createdAt }, between(random, 60, 700)));
  const paths: SimPath[] = [];
  if (suite) {
    const group = groupFor(suite);
    if (!group || how < 0.7) paths.push(direct(random, suite, since));
    else if (how < 0.92) paths.push(throughGroup(suite, group, since));
    else paths.push(direct(random, suite, since), throughGroup(suite, group, since));
  }
  const extras: readonly (readonly [Product, number])[] = [
    [SKU.VISIO, 0.05],
    [SKU.PROJECT, 0.03],
    [SKU.POWER_BI, 0.02],
    [SKU.POWER_BI_FREE, 0.25],
    [SKU.FLOW_FREE, 0.15],
  ];
  for (const [product, share] of extras) {
    if (random() < share) paths.push({ ...direct(random, product, since), disabledPlans: [] });
  }
  return paths;
}

function suiteOf(draw: number): Product | undefined {
  if (draw < 0.44) return SKU.E3;
  if (draw < 0.66) return SKU.E5;
  if (draw < 0.8) return SKU.E1;
  if (draw < 0.9) return SKU.F3;
  if (draw < 0.94) return SKU.OFFICE_E3;
  return undefined;
}

function groupFor(suite: Product): string | undefined {
  if (suite === SKU.E3) return GROUPS.licensesE3.id;
  if (suite === SKU.E5) return GROUPS.licensesE5.id;
  return suite === SKU.E1 ? GROUPS.licensesE1.id : undefined;
}

function direct(random: Random, product: Product, since: number): SimPath {
  const disabledPlans = random() < 0.12 ? PLANS_OFTEN_OFF.filter((id) => hasPlan(product, id)) : [];
  const failed = random() < 0.004;
  return {
    skuId: product.skuId,
    group: null,
    disabledPlans,
    state: failed ? 'ActiveWithError' : 'Active',
    error: failed ? 'DependencyViolation' : 'None',
    since,
  };
}

function throughGroup(product: Product, group: string, since: number): SimPath {
  return { skuId: product.skuId, group, disabledPlans: [], state: 'Active', error: 'None', since };
}

function hasPlan(product: Product, planId: string): boolean {
  return product.plans.some((plan) => plan.id === planId);
}
