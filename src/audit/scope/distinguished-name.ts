import { nameKey } from '../name-key.js';

/**
 * The parts of a distinguished name from the person up, in a form in which equal parts are equal texts: RFC 4514, and
 * the quotes of RFC 2253 before it. Case, Unicode form, ways of escaping, blanks at the ends and their number in between
 * do not count, nor does the order within a part of several values (`CN=Ada+UID=7`).
 */
export function nameParts(distinguishedName: string): readonly string[] {
  return splitAt(distinguishedName, ',').map((part) => splitAt(part, '+').map(pairKey).sort().join('+'));
}

/** Cuts at every separator that is neither escaped nor within quotes; empty pieces are left out. */
function splitAt(text: string, separator: ',' | '+'): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') isQuoted = !isQuoted;
    if (character === separator && !isQuoted) {
      pieces.push(piece);
      piece = '';
    } else if (character === '\\') {
      piece += text.slice(at, at + 2);
      at += 1;
    } else piece += character;
  }
  return [...pieces, piece].filter((each) => each.trim() !== '');
}

/** `type=value`. What separates is escaped again, so that a plus within a value is none between two. */
function pairKey(pair: string): string {
  const equals = pair.indexOf('=');
  const value = valueKey(equals === -1 ? pair : pair.slice(equals + 1));
  return equals === -1 ? value : `${nameKey(pair.slice(0, equals))}=${value}`;
}

function valueKey(written: string): string {
  const trimmed = written.trim();
  const quoted = /^"(?<inside>(?:[^"\\]|\\[\s\S])*)"$/.exec(trimmed)?.groups?.['inside'];
  const value = unescaped(quoted ?? trimmed);
  return nameKey(value.replace(/\s+/g, ' ')).replace(/[\\+]/g, '\\$&');
}

/** A backslash stands before a character, or before the two hexadecimal digits of each byte of UTF-8. */
function unescaped(text: string): string {
  return text.replace(/(?:\\[0-9a-f]{2})+|\\([\s\S]?)/gi, (written, character: string | undefined) =>
    character === undefined ? Buffer.from(written.replaceAll('\\', ''), 'hex').toString('utf8') : character,
  );
}
