export type FileText =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable'; readonly why: string };

const NEWLINE = 0x0a;
const REMEDY = 'save it as "CSV UTF-8"';

/**
 * The text of a file as spreadsheets and directories write it: UTF-8 with or without a byte order mark, or UTF-16 with
 * one. Every line end becomes one `\n`. Bytes that are no text are told by their line, never replaced in silence: half a
 * name could match somebody else.
 */
export function fileText(bytes: Uint8Array): FileText {
  const label = labelOf(bytes);
  const decoder = new TextDecoder(label, { fatal: true });
  try {
    const text = decoder.decode(bytes).replace(/\r\n?/g, '\n');
    const zero = text.indexOf('\0');
    if (zero === -1) return { kind: 'text', text };
    return unreadable(
      `line ${lineAt(text, zero)} has a zero character, so it is no text in UTF-8: ${REMEDY}`,
    );
  } catch {
    if (label !== 'utf-8') return unreadable(`it begins as UTF-16 and does not go on so: ${REMEDY}`);
    return unreadable(`line ${firstBadLine(bytes)} has a character that is not UTF-8: ${REMEDY}`);
  }
}

function labelOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** No byte of a longer UTF-8 character looks like a newline, so the lines can be tried one by one. */
function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, start = 0; ; line += 1) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline === -1 ? bytes.length : newline;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    if (newline === -1) return line;
    start = end + 1;
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}

function unreadable(why: string): FileText {
  return { kind: 'unreadable', why };
}
