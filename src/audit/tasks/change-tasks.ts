import type { PolicyStep } from '../../config/policy.js';
import type { Need, Task, TaskPolicy } from './task.js';

/** What steps change in the tenant: only asked for where the policy takes such steps. */
export const CHANGE_TASKS: readonly Task[] = [
  {
    id: 'licenseChanges',
    name: 'Changing licenses',
    does: 'changes',
    operations: ['users.assignLicense'],
    without: 'No license is taken, moved or given back.',
    need: ({ mode }) => (mode === 'act' ? 'required' : 'off'),
  },
  {
    id: 'removeFromGroup',
    name: 'Members of groups that give licenses',
    does: 'changes',
    operations: ['groups.members.remove', 'groups.members.add'],
    without: 'A license that a group gives is left to a person.',
    need: (policy) => (takes(policy, 'removeLicenses') ? 'wanted' : 'off'),
  },
  {
    id: 'disableSignIn',
    name: 'Disabling sign-in',
    does: 'changes',
    operations: ['users.update.accountEnabled'],
    without: 'No account is disabled, and none enabled again.',
    need: requiredFor('disableSignIn'),
  },
  {
    id: 'revokeSessions',
    name: 'Ending sessions',
    does: 'changes',
    operations: ['users.revokeSignInSessions'],
    without: 'Whoever is signed in stays so for some hours after the account was disabled.',
    need: requiredFor('disableSignIn'),
  },
  {
    id: 'convertMailbox',
    name: 'Converting mailboxes',
    does: 'changes',
    operations: ['exchange.mailbox', 'exchange.mailboxStatistics', 'exchange.convert'],
    inExchange: true,
    setting: 'EXCHANGE_BASE_URL',
    without: 'A person converts mailboxes before their license goes.',
    need: (policy) => (policy.reclaim.mailbox === 'convert' ? requiredFor('convertMailbox')(policy) : 'off'),
  },
  {
    id: 'deleteAccount',
    name: 'Deleting accounts',
    does: 'changes',
    operations: ['users.delete', 'directory.deletedItems.restore'],
    without: 'No account is deleted, and none restored.',
    need: ({ mode, timetable }) => (mode === 'act' && timetable.delete !== 'never' ? 'required' : 'off'),
  },
  {
    id: 'usageLocation',
    name: 'Setting a usage location',
    does: 'changes',
    operations: ['users.update.usageLocation'],
    without: 'Whoever has no usage location gets no license before a person has set one.',
    need: ({ mode, reclaim }) => (mode === 'act' && reclaim.usageLocation !== 'never' ? 'required' : 'off'),
  },
  {
    id: 'installApp',
    name: 'Installing the app for people who are asked',
    does: 'changes',
    operations: ['teamwork.installedApps.add'],
    setting: 'TEAMS_APP_PUBLISHED_APP_ID',
    without: 'Whoever does not have the app in Teams is not asked; the next person is.',
    need: ({ mode }) => (mode === 'act' ? 'required' : 'off'),
  },
];

function requiredFor(step: PolicyStep): (policy: TaskPolicy) => Need {
  return (policy) => (takes(policy, step) ? 'required' : 'off');
}

function takes({ mode, reclaim }: TaskPolicy, step: PolicyStep): boolean {
  return mode === 'act' && Object.values(reclaim.steps).some((steps) => steps.includes(step));
}
