import type { AuditFigures } from '../audit/audit-result.js';
import type { Scenario } from '../audit/finding.js';
import { moneyText } from '../cards/money-text.js';
import { counted, table } from './terminal.js';

const SCENARIOS: Readonly<Record<Scenario, string>> = {
  leftCompany: '  left the company',
  neverSignedIn: '  never signed in',
  inactive: '  signed in before, idle now',
  disabledButLicensed: '  disabled, still licensed',
  unusedLicense: '  active, with an unused license',
};

/**
 * The short table after an audit.
 * @param scenarios how many of the people to ask about fall under each; rows of 0 are left out
 */
export function figuresTable(
  figures: AuditFigures,
  scenarios: Partial<Readonly<Record<Scenario, number>>> = {},
): string {
  const cost = figures.annualCost.map((amount) => moneyText(amount, 'en')).join(' + ');
  const rows = [
    ['People with managed licenses', figures.people],
    ['Licenses', figures.licenses],
    ['Active', figures.active],
    ['With idle licenses', figures.inactive],
    ...scenarioRows(scenarios),
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
      ['Yearly cost of idle licenses', cost === '' ? 'no price entered' : cost],
    ],
    [1],
  )}${cost === '' ? '' : without}`;
}

function scenarioRows(counts: Partial<Readonly<Record<Scenario, number>>>) {
  return (Object.keys(SCENARIOS) as Scenario[]).flatMap((scenario) => {
    const count = counts[scenario] ?? 0;
    return count > 0 ? [[SCENARIOS[scenario], count] as const] : [];
  });
}
