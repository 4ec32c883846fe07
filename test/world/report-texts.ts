import type { FurtherReport } from '../../src/audit/reports/names.js';

/** One person's rows in the reports beside the active-user report; dates are `YYYY-MM-DD`, '' is an empty cell. */
export interface ReportRow {
  readonly upn: string;
  readonly email: string;
  readonly teams: string;
  readonly sharePoint: string;
  readonly apps: string;
  readonly platforms: readonly ('Windows' | 'Mac' | 'Mobile' | 'Web')[];
  /** Product to the day of its newest activation. */
  readonly activations: Readonly<Record<string, string>>;
  readonly mailBytes: string;
  /** Default: none; '' is an empty cell. */
  readonly archive?: boolean | '';
  readonly oneDriveBytes: string;
  readonly sites: readonly string[];
}

const ACTIVITY = {
  email: [
    'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Last Activity Date,Send Count',
  ],
  teams: ['Report Refresh Date,User Id,User Principal Name,Last Activity Date,Is Deleted,Deleted Date'],
  sharePoint: ['Report Refresh Date,User Principal Name,Is Deleted,Deleted Date,Last Activity Date'],
} as const;

/** The whole text of one report, in the documented order of the columns that are used. */
export function reportText(
  name: FurtherReport,
  rows: readonly ReportRow[],
  refreshed: string,
  newline = '\r\n',
): string {
  return [headerOf(name), ...rows.flatMap((row) => linesOf(name, row, refreshed)), ''].join(newline);
}

function headerOf(name: FurtherReport): string {
  switch (name) {
    case 'email':
    case 'teams':
    case 'sharePoint':
      return ACTIVITY[name][0];
    case 'apps':
      return 'Report Refresh Date,User Principal Name,Last Activation Date,Last Activity Date,Report Period,Windows,Mac,Mobile,Web';
    case 'activations':
      return 'Report Refresh Date,User Principal Name,Display Name,Product Type,Last Activated Date,Windows,Mac';
    case 'mailboxes':
      return 'Report Refresh Date,User Principal Name,Is Deleted,Storage Used (Byte),Has Archive,Report Period';
    case 'oneDrives':
      return 'Report Refresh Date,Site URL,Is Deleted,Storage Used (Byte),Owner Principal Name,Report Period';
    case 'sites':
      return 'Report Refresh Date,Site URL,Is Deleted,Last Activity Date,Owner Principal Name,Report Period';
    default:
      return name satisfies never;
  }
}

function linesOf(name: FurtherReport, row: ReportRow, refreshed: string): readonly string[] {
  const upn = /[",]/.test(row.upn) ? `"${row.upn.replaceAll('"', '""')}"` : row.upn;
  switch (name) {
    case 'email':
      return [`${refreshed},${upn},Somebody,False,,${row.email},`];
    case 'teams':
      return [`${refreshed},some-id,${upn},${row.teams},False,`];
    case 'sharePoint':
      return [`${refreshed},${upn},False,,${row.sharePoint}`];
    case 'apps': {
      const used = (['Windows', 'Mac', 'Mobile', 'Web'] as const).map((platform) =>
        row.platforms.includes(platform) ? 'Yes' : 'No',
      );
      return [`${refreshed},${upn},,${row.apps},180,${used.join(',')}`];
    }
    case 'activations':
      return Object.entries(row.activations).map(
        ([product, date]) => `${refreshed},${upn},Somebody,${product},${date},1,0`,
      );
    case 'mailboxes':
      return row.mailBytes === ''
        ? []
        : [
            `${refreshed},${upn},False,${row.mailBytes},${row.archive === '' ? '' : row.archive === true ? 'True' : 'False'},180`,
          ];
    case 'oneDrives':
      return row.oneDriveBytes === ''
        ? []
        : [`${refreshed},https://harbor.example/personal,False,${row.oneDriveBytes},${upn},180`];
    case 'sites':
      return row.sites.map((url) => `${refreshed},${url},False,2026-01-05,${upn},180`);
    default:
      return name satisfies never;
  }
}
