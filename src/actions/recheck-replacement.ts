import type { Person } from '../audit/person.js';
import type { Case } from '../cases/case.js';
import { answerIn, standInFor } from '../cases/stand-in.js';
import type { StepLicense, StepOf } from '../cases/step.js';
import { productName } from '../spend/product-names.js';
import { planConflict } from './plan-conflicts.js';
import type { LiveFacts } from './recheck.js';
import { isServed, seatsLeft, type Seats } from './seats.js';

/** What a removal gives instead of those licenses that the person still holds. Pure. */
export function givenInstead(
  c: Case,
  { instead = [] }: StepOf<'removeLicenses'>,
  held: readonly StepLicense[],
): readonly StepLicense[] {
  const answer = answerIn(c);
  const wanted = c.licenses
    .filter((license) => held.some(({ skuId }) => skuId === license.skuId))
    .map((license) => standInFor(license, answer)?.skuId);
  return instead.filter(({ skuId }) => wanted.includes(skuId));
}

/** What a person has to put right before a cheaper license can be given in the same call; undefined: nothing. Pure. */
export function replacementObstacle(
  person: Person,
  going: readonly StepLicense[],
  gives: readonly StepLicense[],
  live: Pick<LiveFacts, 'skus' | 'heldSeats'>,
): string | undefined {
  if (gives.length === 0) return undefined;
  if (person.usageLocation === undefined)
    return 'The person has no usage location, without which no license can be given: set one in Microsoft Entra first.';
  for (const license of gives) {
    const why = notToBeHad(person, license, live);
    if (why !== undefined) return why;
  }
  const kept = person.licenses.filter(({ skuId }) => !going.some((license) => license.skuId === skuId));
  const conflict = planConflict(kept, gives, live.skus);
  if (conflict === undefined) return undefined;
  const other = live.skus.find(({ skuId }) => skuId === conflict.held);
  const name = other === undefined ? conflict.held : productName(other);
  return `${conflict.given} cannot be given beside ${name}, which the person keeps: take that one first, or decide by hand.`;
}

function notToBeHad(person: Person, { skuId, name }: StepLicense, seats: Seats): string | undefined {
  if (person.licenses.some((held) => held.skuId === skuId))
    return `The person holds ${name} already, which was to be given instead: decide by hand.`;
  if (!isServed(seats, skuId))
    return `${name}, which is to be given instead, is not bought any more: decide by hand.`;
  return seatsLeft(seats, skuId) < 1
    ? `There is no free seat of ${name}, which is to be given instead: free or buy one.`
    : undefined;
}
