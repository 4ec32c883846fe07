import type { Person } from '../audit/person.js';
import type { Instant } from '../cases/case.js';
import type { CaseStep, Step, StepLicense } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import { holdsAllOf, lackedBy, locationFor, unfit } from './receiver.js';
import { seatShortage } from './recheck-receiver.js';
import type { Seats } from './seats.js';

export type GiftPlan =
  | { readonly kind: 'steps'; readonly steps: readonly CaseStep[] }
  /** `why`: a sentence for whoever wanted to give it. */
  | { readonly kind: 'refused'; readonly why: string };

/** The steps in which a license is given that comes from no other holder; each is checked anew before it is taken. Pure. */
export function planGift(
  person: Person,
  license: StepLicense,
  seats: Seats,
  { reclaim }: Pick<Policy, 'reclaim'>,
  at: Instant,
): GiftPlan {
  const name = person.displayName;
  const country = person.usageLocation === undefined ? locationFor(person, reclaim) : undefined;
  const giving = { kind: 'assignLicenses', userId: person.id, licenses: [license] } as const;
  if (!person.accountEnabled) return refused(`The account of ${name} is disabled.`);
  if (lackedBy(person, [license]).length === 0) return refused(`${name} has ${license.name} already.`);
  const why = unfit(person, [license], seats.skus);
  if (why !== undefined) return refused(`${name} ${why}.`);
  const other = holdsAllOf(person, [license], seats.skus);
  if (other !== undefined) return refused(`${name} has ${other}, which includes all of ${license.name}.`);
  if (person.usageLocation === undefined && country === undefined)
    return refused(
      `${name} has no usage location, without which no license can be given: set one in Microsoft Entra first.`,
    );
  const shortage = seatShortage(giving, seats);
  if (shortage !== undefined) return refused(shortage);
  const locating: readonly Step[] =
    country === undefined ? [] : [{ kind: 'setUsageLocation', userId: person.id, country }];
  const planned = (step: Step): CaseStep => ({ step, progress: { is: 'planned' }, notBefore: at });
  return { kind: 'steps', steps: [...locating, giving].map(planned) };
}

function refused(why: string): GiftPlan {
  return { kind: 'refused', why };
}
