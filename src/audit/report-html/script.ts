import { contentOf, listIn, personIn, rowOf, stackedBar, textIn } from './cells.js';
import { SEATS } from './data.js';
import { inSortOrder, matches, rowText, searchable, sortValue } from './rows.js';
import { markBar, placesOf, startFilters, startPage } from './start.js';
import { TableView } from './table.js';

const PARTS = [
  ...[searchable, rowText, matches, sortValue, inSortOrder],
  ...[rowOf, contentOf, textIn, listIn, personIn, stackedBar],
  ...[TableView, startPage, startFilters, placesOf, markBar],
];

/** The program of the page: the text of its functions, which are checked and tested as the rest of the product is. */
export function pageScript(): string {
  const tools = `{ searchable, rowText, matches, inSortOrder, rowOf, TableView, kinds: ${JSON.stringify(SEATS)} }`;
  return [`'use strict';`, ...PARTS.map(String), `startPage(document, window, ${tools});`].join('\n');
}
