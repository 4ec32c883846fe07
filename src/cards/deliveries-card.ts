import type { CardJson } from '../bot/messenger.js';
import { BECAME_WORDS, endingsOf, noteWords, type PersonDeliveries } from '../cases/asking/deliveries.js';
import { whenText, type CaseView } from './case-view.js';
import { card, facts, line, quiet, title } from './elements.js';
import { cardText } from './escape.js';

const ROWS = 15;

/** What became of the messages to people who were asked: how many, then who, those who could not be reached first. */
export function deliveriesCard(people: readonly PersonDeliveries[], view: CaseView): CardJson {
  const rest = people.length - ROWS;
  return card([
    title(deliveriesHeadline(people)),
    facts(endingsOf(people).map(([became, count]) => [BECAME_WORDS[became], String(count)])),
    ...people.slice(0, ROWS).map((person) => line(personText(person, view))),
    ...(rest > 0 ? [line(`and ${rest} more; \`npm run steward -- deliveries\` lists them all.`)] : []),
    quiet(
      'Whom Teams refuses for good, the next manager is asked in their place. Delivered does not mean read.',
    ),
  ]);
}

export function deliveriesHeadline(people: readonly PersonDeliveries[]): string {
  const reached = people.filter(({ notes }) => notes.at(-1)?.became === 'delivered').length;
  return `${reached} of ${people.length} ${people.length === 1 ? 'person' : 'people'} reached in Teams`;
}

function personText({ displayName, notes }: PersonDeliveries, view: CaseView): string {
  const last = notes.at(-1);
  if (last === undefined) return cardText(displayName, 80);
  return `**${cardText(displayName, 80)}**: ${cardText(noteWords(last), 200)}, ${whenText(last.at, view)}`;
}
