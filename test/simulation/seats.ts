import type { SkuId } from '../../src/audit/person.js';
import type { CaseIn } from '../../src/cases/case.js';
import { DAY_MS } from '../../src/config/durations.js';
import { SKUS } from '../world/skus.js';
import { order } from './personas.js';
import { seatsOf } from './rules/held-seats.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;
/** In so many undo windows seats become few. */
const FEW = 0.35;
/** Of these, what the undo may need is free no more. */
const TOO_FEW = 0.3;

/**
 * To be called when the undo window of a case begins. Somebody who does not know of it lets the seats go that nobody has,
 * and an admin wants to give one to somebody else; or whoever has given it on wants it back.
 */
export function planForSeats(world: World, c: CaseIn<'holding'>): void {
  const { seats } = world.chances;
  const taken = c.steps.flatMap(({ step }) => (step.kind === 'removeLicenses' ? step.licenses : []));
  if (taken.length === 0) return;
  const { skuId } = seats.pick(taken);
  if (c.decision.kind === 'reassign') wantBack(world, c, skuId, 14);
  else if (seats.happens(FEW)) later(world, 12 * DAY_MS, () => becomeFew(world, c, skuId));
}

function later(world: World, most: number, what: () => void): void {
  const { chances, time } = world;
  time.after(chances.seats.whole(HOUR_MS, most), () => {
    if (!world.isCalm) what();
  });
}

function becomeFew(world: World, c: CaseIn<'holding'>, skuId: SkuId): void {
  const { seats } = world.chances;
  const { held } = seatsOf(world, skuId);
  if (held === 0) return;
  letGo(world, skuId, seats.happens(TOO_FEW) ? held - 1 : held);
  later(world, DAY_MS, () => giveTo(world, skuId));
  if (seats.happens(0.5)) later(world, 3 * DAY_MS, () => undo(world, c));
}

/** As soon as there is no other seat than those that others may need. */
function wantBack(world: World, c: CaseIn<'holding'>, skuId: SkuId, days: number): void {
  later(world, DAY_MS, () => {
    const { held } = seatsOf(world, skuId);
    if (held === 0) return days > 0 ? wantBack(world, c, skuId, days - 1) : undefined;
    letGo(world, skuId, held);
    later(world, DAY_MS, () => undo(world, c));
  });
}

function undo(world: World, { userId, caseId }: CaseIn<'holding'>): void {
  order(world, { order: 'undo', userId, caseId });
}

function letGo({ tenant, story, time }: World, skuId: SkuId, free: number): void {
  const partNumber = tenant.skus.find((sku) => sku.skuId === skuId)?.partNumber;
  story.tell(time.now(), 'somebody', () => `lets seats of ${partNumber} go: ${free} stay free`);
  tenant.keepFree(skuId, free);
}

/** Some who can have it: the first ones may lack a location, or be gone. */
function giveTo(world: World, skuId: SkuId): void {
  const { chances, cast, tenant } = world;
  const sku = Object.values(SKUS).find((each) => each.skuId === skuId);
  if (sku === undefined) return;
  const lacking = cast.everybody.filter(({ account: { person, exists } }) => {
    const held = person.licenses.flatMap((license) =>
      tenant.skus.filter((each) => each.skuId === license.skuId),
    );
    const has = new Set(held.flatMap(({ plans }) => plans.map(({ id }) => id)));
    return (
      exists &&
      person.accountEnabled &&
      person.usageLocation !== undefined &&
      !sku.plans.every(({ id }) => has.has(id))
    );
  });
  if (lacking.length === 0) return;
  const { id: userId } = chances.seats.pick(lacking);
  order(
    world,
    { order: 'give', userId, sku: sku.partNumber, reason: 'It is needed.' },
    chances.seats.pick(cast.admins),
  );
}
