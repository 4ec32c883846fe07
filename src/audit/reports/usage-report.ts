import { nameSlots, type NameSlots } from './name-slots.js';
import { readReport, type ReportReading, type ReportShape } from './reader.js';
import { usageIndex, workloadColumns, type UsageIndex } from './usage-index.js';

export type UsageReading = ReportReading<UsageIndex>;

/** In the order of WORKLOADS. */
const LAST_USE = [
  'Exchange Last Activity Date',
  'OneDrive Last Activity Date',
  'SharePoint Last Activity Date',
  'Teams Last Activity Date',
  'Yammer Last Activity Date',
  'Skype For Business Last Activity Date',
] as const;

/** Reads the CSV of getOffice365ActiveUserDetail (microsoft-graph.md 2.2) into columns beside those of other reports. */
export function readUsageReport(
  chunks: AsyncIterable<string>,
  names: NameSlots = nameSlots(),
): Promise<UsageReading> {
  return readReport(chunks, shapeOf(names));
}

function shapeOf(names: NameSlots): ReportShape<UsageIndex> {
  return {
    title: 'The usage report',
    name: 'User Principal Name',
    deleted: 'Is Deleted',
    columns: LAST_USE,
    collect: () => {
      const { states, columns } = workloadColumns();
      return {
        row: (name, cells, places, days) => {
          const slot = names.take(name);
          for (const place of places) if (days(cells[place] ?? '') === 'bad') return 'date';
          if (!states.note(slot, 'usable')) return undefined;
          for (let at = 0; at < columns.length; at += 1) {
            const day = days(cells[places[at] ?? -1] ?? '');
            if (day !== 'bad') columns[at]?.set(slot, day);
          }
          return undefined;
        },
        damaged: (name) => void states.note(names.take(name), 'damaged'),
        finish: (refreshed) => usageIndex(names, states, columns, refreshed),
      };
    },
  };
}
