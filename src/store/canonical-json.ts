/**
 * One text for one value, whatever order its keys have (the rules of RFC 8785): keys sorted by UTF-16 code units, no
 * blanks, numbers and texts as JSON.stringify writes them. Undefined properties do not exist. Halves of surrogate
 * pairs become U+FFFD, since not every store gives them back.
 * @throws TypeError for what JSON does not know
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed());
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return `{${members(value as Members)}}`;
  throw new TypeError(`JSON has no ${typeof value === 'number' ? String(value) : typeof value}.`);
}

type Members = Readonly<Record<string, unknown>>;

/** One text that grows, and no lists of pairs: every entry of a history goes through here several times. */
function members(all: Members): string {
  let text = '';
  for (const key of Object.keys(all).sort()) {
    const member = all[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key.toWellFormed())}:${canonicalJson(member)}`;
  }
  return text;
}
