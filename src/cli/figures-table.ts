import type { AuditFigures } from '../audit/audit-result.js';
import { moneyText } from '../cards/money-text.js';
import { table } from './terminal.js';

/** The short table after an audit. */
export function figuresTable(figures: AuditFigures): string {
  const cost = figures.annualCost.map((amount) => moneyText(amount, 'en')).join(' + ');
  const without = figures.withoutPrice > 0 ? ` (${figures.withoutPrice} without a price)` : '';
  return table([
    ['People with managed licenses', String(figures.people)],
    ['Licenses', String(figures.licenses)],
    ['Active', String(figures.active)],
    ['Inactive', String(figures.inactive)],
    ['Unknown', String(figures.unknown)],
    ['Protected', String(figures.protected)],
    ['Guests', String(figures.guests)],
    ['Yearly cost of the inactive', `${cost === '' ? 'price not entered' : cost}${without}`],
  ]);
}
