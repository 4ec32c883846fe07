import { IntlMessageFormat } from 'intl-messageformat';
import { CATALOGS, type Language, type Locale, type MessageKey } from './locale.js';

/**
 * Text that is ready for its place: what others have written went through `cards/escape.ts`, and everything else is ours.
 * Only such text goes into a message, so that no name becomes markup or a pattern.
 */
export type ReadyText = string & { readonly __brand: 'ReadyText' };

/** What goes into the places of a message, by name. */
export type MessageValues = Readonly<Record<string, number | ReadyText>>;

/**
 * A message in the language of its reader.
 * @throws TypeError when a place of the message is left without a value
 */
export function text({ locale }: Language, key: MessageKey, values?: MessageValues): ReadyText {
  const message = messageOf(locale, key);
  return (typeof message === 'string' ? message : message(values)) as ReadyText;
}

/** Ready texts as one, such as the parts of a line. */
export function joined(parts: readonly ReadyText[], between: string): ReadyText {
  return parts.join(between) as ReadyText;
}

type Filling = (values: MessageValues | undefined) => string;

/** Reading a pattern is far slower than filling it, and every card has dozens. */
const known = new Map<Locale, Map<MessageKey, string | Filling>>();

function messageOf(locale: Locale, key: MessageKey): string | Filling {
  const ours = known.get(locale) ?? new Map<MessageKey, string | Filling>();
  known.set(locale, ours);
  const before = ours.get(key);
  if (before !== undefined) return before;
  const made = readPattern(CATALOGS[locale][key], locale);
  ours.set(key, made);
  return made;
}

/** Text and places such as `{name}`, and nothing of the language of ICU messages beside. */
const PLAIN_PLACES = /^(?:[^{}']|\{\w+\})*$/u;

/** Most messages have no places, or only such as take a value as it is; what looks like a tag is none in any of them. */
function readPattern(pattern: string, locale: Locale): string | Filling {
  if (!/[{}']/u.test(pattern)) return pattern;
  if (PLAIN_PLACES.test(pattern)) return plainly(pattern);
  const message = new IntlMessageFormat(pattern, locale, undefined, { ignoreTag: true });
  return (values) => String(message.format(values));
}

function plainly(pattern: string): Filling {
  // Text and the names of places, in turn.
  const parts = pattern.split(/\{(\w+)\}/u);
  return (values = {}) => {
    let filled = '';
    for (const [index, part] of parts.entries()) filled += index % 2 === 0 ? part : valueOf(values, part);
    return filled;
  };
}

function valueOf(values: MessageValues, name: string): string {
  const value = values[name];
  if (value === undefined) throw new TypeError(`A message has no value for its place {${name}}.`);
  return String(value);
}
