import type { EachRow } from '../graph-call.js';

/** Characters; large texts cost memory mappings, small ones nothing. */
const PIECE = 48_000;
/** What stands before the rows of a page: annotations only, so that these are the rows of the page itself. */
const HEAD = /^\s*\{\s*(?:"@[^"\\]*"\s*:\s*(?:"[^"\\]*"|\d+)\s*,\s*)*"value"\s*:\s*\[\s*(?=(\{\s*"[^"\\]*"))/;

export interface JsonPieces {
  add(text: string): void;
  /**
   * The value of the whole text as `JSON.parse` gives it where no key is named twice, but without the rows that were
   * told to `eachRow`.
   * @throws SyntaxError where that would
   */
  end(): unknown;
}

/**
 * Parses a page of rows while it arrives, without ever holding its text. Where the text is cut is a guess (before what
 * looks like the first key of the next row), but a guess that cannot deceive: a run of rows in brackets is JSON only
 * if it ends where a row ends. Whatever is not such a page, or where a guess fails, is parsed at the end.
 * @param eachRow told each element of the page's `value`; default: they are kept
 * @param piece rows are parsed as soon as their text is so long, in characters
 */
export function jsonPieces(eachRow?: EachRow, piece = PIECE): JsonPieces {
  let head: string | undefined;
  let annotations: unknown;
  let border = '';
  let rest = '';
  let mayCut = true;
  const rows: unknown[] = [];
  let count = 0;
  const take = (row: unknown): void => {
    if (eachRow === undefined) rows.push(row);
    else eachRow(row, count, annotations);
    count += 1;
  };

  const takeHead = (): void => {
    const found = HEAD.exec(rest);
    mayCut = found?.[1] !== undefined;
    if (found?.[1] === undefined) return;
    head = found[0];
    annotations = JSON.parse(`${head}]}`);
    border = `},${found[1]}`;
    rest = rest.slice(head.length);
  };
  /** The border is looked for in the newest text only: joined text is copied when somebody looks into it. */
  const takeRows = (before: string, text: string): void => {
    const at = text.lastIndexOf(border);
    if (at === -1) return;
    const taken = rowsIn(`[${before}${text.slice(0, at + 1)}]`);
    mayCut = taken !== undefined;
    if (taken === undefined) return;
    for (const row of taken) take(row);
    rest = text.slice(at + 2);
  };

  return {
    add(text) {
      const before = rest;
      rest += text;
      if (!mayCut || rest.length < piece) return;
      if (head === undefined) takeHead();
      else takeRows(before, text);
    },
    end() {
      const whole: unknown = JSON.parse((head ?? '') + rest);
      if (!isPage(whole)) return whole;
      for (const row of whole.value) take(row);
      return { ...whole, value: rows };
    },
  };
}

function isPage(json: unknown): json is { readonly value: readonly unknown[] } {
  return typeof json === 'object' && json !== null && 'value' in json && Array.isArray(json.value);
}

function rowsIn(text: string): readonly unknown[] | undefined {
  try {
    return JSON.parse(text) as readonly unknown[];
  } catch {
    return undefined;
  }
}
