import { namesOf, sponsorsOf, workOf } from './bulk-people.js';
import type { BulkTenant } from './bulk-people.js';
import { active, ago, idle, never, NO_WORKLOAD } from './lives.js';
import type { Life } from './lives.js';
import { between, guidOfIndex, randomOf } from './random.js';
import type { SimPerson, SimSignIn, SimUsage, TenantTime } from './sim-person.js';

/** Accounts behind the people: nobody there holds a license, and most were not used for long. */
export interface ExtraTenant extends BulkTenant {
  readonly unlicensed: number;
  readonly dormantGuests: number;
}

const PURPOSE = { identity: 11, life: 12 } as const;
const DORMANT_SHARE = 0.8;
const NEVER_SHARE = 0.12;

const NO_USAGE: SimUsage = {
  email: null,
  apps: { last: null, platforms: [] },
  activations: { apps: null, visio: null, project: null },
  mailboxBytes: 0,
  hasArchive: false,
  oneDriveBytes: null,
  sites: 0,
};

/** @param index from `people` on: members without a license first, then guests */
export function extraPerson(tenant: ExtraTenant, index: number, time: TenantTime): SimPerson {
  const guest = index >= tenant.people + tenant.unlicensed;
  const random = randomOf(tenant.seed, index, PURPOSE.identity);
  const names = namesOf(random, index, guest);
  return {
    index,
    id: guidOfIndex(tenant.seed, index),
    ...names,
    mail: guest ? names.mail : null,
    accountEnabled: random() < 0.7,
    userType: guest ? 'Guest' : 'Member',
    ...workOf(tenant, index, guest),
    created: ago(tenant, between(random, 910, 2500)),
    leaves: null,
    managerId: null,
    sponsorIds: guest ? sponsorsOf(tenant, index) : [],
    licenses: [],
    groups: [],
    signIn: extraSignIn(tenant, index, time),
    workload: NO_WORKLOAD,
    usage: NO_USAGE,
    inReport: 'absent',
    mailbox: null,
    mailTraits: null,
    onPremisesSync: null,
    onPremises: null,
    lastSynced: null,
    sessionsValidFrom: null,
  };
}

/** Last seen 100 to 900 days ago, never, or, a few, every week. */
export function extraSignIn(tenant: ExtraTenant, index: number, time: TenantTime): SimSignIn | null {
  return lifeOf(tenant, index, time).signIn;
}

function lifeOf(tenant: ExtraTenant, index: number, time: TenantTime): Life {
  const random = randomOf(tenant.seed, index, PURPOSE.life);
  const draw = random();
  const context = { ...time, createdAt: tenant.createdAt, phase: random() };
  if (draw < DORMANT_SHARE) return idle(context, between(random, 100, 900));
  return draw < DORMANT_SHARE + NEVER_SHARE ? never() : active(context, 7);
}
