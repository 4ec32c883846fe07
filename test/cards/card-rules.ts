import { CardSchema } from './card-schema.js';
import { AdaptiveCard, SerializationContext } from './renderer.js';

type Json = Readonly<Record<string, unknown>>;

/** UTF-8 bytes as sent (facts of Teams, 1.2). */
export const MOST_BYTES = 25_000;
/** Buttons in view at once, and in any one place, where Teams itself puts a sixth one behind a menu. */
const MOST_IN_VIEW = 6;
const MOST_IN_A_PLACE = 5;

/** Every object in a card that has a type, and the card itself. */
export function partsOf(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(partsOf);
  return 'type' in value ? [value as Json, ...inside] : inside;
}

/** What Teams, mobile clients or a screen reader would stumble over; empty for a good card. */
export function brokenRules(card: Json): readonly string[] {
  const parts = partsOf(card);
  return [
    ...bySchema(card),
    ...byRenderer(card),
    ...size(card),
    ...buttons(card, parts),
    ...inputs(parts),
    ...charts(parts),
    ...parts.flatMap((part) => ('color' in part ? ['A color says something.'] : [])),
    ...(card['refresh'] === undefined ? [] : ['It refreshes itself.']),
  ];
}

function bySchema(card: Json): readonly string[] {
  const read = CardSchema.safeParse(card);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function byRenderer(card: Json): readonly string[] {
  const context = new SerializationContext();
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const failures = parsed.validateProperties().validationEvents.map((event) => event.message);
  // It knows no charts, and no search that fills a list: those have rules of their own, and other lists have choices.
  return [...events, ...failures].filter(
    (message) => !/"Chart\.\w+"|^An Input\.ChoiceSet must have at least one choice/.test(message),
  );
}

function size(card: Json): readonly string[] {
  const bytes = Buffer.byteLength(JSON.stringify(card));
  return bytes > MOST_BYTES ? [`It has ${bytes} bytes.`] : [];
}

function buttons(card: Json, parts: readonly Json[]): readonly string[] {
  const most = Math.max(...parts.map((part) => [part['actions'] ?? []].flat().length));
  const outside = { ...card, actions: ((card['actions'] ?? []) as readonly Json[]).map(closed) };
  // The fallback of a button is no further one.
  const seen = partsOf(outside).filter(({ type }) => type === 'Action.Execute' || type === 'Action.ShowCard');
  return [
    ...(most > MOST_IN_A_PLACE ? [`One place has ${most} buttons.`] : []),
    ...(seen.length > MOST_IN_VIEW ? [`It shows ${seen.length} buttons.`] : []),
    ...parts.filter(({ type }) => type === 'Action.Execute').flatMap(fallback),
  ];
}

/** A button behind which further ones are, before it is pressed. */
function closed(action: Json): Json {
  const { card: _card, ...button } = action;
  return button;
}

function fallback({ title, verb, data, fallback: other }: Json): readonly string[] {
  const { title: text, data: sent } = (other ?? {}) as Json;
  const isSame = text === title && JSON.stringify(sent) === JSON.stringify({ ...(data as object), verb });
  return isSame ? [] : [`The button ${String(title)} does something else for older clients.`];
}

function inputs(parts: readonly Json[]): readonly string[] {
  const all = parts.filter(({ type }) => String(type).startsWith('Input.'));
  const ids = new Set(all.map(({ id }) => id));
  return [
    ...all
      .filter(({ label }) => !/\p{L}/u.test(String(label)))
      .map(({ id }) => `${String(id)} has no label.`),
    ...all
      .filter(({ isRequired, errorMessage }) => isRequired === true && !errorMessage)
      .map(({ id }) => `${String(id)} does not say what is missing.`),
    ...all
      .filter(({ type, value }) => type === 'Input.ChoiceSet' && value !== undefined)
      .map(({ id }) => `${String(id)} is answered beforehand.`),
    ...all.filter(isSearch).flatMap(({ id }) => twinOf(String(id), all)),
    ...(ids.size === all.length ? [] : ['Two inputs have one id.']),
  ];
}

function isSearch(part: Json): boolean {
  return part['choices.data'] !== undefined;
}

/** Not every client searches, so that beside each search there is a text that nobody has to fill in, and neither has the list. */
function twinOf(id: string, all: readonly Json[]): readonly string[] {
  const twin = all[all.findIndex((part) => part['id'] === id) + 1];
  const isTwin = twin?.['type'] === 'Input.Text' && twin['id'] === `${id}Typed`;
  const isFree = all.every((part) => part['isRequired'] !== true || !String(part['id']).startsWith(id));
  return isTwin && isFree ? [] : [`${id} can only be answered by a client that searches.`];
}

/** A picture may be left out by a client, so that what it shows stands in words as well. */
function charts(parts: readonly Json[]): readonly string[] {
  const facts = parts
    .filter(({ type }) => type === 'FactSet')
    .map(({ facts: rows }) => (rows as Json[]).length);
  return parts
    .filter(({ type }) => String(type).startsWith('Chart.'))
    .filter(({ data }) => !facts.includes((data as Json[]).length))
    .map(() => 'A chart has no rows in words.');
}
