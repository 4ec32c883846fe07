import type { BackTest, EarlierRun, ThresholdFigures } from '../audit/back-test/back-test.js';
import { isoDay } from '../audit/day.js';
import { moneyText } from '../cards/money-text.js';
import { table } from './terminal.js';

/** The thresholds of one run as a table, what its columns mean, and what became of people flagged earlier. */
export function whatIfText(tested: BackTest): string {
  return [figuresText(tested.thresholds), '', returnsText(tested.earlier)].join('\n');
}

function figuresText(thresholds: readonly ThresholdFigures[]): string {
  const hasUnchecked = thresholds.some(({ unchecked }) => unchecked > 0);
  const hasUnread = thresholds.some(({ unread }) => unread > 0);
  const columns: readonly (readonly [string, (row: ThresholdFigures) => string])[] = [
    ['DAYS', ({ days }) => String(days)],
    ['PEOPLE', ({ people }) => count(people)],
    ...(hasUnchecked
      ? ([['UNCHECKED', ({ unchecked }: ThresholdFigures) => count(unchecked)]] as const)
      : []),
    ...(hasUnread
      ? ([['UP TO', ({ people, unread }: ThresholdFigures) => count(people + unread)]] as const)
      : []),
    ['LICENSES', ({ licenses }) => count(licenses)],
    ['PROTECTED', (row) => count(row.protected)],
    ['GUESTS', ({ guests }) => count(guests)],
    ['PER YEAR', costText],
    ['WITHOUT PRICE', ({ withoutPrice }) => count(withoutPrice)],
  ];
  const rows = thresholds.map((row) => columns.map(([, of]) => of(row)));
  const all = columns.map((_, column) => column);
  return [
    table([columns.map(([name]) => name), ...rows], all),
    '',
    'PEOPLE used nothing for so many DAYS; LICENSES and PER YEAR are theirs. PROTECTED and GUESTS come on top.',
    'Active people who do not use one of their licenses are found at any threshold, and are in none of these.',
    ...(hasUnchecked
      ? [
          'UNCHECKED: of PEOPLE, those whose groups and mailbox no audit had to look at; some may be protected.',
        ]
      : []),
    ...(hasUnread
      ? [
          'UP TO: with those whose sign-in dates no audit had to read; nobody knows how many of them are inactive.',
        ]
      : []),
  ].join('\n');
}

function costText({ people, annualCost }: ThresholdFigures): string {
  if (annualCost.length > 0) return annualCost.map((amount) => moneyText(amount, 'en')).join(' + ');
  return people === 0 ? '-' : 'no price';
}

function returnsText(earlier: readonly EarlierRun[]): string {
  if (earlier.length === 0) {
    return 'How many come back within 30 days is not known yet: no audit with evidence is 30 days older than this one.';
  }
  const rows = earlier.flatMap(({ day, returns }) =>
    returns.map(({ days, flagged, cameBack, stayedIdle, untold }) => [
      isoDay(day),
      ...[days, flagged, cameBack, stayedIdle, untold].map(count),
    ]),
  );
  return [
    'Of those whom earlier audits would have flagged, within 30 days:',
    table(
      [['AUDIT', 'DAYS', 'FLAGGED', 'CAME BACK', 'STAYED IDLE', 'NOBODY KNOWS'], ...rows],
      [1, 2, 3, 4, 5],
    ),
  ].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en');
}
