import type { CardJson } from '../bot/messenger.js';
import type { Case } from '../cases/case.js';
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
    title(waitingHeadline(mine.length, shared.length)),
    ...rows(mine, (c) => mineText(c, view)),
    ...(both ? [heading(sharedHeadline(shared.length))] : []),
    ...rows(shared, (c) => sharedText(c, view)),
    ...(shared.length > 0 ? [quiet('Most expensive first. Any administrator can do these.')] : []),
    quiet('Write **case NAME** to get one with its buttons.'),
  ]);
}

/** @param shared how many cases wait for any admin; told only where nothing waits for the asker alone */
export function waitingHeadline(mine: number, shared: number): string {
  if (mine === 0) return sharedHeadline(shared);
  return mine === 1 ? '1 question waits for you' : `${mine} questions wait for you`;
}

function sharedHeadline(count: number): string {
  return count === 1 ? '1 case waits for an administrator' : `${count} cases wait for an administrator`;
}

function rows(cases: readonly Case[], text: (c: Case) => string): readonly Part[] {
  const rest = cases.length - ROWS;
  return [
    ...cases.slice(0, ROWS).map((c) => line(text(c))),
    ...(rest > 0 ? [line(`and ${rest} more; \`npm run steward -- cases\` lists them all.`)] : []),
  ];
}

function mineText(c: Case, view: CaseView): string {
  const due = c.state === 'asked' ? `. Please answer by ${whenText(c.answerDue, view)}.` : '';
  return `${nameAndLicenses(c)}${due}`;
}

function sharedText(c: Case, view: CaseView): string {
  const cost = yearlyText(c.annualCost, view.locale);
  const text = `${nameAndLicenses(c)} · ${cost}.`;
  if (c.state === 'adminReview') return `${text} To decide: ${cardText(c.why, 200)}`;
  return c.state === 'needsPerson' ? `${text} To do: ${cardText(c.task, 200)}` : text;
}

function nameAndLicenses(c: Case): string {
  return `**${cardText(c.subject.displayName, 80)}**: ${licenseNames(c.licenses)}`;
}
