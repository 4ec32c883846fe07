/** A text as an OData literal: quoted, quotes inside doubled. Still to be encoded for the address. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Builds a query with every value encoded. The Graph client encodes nothing: a `&` in a name would end a filter, a `#`
 * would cut off everything behind it. Half of a character becomes U+FFFD, since no address can carry it.
 */
export function withQuery(
  path: string,
  options: Readonly<Record<`$${string}`, string | number | boolean>>,
): string {
  const parts = Object.entries(options).map(
    ([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`,
  );
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}

/**
 * A text as one segment of a path.
 * @returns undefined for what no segment can carry: nothing, or dots that would climb out of the path
 */
export function segment(text: string): string | undefined {
  return text === '' || text === '.' || text === '..' ? undefined : encodeURIComponent(text.toWellFormed());
}

/** Cuts a list into pieces of at most `size`. */
export function piecesOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const pieces: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += size) pieces.push(items.slice(start, start + size));
  return pieces;
}
