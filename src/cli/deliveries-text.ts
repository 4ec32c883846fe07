import { noteText } from '../cards/deliveries-card.js';
import { endingsOf, type PersonDeliveries } from '../cases/asking/deliveries.js';
import { ENGLISH } from '../i18n/locale.js';
import { text } from '../i18n/text.js';
import { clean, table, timeOf } from './terminal.js';

/** What became of the messages to each person, the newest message of each, and all in a line. */
export function deliveriesText(people: readonly PersonDeliveries[]): string {
  const rows = people.flatMap(({ displayName, notes }) => {
    const last = notes.at(-1);
    if (last === undefined) return [];
    const delivered = notes.filter(({ became }) => became === 'delivered').length;
    const counts = `${delivered} of ${notes.length}`;
    return [[clean(displayName), clean(noteText(last, ENGLISH)), timeOf(last.at), counts]];
  });
  const endings = endingsOf(people).map(
    ([became, count]) => `${count} ${text(ENGLISH, `delivery.${became}`)}`,
  );
  return [
    table([['NAME', 'NEWEST MESSAGE', 'WHEN', 'DELIVERED'], ...rows]),
    '',
    `${endings.join(', ')}.`,
  ].join('\n');
}
