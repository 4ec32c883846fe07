import type { ColumnKind, PageCell, PageTable } from './data.js';

/*
 * Cells of the page's tables. These functions run in the reader's browser: they are written into the page as text, so
 * they use nothing but each other, what they are given, and the browser. Texts are set as text, never as HTML.
 */

/** One row of a table; `kinds` name the parts of a bar of seats. */
export function rowOf(
  doc: Document,
  table: PageTable,
  cells: readonly PageCell[],
  kinds: readonly string[],
): HTMLElement {
  const row = doc.createElement('tr');
  table.columns.forEach(({ kind, label }, at) => {
    const cell = doc.createElement(at === 0 ? 'th' : 'td');
    if (at === 0) cell.scope = 'row';
    cell.className = kind;
    cell.dataset['label'] = label;
    cell.append(...contentOf(doc, cells[at] ?? null, kind, kinds));
    row.append(cell);
  });
  return row;
}

export function contentOf(
  doc: Document,
  cell: PageCell,
  kind: ColumnKind,
  kinds: readonly string[],
): readonly (Element | string)[] {
  if (typeof cell === 'number') return [cell.toLocaleString('en-US')];
  if (cell === null) return [];
  if (typeof cell === 'string') return [textIn(doc, 'bdi', cell)];
  const parts = cell.map((part) => String(part ?? ''));
  switch (kind) {
    case 'person':
      return personIn(doc, parts);
    case 'seats':
      return [stackedBar(doc, parts.map(Number), kinds)];
    case 'list':
      return parts.length > 0 ? [listIn(doc, parts)] : [];
    default:
      return [parts[1] ?? ''];
  }
}

export function textIn(doc: Document, tag: string, text: string, className = ''): HTMLElement {
  const made = doc.createElement(tag);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}

export function listIn(doc: Document, texts: readonly string[]): HTMLElement {
  const list = doc.createElement('ul');
  list.append(...texts.map((text) => textIn(doc, 'li', text)));
  return list;
}

/** Name and address, and behind a disclosure what the audit saw. */
export function personIn(doc: Document, parts: readonly string[]): readonly Element[] {
  const [name = '', address = '', ...lines] = parts;
  const who = [textIn(doc, 'bdi', name, 'name'), textIn(doc, 'bdi', address, 'address')];
  if (lines.length === 0) return who;
  const details = doc.createElement('details');
  const summary = textIn(doc, 'summary', 'Evidence');
  summary.append(textIn(doc, 'span', ` of ${name}`, 'unseen'));
  details.append(summary, listIn(doc, lines));
  return [...who, details];
}

/** One bar out of several numbers. The numbers stand in the cells beside it, so it is not read out. */
export function stackedBar(doc: Document, parts: readonly number[], kinds: readonly string[]): Element {
  const make = (tag: string, attributes: Readonly<Record<string, string>>): Element => {
    const made = doc.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };
  const svg = make('svg', {
    viewBox: '0 0 100 12',
    preserveAspectRatio: 'none',
    class: 'stack',
    'aria-hidden': 'true',
  });
  const total = parts.reduce((sum, part) => sum + Math.max(0, part), 0);
  let from = 0;
  parts.forEach((part, at) => {
    if (part <= 0) return;
    const width = (part / total) * 100;
    svg.append(
      make('rect', { x: `${from}`, width: `${width}`, height: '12', class: `seat-${kinds[at] ?? ''}` }),
    );
    from += width;
  });
  return svg;
}
