import type { Policy } from '../../config/policy.js';
import type { ReportName } from '../reports/names.js';
import type { GraphOperation as Operation } from './graph-operations.js';

export type TaskPolicy = Pick<
  Policy,
  'mode' | 'evidence' | 'reports' | 'protect' | 'scope' | 'reclaim' | 'timetable'
>;

/** How much this policy needs a task. `off`: it leaves the task out. */
export type Need = 'required' | 'wanted' | 'off';

/** One thing that the integration with Microsoft 365 does, switched on by permissions of its own. */
export interface Task {
  readonly id: TaskId;
  readonly name: string;
  readonly does: 'reads' | 'changes';
  readonly operations: readonly Operation[];
  /** true: its permissions are those of Exchange Online. */
  readonly inExchange?: true;
  /** The setting without which there is no such task. */
  readonly setting?: 'EXCHANGE_BASE_URL' | 'TEAMS_APP_PUBLISHED_APP_ID';
  /** What is off without it, as a sentence. */
  readonly without: string;
  readonly need: (policy: TaskPolicy) => Need;
}

export type TaskId =
  | 'people'
  | 'roster'
  | 'managers'
  | 'sponsors'
  | 'signIns'
  | 'signInLog'
  | 'leaveDates'
  | `report:${ReportName}`
  | 'reportSettings'
  | 'revealNames'
  | 'mailboxes'
  | 'groups'
  | 'roles'
  | 'eligibleRoles'
  | 'skus'
  | 'organization'
  | 'licenseChanges'
  | 'removeFromGroup'
  | 'disableSignIn'
  | 'revokeSessions'
  | 'convertMailbox'
  | 'deleteAccount'
  | 'usageLocation'
  | 'installApp';
