import { describe, expect, it } from '@jest/globals';
import { checkTasks, checkTenant, warnOfMissing } from '../../../src/audit/tasks/run-tasks.js';
import type { TaskId } from '../../../src/audit/tasks/task.js';
import { fixedToken } from '../../../src/graph/tokens.js';
import type { Log } from '../../../src/telemetry/log.js';
import { simulatedDoor } from '../../graph/simulated-door.js';
import { policyOf } from '../../world/policies.js';

const LEAST = [
  'User.Read.All',
  'AuditLog.Read.All',
  'Reports.Read.All',
  'ReportSettings.Read.All',
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'GroupMember.Read.All',
  'RoleManagement.Read.Directory',
  'MailboxSettings.Read',
];
const REPORTS = [
  'activeUsers',
  'email',
  'teams',
  'sharePoint',
  'apps',
  'activations',
  'mailboxes',
  'oneDrives',
  'sites',
].map((name) => `report:${name}` as TaskId);
const policy = policyOf('');

async function missingWith(permissions: readonly string[]): Promise<readonly TaskId[]> {
  const { door, clock } = await simulatedDoor({ permissions });
  const states = await checkTasks({ graph: door, clock }, policy);
  return states.filter(({ is }) => is === 'missing').map(({ task }) => task.id);
}

describe('a tenant that is tried', () => {
  it('with the least permissions has everything on that the policy needs', async () => {
    const { door, clock, tenant } = await simulatedDoor({ permissions: LEAST });
    const { states, skus } = await checkTenant({ graph: door, clock }, policy);
    expect(states.filter(({ is }) => is !== 'on').map(({ task, is }) => [task.id, is])).toEqual([
      ['revealNames', 'off'],
      ['leaveDates', 'off'],
      ['licenseChanges', 'off'],
      ['removeFromGroup', 'off'],
      ['disableSignIn', 'off'],
      ['revokeSessions', 'off'],
      ['convertMailbox', 'off'],
      ['deleteAccount', 'off'],
      ['usageLocation', 'off'],
      ['installApp', 'off'],
    ]);
    expect(skus?.some(({ partNumber }) => partNumber === 'SPE_E5')).toBe(true);
    const asked = tenant.requests.map(({ method, path }) => `${method} ${path}`);
    expect(asked.filter((each) => /signInActivity/i.test(each))).toHaveLength(1);
    expect(asked.filter((each) => /\/auditLogs\//.test(each))).toHaveLength(1);
    expect(asked.filter((each) => /\/reports\//.test(each))).toHaveLength(1);
    expect(asked.filter((each) => /^(PATCH|DELETE|PUT)/.test(each))).toEqual([]);
  });

  it.each<readonly [string, readonly TaskId[]]>([
    ['User.Read.All', ['people', 'signIns', 'managers', 'roster', 'sponsors']],
    ['AuditLog.Read.All', ['signIns', 'signInLog']],
    ['Reports.Read.All', REPORTS],
    ['ReportSettings.Read.All', ['reportSettings']],
    // Contained in Organization.Read.All.
    ['LicenseAssignment.Read.All', []],
    ['Organization.Read.All', ['organization']],
    ['GroupMember.Read.All', ['groups']],
    ['RoleManagement.Read.Directory', ['roles']],
    ['MailboxSettings.Read', ['mailboxes']],
  ])('without %s lacks exactly %j', async (left, missing) => {
    expect(await missingWith(LEAST.filter((permission) => permission !== left))).toEqual(missing);
  });

  it('does not say that something works which could not be tried', async () => {
    const { door, clock } = await simulatedDoor({
      permissions: LEAST.filter((each) => each !== 'User.Read.All'),
    });
    const states = await checkTasks({ graph: door, clock }, policy);
    expect(states.find(({ task }) => task.id === 'mailboxes')).toMatchObject({
      is: 'unchecked',
      why: 'There is nobody to try it with.',
    });
  });

  it('goes by the token where it tells, and then tries nothing', async () => {
    const { door, clock, tenant } = await simulatedDoor({ permissions: LEAST });
    const granted = new Set(LEAST.filter((each) => each !== 'Reports.Read.All'));
    const states = await checkTasks(
      { graph: { ...door, grantedPermissions: async () => granted }, clock },
      policy,
    );
    expect(states.filter(({ is }) => is === 'missing').map(({ task }) => task.id)).toEqual(REPORTS);
    expect(tenant.requests.filter(({ path }) => /reports|signInActivity/i.test(path))).toEqual([]);
  });

  it('asks the identity that changes accounts, and the door to Exchange, what they may do', async () => {
    const { door, clock } = await simulatedDoor({ permissions: LEAST });
    const acting = policyOf(`
mode: act
roles: { admins: ['00000000-0000-0000-0000-00000000000a'], hr: ['00000000-0000-0000-0000-00000000000b'] }`);
    const granted = (...permissions: readonly string[]) => ({
      grantedPermissions: async () => new Set(permissions),
    });
    const states = await checkTasks(
      {
        graph: door,
        clock,
        writer: granted('LicenseAssignment.ReadWrite.All', 'User.RevokeSessions.All'),
        exchange: granted('Exchange.ManageAsApp'),
        teamsAppId: 'd7c1f0a2-5b3e-4c8d-9f60-1a2b3c4d5e6f',
      },
      acting,
    );
    const changes = states.filter(({ task }) => task.does === 'changes').map(({ task, is }) => [task.id, is]);
    expect(changes).toEqual([
      ['revealNames', 'off'],
      ['licenseChanges', 'on'],
      ['removeFromGroup', 'missing'],
      ['disableSignIn', 'missing'],
      ['revokeSessions', 'on'],
      ['convertMailbox', 'on'],
      ['deleteAccount', 'off'],
      ['usageLocation', 'off'],
      ['installApp', 'unchecked'],
    ]);
  });

  it('with a token that is not accepted is no table of tasks', async () => {
    const { door, clock } = await simulatedDoor({}, { token: fixedToken('wrong') });
    await expect(checkTasks({ graph: door, clock }, policy)).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

describe('at the start of a service', () => {
  it('one warning per required task that is missing, with ids only', async () => {
    const { door, clock } = await simulatedDoor({
      permissions: LEAST.filter((each) => !/^(Audit|Mailbox)/.test(each)),
    });
    const said: unknown[] = [];
    const log = { warn: (message: string, fields?: unknown) => void said.push([message, fields]) } as Log;
    warnOfMissing(log, await checkTasks({ graph: door, clock }, policy));
    expect(said).toEqual([
      [
        'A task that the policy requires cannot be done.',
        expect.objectContaining({ task: 'signIns', state: 'missing', permissions: 'AuditLog.Read.All' }),
      ],
    ]);
  });
});
