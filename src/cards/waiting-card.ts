import type { CardJson } from '../bot/messenger.js';
import type { Case } from '../cases/case.js';
import type { Language } from '../i18n/locale.js';
import { sentencesIn } from '../i18n/sentences.js';
import { text, type ReadyText } from '../i18n/text.js';
import { licenseNames } from './case-parts.js';
import { whenText, type CaseView } from './case-view.js';
import { card, heading, line, quiet, title, type Part } from './elements.js';
import { cardText } from './escape.js';
import { yearlyText } from './money-text.js';

const ROWS = 15;

/**
 * What waits for the asker.
 * @param mine questions put to the asker, oldest first
 * @param shared what waits for any admin, most expensive first; empty for everybody else
 */
export function waitingCard(mine: readonly Case[], shared: readonly Case[], view: CaseView): CardJson {
  const both = mine.length > 0 && shared.length > 0;
  return card([
    title(waitingHeadline(mine.length, shared.length, view)),
    ...rows(mine, mineText, view),
    ...(both ? [heading(text(view, 'waiting.shared', { count: shared.length }))] : []),
    ...rows(shared, sharedText, view),
    ...(shared.length > 0 ? [quiet(text(view, 'waiting.sharedNote'))] : []),
    quiet(text(view, 'waiting.note')),
  ]);
}

/** @param shared how many cases wait for any admin; told only where nothing waits for the asker alone */
export function waitingHeadline(mine: number, shared: number, reader: Language): ReadyText {
  return mine === 0
    ? text(reader, 'waiting.shared', { count: shared })
    : text(reader, 'waiting.mine', { count: mine });
}

function rows(
  cases: readonly Case[],
  rowText: (c: Case, view: CaseView) => ReadyText,
  view: CaseView,
): readonly Part[] {
  const rest = cases.length - ROWS;
  return [
    ...cases.slice(0, ROWS).map((c) => line(rowText(c, view))),
    ...(rest > 0 ? [line(text(view, 'waiting.more', { count: rest }))] : []),
  ];
}

function mineText(c: Case, view: CaseView): ReadyText {
  const row = nameAndLicenses(c, view);
  return c.state === 'asked'
    ? text(view, 'waiting.rowDue', { ...row, due: whenText(c.answerDue, view) })
    : text(view, 'waiting.row', row);
}

function sharedText(c: Case, view: CaseView): ReadyText {
  const cost = yearlyText(c.annualCost, view.locale);
  const row = text(view, 'waiting.rowCost', { ...nameAndLicenses(c, view), cost });
  if (c.state === 'adminReview')
    return text(view, 'waiting.toDecide', { row, why: cardText(sentencesIn(view, c.why), 200) });
  if (c.state === 'needsPerson')
    return text(view, 'waiting.toDo', { row, task: cardText(sentencesIn(view, c.task), 200) });
  return row;
}

function nameAndLicenses(
  c: Case,
  view: CaseView,
): { readonly name: ReadyText; readonly licenses: ReadyText } {
  return { name: cardText(c.subject.displayName, 80), licenses: licenseNames(c.licenses, view) };
}
