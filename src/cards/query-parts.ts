import { measured, type Group } from '../chat/query/groups.js';
import type { Totals } from '../chat/query/hits.js';
import type { GroupField, Measure } from '../chat/query/query.js';
import type { RunFigures } from '../chat/read-model.js';
import type { Instant } from '../cases/case.js';
import type { CardJson } from '../bot/messenger.js';
import type { Language } from '../i18n/locale.js';
import { sentenceIn } from '../i18n/sentences.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { bars } from './bars.js';
import type { CaseView } from './case-view.js';
import { countryText } from './country-text.js';
import { dateText, dayText } from './dates.js';
import { button, facts, quiet, type Part } from './elements.js';
import { cardText, plainText } from './escape.js';
import { firstThatFits } from './fitting.js';
import { moneyText } from './money-text.js';

/** Characters of a question that are shown. */
export const MOST_SHOWN = 300;

/** true: nothing of the question is cut away where it is shown back. */
export function isShownWhole(question: string): boolean {
  return plainText(question, MOST_SHOWN) === question;
}

/** What was understood, from which audit and which data. */
export function understood(question: string, run: RunFigures, view: CaseView): readonly Part[] {
  return [
    quiet(text(view, 'query.understood', { question: cardText(question, MOST_SHOWN) })),
    quiet(auditText(run, view)),
  ];
}

/** Of which day an audit and its data are. */
export function auditText(run: RunFigures, view: CaseView): ReadyText {
  const date = dateText(run.finishedAt as Instant, view);
  return run.reportRefreshed
    ? text(view, 'query.audit', { date, data: dayText(run.reportRefreshed, view) })
    : text(view, 'query.auditNoData', { date });
}

export function peopleText(count: number, reader: Language): ReadyText {
  return text(reader, 'count.people', { count });
}

export function licensesText(count: number, reader: Language): ReadyText {
  return text(reader, 'count.licenses', { count });
}

/** `$1,368 a year (2 licenses without a price)` */
export function costText({ cost, withoutPrice, licenses }: Totals, view: CaseView): ReadyText {
  if (cost.length === 0) return text(view, licenses === 0 ? 'query.nothing' : 'query.noPrices');
  const amount = joined(
    cost.map((each) => moneyText(each, view.locale)),
    ' + ',
  );
  return withoutPrice > 0
    ? text(view, 'query.costWithGaps', { amount, licenses: licensesText(withoutPrice, view) })
    : text(view, 'money.yearly', { amount });
}

export function totalFacts(totals: Totals, undated: number, view: CaseView): Part {
  const left = text(view, 'query.undated', { people: peopleText(undated, view) });
  return facts([
    [text(view, 'query.people'), text(view, 'count.number', { count: totals.people })],
    [text(view, 'query.licenses'), text(view, 'count.number', { count: totals.licenses })],
    [text(view, 'query.cost'), costText(totals, view)],
    ...(undated > 0 ? [[text(view, 'query.leftOut'), left] as const] : []),
    ...fromCases(totals, view),
  ]);
}

/** Of some the audit says nothing any more. */
function fromCases({ fromCases: count = 0 }: Totals, view: CaseView): readonly (readonly [string, string])[] {
  return count === 0 ? [] : [[text(view, 'query.fromCases'), text(view, 'query.fromCasesText', { count })]];
}

/** A button that asks a question: in a message of its own, or, `turn`, in the place of this one. */
export function asks(title: string, question: string, verb: 'ask' | 'turn' = 'ask'): Part {
  return button({ title: plainText(title, 40), verb, data: { question } });
}

/** Of a question; its buttons carry it several times. */
const MOST_IN_BUTTONS = 700;

/** How many characters of names are shown. */
export interface Lengths {
  readonly name: number;
  readonly detail: number;
}

/** The card, with names cut short where letters of many bytes would make it too large. */
export function fitting(make: (lengths: Lengths) => CardJson): CardJson {
  return firstThatFits(
    [
      { name: 80, detail: 60 },
      { name: 20, detail: 12 },
    ],
    make,
  );
}

/** Buttons, where the questions that they carry are not too long for a card. */
export function asksWithin(question: string, buttons: readonly Part[]): readonly Part[] {
  return Buffer.byteLength(question) <= MOST_IN_BUTTONS ? buttons : [];
}

/** A part of a whole is easier seen in a ring, and more than some parts only in bars. */
const MOST_IN_A_RING = 6;

/**
 * The groups as a picture for clients that can draw it; the rows below it say the same in words, so it may be left out.
 * @param look `isWhole`: the groups are all there are, and nobody is in two
 */
export function chart(
  title: string,
  groups: readonly Group[],
  { by, of }: { readonly by: GroupField; readonly of: Measure },
  look: Lengths & { readonly isWhole: boolean },
  reader: Language,
): Part {
  const { isWhole, detail } = look;
  const shown = groups.map((group) => ({
    label: labelOf(group, by, detail, reader),
    value: measured(group, of),
  }));
  if (isWhole && groups.length <= MOST_IN_A_RING) {
    const data = shown.map(({ label, value }) => ({ legend: label, value }));
    return { type: 'Chart.Donut', title, colorSet: 'categorical', data, fallback: 'drop' };
  }
  const data = shown.map(({ label, value }) => ({ x: label, y: value }));
  return bars(title, data);
}

/** Plain text: charts read no Markdown. Reasons and states are words of ours, in which one can ask for them. */
export function labelOf(
  { label }: Pick<Group, 'label'>,
  by: GroupField,
  most: number,
  reader: Language,
): ReadyText {
  if (label === '') return text(reader, 'query.notSaid');
  if (by === 'country') return countryText(label, most, reader);
  const isOurs = by === 'scenario' || by === 'verdict' || by === 'state';
  return plainText(isOurs ? sentenceIn(reader, label, 'part.group.') : label, most);
}
