import type { BackTest, EarlierRun, ThresholdFigures } from '../audit/back-test/back-test.js';
import { isoDay } from '../audit/day.js';
import type { CardJson } from '../bot/messenger.js';
import { dayText, daysText, type Reader } from './dates.js';
import { card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { moneyText } from './money-text.js';

/** What other thresholds would have flagged in the latest audit, and how many of those flagged earlier came back. */
export function whatIfCard(tested: BackTest, view: Reader): CardJson {
  const [earlier] = tested.earlier;
  return card([
    title(whatIfHeadline(tested)),
    quiet(
      `Audit of ${dayText(isoDay(tested.day), view)}; the policy’s threshold is ${daysText([tested.policyDays])}. ` +
        'Asking changes nothing.',
    ),
    facts(
      tested.thresholds.map((figures) => [daysText([figures.days]), figuresText(figures, view)] as const),
    ),
    ...notes(tested.thresholds),
    heading('Came back within 30 days'),
    ...(earlier === undefined ? [line(NOT_KNOWN_YET)] : returns(earlier, view)),
  ]);
}

export function whatIfHeadline({ thresholds }: BackTest): string {
  return thresholds.length === 1 ? 'What another threshold would flag' : 'What other thresholds would flag';
}

const NOT_KNOWN_YET =
  'Not known yet: no audit with evidence is 30 days older than this one. It is told from then on.';

function figuresText(figures: ThresholdFigures, view: Reader): string {
  const { people, licenses, annualCost, withoutPrice, unchecked, unread } = figures;
  const cost = annualCost.map((amount) => moneyText(amount, view.locale)).join(' + ');
  return [
    `${counted(people, 'person', 'people')}, ${counted(licenses, 'license', 'licenses')}`,
    ...(people === 0 ? [] : [cost === '' ? 'no price entered' : `${cost} a year`]),
    ...(cost !== '' && withoutPrice > 0 ? [`${amount(withoutPrice)} without a price`] : []),
    ...(unchecked > 0 ? [`${amount(unchecked)} of them not checked for protection`] : []),
    ...(unread > 0 ? [`up to ${amount(unread)} more`] : []),
  ].join(' · ');
}

function notes(thresholds: readonly ThresholdFigures[]): readonly Part[] {
  return [
    ...(thresholds.some(({ unread }) => unread > 0)
      ? [
          quiet(
            '**Up to … more**: their sign-in dates were not needed at the policy’s threshold, so nobody knows.',
          ),
        ]
      : []),
    ...(thresholds.some(({ unchecked }) => unchecked > 0)
      ? [
          quiet(
            '**Not checked for protection**: groups and mailboxes are looked at only at the policy’s threshold.',
          ),
        ]
      : []),
  ];
}

function returns({ day, returns: all }: EarlierRun, view: Reader): readonly Part[] {
  return [
    quiet(`Of those whom the audit of ${dayText(isoDay(day), view)} would have flagged:`),
    facts(
      all.map(({ days, flagged, cameBack, untold }) => {
        const unknown = untold > 0 ? ` · of ${amount(untold)} nobody can tell` : '';
        return [daysText([days]), `${amount(cameBack)} of ${amount(flagged)}${unknown}`] as const;
      }),
    ),
  ];
}

function counted(count: number, one: string, many: string): string {
  return `${amount(count)} ${count === 1 ? one : many}`;
}

function amount(count: number): string {
  return count.toLocaleString('en');
}
