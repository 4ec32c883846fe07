/** What was made plain before: most of a document that is written again is as it came from the store. */
const known = new WeakSet<object>();

/**
 * A value as a trip through JSON would leave it, and so many characters. It is given to everybody without a copy, and
 * nobody changes it.
 */
export function plain(value: unknown, size: { characters: number }): unknown {
  if (typeof value === 'string') {
    size.characters += value.length;
    return value;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (known.has(value)) return value;
  if (value instanceof Date) return value.toISOString();
  const copy = Array.isArray(value) ? listed(value, size) : members(value, size);
  known.add(copy);
  return copy;
}

function listed(value: readonly unknown[], size: { characters: number }): readonly unknown[] {
  return value.map((item) => {
    const one = plain(item, size);
    return one === undefined ? null : one;
  });
}

function members(value: object, size: { characters: number }): object {
  const copy: Record<string, unknown> = {};
  const members = value as Readonly<Record<string, unknown>>;
  for (const key in members) {
    const member = members[key];
    if (member !== undefined) copy[key] = plain(member, size);
  }
  return copy;
}
