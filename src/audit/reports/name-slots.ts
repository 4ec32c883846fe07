import { nameKey } from '../name-key.js';
import { textTable, type TextTable } from './text-table.js';

/**
 * A number for each name in the usage reports, in any case or Unicode form, so that facts can lie in flat arrays that
 * all reports share. `find` gives undefined when no report has the name.
 */
export type NameSlots = TextTable;

export function nameSlots(): NameSlots {
  return textTable(nameKey);
}
