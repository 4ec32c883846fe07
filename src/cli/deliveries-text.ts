import { BECAME_WORDS, endingsOf, noteWords, type PersonDeliveries } from '../cases/asking/deliveries.js';
import { clean, table, timeOf } from './terminal.js';

/** What became of the messages to each person, the newest message of each, and all in a line. */
export function deliveriesText(people: readonly PersonDeliveries[]): string {
  const rows = people.flatMap(({ displayName, notes }) => {
    const last = notes.at(-1);
    if (last === undefined) return [];
    const delivered = notes.filter(({ became }) => became === 'delivered').length;
    const counts = `${delivered} of ${notes.length}`;
    return [[clean(displayName), clean(noteWords(last)), timeOf(last.at), counts]];
  });
  const endings = endingsOf(people).map(([became, count]) => `${count} ${BECAME_WORDS[became]}`);
  return [
    table([['NAME', 'NEWEST MESSAGE', 'WHEN', 'DELIVERED'], ...rows]),
    '',
    `${endings.join(', ')}.`,
  ].join('\n');
}
