import { parkable } from '../actions/plan-parking.js';
import { nameKey } from '../audit/name-key.js';
import type { Case, CaseIn, CaseLicense, Replacement } from '../cases/case.js';
import { parkingOf, type Parking } from '../cases/decision.js';
import { isReturn } from '../cases/parked-return.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { sumMoney } from '../spend/money.js';
import { licenseNames } from './case-parts.js';
import type { CaseView } from './case-view.js';
import { dayAsChosen } from './dates.js';
import { mailUnderText, timesOf } from './effects.js';
import { cardText } from './escape.js';
import { yearlyText } from './money-text.js';

/**
 * What it means to park licenses; undefined: none can be.
 * @param proposal what a second person of HR is to agree to; undefined: the day of the return is still to be chosen
 */
export function parkingText(
  c: CaseIn<'hrReview' | 'hrProposed'>,
  view: CaseView,
  proposal?: Parking,
): ReadyText | undefined {
  const parked = parkable(c, view.policy, proposal);
  if (parked.length === 0) return undefined;
  const names = standInsOf(parked);
  const values = {
    when: timesOf(c, view).when('removeLicenses'),
    licenses: licenseNames(parked, view),
    count: names.length,
    standIns: joined(
      names.map(({ name, annualCost }) => costText(cardText(name), annualCost, view)),
      ', ',
    ),
  };
  const what =
    proposal === undefined
      ? text(view, 'effect.parked', values)
      : text(view, 'effect.parkedUntil', { ...values, date: returnText(proposal, view) });
  return joined([what, ...mailUnderText({ ...c, licenses: parked }, 'park', view)], ' ');
}

/** Each cheaper license once. */
function standInsOf(parked: readonly CaseLicense[]): readonly Replacement[] {
  const standIns = parked.flatMap(({ parking }) => parking ?? []);
  return [...new Map(standIns.map((each) => [each.name, each])).values()];
}

function costText(licenses: ReadyText, cost: CaseLicense['annualCost'], view: CaseView): ReadyText {
  return text(view, 'license.nameAndCost', { licenses, cost: yearlyText(cost, view.locale) });
}

/** Why nothing can be parked although the policy names a license of the case; undefined: it can, or it names none. */
export function whyNotParkable(c: Pick<Case, 'licenses'>, view: CaseView): ReadyText | undefined {
  const { park } = view.policy.reclaim;
  const named = c.licenses.filter(({ partNumber }) =>
    park.some(({ sku }) => nameKey(sku) === nameKey(partNumber)),
  );
  return named.length === 0 || parkable(c, view.policy).length > 0
    ? undefined
    : text(view, 'hr.cannotPark', { licenses: licenseNames(named, view) });
}

/** The day of the return as HR chose it. */
export function returnText({ returnsOn }: Parking, view: CaseView): ReadyText {
  return dayAsChosen(returnsOn, view);
}

/** What a case is about, with what it costs: of one that parks, only what is parked. */
export function licensesOf(c: Case): Pick<Case, 'licenses' | 'annualCost'> {
  const parking = parkingOf(c);
  if (parking === undefined) return c;
  const licenses = c.licenses.filter(({ skuId }) => parking.skuIds.includes(skuId));
  return { licenses, annualCost: sumMoney(licenses.flatMap(({ annualCost }) => annualCost ?? [])) };
}

/** How the return of what was parked waits; undefined: the task is another one. */
export function returnWaits(c: Case): 'leaveOver' | 'early' | 'notServed' | undefined {
  if (c.state !== 'needsPerson' || !isReturn(c)) return undefined;
  if (c.watch?.notServed === true) return 'notServed';
  return c.leaveOver === true ? 'leaveOver' : 'early';
}
