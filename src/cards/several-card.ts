import type { CardJson } from '../bot/messenger.js';
import type { NamedMatch } from '../cases/named.js';
import type { Language } from '../i18n/locale.js';
import { text } from '../i18n/text.js';
import { buttons, card, line, quiet, title, writes, type Part } from './elements.js';
import { cardText, plainText } from './escape.js';
import { firstThatFits } from './fitting.js';

/** What only shows something of one person, and can be asked by a touch. */
export type WantedOfOne = 'person' | 'case' | 'history' | 'explain';

/** Teams shows six actions of a card, and a sixth one in one place behind a menu (facts of Teams, 1.1). */
const MOST = 6;
const IN_A_ROW = 3;

/**
 * People whom a name may mean, each with a button. It asks by the object id, which nobody else has; who may see what is
 * looked up anew.
 */
export function severalCard(people: readonly NamedMatch[], wanted: WantedOfOne, reader: Language): CardJson {
  const each = [...new Map(people.map((person) => [person.userId, person])).values()];
  const shown = each.slice(0, MOST);
  const rows = [shown.slice(0, IN_A_ROW), shown.slice(IN_A_ROW)].filter((row) => row.length > 0);
  const more = each.length - shown.length;
  return firstThatFits([80, 20], (most) =>
    card([
      title(text(reader, 'chat.several')),
      ...shown.map(({ displayName, userPrincipalName }) =>
        line(
          text(reader, 'chat.person', {
            name: cardText(displayName, most),
            address: cardText(userPrincipalName, most),
          }),
        ),
      ),
      ...(more > 0 ? [quiet(text(reader, 'chat.severalMore', { count: more }))] : []),
      ...rows.map((row) => buttons(row.map((person) => choice(person, shown, wanted)))),
    ]),
  );
}

/** Called by name, or by address where two have one name. */
function choice(person: NamedMatch, among: readonly NamedMatch[], wanted: WantedOfOne): Part {
  const name = plainText(person.displayName, 40);
  const isAlone = among.every((other) => other === person || plainText(other.displayName, 40) !== name);
  return writes(isAlone ? name : plainText(person.userPrincipalName, 60), `${wanted} ${person.userId}`);
}
