import { unusedText } from '../audit/licenses/unused.js';
import type { CaseFacts, CaseLicense } from '../cases/case.js';
import { sumMoney } from '../spend/money.js';
import { scenarioText, type CaseView } from './case-view.js';
import { facts, heading, line, quiet, type Part } from './elements.js';
import { cardText } from './escape.js';
import { dataDateText, evidenceRows, evidenceSentence } from './evidence-text.js';
import { moneyText, yearlyText } from './money-text.js';

/** More would push the buttons off the screen and the card over its size. */
const LICENSES_SHOWN = 8;

/** Name, title, department and country. */
export function who({ subject }: Pick<CaseFacts, 'subject'>): readonly Part[] {
  const about = [subject.jobTitle, subject.department, subject.country]
    .filter((text): text is string => text !== undefined && text.trim() !== '')
    .map((text) => cardText(text, 80));
  return [
    { type: 'TextBlock', text: cardText(subject.displayName), weight: 'Bolder', size: 'Medium', wrap: true },
    quiet([...about, cardText(subject.userPrincipalName)].join(' · ')),
  ];
}

/** What was seen, source by source, and of which day that is. */
export function evidence(facts_: CaseFacts): readonly Part[] {
  return [
    heading('What we see'),
    line(scenarioText(facts_)),
    facts(evidenceRows(facts_.evidence)),
    quiet(`${dataDateText(facts_.evidenceDate)}. Only days are looked at, never content or times of day.`),
  ];
}

/** The same in a line, for whoever wants no more of it. */
export function evidenceInShort(facts_: CaseFacts): readonly Part[] {
  return [
    line(`${scenarioText(facts_)} ${evidenceSentence(facts_.evidence)}.`),
    quiet(`${dataDateText(facts_.evidenceDate)}.`),
  ];
}

/** What the person holds and what it costs. */
export function licenses(facts_: CaseFacts, view: CaseView): readonly Part[] {
  const all = facts_.licenses;
  const byCost = [...all].sort((a, b) => (b.annualCost?.minor ?? -1) - (a.annualCost?.minor ?? -1));
  const rest = byCost.slice(LICENSES_SHOWN);
  const rows = byCost
    .slice(0, LICENSES_SHOWN)
    .map((license) => [cardText(license.name), licenseCost(license, view)] as const);
  return [
    heading(all.length === 1 ? 'License' : `${all.length} licenses`),
    facts([...rows, ...restRow(rest), ...totalRow(facts_, view)]),
  ];
}

/** What it costs, why an active person's license is asked about, and whether it can be taken back at all. */
export function licenseCost(license: CaseLicense, view: CaseView): string {
  const cost = yearlyText(license.annualCost, view.locale);
  const why = license.unused === undefined ? '' : ` · ${cardText(unusedText(license.unused))}`;
  const beside = license.beside === undefined ? '' : ` · ${BESIDE[license.beside]}`;
  const instead =
    license.replacement === undefined
      ? ''
      : ` · Reclaim replaces it by ${cardText(license.replacement.name)}, ${yearlyText(license.replacement.annualCost, view.locale)}`;
  return `${cost}${why}${beside}${instead}${license.groupIds.length > 0 ? ' · comes through a group' : ''}`;
}

/** Where the policy takes everything that somebody holds. */
const BESIDE: Readonly<Record<NonNullable<CaseLicense['beside']>, string>> = {
  notManaged: 'not managed here, taken along',
  notRecorded: 'use not recorded, taken along',
};

function restRow(rest: readonly CaseLicense[]): readonly (readonly [string, string])[] {
  return rest.length > 0 ? [[`and ${rest.length} more`, 'smaller or without a price']] : [];
}

function totalRow(facts_: CaseFacts, view: CaseView): readonly (readonly [string, string])[] {
  const total = facts_.licenses.length < 2 ? undefined : totalOf(facts_, view);
  return total === undefined ? [] : [['Together', total]];
}

/** What all of a person's licenses cost together, or that nobody entered a price. */
export function totalCost(facts_: CaseFacts, view: CaseView): string {
  return totalOf(facts_, view) ?? yearlyText(undefined, view.locale);
}

function totalOf({ licenses: held }: CaseFacts, view: CaseView): string | undefined {
  const priced = held.flatMap((license) => license.annualCost ?? []);
  const sum = sumMoney(priced);
  if (!sum) return undefined;
  const gaps = held.length - priced.length;
  const note = gaps > 0 ? ` (${gaps} without a price)` : '';
  return `${moneyText(sum, view.locale)} a year${note}`;
}

/** `Microsoft 365 E5`, `Microsoft 365 E5 and Visio Plan 2`, `Microsoft 365 E5 and 4 more`; safe for a card. */
export function licenseNames(held: readonly { readonly name: string }[]): string {
  const [first, second] = held;
  if (!first) return 'no license';
  if (!second) return cardText(first.name);
  if (held.length === 2) return `${cardText(first.name)} and ${cardText(second.name)}`;
  return `${cardText(first.name)} and ${held.length - 1} more`;
}
