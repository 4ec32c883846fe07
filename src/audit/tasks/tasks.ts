import type { GraphFailure } from '../../graph/graph-failure.js';
import {
  EXCHANGE_PERMISSION,
  EXCHANGE_ROLE,
  GRAPH_OPERATIONS,
  type GraphOperation as Operation,
} from './graph-operations.js';
import type { FurtherReport } from '../reports/names.js';
import { CHANGE_TASKS } from './change-tasks.js';
import type { Need, Task, TaskId, TaskPolicy } from './task.js';

const always = (): Need => 'required';
const whenKept =
  (report: FurtherReport) =>
  ({ evidence }: TaskPolicy): Need =>
    evidence.reports.includes(report) ? 'wanted' : 'off';

function report(name: FurtherReport, operation: Operation, what: string): Task {
  return {
    id: `report:${name}`,
    name: `${what.charAt(0).toUpperCase()}${what.slice(1)} report`,
    does: 'reads',
    operations: [operation],
    without: `What only the ${what} report shows is unknown; set evidence.reports in the policy to go without it.`,
    need: whenKept(name),
  };
}

export const TASKS: readonly Task[] = [
  {
    id: 'people',
    name: 'People and their licenses',
    does: 'reads',
    operations: ['users.list', 'users.get', 'users.search', 'directory.deletedItems.get'],
    without: 'There is no audit at all, and nobody can be found by name.',
    need: always,
  },
  {
    id: 'skus',
    name: 'Licenses bought',
    does: 'reads',
    operations: ['subscribedSkus.list'],
    without: 'There is no audit at all: what is bought and what it contains is unknown.',
    need: always,
  },
  {
    id: 'organization',
    name: 'Name of the organization',
    does: 'reads',
    operations: ['organization.list'],
    without: 'There is no audit at all: which tenant is read cannot be told.',
    need: always,
  },
  {
    id: 'signIns',
    name: 'Sign-in dates',
    does: 'reads',
    operations: ['users.list.signInActivity'],
    without: 'Who never signed in or has not for long is unknown; usage reports alone must prove it.',
    need: ({ evidence }) => (evidence.require.includes('signIn') ? 'required' : 'wanted'),
  },
  {
    id: 'signInLog',
    name: 'Sign-in log of one person',
    does: 'reads',
    operations: ['auditLogs.signIns.list'],
    without:
      'To which app, from where and with what outcome somebody signed in cannot be looked at; no verdict needs it.',
    need: () => 'wanted',
  },
  {
    id: 'report:activeUsers',
    name: 'Active-user report',
    does: 'reads',
    operations: ['reports.getOffice365ActiveUserDetail'],
    without: 'Use of Exchange, OneDrive, SharePoint, Teams, Viva Engage and Skype is unknown.',
    need: ({ evidence }) => (evidence.require.includes('workload') ? 'required' : 'wanted'),
  },
  report('email', 'reports.getEmailActivityUserDetail', 'email activity'),
  report('teams', 'reports.getTeamsUserActivityUserDetail', 'Teams activity'),
  report('sharePoint', 'reports.getSharePointActivityUserDetail', 'SharePoint activity'),
  report('apps', 'reports.getM365AppUserDetail', 'Microsoft 365 Apps usage'),
  report('activations', 'reports.getOffice365ActivationsUserDetail', 'activations'),
  report('mailboxes', 'reports.getMailboxUsageDetail', 'mailbox usage'),
  report('oneDrives', 'reports.getOneDriveUsageAccountDetail', 'OneDrive usage'),
  report('sites', 'reports.getSharePointSiteUsageDetail', 'SharePoint site usage'),
  {
    id: 'reportSettings',
    name: 'Setting for names in reports',
    does: 'reads',
    operations: ['admin.reportSettings.get'],
    without:
      'Names are never shown, and only the reports tell whether they conceal them; then the audit stops.',
    need: ({ reports }) => (reports.revealNames ? 'required' : 'wanted'),
  },
  {
    id: 'revealNames',
    name: 'Showing concealed names for an audit',
    does: 'changes',
    operations: ['admin.reportSettings.update'],
    without: 'Names are not shown: where the tenant conceals them in reports, the audit stops.',
    need: ({ reports }) => (reports.revealNames ? 'required' : 'off'),
  },
  {
    id: 'mailboxes',
    name: 'Purpose of mailboxes',
    does: 'reads',
    operations: ['users.userPurpose'],
    without: 'Shared, room and equipment mailboxes cannot be told from those of people.',
    need: () => 'wanted',
  },
  {
    id: 'groups',
    name: 'Members of groups',
    does: 'reads',
    operations: [
      'groups.transitiveMembers.list',
      'users.checkMemberGroups',
      'groups.get',
      'groups.owners.list',
      'users.ownedObjects.groups',
    ],
    without: 'Whom groups protect or exempt, and who holds a role or a license through a group, is unknown.',
    need: (policy) => (namesGroups(policy) ? 'required' : 'wanted'),
  },
  {
    id: 'roles',
    name: 'Directory roles',
    does: 'reads',
    operations: ['roleManagement.roleAssignments.list'],
    without: 'Admins cannot be told from others, so nobody is shown to be none.',
    need: always,
  },
  {
    id: 'eligibleRoles',
    name: 'Roles that may be activated',
    does: 'reads',
    operations: ['roleManagement.roleEligibilityScheduleInstances.list'],
    without: 'Who may make themself an admin (PIM) is unknown; only active role holders are protected.',
    need: () => 'wanted',
  },
  {
    id: 'managers',
    name: 'Managers',
    does: 'reads',
    operations: ['users.manager', 'users.directReports'],
    without: 'Whom to ask is unknown.',
    need: always,
  },
  {
    id: 'roster',
    name: 'Matching an imported roster',
    does: 'reads',
    operations: ['users.list.keys'],
    without: 'Rows of an imported roster belong to nobody.',
    need: () => 'wanted',
  },
  {
    id: 'sponsors',
    name: 'Sponsors of guests',
    does: 'reads',
    operations: ['users.sponsors'],
    without: 'Who answers for a guest is unknown.',
    need: () => 'wanted',
  },
  {
    id: 'leaveDates',
    name: 'Leave dates',
    does: 'reads',
    operations: ['users.list.employeeLeaveDateTime'],
    without: 'Who leaves, as the directory knows it, is unknown.',
    need: ({ evidence }) => (evidence.leaveDates ? 'required' : 'off'),
  },
  ...CHANGE_TASKS,
];

function namesGroups({ protect, scope }: TaskPolicy): boolean {
  const { executives, serviceAccounts, breakGlass, exempt } = protect;
  const groups = [executives.groups, serviceAccounts.groups, breakGlass.groups, exempt.groups];
  return [...groups, scope.licenseGroups].some((list) => list.length > 0);
}

const BY_OPERATION: ReadonlyMap<Operation, Task> = new Map(
  TASKS.flatMap((task) => task.operations.map((operation) => [operation, task] as const)),
);
const BY_ID: ReadonlyMap<TaskId, Task> = new Map(TASKS.map((task) => [task.id, task]));

export function taskOf(id: TaskId): Task {
  const task = BY_ID.get(id);
  if (task === undefined) throw new RangeError(`there is no task ${id}`);
  return task;
}

/** The task that an operation belongs to; steps of a batch name their own, and a batch by itself reads people. */
export function taskFor(operation: Operation): Task {
  return BY_OPERATION.get(operation) ?? taskOf('people');
}

/** Least application permissions of a task; all of them are needed. */
export function permissionsOf({ operations }: Pick<Task, 'operations'>): readonly string[] {
  return [...new Set(operations.flatMap((operation) => GRAPH_OPERATIONS[operation].permissions))];
}

/** What to switch off, and how to switch it on again, when Graph refuses a read for want of a permission. */
export function missingPermission(
  failure: GraphFailure,
): { readonly task: Task; readonly permissions: readonly string[]; readonly fix: string } | undefined {
  const { operation } = failure.details;
  if (failure.kind !== 'forbidden' || !isOperation(operation)) return undefined;
  const { permissions } = GRAPH_OPERATIONS[operation];
  return { task: taskFor(operation), permissions, fix: fixFor(permissions) };
}

function isOperation(text: string): text is Operation {
  return Object.hasOwn(GRAPH_OPERATIONS, text);
}

/** What an administrator does about permissions that are missing. */
export function fixFor(permissions: readonly string[]): string {
  const noun = permissions.length === 1 ? 'permission' : 'permissions';
  const inExchange = permissions.includes(EXCHANGE_PERMISSION);
  const api = inExchange
    ? 'APIs my organization uses > Office 365 Exchange Online > Application permissions'
    : 'Microsoft Graph > Application permissions';
  return (
    `Grant the application ${noun} ${permissions.join(' and ')} with admin consent: Microsoft Entra admin center > ` +
    `App registrations > this app > API permissions > Add a permission > ${api}, then ` +
    'Grant admin consent. A managed identity gets it as an app role assignment instead. It takes effect within an hour.' +
    (inExchange ? ` The app also needs the Entra role ${EXCHANGE_ROLE}.` : '')
  );
}

/** Roles that people need beside the app's permissions. */
export const PEOPLE_ROLES: readonly { readonly role: string; readonly to: string }[] = [
  { role: 'Privileged Role Administrator', to: 'consent to application permissions of Microsoft Graph' },
  { role: 'Application Administrator', to: 'register the app and keep its credentials' },
  { role: 'Reports Reader', to: 'look at the same usage reports in the admin center' },
  { role: 'License Administrator', to: 'take and give licenses by hand where a case leaves it to a person' },
  { role: 'User Administrator', to: 'disable and delete accounts and change groups by hand' },
  { role: EXCHANGE_ROLE, to: 'convert mailboxes by hand' },
];
