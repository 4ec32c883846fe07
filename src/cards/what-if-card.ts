import type { BackTest, EarlierRun, ThresholdFigures } from '../audit/back-test/back-test.js';
import { isoDay } from '../audit/day.js';
import type { CardJson } from '../bot/messenger.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { DAY, dayText, lengthText, type Reader } from './dates.js';
import { card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { moneyText } from './money-text.js';

/** What other thresholds would have flagged in the latest audit, and how many of those flagged earlier came back. */
export function whatIfCard(tested: BackTest, view: Reader): CardJson {
  const [earlier] = tested.earlier;
  const values = { date: dayText(isoDay(tested.day), view), days: daysLong(tested.policyDays, view) };
  return card([
    title(whatIfHeadline(tested, view)),
    quiet(text(view, 'whatIf.audit', values)),
    facts(
      tested.thresholds.map((figures) => [daysLong(figures.days, view), figuresText(figures, view)] as const),
    ),
    quiet(text(view, 'whatIf.activeNote')),
    ...notes(tested.thresholds, view),
    heading(text(view, 'whatIf.returned')),
    ...(earlier === undefined ? [line(text(view, 'whatIf.notKnown'))] : returns(earlier, view)),
  ]);
}

export function whatIfHeadline({ thresholds }: BackTest, reader: Language): ReadyText {
  return text(reader, 'whatIf.title', { count: thresholds.length });
}

function daysLong(days: number, reader: Language): ReadyText {
  return lengthText(days * DAY, reader);
}

function figuresText(figures: ThresholdFigures, view: Reader): ReadyText {
  const { people, licenses, annualCost, withoutPrice, unchecked, unread } = figures;
  const cost = annualCost.map((amount) => moneyText(amount, view.locale));
  const yearly =
    cost.length === 0
      ? text(view, 'whatIf.noPrice')
      : text(view, 'money.yearly', { amount: joined(cost, ' + ') });
  const counted = {
    people: text(view, 'count.people', { count: people }),
    licenses: text(view, 'count.licenses', { count: licenses }),
  };
  const parts = [
    text(view, 'whatIf.peopleAndLicenses', counted),
    ...(people === 0 ? [] : [yearly]),
    ...(cost.length > 0 && withoutPrice > 0
      ? [text(view, 'whatIf.withoutPrice', { count: withoutPrice })]
      : []),
    ...(unchecked > 0 ? [text(view, 'whatIf.unchecked', { count: unchecked })] : []),
    ...(unread > 0 ? [text(view, 'whatIf.unread', { count: unread })] : []),
  ];
  return joined(parts, ' · ');
}

function notes(thresholds: readonly ThresholdFigures[], view: Reader): readonly Part[] {
  return [
    ...(thresholds.some(({ unread }) => unread > 0) ? [quiet(text(view, 'whatIf.unreadNote'))] : []),
    ...(thresholds.some(({ unchecked }) => unchecked > 0) ? [quiet(text(view, 'whatIf.uncheckedNote'))] : []),
  ];
}

function returns({ day, returns: all }: EarlierRun, view: Reader): readonly Part[] {
  return [
    quiet(text(view, 'whatIf.ofThose', { date: dayText(isoDay(day), view) })),
    facts(
      all.map(({ days, flagged, cameBack: back, untold }) => {
        const said =
          untold > 0
            ? text(view, 'whatIf.backUntold', { back, flagged, untold })
            : text(view, 'whatIf.back', { back, flagged });
        return [daysLong(days, view), said] as const;
      }),
    ),
  ];
}
