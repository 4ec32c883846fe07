import { IntlMessageFormat } from 'intl-messageformat';
import { catalogOf, type Language, type Locale, type MessageKey } from './locale.js';

/**
 * Text that is ready for its place: what others have written went through `cards/escape.ts`, and everything else is ours.
 * Only such text goes into a message, so that no name becomes markup or a pattern.
 */
export type ReadyText = string & { readonly __brand: 'ReadyText' };

/** What goes into the places of a message, by name. */
export type MessageValues = Readonly<Record<string, number | ReadyText>>;

/** A message in the language of its reader. */
export function text({ locale }: Language, key: MessageKey, values?: MessageValues): ReadyText {
  const message = messageOf(locale, key);
  return (typeof message === 'string' ? message : String(message.format(values))) as ReadyText;
}

/** Ready texts as one, such as the parts of a line. */
export function joined(parts: readonly ReadyText[], between: string): ReadyText {
  return parts.join(between) as ReadyText;
}

/** Reading a pattern is far slower than filling it, and every card has dozens. */
const known = new Map<Locale, Map<MessageKey, string | IntlMessageFormat>>();

function messageOf(locale: Locale, key: MessageKey): string | IntlMessageFormat {
  const ours = known.get(locale) ?? new Map<MessageKey, string | IntlMessageFormat>();
  known.set(locale, ours);
  const before = ours.get(key);
  if (before !== undefined) return before;
  const pattern = catalogOf(locale)[key];
  // Most messages have no places to fill; what looks like a tag is none in any of them.
  const made = /[{}']/u.test(pattern)
    ? new IntlMessageFormat(pattern, locale, undefined, { ignoreTag: true })
    : pattern;
  ours.set(key, made);
  return made;
}
