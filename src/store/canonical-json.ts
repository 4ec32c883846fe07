/**
 * One text for one value, whatever order its keys have (the rules of RFC 8785): keys sorted by UTF-16 code units, no
 * blanks, numbers and texts as JSON.stringify writes them. Undefined properties do not exist. Halves of surrogate
 * pairs become U+FFFD, since not every store gives them back.
 * @throws TypeError for what JSON does not know
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(wellFormed(value));
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return `{${members(value).join(',')}}`;
  throw new TypeError(`JSON has no ${typeof value === 'number' ? String(value) : typeof value}.`);
}

function members(value: object): readonly string[] {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(wellFormed(key))}:${canonicalJson(member)}`);
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
