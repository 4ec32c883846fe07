import type { CardJson } from '../bot/messenger.js';
import { endingsOf, type DeliveryNote, type PersonDeliveries } from '../cases/asking/deliveries.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import { timeText } from './dates.js';
import { whenText, type CaseView } from './case-view.js';
import { card, facts, line, quiet, title } from './elements.js';
import { cardText, plainText } from './escape.js';

const ROWS = 15;

/** What became of the messages to people who were asked: how many, then who, those who could not be reached first. */
export function deliveriesCard(people: readonly PersonDeliveries[], view: CaseView): CardJson {
  const rest = people.length - ROWS;
  return card([
    title(deliveriesHeadline(people, view)),
    facts(endingsOf(people).map(([became, count]) => [text(view, `delivery.${became}`), String(count)])),
    ...people.slice(0, ROWS).map((person) => line(personText(person, view))),
    ...(rest > 0 ? [line(text(view, 'deliveries.more', { count: rest }))] : []),
    quiet(text(view, 'deliveries.note')),
  ]);
}

export function deliveriesHeadline(people: readonly PersonDeliveries[], reader: Language): ReadyText {
  const reached = people.filter(({ notes }) => notes.at(-1)?.became === 'delivered').length;
  return text(reader, 'deliveries.title', { reached, count: people.length });
}

/** What became of each message to one person, the newest first. */
export function messagesCard(person: PersonDeliveries, view: CaseView): CardJson {
  return card([
    title(messagesText(person, cardText(person.displayName, 80), view)),
    facts(
      person.notes.toReversed().map((note) => [timeText(note.at, view), cardText(noteText(note, view), 200)]),
    ),
    quiet(text(view, 'deliveries.note')),
  ]);
}

/** In a notification, where nothing is read as Markdown. */
export function messagesHeadline(person: PersonDeliveries, reader: Language): ReadyText {
  return messagesText(person, plainText(person.displayName, 80), reader);
}

function messagesText({ notes }: PersonDeliveries, name: ReadyText, reader: Language): ReadyText {
  const reached = notes.filter(({ became }) => became === 'delivered').length;
  return text(reader, 'deliveries.to', { reached, count: notes.length, name });
}

function personText({ displayName, notes }: PersonDeliveries, view: CaseView): ReadyText {
  const name = cardText(displayName, 80);
  const last = notes.at(-1);
  if (last === undefined) return name;
  const note = cardText(noteText(last, view), 200);
  return text(view, 'deliveries.person', { name, note, date: whenText(last.at, view) });
}

/** One message in words, with the codes of Teams and Graph, as plain text. */
export function noteText({ became, code, installation }: DeliveryNote, reader: Language): ReadyText {
  const ended = text(reader, `delivery.${became}`);
  const note =
    code === undefined ? ended : text(reader, 'delivery.withCode', { note: ended, code: plainText(code) });
  if (installation === undefined) return note;
  const { is } = installation;
  return 'code' in installation
    ? text(reader, `delivery.app.${is}`, { note, code: plainText(installation.code) })
    : text(reader, `delivery.app.${is}`, { note });
}
