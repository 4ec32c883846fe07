import type { SkuId } from '../../audit/person.js';
import type { Money } from '../../spend/money.js';
import type { SeatOutcome, SeatStanding } from '../../spend/savings.js';
import type { Case, CaseLicense, Instant } from '../case.js';
import type { StepLicense } from '../step.js';
import { endOf, freed, givenOnIn, isSettled, outcomeOf } from '../step-progress.js';
import type { WithSteps } from '../transition-ends.js';
import { hasSteps } from '../transition-steps.js';

/** A license that the steps of a case took, or are to take. */
export interface TakenLicense {
  readonly license: CaseLicense;
  /** `takenBack`: it was given back, or is being. */
  readonly standing: SeatStanding | 'takenBack';
  /** Since when it is final, or when its undo window ends; undefined: neither is known yet. */
  readonly at: Instant | undefined;
  readonly outcome: SeatOutcome;
  readonly annual: Money | undefined;
}

/**
 * What a case took from its holder and was read as gone, and what it is still to take: each license once, by however many
 * ways it was held. One that was gone already, or that an older version did not write down, is none of it. Pure.
 */
export function takenLicenses(c: Case): readonly TakenLicense[] {
  if (c.scenario === 'given') return [];
  if (c.state === 'closed') {
    const givesOn = givesOnIn(c.outcome === 'reassigned' ? 'reassign' : 'reclaim', c.gaveOn);
    return withWorth(c, givesOn, skusOf(c.took), skusOf(c.gave), { standing: 'final', at: c.closedAt });
  }
  if (c.state === 'undone')
    return withWorth(c, () => false, skusOf(c.took), skusOf([]), { standing: 'takenBack', at: undefined });
  return hasSteps(c) ? underWay(c) : [];
}

/** A case whose steps are not all over, or can be undone. */
function underWay(c: WithSteps): readonly TakenLicense[] {
  const { took: taken, gave } = endOf(c);
  const took = freed(taken, c.steps);
  const givesOn = givesOnIn(outcomeOf(c) === 'reassign' ? 'reassign' : 'reclaim', givenOnIn(c.steps));
  if (c.state === 'undoing' || (c.state === 'needsPerson' && c.undoneBy !== undefined))
    return withWorth(c, givesOn, skusOf(took), skusOf([]), { standing: 'takenBack', at: undefined });
  const open = skusOf(c.steps.filter((each) => !isSettled(each)).flatMap(takes));
  // A seat is free only when every way to the license is gone.
  const gone = new Set([...skusOf(took)].filter((skuId) => !open.has(skuId)));
  const planned = skusOf(c.steps.flatMap(({ step }) => ('instead' in step ? (step.instead ?? []) : [])));
  const at = c.state === 'holding' ? c.holdUntil : undefined;
  const onHold = withWorth(c, givesOn, gone, skusOf(gave), { standing: 'onHold', at });
  return isStopped(c)
    ? onHold
    : [...onHold, ...withWorth(c, givesOn, open, planned, { standing: 'inSight', at: undefined })];
}

/** true: only an undo moves the case, so that nothing more of it is in sight. */
function isStopped(c: WithSteps): boolean {
  return c.state === 'needsPerson' && c.watch === undefined;
}

function takes({ step }: WithSteps['steps'][number]): readonly { readonly skuId: SkuId }[] {
  return step.kind === 'removeLicenses' || step.kind === 'leaveGroup' ? step.licenses : [];
}

function skusOf(licenses: readonly { readonly skuId: SkuId }[] | undefined): ReadonlySet<SkuId> {
  return new Set((licenses ?? []).map(({ skuId }) => skuId));
}

/** Whether a license goes to somebody else. */
type GivesOn = (license: CaseLicense) => boolean;

/** What is only taken along with a reassignment goes to nobody, and neither does what the receiver had. */
function givesOnIn(kind: 'reclaim' | 'reassign', given: readonly StepLicense[] | undefined): GivesOn {
  if (kind === 'reclaim') return () => false;
  if (given === undefined) return ({ beside }) => beside === undefined;
  const skus = skusOf(given);
  return ({ skuId }) => skus.has(skuId);
}

/** One cheaper license may stand for several dearer ones: its price is subtracted once. */
function withWorth(
  c: Case,
  givesOn: GivesOn,
  taken: ReadonlySet<SkuId>,
  gave: ReadonlySet<SkuId>,
  is: Pick<TakenLicense, 'standing' | 'at'>,
): readonly TakenLicense[] {
  const subtracted = new Set<SkuId>();
  return c.licenses
    .filter(({ skuId }) => taken.has(skuId))
    .map((license): TakenLicense => {
      const { annualCost, replacement } = license;
      const by = replacement?.skuId;
      if (givesOn(license)) return { ...is, license, outcome: 'givenOn', annual: undefined };
      if (by === undefined || !gave.has(by)) return { ...is, license, outcome: 'freed', annual: annualCost };
      const annual = subtracted.has(by) ? annualCost : difference(annualCost, replacement?.annualCost);
      if (annual !== undefined) subtracted.add(by);
      return { ...is, license, outcome: 'replaced', annual };
    });
}

/** undefined: one of them has no price, or they are of two currencies. */
function difference(cost: Money | undefined, spent: Money | undefined): Money | undefined {
  return cost === undefined || cost.currency !== spent?.currency
    ? undefined
    : { minor: cost.minor - spent.minor, currency: cost.currency };
}
