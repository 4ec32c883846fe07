import type { Workload } from '../../src/audit/evidence.js';

/** The header of getOffice365ActiveUserDetail as documented. */
export const USAGE_HEADER =
  'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Has Exchange License,' +
  'Has OneDrive License,Has SharePoint License,Has Skype For Business License,Has Yammer License,' +
  'Has Teams License,Exchange Last Activity Date,OneDrive Last Activity Date,SharePoint Last Activity Date,' +
  'Skype For Business Last Activity Date,Yammer Last Activity Date,Teams Last Activity Date,' +
  'Exchange License Assign Date,OneDrive License Assign Date,SharePoint License Assign Date,' +
  'Skype For Business License Assign Date,Yammer License Assign Date,Teams License Assign Date,Assigned Products';

export interface UsageRow {
  readonly upn: string;
  readonly refreshed: string;
  readonly displayName?: string;
  /** `True`, `False`, or whatever a broken report says. */
  readonly deleted?: string;
  readonly usage?: Partial<Record<Workload, string>>;
}

export function usageLine({ upn, refreshed, displayName, deleted, usage = {} }: UsageRow): string {
  const dates = [usage.exchange, usage.oneDrive, usage.sharePoint, usage.skype, usage.yammer, usage.teams];
  return [
    refreshed,
    upn,
    displayName ?? 'Somebody',
    deleted ?? 'False',
    '',
    ...['True', 'True', 'True', 'True', 'True', 'True'],
    ...dates.map((date) => date ?? ''),
    ...Array.from({ length: 6 }, () => '2022-01-01'),
    'MICROSOFT 365 E3',
  ]
    .map(quoted)
    .join(',');
}

export function usageText(rows: readonly UsageRow[], newline = '\r\n'): string {
  return [USAGE_HEADER, ...rows.map(usageLine), ''].join(newline);
}

/** Cuts a text into pieces of so many characters, as a download might arrive. */
export async function* pieces(text: string, size: number): AsyncIterable<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
