import type { AuditFigures } from '../audit/audit-result.js';
import { moneyText } from '../cards/money-text.js';
import { counted, table } from './terminal.js';

/** The short table after an audit. */
export function figuresTable(figures: AuditFigures): string {
  const cost = figures.annualCost.map((amount) => moneyText(amount, 'en')).join(' + ');
  const rows = [
    ['People with managed licenses', figures.people],
    ['Licenses', figures.licenses],
    ['Active', figures.active],
    ['Inactive', figures.inactive],
    ['Protected', figures.protected],
    ['Unknown', figures.unknown],
    ['Guests', figures.guests],
    ...(figures.outOfScope > 0 ? ([['Out of scope, in no other number', figures.outOfScope]] as const) : []),
  ] as const;
  const { withoutPrice } = figures;
  const without =
    withoutPrice > 0
      ? `\n(without the licenses of ${counted(withoutPrice, 'person', 'people')} for which no price is entered)`
      : '';
  return `${table(
    [
      ...rows.map(([name, count]) => [name, count.toLocaleString('en')]),
      ['Yearly cost of the inactive', cost === '' ? 'no price entered' : cost],
    ],
    [1],
  )}${cost === '' ? '' : without}`;
}
