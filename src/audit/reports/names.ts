/** The usage reports that an audit can read, in our words; `graph/reports.ts` knows Graph's. */
export const REPORT_NAMES = [
  'activeUsers',
  'email',
  'teams',
  'sharePoint',
  'apps',
  'activations',
  'mailboxes',
  'oneDrives',
  'sites',
] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

/** Reports beside the active-user report: the policy may leave any of them out. */
export const FURTHER_REPORTS = [
  'email',
  'teams',
  'sharePoint',
  'apps',
  'activations',
  'mailboxes',
  'oneDrives',
  'sites',
] as const satisfies readonly ReportName[];
export type FurtherReport = (typeof FURTHER_REPORTS)[number];

/** Further reports that date what people do, and so can prove that somebody is active. */
export const ACTIVITY_REPORTS = [
  'email',
  'teams',
  'sharePoint',
  'apps',
  'activations',
] as const satisfies readonly FurtherReport[];
export type ActivityReport = (typeof ACTIVITY_REPORTS)[number];
