import { beforeSuccessWasRecorded, failedAttemptsOnly, never, onlyMailIsUsed, yearOne } from './lives.js';
import type { LifeContext } from './lives.js';
import { DOMAIN, employee as person, INITIAL_DOMAIN, idleFor, namedId } from './named-spec.js';
import type { NamedSpec } from './named-spec.js';

/** People in whom a careless audit goes wrong. Each comment says what the right answer is. */
export const AWKWARD_PEOPLE = {
  /** Executive: only HR may see the case. */
  financeChief: person(20, 'Eleanor Voss', 'Finance', 'servicesHead', {
    title: 'Chief Financial Officer',
    licenses: [{ sku: 'E5' }],
    life: idleFor(140),
  }),
  /** Service account by its name: excluded, however idle. */
  serviceAccount: {
    id: namedId(21),
    name: 'svc-backup',
    upn: `svc-backup@${DOMAIN}`,
    employee: false,
    mailbox: null,
    life: idleFor(400),
  },
  /** Disabled by design: the mailbox is shared and must keep its account. */
  sharedMailbox: place(22, 'Sales inbox', 'sales.inbox', 'shared', [{ sku: 'EXCHANGE' }]),
  /** A room does not sign in. */
  roomMailbox: place(23, 'Meeting room Aurora', 'room.aurora', 'room', [{ sku: 'E3' }]),
  equipmentMailbox: place(24, 'Loading dock projector', 'projector.dock', 'equipment', [{ sku: 'E1' }]),
  /** Holds a directory role: admin review, and Graph refuses to disable the account. */
  roleHolder: person(25, 'Gareth Pruitt', 'Information Technology', 'operationsHead', {
    title: 'Identity Engineer',
    licenses: [{ sku: 'E5' }],
    life: idleFor(150),
    role: 'globalAdministrator',
  }),
  /** Emergency access: rare sign-in is its purpose. */
  breakGlass: {
    id: namedId(26),
    name: 'Emergency access 1',
    upn: `emergency-access-1@${INITIAL_DOMAIN}`,
    licenses: [{ sku: 'ENTRA_P1' }],
    employee: false,
    mailbox: null,
    groups: ['emergency'],
    role: 'globalAdministrator',
    life: idleFor(300),
  },
  /** A guest with a paid license goes to the guest audit. */
  licensedGuest: {
    id: namedId(27),
    name: 'Lena Fischer (partner)',
    upn: `lena.fischer_partner.example#EXT#@${INITIAL_DOMAIN}`,
    licenses: [{ sku: 'E1' }],
    guest: true,
    mailbox: null,
    life: idleFor(210),
  },
  /** Ten days old: never signed in, and no reason to worry yet. */
  newAccount: person(28, 'Callum Reyes', 'Operations', 'operationsHead', {
    licenses: [{ sku: 'E3', daysAgo: 10 }],
    life: never,
    age: 10,
  }),
  /** Idle for long, but somebody gave them the license five days ago. */
  newLicense: person(29, 'Ines Moreau', 'Legal', 'servicesHead', {
    licenses: [{ sku: 'E3', daysAgo: 5 }],
    life: idleFor(150),
  }),
  /** Nobody to ask. */
  noManager: person(30, 'Piotr Zielinski', 'Warehouse', undefined, { life: idleFor(170) }),
  /** The manager has left: ask the next one up. */
  managerDisabled: person(31, 'Aisha Bello', 'Warehouse', 'formerLead', {
    life: idleFor(125),
    // And the mailbox is held by a retention policy.
    mailTraits: { retentionHold: true },
  }),
  /** Has gone, holds no license: not in the audit, but still somebody's manager. */
  formerLead: person(32, 'Stefan Huber', 'Warehouse', 'operationsHead', {
    licenses: [],
    enabled: false,
    life: idleFor(190),
  }),
  /** The mailbox has an archive, which a shared one without a license may not have. */
  managerIsSelf: person(33, 'Bruno Keller', 'Sales', 'managerIsSelf', {
    life: idleFor(133),
    usage: { hasArchive: true },
  }),
  /** These two manage each other: a walk up the chain must end. */
  loopFirst: person(34, 'Carla Dunne', 'Sales', 'loopSecond', { life: idleFor(144) }),
  loopSecond: person(35, 'Diego Arce', 'Sales', 'loopFirst', { life: idleFor(147) }),
  /** Synced from AD, with a comma inside the common name; AD takes back what only the cloud says of the mailbox. */
  syncedFromAd: person(36, 'Natalia Ivanova', 'Finance', 'financeHead', {
    life: idleFor(135),
    mailTraits: { hybrid: true },
    distinguishedName: 'CN=Ivanova\\, Natalia,OU=Finance,OU=Staff,DC=corp,DC=harborlight,DC=example',
  }),
  /** Was synced once: `onPremisesSyncEnabled` is false, not null. */
  onceSynced: person(37, 'Femi Adeyemi', 'Finance', 'financeHead', {
    life: idleFor(128),
    synced: false,
    distinguishedName: 'CN=Femi Adeyemi,OU=Finance,OU=Staff,DC=corp,DC=harborlight,DC=example',
  }),
  /** Only the group gives the license: a direct removal is refused. */
  groupLicensed: person(38, 'Sofia Lund', 'Marketing', 'servicesHead', {
    licenses: [{ sku: 'E3', group: 'licensesE3' }],
    life: idleFor(155),
  }),
  /** Both ways: removing the direct one is allowed and frees no seat. */
  directAndGroup: person(39, 'Henrik Bauer', 'Marketing', 'servicesHead', {
    licenses: [{ sku: 'E3' }, { sku: 'E3', group: 'licensesE3' }],
    life: idleFor(158),
  }),
  /** A dynamic group's members cannot be changed through Graph. */
  dynamicGroupLicensed: person(40, 'Yusuf Demir', 'Research', 'operationsHead', {
    licenses: [{ sku: 'E5', group: 'licensesE5' }],
    life: idleFor(131),
  }),
  /** A group that AD owns: change it there. */
  syncedGroupLicensed: person(41, 'Clara Whitcombe', 'Research', 'operationsHead', {
    licenses: [{ sku: 'E1', group: 'licensesE1' }],
    life: idleFor(136),
  }),
  /** The report spells the user principal name in capitals; the mailbox is on litigation hold. */
  otherCaseInReport: person(42, 'Matteo Ricci', 'Marketing', 'hrPartner', {
    life: idleFor(141),
    inReport: 'upperCase',
    mailTraits: { litigationHold: true },
  }),
  /** No report row: use is unknown, not absent. */
  absentFromReport: person(43, 'Freya Olsen', 'Marketing', 'hrPartner', {
    life: idleFor(149),
    inReport: 'absent',
  }),
  /** Fresh attempts, old success: idle. */
  failedSignInsOnly: person(44, 'Andre Fontaine', 'Sales', 'financeHead', {
    life: (context: LifeContext) => failedAttemptsOnly(context, 160),
  }),
  /** No recorded success, because nobody recorded it then. */
  oldInteractiveOnly: person(45, 'Ruth Abernathy', 'Legal', 'servicesHead', {
    life: beforeSuccessWasRecorded,
  }),
  yearOneSignIn: person(46, 'Goran Petrovic', 'Warehouse', 'operationsHead', { life: yearOne, age: 240 }),
  /** Mail is used, so the person is active, whatever the sign-in says. */
  mailOnly: person(47, 'Beatriz Nunes', 'Sales', 'financeHead', {
    life: (context: LifeContext) => onlyMailIsUsed(context, 120),
  }),
  /** One license comes through a mail-enabled security group, which only Exchange changes. */
  accentedName: person(48, 'Zoë Ångström-Łukasiewicz', 'Research', 'hrPartner', {
    upn: `zoe.angstrom@${DOMAIN}`,
    licenses: [{ sku: 'E3' }, { sku: 'POWER_BI', group: 'reportReaders' }],
    life: idleFor(127),
  }),
  /** One license comes through a group that may hold roles: Graph leaves it and its members alone. */
  rightToLeftName: person(49, 'נועה כהן', 'Research', 'hrPartner', {
    upn: `noa.cohen@${DOMAIN}`,
    licenses: [{ sku: 'E3' }, { sku: 'POWER_BI', group: 'reportAdmins' }],
    life: idleFor(126),
  }),
  /** Breaks CSV, HTML and Markdown that is not escaped. The mailbox is too large to go without a license. */
  punctuatedName: person(50, 'O\'Dell, Kate "KO" <b>bold</b>', 'Sales', 'financeHead', {
    upn: `kate.o'dell@${DOMAIN}`,
    life: idleFor(129),
    usage: { mailboxGb: 58 },
  }),
  /** A spreadsheet would run it. */
  formulaName: person(51, "=cmd|' /C calc'!A0", 'Sales', 'financeHead', {
    upn: `formula.person@${DOMAIN}`,
    life: idleFor(132),
  }),
  /** Nothing can be assigned to them until a location is set. */
  noUsageLocation: person(52, 'Samir Qureshi', 'Operations', 'operationsHead', {
    usageLocation: null,
    life: idleFor(137),
  }),
  /** The license works, with an error that stays. */
  licenseWithError: person(53, 'Olga Sorokina', 'Operations', 'operationsHead', {
    licenses: [{ sku: 'E3', state: 'ActiveWithError', error: 'MutuallyExclusiveViolation' }],
    life: idleFor(139),
  }),
  /** Teams Phone needs E1's Teams: E1 alone cannot be taken, both together can. */
  dependentLicenses: person(54, 'Lars Nygaard', 'Sales', 'financeHead', {
    licenses: [{ sku: 'E1' }, { sku: 'PHONE' }],
    life: idleFor(143),
  }),
  exempt: person(55, 'Grace Okonkwo', 'Legal', 'servicesHead', { groups: ['exempt'], life: idleFor(145) }),
  /** In the leadership circle only through the group nested in it. */
  nestedLeader: person(56, 'Walter Brandstetter', 'Company Services', 'servicesHead', {
    licenses: [{ sku: 'E5' }],
    groups: ['leadershipOffice'],
    life: idleFor(151),
  }),
  /** Holds a role only because a group does. */
  groupRoleHolder: person(57, 'Tessa Moran', 'Information Technology', 'operationsHead', {
    groups: ['helpdesk'],
    life: idleFor(153),
  }),
  /** Only free products: nothing to save. */
  freeOnly: person(58, 'Nils Aaltonen', 'Warehouse', 'operationsHead', {
    licenses: [{ sku: 'FLOW_FREE' }, { sku: 'POWER_BI_FREE' }],
    mailbox: null,
    life: idleFor(165),
  }),
  /** Both a mail-enabled list and a team with a license of its own, which nobody else owns. */
  teamLicensed: person(59, 'Camila Duarte', 'Facilities', 'hrPartner', {
    licenses: [{ sku: 'E3' }, { sku: 'VISIO', group: 'visioTeam' }],
    groups: ['mailList'],
    life: idleFor(157),
  }),
} as const satisfies Record<string, NamedSpec>;

/** A mailbox that is no person: disabled account, no employee number. */
function place(
  n: number,
  name: string,
  alias: string,
  mailbox: NonNullable<NamedSpec['mailbox']>,
  licenses: NonNullable<NamedSpec['licenses']>,
): NamedSpec {
  const upn = `${alias}@${DOMAIN}`;
  return {
    id: namedId(n),
    name,
    upn,
    licenses,
    mailbox,
    employee: false,
    enabled: false,
    life: never,
    age: 700,
  };
}
