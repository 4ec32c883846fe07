import { describe, expect, it } from '@jest/globals';
import { skuProofs } from '../../../src/audit/tasks/skus.js';
import { taskStates, type Probe, type TaskFacts } from '../../../src/audit/tasks/state.js';
import { fixFor, missingPermission, permissionsOf, taskFor, TASKS } from '../../../src/audit/tasks/tasks.js';
import type { TaskId } from '../../../src/audit/tasks/task.js';
import { GRAPH_OPERATIONS } from '../../../src/audit/tasks/graph-operations.js';
import type { Sku, SkuId } from '../../../src/audit/person.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import { policyOf } from '../../world/policies.js';

/** Facts 13: the least for an audit. */
const AUDIT = [
  'User.Read.All',
  'AuditLog.Read.All',
  'Reports.Read.All',
  'ReportSettings.Read.All',
  'LicenseAssignment.Read.All',
  'Organization.Read.All',
  'GroupMember.Read.All',
  'RoleManagement.Read.Directory',
  'MailboxSettings.Read',
  'RoleEligibilitySchedule.Read.Directory',
];
const REPORTS: readonly TaskId[] = [
  'report:activeUsers',
  'report:email',
  'report:teams',
  'report:sharePoint',
  'report:apps',
  'report:activations',
  'report:mailboxes',
  'report:oneDrives',
  'report:sites',
];

const observing = policyOf('');
const everything = policyOf(`
mode: act
roles: { admins: ['00000000-0000-0000-0000-00000000000a'], hr: ['00000000-0000-0000-0000-00000000000b'] }
reports: { revealNames: true }
evidence: { leaveDates: true }
reclaim: { usageLocation: fromCountry }
`);

const CHANGES: readonly TaskId[] = [
  'licenseChanges',
  'removeFromGroup',
  'disableSignIn',
  'revokeSessions',
  'convertMailbox',
  'deleteAccount',
  'usageLocation',
  'installApp',
];
/** What the usual steps need beyond changing licenses; mailboxes only where there is a door to Exchange. */
const ASKED_FOR: readonly TaskId[] = ['removeFromGroup', 'disableSignIn', 'revokeSessions', 'usageLocation'];

const ACT = `
mode: act
roles: { admins: ['00000000-0000-0000-0000-00000000000a'], hr: ['00000000-0000-0000-0000-00000000000b'] }
`;

function sku(partNumber: string, ...plans: readonly string[]): Sku {
  return {
    skuId: `id-of-${partNumber}` as SkuId,
    partNumber,
    appliesTo: 'user',
    capabilityStatus: 'Enabled',
    bought: 1,
    assigned: 1,
    plans: plans.map((name) => ({
      name,
      id: name === 'AAD_PREMIUM_P2' ? 'eec0eb4f-6444-4f95-aba0-50c24d67f998' : `plan-${name}`,
    })),
  };
}

const E5 = sku('SPE_E5', 'EXCHANGE_S_ENTERPRISE', 'TEAMS1', 'OFFICESUBSCRIPTION', 'AAD_PREMIUM_P2');

function factsOf(more: Partial<TaskFacts> = {}): TaskFacts {
  return { granted: new Set(AUDIT), probes: new Map(), hasEntraP1: true, skus: [E5], ...more };
}

function idsOf(facts: TaskFacts, is: string, policy = observing): readonly TaskId[] {
  return taskStates(facts, policy)
    .filter((state) => state.is === is)
    .map(({ task }) => task.id);
}

describe('the tasks', () => {
  it('have every operation of the door once, and every permission of the fact sheet', () => {
    const operations = TASKS.flatMap((task) => task.operations);
    const all = Object.keys(GRAPH_OPERATIONS).filter((operation) => operation !== 'batch');
    expect(operations.toSorted()).toEqual(all.toSorted());
    const permissions = new Set(TASKS.flatMap((task) => permissionsOf(task)));
    expect([...permissions].toSorted()).toEqual(
      [
        ...AUDIT,
        'User-LifeCycleInfo.Read.All',
        'ReportSettings.ReadWrite.All',
        'LicenseAssignment.ReadWrite.All',
        'GroupMember.ReadWrite.All',
        'User.EnableDisableAccount.All',
        'User.RevokeSessions.All',
        'User.DeleteRestore.All',
        'User.ReadWrite.All',
        'Exchange.ManageAsApp',
        'TeamsAppInstallation.ReadWriteSelfForUser.All',
      ].toSorted(),
    );
  });

  it.each([
    ['users.list.signInActivity', 'signIns'],
    ['auditLogs.signIns.list', 'signInLog'],
    ['reports.getM365AppUserDetail', 'report:apps'],
    ['users.checkMemberGroups', 'groups'],
    ['admin.reportSettings.update', 'revealNames'],
    ['groups.members.remove', 'removeFromGroup'],
    ['exchange.convert', 'convertMailbox'],
    ['teamwork.installedApps.add', 'installApp'],
    ['batch', 'people'],
  ] as const)('%s belongs to %s', (operation, id) => {
    expect(taskFor(operation).id).toBe(id);
  });
});

describe('with the least permissions of an audit', () => {
  it('everything that an observing policy needs is on, and what it leaves out is off', () => {
    expect(idsOf(factsOf(), 'off')).toEqual(['revealNames', 'leaveDates', ...CHANGES]);
    expect(idsOf(factsOf(), 'on')).toHaveLength(TASKS.length - 10);
  });

  it('what a policy asks for beyond that is missing, with exactly what to grant', () => {
    const missing = taskStates(factsOf(), everything).filter(({ is }) => is === 'missing');
    expect(missing).toMatchObject([
      { task: { id: 'revealNames' }, need: 'required', permissions: ['ReportSettings.ReadWrite.All'] },
      { task: { id: 'leaveDates' }, need: 'required', permissions: ['User-LifeCycleInfo.Read.All'] },
      { task: { id: 'licenseChanges' }, need: 'required', permissions: ['LicenseAssignment.ReadWrite.All'] },
      { task: { id: 'removeFromGroup' }, need: 'wanted', permissions: ['GroupMember.ReadWrite.All'] },
      { task: { id: 'disableSignIn' }, need: 'required', permissions: ['User.EnableDisableAccount.All'] },
      { task: { id: 'revokeSessions' }, need: 'required', permissions: ['User.RevokeSessions.All'] },
      { task: { id: 'usageLocation' }, need: 'required', permissions: ['User.ReadWrite.All'] },
    ]);
  });

  it.each<readonly [string, readonly TaskId[]]>([
    ['User.Read.All', ['people', 'signIns', 'groups', 'managers', 'roster', 'sponsors']],
    ['AuditLog.Read.All', ['signIns', 'signInLog']],
    ['Reports.Read.All', REPORTS],
    ['ReportSettings.Read.All', ['reportSettings']],
    // Organization.Read.All contains it.
    ['LicenseAssignment.Read.All', []],
    ['Organization.Read.All', ['organization']],
    ['GroupMember.Read.All', ['groups']],
    ['RoleManagement.Read.Directory', ['roles']],
    ['MailboxSettings.Read', ['mailboxes']],
    // RoleManagement.Read.Directory contains it.
    ['RoleEligibilitySchedule.Read.Directory', []],
  ])('but without %s exactly these are missing: %j', (left, missing) => {
    const granted = new Set(AUDIT.filter((permission) => permission !== left));
    expect(idsOf(factsOf({ granted }), 'missing')).toEqual(missing);
  });

  it('a broader permission is enough', () => {
    const granted = new Set(['Directory.Read.All', ...AUDIT.filter((each) => !/^(User|Group)/.test(each))]);
    expect(idsOf(factsOf({ granted }), 'missing')).toEqual([]);
  });
});

describe('a change of accounts is asked for only where the policy makes it', () => {
  const exchange = { granted: new Set(['Exchange.ManageAsApp']) };
  const needed = (yaml: string): readonly (readonly [TaskId, string])[] =>
    taskStates(factsOf({ exchange }), policyOf(`${ACT}${yaml}`))
      .filter(({ task, need }) => CHANGES.includes(task.id) && need !== 'off')
      .map(({ task, need }) => [task.id, need]);
  const steps = (list: string): string =>
    `reclaim: { mailbox: waive, steps: { leftCompany: [${list}], disabledButLicensed: [${list}], ` +
    `neverSignedIn: [${list}], inactive: [${list}], unusedLicense: [] } }`;

  it.each<readonly [string, string, readonly (readonly [TaskId, string])[]]>([
    ['nothing but licenses', steps('removeLicenses'), [['removeFromGroup', 'wanted']]],
    [
      'sign-in',
      steps('disableSignIn'),
      [
        ['disableSignIn', 'required'],
        ['revokeSessions', 'required'],
      ],
    ],
    ['mailboxes, whose loss is waived', steps('convertMailbox'), []],
    ['mailboxes', 'reclaim: { mailbox: convert }', [['convertMailbox', 'required']]],
    ['usage locations of receivers', 'reclaim: { usageLocation: DE }', [['usageLocation', 'required']]],
    ['accounts in the end', 'timetable: { delete: P90D }', [['deleteAccount', 'required']]],
  ])('%s', (_what, yaml, expected) => {
    expect(needed(yaml)).toEqual(expect.arrayContaining([...expected]));
    if (yaml.includes('waive')) expect(needed(yaml)).toHaveLength(expected.length + 1);
  });

  it('and of apps only where the id in the catalog is said, by the identity of the bot', () => {
    const install = (facts: TaskFacts, yaml = ACT) =>
      taskStates(facts, policyOf(yaml)).find(({ task }) => task.id === 'installApp');
    expect(install(factsOf())).toMatchObject({
      is: 'off',
      need: 'off',
      why: 'TEAMS_APP_PUBLISHED_APP_ID is not set. Whoever does not have the app in Teams is not asked; the next person is.',
    });
    const permission = 'TeamsAppInstallation.ReadWriteSelfForUser.All';
    const granted = new Set([permission]);
    expect(install(factsOf({ hasTeamsApp: true }), '')).toMatchObject({ is: 'off', need: 'off' });
    expect(install(factsOf({ hasTeamsApp: true }))).toMatchObject({
      is: 'missing',
      permissions: [permission],
    });
    expect(install(factsOf({ hasTeamsApp: true, granted, grantedToWriter: new Set() }))).toMatchObject({
      is: 'on',
      need: 'required',
    });
    const onlyWriter = factsOf({ hasTeamsApp: true, grantedToWriter: granted });
    expect(install(onlyWriter)).toMatchObject({ is: 'missing' });
  });

  it('and of mailboxes only where Exchange has an address', () => {
    const convert = (facts: TaskFacts) =>
      taskStates(facts, policyOf(ACT)).find(({ task }) => task.id === 'convertMailbox');
    expect(convert(factsOf())).toMatchObject({
      is: 'off',
      need: 'off',
      why: 'EXCHANGE_BASE_URL is not set. A person converts mailboxes before their license goes.',
    });
    expect(convert(factsOf({ exchange }))).toMatchObject({ is: 'on', need: 'required' });
    expect(convert(factsOf({ exchange: { granted: undefined } }))).toMatchObject({ is: 'unchecked' });
    const without = convert(factsOf({ exchange: { granted: new Set() } }));
    expect(without).toMatchObject({ is: 'missing', permissions: ['Exchange.ManageAsApp'] });
    expect(without?.is === 'missing' && without.fix).toMatch(
      /Office 365 Exchange Online > .* Entra role Exchange Recipient Administrator\.$/,
    );
  });
});

describe('what no permission gives', () => {
  it('is impossible: sign-in dates and their log without P1, roles to activate without P2, mailboxes without Exchange', () => {
    const facts = factsOf({ hasEntraP1: false, skus: [sku('POWER_BI_PRO', 'BI_AZURE_P2')] });
    expect(idsOf(facts, 'impossible')).toEqual(['signIns', 'signInLog', 'mailboxes', 'eligibleRoles']);
  });

  it('is not claimed when the licenses bought are unknown', () => {
    expect(idsOf(factsOf({ hasEntraP1: undefined, skus: undefined }), 'impossible')).toEqual([]);
  });

  it('does not count a SKU that has run out', () => {
    const facts = factsOf({ skus: [{ ...E5, capabilityStatus: 'Suspended' }] });
    expect(idsOf(facts, 'impossible')).toEqual(['mailboxes', 'eligibleRoles']);
  });
});

describe('where the token does not tell', () => {
  const works: Probe = { is: 'works' };
  const probing = (more: readonly (readonly [TaskId, Probe])[]): TaskFacts =>
    factsOf({
      granted: undefined,
      probes: new Map([...TASKS.map(({ id }) => [id, works] as const), ...more]),
    });

  it('reads are on when they work, and changes are never tried', () => {
    expect(idsOf(probing([]), 'unchecked', everything)).toEqual([
      'revealNames',
      'licenseChanges',
      ...ASKED_FOR,
    ]);
    expect(idsOf(probing([]), 'missing', everything)).toEqual([]);
  });

  it('a refused read names the permissions that no other read has shown to be there', () => {
    const refused: Probe = { is: 'refused' };
    const facts = probing([
      ['signIns', refused],
      ['signInLog', refused],
    ]);
    expect(taskStates(facts, observing).filter(({ is }) => is === 'missing')).toMatchObject([
      { task: { id: 'signIns' }, permissions: ['AuditLog.Read.All'] },
      { task: { id: 'signInLog' }, permissions: ['AuditLog.Read.All'] },
    ]);
  });

  it('a read that failed for another reason is unchecked, and says why', () => {
    const facts = probing([['groups', { is: 'unclear', why: 'Graph was away.' }]]);
    expect(taskStates(facts, observing).find(({ task }) => task.id === 'groups')).toMatchObject({
      is: 'unchecked',
      why: 'Graph was away.',
    });
  });

  it('the identity that changes licenses tells for itself', () => {
    const own = { ...probing([]), grantedToWriter: new Set(['LicenseAssignment.ReadWrite.All']) };
    expect(idsOf(own, 'unchecked', everything)).toEqual(['revealNames']);
    expect(idsOf(own, 'missing', everything)).toEqual(ASKED_FOR);
    const opaque = { ...factsOf(), grantedToWriter: 'unreadable' as const };
    expect(idsOf(opaque, 'unchecked', everything)).toEqual(['licenseChanges', ...ASKED_FOR]);
  });
});

describe('a refusal during an audit', () => {
  it('turns off exactly its task, with the fix', () => {
    const failure = new GraphFailure('forbidden', 'Refused.', {
      operation: 'reports.getMailboxUsageDetail',
      status: 403,
    });
    expect(missingPermission(failure)).toMatchObject({
      task: { id: 'report:mailboxes' },
      permissions: ['Reports.Read.All'],
      fix: fixFor(['Reports.Read.All']),
    });
    expect(fixFor(['Reports.Read.All'])).toContain(
      'Grant the application permission Reports.Read.All with admin consent: Microsoft Entra admin center > App registrations',
    );
  });

  it.each(['notFound', 'throttled', 'noPremium', 'unauthorized'] as const)('%s is none', (kind) => {
    const failure = new GraphFailure(kind, 'No.', { operation: 'users.list' });
    expect(missingPermission(failure)).toBeUndefined();
  });

  it('of an operation that is not ours is none', () => {
    expect(
      missingPermission(new GraphFailure('forbidden', 'No.', { operation: 'toString' })),
    ).toBeUndefined();
  });
});

describe('what can be proven per SKU', () => {
  const skus = [
    E5,
    sku('VISIOCLIENT', 'VISIO_CLIENT_SUBSCRIPTION', 'ONEDRIVE_BASIC', 'EXCHANGE_S_FOUNDATION'),
    sku('PROJECTPROFESSIONAL', 'PROJECT_CLIENT_SUBSCRIPTION', 'SHAREPOINTENTERPRISE'),
    sku('POWER_BI_PRO', 'BI_AZURE_P2', 'EXCHANGE_S_FOUNDATION'),
  ];
  const states = (yaml: string) => taskStates(factsOf(), policyOf(yaml));

  it('is told by the services in it', () => {
    const proofs = skuProofs(skus, states(''));
    expect(
      proofs.map(({ sku: { partNumber }, is, undated, parts }) => [
        partNumber,
        is,
        parts.map((p) => p.part),
        undated,
      ]),
    ).toEqual([
      ['SPE_E5', 'impossible', ['exchange', 'teams', 'apps'], ['AAD_PREMIUM_P2']],
      ['VISIOCLIENT', 'on', ['visio'], []],
      ['PROJECTPROFESSIONAL', 'on', ['oneDrive', 'sharePoint', 'project'], []],
      ['POWER_BI_PRO', 'impossible', [], ['BI_AZURE_P2']],
    ]);
  });

  it('is off where the policy leaves the only source out', () => {
    const proofs = skuProofs(
      [sku('VISIOONLY', 'VISIO_CLIENT_SUBSCRIPTION')],
      states('evidence: { reports: [apps] }'),
    );
    expect(proofs).toMatchObject([{ is: 'off', parts: [{ part: 'visio', by: ['activations'], is: 'off' }] }]);
  });
});
