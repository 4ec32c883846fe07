import type { CaseFacts, CaseLicense } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { sentenceIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { sumMoney } from '../spend/money.js';
import { scenarioText, type CaseView } from './case-view.js';
import { facts, heading, line, quiet, type Part } from './elements.js';
import { cardText } from './escape.js';
import { dataDateText, evidenceRows, evidenceSentence } from './evidence-text.js';
import { moneyText, yearlyText } from './money-text.js';
import { unusedText } from './unused-text.js';

/** More would push the buttons off the screen and the card over its size. */
const LICENSES_SHOWN = 8;

/** How many characters of a name, and of a title, department or country are shown. */
export interface WhoLengths {
  readonly name: number;
  readonly detail: number;
}
export const USUAL_LENGTHS: WhoLengths = { name: 120, detail: 80 };

/** Name, title, department and country. */
export function who(
  { subject }: Pick<CaseFacts, 'subject'>,
  { name, detail }: WhoLengths = USUAL_LENGTHS,
): readonly Part[] {
  const about = [subject.jobTitle, subject.department, subject.country]
    .filter((text): text is string => text !== undefined && text.trim() !== '')
    .map((text) => cardText(text, detail));
  return [
    {
      type: 'TextBlock',
      text: cardText(subject.displayName, name),
      weight: 'Bolder',
      size: 'Medium',
      wrap: true,
    },
    quiet([...about, cardText(subject.userPrincipalName, name)].join(' · ')),
  ];
}

/** What was seen, source by source, and of which day that is. */
export function evidence(facts_: CaseFacts, reader: Language): readonly Part[] {
  const data = dataDateText(facts_.evidenceDate, reader);
  return [
    heading(text(reader, 'evidence.heading')),
    line(scenarioText(facts_, reader)),
    facts(evidenceRows(facts_.evidence, reader)),
    quiet(text(reader, 'evidence.note', { data })),
  ];
}

/** The same in a line, for whoever wants no more of it. */
export function evidenceInShort(facts_: CaseFacts, reader: Language): readonly Part[] {
  const seen = text(reader, 'evidence.sentence', { text: evidenceSentence(facts_.evidence, reader) });
  return [
    line(joined([scenarioText(facts_, reader), seen], ' ')),
    quiet(text(reader, 'evidence.sentence', { text: dataDateText(facts_.evidenceDate, reader) })),
  ];
}

/** What the person holds and what it costs. */
export function licenses(facts_: CaseFacts, view: CaseView): readonly Part[] {
  const all = facts_.licenses;
  const byCost = [...all].sort((a, b) => (b.annualCost?.minor ?? -1) - (a.annualCost?.minor ?? -1));
  const rest = byCost.slice(LICENSES_SHOWN);
  const rows = byCost
    .slice(0, LICENSES_SHOWN)
    .map((license) => [licenseName(license, view), licenseCost(license, view)] as const);
  return [
    heading(text(view, 'license.heading', { count: all.length })),
    facts([...rows, ...restRow(rest, view), ...totalRow(facts_, view)]),
  ];
}

/** What it costs, why an active person's license is asked about, and whether it can be taken back at all. */
export function licenseCost(license: CaseLicense, view: CaseView): ReadyText {
  const { annualCost, unused, beside, replacement, groupIds } = license;
  const parts = [
    yearlyText(annualCost, view.locale),
    unused && cardText(unusedText(unused, view)),
    // Where the policy takes everything that somebody holds.
    beside && text(view, `license.${beside}`),
    replacement &&
      text(view, 'license.replacement', {
        license: cardText(replacement.name),
        cost: yearlyText(replacement.annualCost, view.locale),
      }),
    groupIds.length > 0 ? text(view, 'license.throughGroup') : undefined,
  ];
  return joined(
    parts.filter((part) => part !== undefined),
    ' · ',
  );
}

function restRow(rest: readonly CaseLicense[], reader: Language): readonly (readonly [string, string])[] {
  if (rest.length === 0) return [];
  return [[text(reader, 'license.rest', { count: rest.length }), text(reader, 'license.restCost')]];
}

function totalRow(facts_: CaseFacts, view: CaseView): readonly (readonly [string, string])[] {
  const total = facts_.licenses.length < 2 ? undefined : totalOf(facts_, view);
  return total === undefined ? [] : [[text(view, 'license.together'), total]];
}

/** Licenses of somebody, with what each costs a year. */
interface Priced {
  readonly licenses: readonly Pick<CaseLicense, 'annualCost'>[];
}

/** What all of a person's licenses cost together, or that nobody entered a price. */
export function totalCost(held: Priced, view: CaseView): ReadyText {
  return totalOf(held, view) ?? yearlyText(undefined, view.locale);
}

function totalOf({ licenses: held }: Priced, view: CaseView): ReadyText | undefined {
  const priced = held.flatMap((license) => license.annualCost ?? []);
  const sum = sumMoney(priced);
  if (!sum) return undefined;
  const amount = moneyText(sum, view.locale);
  const gaps = held.length - priced.length;
  return gaps > 0
    ? text(view, 'license.totalWithGaps', { amount, count: gaps })
    : text(view, 'money.yearly', { amount });
}

/** A product that nobody knows has no name but ours. */
function licenseName({ name }: { readonly name: string }, reader: Language): ReadyText {
  return cardText(sentenceIn(reader, name, 'part.product.'));
}

/** `Microsoft 365 E5`, `Microsoft 365 E5 and Visio Plan 2`, `Microsoft 365 E5 and 4 more`; safe for a card. */
export function licenseNames(held: readonly { readonly name: string }[], reader: Language): ReadyText {
  const [first, second] = held;
  if (!first) return text(reader, 'license.none');
  const name = licenseName(first, reader);
  if (!second) return name;
  return held.length === 2
    ? text(reader, 'list.two', { first: name, second: licenseName(second, reader) })
    : text(reader, 'license.andMore', { first: name, count: held.length - 1 });
}
