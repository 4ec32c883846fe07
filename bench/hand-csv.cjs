// The floor for reports: splits CSV into cells and does nothing with them. It believes that quotes are in order.
'use strict';

/** A splitter of chunks; `onRow` gets the cells of every row. */
function handCsv(onRow) {
  let rest = '';
  const take = (text, isLast) => {
    let row = [];
    let at = 0;
    let rowStart = 0;
    for (;;) {
      const quoted = text.charCodeAt(at) === 34;
      let cell;
      if (quoted) {
        const end = endOfQuoted(text, at + 1);
        if (end === -1) break;
        cell = text.slice(at + 1, end).replaceAll('""', '"');
        at = end + 1;
      } else {
        const end = endOfPlain(text, at);
        if (end === text.length && !isLast) break;
        cell = text.slice(at, end);
        at = end;
      }
      if (at >= text.length && !isLast) break;
      const next = text.charCodeAt(at);
      // The second half of this line end is in the next piece.
      if (next === 13 && at + 1 >= text.length && !isLast) break;
      row.push(cell);
      if (next === 44) {
        at += 1;
        continue;
      }
      onRow(row);
      row = [];
      if (next === 13) at += 1;
      at += 1;
      rowStart = at;
      if (at >= text.length) break;
    }
    rest = text.slice(rowStart);
  };
  return {
    add: (chunk) => take(rest === '' ? chunk : rest + chunk, false),
    end: () => {
      if (rest !== '') take(rest, true);
    },
  };
}

/** Where the closing quote is; -1: not in this piece, or it may be the first of two. */
function endOfQuoted(text, from) {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (at + 1 >= text.length) return -1;
    if (text.charCodeAt(at + 1) !== 34) return at;
  }
  return -1;
}

function endOfPlain(text, from) {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 44 || code === 10 || code === 13) return at;
  }
  return text.length;
}

module.exports = { handCsv };
