import type { UserId } from '../../src/audit/person.js';
import { DAY_MS } from '../../src/config/durations.js';
import { SKUS, type SkuName } from '../world/skus.js';
import { order } from './personas.js';
import type { Case } from '../../src/cases/case.js';
import type { World } from './world.js';

/** Days between two gifts, about. */
const EVERY_DAYS = 13;
/** What is given: one that holds a mailbox, one that does not, one that is free, and one that few have seats of. */
const GIVEN: readonly SkuName[] = ['E3', 'VISIO', 'FLOW_FREE', 'POWER_BI'];

/** Admins give licenses now and then, mostly to people about whom there is nothing, and sometimes to others. */
export function beginGifts(world: World): void {
  const { chances, time, cast } = world;
  const { people } = chances;
  const gift = (): void => {
    if (world.isCalm) return;
    time.after(people.around(EVERY_DAYS * DAY_MS) + DAY_MS, gift);
    const sku = SKUS[people.pick(GIVEN)].partNumber;
    const what = { order: 'give', userId: receiver(world), sku, reason: 'It is needed.' } as const;
    order(world, what, people.happens(0.7) ? people.pick(cast.admins) : 'terminal');
  };
  time.after(people.around(EVERY_DAYS * DAY_MS) + DAY_MS, gift);
}

/** Now and then somebody about whom there is a case, whatever has become of it. */
function receiver({ store, cast, chances: { people } }: World): UserId {
  const cases = people.happens(0.4) ? store.peekKind<Case>('cases', 'case') : [];
  return cases.length === 0 ? people.pick(cast.everybody).id : people.pick(cases).userId;
}
