import { moneyText } from '../cards/money-text.js';
import type { CaseIn } from '../cases/case.js';
import { clean, table, timeOf } from './terminal.js';

/** Decisions for a terminal. */
export function reviewTable(cases: readonly CaseIn<'decided'>[]): string {
  const rows = cases.map((c) => [
    clean(c.subject.displayName),
    clean(c.subject.userPrincipalName),
    c.decision.kind === 'reassign'
      ? `reassign to ${clean(c.decision.receiver.displayName)}`
      : c.decision.kind,
    clean(c.decision.by.displayName),
    c.licenses.map(({ name }) => name).join('; '),
    c.annualCost === undefined ? 'no price' : moneyText(c.annualCost, 'en'),
    timeOf(c.actsFrom),
  ]);
  return table([['NAME', 'USER', 'DECISION', 'BY', 'LICENSES', 'A YEAR', 'BEGINS'], ...rows], [5]);
}
