/** Permission of an app in Exchange Online, and the Entra role that it needs beside it. */
export const EXCHANGE_PERMISSION = 'Exchange.ManageAsApp';
export const EXCHANGE_ROLE = 'Exchange Recipient Administrator';

/**
 * What the product asks of Graph, and of Exchange Online under `exchange.`: per operation its id in the contract, what it is for, in words that complete
 * "Graph refused to ...", and the least application permissions that allow it.
 */
export const GRAPH_OPERATIONS = {
  'users.list': { does: 'list the licensed people', permissions: ['User.Read.All'] },
  'users.list.signInActivity': {
    does: 'read when people last signed in',
    permissions: ['User.Read.All', 'AuditLog.Read.All'],
  },
  'auditLogs.signIns.list': {
    does: "read one person's sign-in log",
    permissions: ['AuditLog.Read.All'],
  },
  'users.list.employeeLeaveDateTime': {
    does: 'read when people leave',
    permissions: ['User.Read.All', 'User-LifeCycleInfo.Read.All'],
  },
  'users.list.keys': { does: 'list everybody in the directory', permissions: ['User.Read.All'] },
  'users.sponsors': { does: 'read who sponsors guests', permissions: ['User.Read.All'] },
  'users.get': { does: 'read one person', permissions: ['User.Read.All'] },
  'users.search': { does: 'find people by name', permissions: ['User.Read.All'] },
  'users.manager': { does: "read people's managers", permissions: ['User.Read.All'] },
  'users.directReports': { does: 'read who reports to somebody', permissions: ['User.Read.All'] },
  'users.userPurpose': { does: 'read what mailboxes are for', permissions: ['MailboxSettings.Read'] },
  'users.checkMemberGroups': {
    does: "check one person's groups",
    permissions: ['GroupMember.Read.All', 'User.Read.All'],
  },
  'users.assignLicense': {
    does: "change one person's licenses",
    permissions: ['LicenseAssignment.ReadWrite.All'],
  },
  'users.update.accountEnabled': {
    does: 'enable or disable an account',
    permissions: ['User.EnableDisableAccount.All', 'User.Read.All'],
  },
  'users.update.usageLocation': {
    does: 'say in which country somebody uses licenses',
    permissions: ['User.ReadWrite.All'],
  },
  'users.revokeSignInSessions': {
    does: "end somebody's sessions",
    permissions: ['User.RevokeSessions.All'],
  },
  'users.delete': { does: 'delete an account', permissions: ['User.DeleteRestore.All'] },
  'directory.deletedItems.get': {
    does: 'look for an account in the deleted items',
    permissions: ['User.Read.All'],
  },
  'directory.deletedItems.restore': {
    does: 'restore a deleted account',
    permissions: ['User.DeleteRestore.All'],
  },
  'users.ownedObjects.groups': {
    does: 'read which groups somebody owns',
    permissions: ['User.Read.All', 'GroupMember.Read.All'],
  },
  'groups.get': { does: 'read what a group is', permissions: ['GroupMember.Read.All'] },
  'groups.owners.list': {
    does: 'read who owns a group',
    permissions: ['GroupMember.Read.All', 'User.Read.All'],
  },
  'groups.members.add': {
    does: 'take somebody into a group',
    permissions: ['GroupMember.ReadWrite.All'],
  },
  'groups.members.remove': {
    does: 'take somebody out of a group',
    permissions: ['GroupMember.ReadWrite.All'],
  },
  'groups.transitiveMembers.list': {
    does: 'read the members of a group',
    permissions: ['GroupMember.Read.All', 'User.Read.All'],
  },
  'roleManagement.roleAssignments.list': {
    does: 'read who holds directory roles',
    permissions: ['RoleManagement.Read.Directory'],
  },
  'roleManagement.roleEligibilityScheduleInstances.list': {
    does: 'read who may activate a directory role',
    permissions: ['RoleEligibilitySchedule.Read.Directory'],
  },
  'subscribedSkus.list': {
    does: 'read which licenses were bought',
    permissions: ['LicenseAssignment.Read.All'],
  },
  'organization.list': { does: "read the organization's name", permissions: ['Organization.Read.All'] },
  'admin.reportSettings.get': {
    does: 'read whether reports conceal names',
    permissions: ['ReportSettings.Read.All'],
  },
  'admin.reportSettings.update': {
    does: 'change whether reports conceal names',
    permissions: ['ReportSettings.ReadWrite.All'],
  },
  'reports.getOffice365ActiveUserDetail': {
    does: 'read the active-user report',
    permissions: ['Reports.Read.All'],
  },
  'reports.getEmailActivityUserDetail': {
    does: 'read the email activity report',
    permissions: ['Reports.Read.All'],
  },
  'reports.getTeamsUserActivityUserDetail': {
    does: 'read the Teams activity report',
    permissions: ['Reports.Read.All'],
  },
  'reports.getSharePointActivityUserDetail': {
    does: 'read the SharePoint activity report',
    permissions: ['Reports.Read.All'],
  },
  'reports.getM365AppUserDetail': {
    does: 'read the Microsoft 365 Apps usage report',
    permissions: ['Reports.Read.All'],
  },
  'reports.getOffice365ActivationsUserDetail': {
    does: 'read the activations report',
    permissions: ['Reports.Read.All'],
  },
  'reports.getMailboxUsageDetail': {
    does: 'read the mailbox usage report',
    permissions: ['Reports.Read.All'],
  },
  'reports.getOneDriveUsageAccountDetail': {
    does: 'read the OneDrive usage report',
    permissions: ['Reports.Read.All'],
  },
  'reports.getSharePointSiteUsageDetail': {
    does: 'read the SharePoint site usage report',
    permissions: ['Reports.Read.All'],
  },
  'teamwork.installedApps.add': {
    does: 'install the app for somebody',
    permissions: ['TeamsAppInstallation.ReadWriteSelfForUser.All'],
  },
  'exchange.mailbox': { does: 'read what a mailbox is', permissions: [EXCHANGE_PERMISSION] },
  'exchange.mailboxStatistics': { does: 'read how large a mailbox is', permissions: [EXCHANGE_PERMISSION] },
  'exchange.convert': { does: 'convert a mailbox', permissions: [EXCHANGE_PERMISSION] },
  /** A batch needs what its steps need; the steps name it themselves. */
  batch: { does: 'answer a batch of reads', permissions: [] },
} as const satisfies Record<string, { readonly does: string; readonly permissions: readonly string[] }>;

export type GraphOperation = keyof typeof GRAPH_OPERATIONS;
