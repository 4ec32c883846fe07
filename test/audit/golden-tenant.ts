import type { Policy } from '../../src/config/policy.js';
import {
  aPerson,
  daysAgo,
  groupId,
  idle,
  REFRESHED,
  userId,
  type PersonSpec,
  type WorldPerson,
} from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { MAILBOX_PLAN } from '../world/skus.js';

/** Verdict, scenario, list and recommendation that a careful person gives by hand. */
export interface Expected {
  readonly verdict: 'inactive' | 'neverUsed' | 'unknown' | 'active';
  readonly days?: number;
  readonly scenario?: string;
  readonly list?: 'inactive' | 'protected' | 'unknown' | 'guests' | 'hr';
  readonly recommendation?: string;
}

export interface Trap {
  readonly why: string;
  readonly who: WorldPerson;
  readonly expected: Expected | 'not audited';
}

export const GOLDEN_POLICY: Policy = policyOf(`
protect:
  executives: { groups: [${groupId('leaders')}] }
  serviceAccounts: { users: [${userId('Backup')}] }
  breakGlass: { groups: [${groupId('emergency')}] }
  exempt: { groups: [${groupId('exempt')}], users: [${userId('Xena')}] }
scope: { ous: ["OU=Staff,DC=corp,DC=harbor"] }
prices:
  - { sku: SPE_E3, amount: 36, currency: USD, frequency: monthly }
  - { sku: SPE_E5, amount: 684, currency: USD, frequency: yearly, effective: 2026-01-01 }
  - { sku: VISIOCLIENT, amount: 180, currency: EUR, frequency: yearly }
`);

const boss = active('Boss');

const INACTIVE: Expected = {
  verdict: 'inactive',
  scenario: 'inactive',
  list: 'inactive',
  recommendation: 'ask',
};
const NEVER: Expected = {
  verdict: 'neverUsed',
  scenario: 'neverSignedIn',
  list: 'inactive',
  recommendation: 'ask',
};
const ACTIVE: Expected = { verdict: 'active' };
const UNKNOWN: Expected = { verdict: 'unknown', list: 'unknown', recommendation: 'readMore' };
const EXCLUDED: Expected = {
  verdict: 'inactive',
  scenario: 'inactive',
  list: 'protected',
  recommendation: 'excluded',
};
const REVIEWED: Expected = { ...EXCLUDED, recommendation: 'adminReview' };
const FOR_HR: Expected = {
  verdict: 'inactive',
  scenario: 'inactive',
  list: 'hr',
  recommendation: 'hrReview',
};

const PERSON_TRAPS: readonly Trap[] = [
  trap('a manager who works every day', boss, ACTIVE),
  trap('idle everywhere for 130 days (128 at the report)', who('Dana', idle(130)), {
    ...INACTIVE,
    days: 128,
  }),
  trap(
    'idle one day less than the threshold',
    who('Edge', { signIn: { successful: daysAgo(89) }, usage: {} }),
    ACTIVE,
  ),
  trap(
    'idle exactly for the threshold',
    who('Exact', { signIn: { successful: daysAgo(90), interactive: daysAgo(90) }, usage: {} }),
    { ...INACTIVE, days: 90 },
  ),
  trap(
    'mail used 89 days before the refresh date',
    who('Mail edge', { ...idle(200), usage: { exchange: '2026-08-24' } }),
    ACTIVE,
  ),
  trap(
    'only mail is used, no sign-in for long',
    who('Mailer', { ...idle(200), usage: { exchange: REFRESHED } }),
    ACTIVE,
  ),
  trap(
    'only signs in, uses nothing that is dated',
    who('Viewer', { signIn: { successful: daysAgo(3) }, usage: {} }),
    ACTIVE,
  ),
  trap('only Viva Engage is used', who('Engaged', { ...idle(300), usage: { yammer: '2026-11-01' } }), ACTIVE),
  trap(
    'fresh failed attempts, old success',
    who('Sprayed', { signIn: { successful: daysAgo(160), interactive: daysAgo(1) }, usage: {} }),
    { ...INACTIVE, days: 160 },
  ),
  trap(
    'fresh failed attempts, never a success, young account',
    who('Sprayed new', { created: '2024-05-01', signIn: { interactive: daysAgo(1) }, usage: {} }),
    NEVER,
  ),
  trap(
    'attempts before successes were recorded',
    who('Old timer', { created: '2018-02-01', signIn: { interactive: '2022-09-05' }, usage: {} }),
    { ...INACTIVE, days: 180 },
  ),
  trap(
    'year-1 dates',
    who('Year one', { signIn: { successful: '0001-01-01', interactive: '0001-01-01' }, usage: {} }),
    NEVER,
  ),
  trap('never signed in, no use', who('Never', { signIn: 'absent', usage: {} }), NEVER),
  trap(
    'no sign-in dates, account older than the records',
    who('Ancient', { created: '2016-01-01', signIn: 'absent', usage: {} }),
    { ...INACTIVE, days: 180 },
  ),
  trap(
    'no sign-in dates, but a shared phone sends mail',
    who('Scanner', { signIn: 'absent', usage: { exchange: daysAgo(5) } }),
    ACTIVE,
  ),
  trap('not in the report', who('Lost', { ...idle(150), usage: 'absent' }), UNKNOWN),
  trap(
    'not in the report, but signs in',
    who('Lost active', { signIn: { successful: daysAgo(4) }, usage: 'absent' }),
    ACTIVE,
  ),
  trap('not among the sign-in rows', who('Unselected', { signIn: 'notSelected', usage: {} }), UNKNOWN),
  trap(
    'spelled in capitals in the report and directory',
    who('Upper', { ...idle(120), upn: 'UPPER@HARBOR.EXAMPLE' }),
    { ...INACTIVE, days: 118 },
  ),
  trap('a name with a decomposed letter', who('Zoe', { ...idle(120), upn: 'zoe\u0308@harbor.example' }), {
    ...INACTIVE,
    days: 118,
  }),
  trap(
    'a name that a spreadsheet would run',
    who('Formula', { ...idle(132), displayName: "=cmd|' /C calc'!A0" }),
    { ...INACTIVE, days: 130 },
  ),
  trap('disabled and idle', who('Disabled', { ...idle(140), enabled: false }), {
    ...INACTIVE,
    scenario: 'disabledButLicensed',
    days: 138,
  }),
  trap('disabled, never used', who('Disabled never', { enabled: false, signIn: 'absent', usage: {} }), {
    ...NEVER,
    scenario: 'disabledButLicensed',
  }),
  trap(
    'disabled last week, perhaps on leave',
    who('Disabled lately', { ...idle(7), enabled: false }),
    ACTIVE,
  ),
  trap(
    'an executive by title',
    who('Eleanor', { ...idle(140), jobTitle: 'Chief Financial Officer' }),
    FOR_HR,
  ),
  trap(
    'an executive by a German title',
    who('Gerd', { ...idle(140), jobTitle: 'Stv. Gescha\u0308ftsfu\u0308hrer' }),
    FOR_HR,
  ),
  trap(
    'works for an executive',
    who('Assistant', { ...idle(140), jobTitle: 'Assistant to the CEO' }),
    INACTIVE,
  ),
  trap('an executive by group', who('Leader', { ...idle(140), groups: ['leaders'] }), FOR_HR),
  trap(
    'an executive who is exempt: nobody acts, only HR sees',
    who('Exempt chief', { ...idle(140), jobTitle: 'CEO', groups: ['exempt'] }),
    { ...FOR_HR, recommendation: 'excluded' },
  ),
  trap('an executive with a role', who('Chief admin', { ...idle(140), jobTitle: 'CIO', role: true }), FOR_HR),
  trap(
    'an executive of whom nothing is known',
    who('Hidden chief', { usage: 'absent', signIn: 'absent', jobTitle: 'COO' }),
    { verdict: 'unknown', list: 'hr', recommendation: 'readMore' },
  ),
  trap(
    'a service account by the local part',
    who('Robot', { ...idle(400), upn: 'svc-scan@harbor.example' }),
    EXCLUDED,
  ),
  trap(
    'a service account by its display name',
    who('Printer', { ...idle(400), displayName: 'SVC_printer' }),
    EXCLUDED,
  ),
  trap('a service account by list', who('Backup', idle(400)), EXCLUDED),
  trap('emergency access', who('Emergency', { ...idle(300), groups: ['emergency'], role: true }), EXCLUDED),
  trap('exempt by name', who('Xena', idle(150)), EXCLUDED),
  trap(
    'a shared mailbox',
    who('Inbox', {
      signIn: 'absent',
      usage: {},
      enabled: false,
      mailbox: 'shared',
      licenses: [{ sku: 'EXCHANGE' }],
    }),
    {
      verdict: 'neverUsed',
      scenario: 'disabledButLicensed',
      list: 'protected',
      recommendation: 'adminReview',
    },
  ),
  trap('a room', who('Aurora', { ...idle(150), mailbox: 'room' }), REVIEWED),
  trap('equipment', who('Projector', { ...idle(150), mailbox: 'equipment' }), REVIEWED),
  trap(
    'a mailbox whose purpose Graph does not tell',
    who('Mystery', { ...idle(150), mailbox: 'unknown' }),
    REVIEWED,
  ),
  trap('no mailbox at all', who('Boxless', { ...idle(150), mailbox: 'noMailbox' }), INACTIVE),
  trap('holds a role', who('Admin', { ...idle(150), role: true }), REVIEWED),
  trap('a guest', who('Guest', { ...idle(210), kind: 'guest' }), {
    ...INACTIVE,
    list: 'guests',
    recommendation: 'guestAudit',
  }),
  trap(
    'a guest whom the report leaves out, idle by sign-in: guests are judged by sign-ins then',
    who('Guest unlisted', { ...idle(150), kind: 'guest', usage: 'absent' }),
    { verdict: 'inactive', scenario: 'inactive', days: 150, list: 'guests', recommendation: 'guestAudit' },
  ),
  trap(
    'a guest whom the report leaves out, who signs in',
    who('Guest here', { kind: 'guest', usage: 'absent', signIn: { successful: daysAgo(3) } }),
    ACTIVE,
  ),
  trap(
    'a guest of whom nothing is known',
    who('Guest unknown', { kind: 'guest', usage: 'absent', signIn: 'notSelected' }),
    { verdict: 'unknown', list: 'guests', recommendation: 'readMore' },
  ),
  trap(
    'a new account',
    who('Callum', {
      signIn: 'absent',
      usage: {},
      created: daysAgo(10),
      licenses: [{ sku: 'E3', since: daysAgo(10) }],
    }),
    { verdict: 'neverUsed', scenario: 'neverSignedIn', list: 'protected', recommendation: 'excluded' },
  ),
  trap(
    'an account of exactly 30 days, license older than it (reused)',
    who('Thirty', { signIn: 'absent', usage: {}, created: daysAgo(30) }),
    NEVER,
  ),
  trap(
    'a new account that no report has yet',
    who('Newest', { signIn: 'absent', usage: 'absent', created: daysAgo(1) }),
    { verdict: 'unknown', list: 'unknown', recommendation: 'excluded' },
  ),
  trap(
    'a new license',
    who('Ines', { ...idle(150), licenses: [{ sku: 'E3' }, { sku: 'VISIO', since: daysAgo(5) }] }),
    EXCLUDED,
  ),
  trap('only free products', who('Nils', { ...idle(165), licenses: [{ sku: 'FLOW_FREE' }] }), 'not audited'),
  trap('no license at all', who('Bare', { ...idle(165), licenses: [] }), 'not audited'),
  trap(
    'synced from another OU',
    who('Outsider', { ...idle(165), distinguishedName: 'CN=Out\\, Sider,OU=Guests,DC=corp,DC=harbor' }),
    'not audited',
  ),
  trap(
    'not synced, while the scope asks for an OU',
    who('Cloud only', { ...idle(165), distinguishedName: '' }),
    'not audited',
  ),
  trap(
    'a group gives the license',
    who('Sofia', { ...idle(155), licenses: [{ sku: 'E3', group: 'e3' }] }),
    INACTIVE,
  ),
  trap(
    'both ways, a free product beside',
    who('Henrik', {
      ...idle(158),
      licenses: [{ sku: 'E3' }, { sku: 'E3', group: 'e3' }, { sku: 'FLOW_FREE' }],
    }),
    INACTIVE,
  ),
  trap(
    'mail switched off in the license',
    who('Mailless', { ...idle(158), licenses: [{ sku: 'E5', off: [MAILBOX_PLAN] }] }),
    INACTIVE,
  ),
  trap(
    'two currencies',
    who('Currencies', { ...idle(158), licenses: [{ sku: 'E3' }, { sku: 'VISIO' }] }),
    INACTIVE,
  ),
  trap('nobody to ask', who('Piotr', { ...idle(170) }), INACTIVE),
  trap('Graph does not tell the manager', who('Unmanaged', { ...idle(170), manager: 'unknown' }), INACTIVE),
  trap('a manager', who('Managed', { ...idle(170), manager: boss, department: 'Sales' }), INACTIVE),
];

const UNUSED: Expected = {
  verdict: 'active',
  scenario: 'unusedLicense',
  list: 'inactive',
  recommendation: 'ask',
};

/** One license of somebody active, or a report beside the active-user report, decides. */
const LICENSE_TRAPS: readonly Trap[] = [
  trap(
    'active, and never activated Visio',
    who('Draws nothing', { licenses: [{ sku: 'E3' }, { sku: 'VISIO' }] }),
    UNUSED,
  ),
  trap(
    'active, and activated Visio lately',
    who('Draws', {
      licenses: [{ sku: 'E3' }, { sku: 'VISIO' }],
      reports: { activations: { 'VISIO ONLINE PLAN 2': daysAgo(20) } },
    }),
    ACTIVE,
  ),
  trap(
    'active, and activated Visio long ago: later use leaves no trace',
    who('Drew once', {
      licenses: [{ sku: 'E3' }, { sku: 'VISIO' }],
      reports: { activations: { 'VISIO ONLINE PLAN 2': daysAgo(400) } },
    }),
    ACTIVE,
  ),
  trap(
    'active, and got Visio a week ago',
    who('Will draw', { licenses: [{ sku: 'E3' }, { sku: 'VISIO', since: daysAgo(7) }] }),
    ACTIVE,
  ),
  trap(
    'active, and never activated Project, which nobody here has ever activated',
    who('Plans nothing', { licenses: [{ sku: 'E3' }, { sku: 'PROJECT' }] }),
    ACTIVE,
  ),
  trap(
    'active, with Power BI Pro, whose use no source dates',
    who('Analyst', { licenses: [{ sku: 'E3' }, { sku: 'POWER_BI' }] }),
    ACTIVE,
  ),
  trap(
    'active, with a second suite that gives nothing more',
    who('Two suites', { licenses: [{ sku: 'E3' }, { sku: 'OFFICE_E3' }] }),
    UNUSED,
  ),
  trap(
    'a second suite in which something is switched off that the first one has: nothing more either',
    who('Two suites, less', { licenses: [{ sku: 'E3' }, { sku: 'OFFICE_E3', off: [MAILBOX_PLAN] }] }),
    UNUSED,
  ),
  trap(
    'a first suite in which mail is switched off, which the second one gives',
    who('Two halves', { licenses: [{ sku: 'E3', off: [MAILBOX_PLAN] }, { sku: 'OFFICE_E3' }] }),
    ACTIVE,
  ),
  trap(
    'signs in every day and uses nothing of a suite that is dated in full',
    who('Only signs in', {
      signIn: { successful: daysAgo(1), interactive: daysAgo(1) },
      usage: {},
      licenses: [{ sku: 'OFFICE_E3' }],
    }),
    UNUSED,
  ),
  trap(
    'an executive who never activated Visio is for HR alone',
    who('Chief draws nothing', {
      jobTitle: 'Chief Designer',
      licenses: [{ sku: 'E3' }, { sku: 'VISIO' }],
    }),
    { verdict: 'active', scenario: 'unusedLicense', list: 'hr', recommendation: 'hrReview' },
  ),
  trap(
    'a role holder who never activated Visio is looked at by an admin',
    who('Admin draws nothing', { role: true, licenses: [{ sku: 'E3' }, { sku: 'VISIO' }] }),
    { verdict: 'active', scenario: 'unusedLicense', list: 'protected', recommendation: 'adminReview' },
  ),
  trap(
    'disabled since yesterday, and never activated Visio: nothing is proven about the account',
    who('Disabled draws nothing', { enabled: false, licenses: [{ sku: 'E3' }, { sku: 'VISIO' }] }),
    ACTIVE,
  ),
  trap(
    'idle for the active-user report and sign-in, shown active by the Apps report alone',
    who('Writes offline', { ...idle(200), reports: { apps: daysAgo(10) } }),
    ACTIVE,
  ),
  trap(
    'shown active by the email report alone',
    who('Mails', { ...idle(200), reports: { email: daysAgo(10) } }),
    ACTIVE,
  ),
  trap(
    'shown active by an activation alone',
    who('Installs', {
      ...idle(200),
      reports: { activations: { 'MICROSOFT 365 APPS FOR ENTERPRISE': daysAgo(10) } },
    }),
    ACTIVE,
  ),
  trap(
    'idle everywhere, and not in the further reports although licensed',
    who('Half lost', { ...idle(200), reports: 'absent' }),
    UNKNOWN,
  ),
  trap(
    'idle, with a damaged row in the Teams report',
    who('Damaged', { ...idle(200), reports: { teams: 'soon' } }),
    UNKNOWN,
  ),
  trap(
    'idle, with a damaged row in the activations report',
    who('Damaged too', { ...idle(200), reports: { activations: { VISIO: 'soon' } } }),
    UNKNOWN,
  ),
  trap(
    'idle, and used mail a little later by the email report than by the other one',
    who('Later mail', { ...idle(200), reports: { email: daysAgo(122) } }),
    { ...INACTIVE, days: 120 },
  ),
];

/** Enough people who work that two who are missing are no gap. */
export const STAFF: readonly WorldPerson[] = Array.from({ length: 30 }, (_, n) => active(`Worker ${n}`));

export const TRAPS: readonly Trap[] = [...PERSON_TRAPS, ...LICENSE_TRAPS];

export const GOLDEN_PEOPLE: readonly WorldPerson[] = [...TRAPS.map(({ who: person }) => person), ...STAFF];

function active(name: string): WorldPerson {
  return who(name, {});
}

/** Everybody is below the audited OU unless the trap says otherwise. */
function who(name: string, spec: PersonSpec): WorldPerson {
  return aPerson(name, { distinguishedName: `CN=${name},OU=Sales,OU=Staff,DC=corp,DC=harbor`, ...spec });
}

function trap(why: string, person: WorldPerson, expected: Trap['expected']): Trap {
  return { why, who: person, expected };
}
