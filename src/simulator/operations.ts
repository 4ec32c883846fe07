import type { GraphAnswer, GraphCall } from './graph-call.js';
import * as accounts from './account-change.js';
import * as deleted from './deleted-items.js';
import * as organization from './organization.js';
import * as groups from './groups.js';
import * as memberships from './membership-change.js';
import * as roles from './directory-roles.js';
import * as users from './users.js';
import { installApp } from './teams-app.js';
import { assignLicense } from './license-change.js';
import { getReport } from './reports.js';
import { listSignInLog } from './sign-in-log.js';
import { EXCHANGE_PERMISSION } from './exchange.js';
import type { Cost } from './throttle.js';
import type { World } from './world.js';

export type Handler = (world: World, call: GraphCall) => GraphAnswer | Promise<GraphAnswer>;

/** One thing that Graph can be asked, under the id that the contract gives it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  /** Segments; `*` stands for any one. */
  readonly path: readonly string[];
  /** Any one of these application permissions is enough. */
  readonly permissions: readonly string[];
  readonly family: Cost['family'];
  readonly units: number;
  readonly writes: number;
  readonly handle: Handler;
}

const READ_USERS = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'];
const WRITE_LICENSES = ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'];
const READ_SKUS = ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Directory.Read.All'];
const READ_GROUPS = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const WRITE_GROUPS = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];
const READ_ROLES = [
  'RoleManagement.Read.Directory',
  'RoleManagement.ReadWrite.Directory',
  'Directory.Read.All',
];
/** Any one of these shows `employeeLeaveDateTime`, beside what reading people needs. */
export const LEAVE_DATES = ['User-LifeCycleInfo.Read.All', 'User-LifeCycleInfo.ReadWrite.All'];
/** The first allows no more than to enable and disable accounts. */
const UPDATE_USERS = ['User.EnableDisableAccount.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'];
const DELETE_USERS = ['User.DeleteRestore.All', 'User.ReadWrite.All'];

export const OPERATIONS: readonly Operation[] = [
  read('users.list', 'users', READ_USERS, 2, users.listUsers),
  read('users.count', 'users/$count', READ_USERS, 1, users.countUsers),
  read('users.get', 'users/*', READ_USERS, 1, users.getUser),
  read('users.manager', 'users/*/manager', READ_USERS, 1, users.getManager),
  read('users.directReports', 'users/*/directReports', READ_USERS, 2, users.listDirectReports),
  read('users.sponsors', 'users/*/sponsors', READ_USERS, 1, users.listSponsors),
  write('users.assignLicense', 'POST', 'users/*/assignLicense', WRITE_LICENSES, assignLicense),
  write('users.update', 'PATCH', 'users/*', UPDATE_USERS, accounts.updateUser),
  write('users.delete', 'DELETE', 'users/*', DELETE_USERS, accounts.deleteUser),
  write(
    'users.revokeSignInSessions',
    'POST',
    'users/*/revokeSignInSessions',
    ['User.RevokeSessions.All', 'User.ReadWrite.All', 'Directory.ReadWrite.All'],
    accounts.revokeSignInSessions,
  ),
  read(
    'directory.deletedItems.users.list',
    'directory/deletedItems/microsoft.graph.user',
    READ_USERS,
    1,
    deleted.listDeletedUsers,
  ),
  read('directory.deletedItems.get', 'directory/deletedItems/*', READ_USERS, 1, deleted.getDeletedItem),
  write(
    'directory.deletedItems.restore',
    'POST',
    'directory/deletedItems/*/restore',
    DELETE_USERS,
    deleted.restoreDeletedItem,
  ),
  read(
    'users.ownedObjects.groups',
    'users/*/ownedObjects/microsoft.graph.group',
    READ_USERS,
    1,
    groups.listOwnedGroups,
  ),
  {
    ...read(
      'users.userPurpose',
      'users/*/mailboxSettings/userPurpose',
      ['MailboxSettings.Read'],
      0,
      users.getUserPurpose,
    ),
    family: 'outlook',
  },
  read(
    'users.memberOf.groups',
    'users/*/memberOf/microsoft.graph.group',
    READ_GROUPS,
    2,
    groups.listMemberOf,
  ),
  {
    ...read('users.checkMemberGroups', 'users/*/checkMemberGroups', READ_GROUPS, 4, groups.checkMemberGroups),
    method: 'POST',
  },
  {
    ...write(
      'teamwork.installedApps.add',
      'POST',
      'users/*/teamwork/installedApps',
      ['TeamsAppInstallation.ReadWriteSelfForUser.All', 'TeamsAppInstallation.ReadWriteForUser.All'],
      installApp,
    ),
    family: 'teams',
  },
  read('groups.list', 'groups', READ_GROUPS, 1, groups.listGroups),
  read('groups.get', 'groups/*', READ_GROUPS, 1, groups.getGroup),
  read('groups.members.list', 'groups/*/members', READ_GROUPS, 3, groups.listMembers),
  read(
    'groups.transitiveMembers.list',
    'groups/*/transitiveMembers',
    READ_GROUPS,
    5,
    groups.listTransitiveMembers,
  ),
  read('groups.owners.list', 'groups/*/owners', READ_GROUPS, 1, groups.listOwners),
  write('groups.members.remove', 'DELETE', 'groups/*/members/*/$ref', WRITE_GROUPS, memberships.removeMember),
  write('groups.members.add', 'POST', 'groups/*/members/$ref', WRITE_GROUPS, memberships.addMember),
  // No operation of its own in Graph: the path names the person, and DELETE does what it says.
  write('users.delete', 'DELETE', 'groups/*/members/*', DELETE_USERS, accounts.deleteMemberObject),
  read(
    'roleManagement.roleAssignments.list',
    'roleManagement/directory/roleAssignments',
    READ_ROLES,
    1,
    roles.listRoleAssignments,
  ),
  read(
    'roleManagement.roleEligibilityScheduleInstances.list',
    'roleManagement/directory/roleEligibilityScheduleInstances',
    ['RoleEligibilitySchedule.Read.Directory', 'RoleManagement.Read.Directory'],
    1,
    roles.listRoleEligibilities,
  ),
  read(
    'roleManagement.roleDefinitions.list',
    'roleManagement/directory/roleDefinitions',
    READ_ROLES,
    1,
    roles.listRoleDefinitions,
  ),
  read('subscribedSkus.list', 'subscribedSkus', READ_SKUS, 3, organization.listSkus),
  read(
    'directory.subscriptions.list',
    'directory/subscriptions',
    ['Organization.Read.All', 'Directory.Read.All'],
    1,
    organization.listSubscriptions,
  ),
  read(
    'organization.list',
    'organization',
    ['Organization.Read.All', 'Directory.Read.All'],
    1,
    organization.listOrganization,
  ),
  {
    ...read(
      'admin.reportSettings.get',
      'admin/reportSettings',
      ['ReportSettings.Read.All', 'ReportSettings.ReadWrite.All'],
      0,
      organization.getReportSettings,
    ),
    family: 'none',
  },
  {
    ...write(
      'admin.reportSettings.update',
      'PATCH',
      'admin/reportSettings',
      ['ReportSettings.ReadWrite.All'],
      organization.updateReportSettings,
    ),
    family: 'none',
  },
  {
    ...read('auditLogs.signIns.list', 'auditLogs/signIns', ['AuditLog.Read.All'], 0, listSignInLog),
    family: 'entraReports',
  },
  { ...read('reports', 'reports/*', ['Reports.Read.All'], 0, getReport), family: 'm365ReportsCsv' },
];

/** The operation for a method and path; literal segments win over `*`. */
export function findOperation(
  method: string,
  segments: readonly string[],
): Operation | 'noSuchMethod' | undefined {
  const matching = OPERATIONS.filter((each) => fits(each.path, segments));
  const literal = matching.toSorted((a, b) => wildcards(a.path) - wildcards(b.path));
  const fewest = literal[0] ? wildcards(literal[0].path) : 0;
  const best = literal.filter((each) => wildcards(each.path) === fewest);
  return best.find((each) => each.method === method) ?? (best.length > 0 ? 'noSuchMethod' : undefined);
}

function fits(path: readonly string[], segments: readonly string[]): boolean {
  return (
    path.length === segments.length &&
    path.every((part, i) => part === '*' || part.toLowerCase() === segments[i]?.toLowerCase())
  );
}

function wildcards(path: readonly string[]): number {
  return path.filter((part) => part === '*').length;
}

function read(
  id: string,
  path: string,
  permissions: readonly string[],
  units: number,
  handle: Handler,
): Operation {
  return {
    id,
    method: 'GET',
    path: path.split('/'),
    permissions,
    family: 'identity',
    units,
    writes: 0,
    handle,
  };
}

function write(
  id: string,
  method: string,
  path: string,
  permissions: readonly string[],
  handle: Handler,
): Operation {
  return { id, method, path: path.split('/'), permissions, family: 'identity', units: 1, writes: 1, handle };
}

/** Nobody should have it, and it opens groups that stay closed otherwise; whoever wants to try grants it. */
const HELD_BACK = 'RoleManagement.ReadWrite.Directory';

/** Every permission that some operation asks for, and that of Exchange Online. */
export const ALL_PERMISSIONS: readonly string[] = [
  ...new Set([
    'AuditLog.Read.All',
    EXCHANGE_PERMISSION,
    ...LEAVE_DATES,
    ...OPERATIONS.flatMap((operation) => operation.permissions),
  ]),
].filter((permission) => permission !== HELD_BACK);
