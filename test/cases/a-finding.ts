import type { Day } from '../../src/audit/day.js';
import {
  NO_DETAILS,
  REPORTS_OFF,
  WORKLOADS,
  type Evidence,
  type Fact,
  type Verdict,
} from '../../src/audit/evidence.js';
import type { Finding, LicenseFinding } from '../../src/audit/finding.js';
import type { Manager } from '../../src/audit/person.js';
import { aPerson, day, userId, type PersonSpec } from '../world/people.js';
import { SKUS, type SkuName } from '../world/skus.js';

export const REFRESHED = day('2026-11-21');
export const INACTIVE: Verdict = { kind: 'inactive', days: 130, lastUse: day('2026-07-14') };

export const GRACE: Manager = {
  id: userId('Grace Hopper'),
  displayName: 'Grace Hopper',
  userPrincipalName: 'grace.hopper@harbor.example',
  mail: undefined,
  accountEnabled: true,
};

const NONE: Fact = { kind: 'none', since: (REFRESHED - 180) as Day };

/** Signed in last in July, and used nothing else since. */
export const EVIDENCE: Evidence = {
  workload: {
    refreshed: REFRESHED,
    facts: {
      ...(Object.fromEntries(WORKLOADS.map((name) => [name, NONE])) as Record<
        (typeof WORKLOADS)[number],
        Fact
      >),
      exchange: { kind: 'on', day: day('2026-07-12') },
      skype: { kind: 'unknown', why: 'not in the report' },
    },
  },
  signIn: { successful: { kind: 'on', day: day('2026-07-14') }, interactive: NONE, nonInteractive: NONE },
  reports: REPORTS_OFF,
  details: NO_DETAILS,
};

/** A license with a verdict of its own; unused like its holder when nothing is said. */
export function aLicenseFinding(
  sku: SkuName,
  change: Partial<LicenseFinding> & { readonly group?: string; readonly off?: readonly string[] } = {},
): LicenseFinding {
  const { group, off = [], ...rest } = change;
  const { person } = aPerson('Somebody', {
    licenses: [{ sku, off, ...(group === undefined ? {} : { group }) }],
  });
  const [license] = person.licenses;
  if (license === undefined) throw new Error(`no license ${sku}`);
  return {
    license,
    skuId: license.skuId,
    partNumber: SKUS[sku].partNumber,
    name: SKUS[sku].partNumber,
    verdict: INACTIVE,
    parts: [],
    coveredBy: undefined,
    annualCost: { minor: 10_000, currency: 'USD' },
    hasMailboxPlan: sku !== 'VISIO',
    ...rest,
  };
}

/** An inactive person with an unused E3, whose manager is Grace: the most ordinary finding. */
export function aFinding(
  name: string,
  change: Partial<Finding> & { readonly is?: PersonSpec } = {},
): Finding {
  const { is = {}, ...rest } = change;
  return {
    person: aPerson(name, is).person,
    manager: GRACE,
    mailbox: 'user',
    verdict: INACTIVE,
    evidence: EVIDENCE,
    scenario: 'inactive',
    neverSignedIn: undefined,
    securityAlert: false,
    roster: undefined,
    sponsors: undefined,
    licenses: [aLicenseFinding('E3')],
    annualCost: { minor: 10_000, currency: 'USD' },
    protections: [],
    recommendation: 'ask',
    ...rest,
  };
}
