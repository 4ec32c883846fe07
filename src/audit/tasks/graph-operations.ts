/**
 * What the product asks of Graph: per operation its id in the contract, what it is for, in words that complete
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
  'users.userPurpose': { does: 'read what mailboxes are for', permissions: ['MailboxSettings.Read'] },
  'users.checkMemberGroups': {
    does: "check one person's groups",
    permissions: ['GroupMember.Read.All', 'User.Read.All'],
  },
  'users.assignLicense': {
    does: "change one person's licenses",
    permissions: ['LicenseAssignment.ReadWrite.All'],
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
  /** A batch needs what its steps need; the steps name it themselves. */
  batch: { does: 'answer a batch of reads', permissions: [] },
} as const satisfies Record<string, { readonly does: string; readonly permissions: readonly string[] }>;

export type GraphOperation = keyof typeof GRAPH_OPERATIONS;
