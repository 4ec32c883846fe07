import type { Day } from '../day.js';
import type { ReportName } from '../reports/names.js';

/** Everything that an audit can read about use and about people, beside the directory itself. */
export type SourceName =
  | ReportName
  | 'namesSetting'
  | 'signIn'
  | 'roster'
  | 'leaveDates'
  | 'managers'
  | 'sponsors'
  | 'mailboxPurposes'
  | 'roles';

/**
 * What became of a source in one audit.
 * `read`: in full. `off`: the policy leaves it out, or, of a roster, nobody imported one. `unknown`: asked for and not usable, so nothing was concluded from it.
 * `impossible`: this tenant cannot have it, or the permission is missing. `notNeeded`: no verdict could have changed by it.
 */
export type SourceCondition = 'read' | 'off' | 'unknown' | 'impossible' | 'notNeeded';

export interface SourceState {
  readonly source: SourceName;
  readonly state: SourceCondition;
  /** The source's own date: a report's refresh date, a roster's day. */
  readonly refreshed?: Day;
  readonly rows?: number;
  /** In words, for every state but `read` and `notNeeded`. */
  readonly why?: string;
  /** What somebody can do about it. */
  readonly fix?: string;
}

/** Sources that would have told more: those of `notNeeded` are not missed. */
export function missingSources(sources: readonly SourceState[]): readonly SourceState[] {
  return sources.filter(({ state }) => state === 'off' || state === 'unknown' || state === 'impossible');
}

const NAMES: Readonly<Record<SourceName, string>> = {
  activeUsers: 'Active-user report',
  email: 'Email activity report',
  teams: 'Teams activity report',
  sharePoint: 'SharePoint activity report',
  apps: 'Microsoft 365 Apps report',
  activations: 'Activation report',
  mailboxes: 'Mailbox usage report',
  oneDrives: 'OneDrive usage report',
  sites: 'SharePoint site report',
  namesSetting: 'Setting for names in reports',
  signIn: 'Sign-in dates',
  roster: 'HR roster',
  leaveDates: 'Leave dates of the directory',
  managers: 'Managers',
  sponsors: 'Sponsors of guests',
  mailboxPurposes: 'Purposes of mailboxes',
  roles: 'Directory roles',
};

/** The name of a source as people know it. */
export function sourceTitle(source: SourceName): string {
  return NAMES[source];
}

const CONDITIONS: Readonly<Record<SourceCondition, string>> = {
  read: 'read',
  off: 'left out by the policy',
  unknown: 'not usable',
  impossible: 'not available',
  notNeeded: 'not needed',
};

/** What became of a source, in a few words. A roster is not left out by the policy: somebody imports it, or nobody did. */
export function conditionText({ source, state }: Pick<SourceState, 'source' | 'state'>): string {
  return source === 'roster' && state === 'off' ? 'never imported' : CONDITIONS[state];
}

/** `Sign-in dates: not available. The tenant has no Entra ID P1. Buy ...`: one missing source in one line. */
export function missingText({ source, state, why, fix }: SourceState): string {
  const sentences = [why, fix].flatMap((text) => (text === undefined || text === '' ? [] : [ended(text)]));
  return [`${sourceTitle(source)}: ${conditionText({ source, state })}.`, ...sentences].join(' ');
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
