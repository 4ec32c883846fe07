import type { Person, SkuId, UserId } from '../../src/audit/person.js';
import type { CaseView } from '../../src/cards/case-view.js';
import type {
  Case,
  CaseFacts,
  CaseId,
  CaseIn,
  CaseLicense,
  Instant,
  StateName,
} from '../../src/cases/case.js';
import type { Before, CaseStep, StepLicense } from '../../src/cases/step.js';
import { policyOf } from '../world/policies.js';

export const NOW = '2026-11-23T09:00:00.000Z' as Instant;

export function userId(number: number): UserId {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as UserId;
}

export const ADELE = { id: userId(1), displayName: 'Adele Vance' };
export const MANAGER = { id: userId(2), displayName: 'Megan Bowen' };
export const RECEIVER = { id: userId(3), displayName: 'Isaiah Langer' };
export const ADMIN = { id: userId(9), displayName: 'Alex Wilber' };

export function aLicense(change: Partial<CaseLicense> = {}): CaseLicense {
  return {
    skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06' as SkuId,
    partNumber: 'SPE_E5',
    name: 'Microsoft 365 E5',
    disabledPlans: [],
    annualCost: { minor: 68_400, currency: 'USD' },
    hasMailboxPlan: true,
    holdsFiles: true,
    coveredBy: undefined,
    direct: true,
    groupIds: [],
    ...change,
  };
}

export const FACTS: CaseFacts = {
  id: 'case-1',
  kind: 'case',
  caseId: 'case-1' as CaseId,
  userId: ADELE.id,
  subject: {
    displayName: ADELE.displayName,
    userPrincipalName: 'adele.vance@harbor.example',
    jobTitle: 'Retail Manager',
    department: 'Retail',
    country: 'Germany',
  },
  runId: 'run-1',
  scenario: 'inactive',
  evidence: [
    { source: 'signIn', fact: { kind: 'on', date: '2026-07-14' } },
    { source: 'exchange', fact: { kind: 'on', date: '2026-07-12' } },
    { source: 'oneDrive', fact: { kind: 'none', since: '2026-05-26' } },
    { source: 'sharePoint', fact: { kind: 'none', since: '2026-05-26' } },
    { source: 'teams', fact: { kind: 'none', since: '2026-05-26' } },
    { source: 'yammer', fact: { kind: 'unknown' } },
    { source: 'skype', fact: { kind: 'unknown' } },
  ],
  evidenceDate: '2026-11-21',
  daysInactive: 130,
  licenses: [aLicense()],
  annualCost: { minor: 68_400, currency: 'USD' },
  protections: [],
  mailbox: 'user',
  owned: { is: 'known', count: 0, first: [] },
  manager: MANAGER,
  openedAt: '2026-11-23T08:00:00.000Z' as Instant,
  version: 3,
  seq: 3,
  head: 'h',
  subjectKey: 'k',
  actorSalt: 's',
  message: undefined,
  dueAt: undefined,
  lease: undefined,
  attempts: 0,
};

const RECLAIM = {
  kind: 'reclaim',
  by: MANAGER,
  at: '2026-11-24T13:30:00.000Z' as Instant,
  reason: 'Left the project',
  files: { is: 'handedOver', to: MANAGER },
} as const;

const LICENSES: readonly StepLicense[] = FACTS.licenses.map(({ skuId, name, disabledPlans }) => ({
  skuId,
  name,
  disabledPlans,
}));

function step(progress: CaseStep['progress']): CaseStep {
  const notBefore = '2026-12-14T09:00:00.000Z' as Instant;
  return { step: { kind: 'removeLicenses', userId: ADELE.id, licenses: LICENSES }, progress, notBefore };
}

const PLANNED = step({ is: 'planned' });
const HELD: Before = { of: 'licenses', licenses: LICENSES };
const DONE = step({ is: 'done', at: '2026-12-14T09:05:00.000Z' as Instant, before: HELD });
const WITH_DECISION = { askedOf: MANAGER.id, decision: RECLAIM };

/** One ordinary case in every state. */
export const CASES: { readonly [S in StateName]: CaseIn<S> } = {
  opened: { ...FACTS, state: 'opened', asking: { kind: 'ask', person: MANAGER } },
  asked: {
    ...FACTS,
    state: 'asked',
    askedOf: MANAGER.id,
    askedAt: NOW,
    answerDue: '2026-11-30T09:00:00.000Z' as Instant,
  },
  escalated: {
    ...FACTS,
    state: 'escalated',
    asking: { kind: 'ask', person: RECEIVER },
    since: '2026-11-30T09:00:00.000Z' as Instant,
  },
  adminReview: { ...FACTS, state: 'adminReview', why: 'Nobody answered in time.', askedOf: MANAGER.id },
  hrReview: { ...FACTS, state: 'hrReview', protections: ['executive'] },
  hrProposed: { ...FACTS, state: 'hrProposed', protections: ['executive'], proposal: RECLAIM },
  kept: {
    ...FACTS,
    state: 'kept',
    askedOf: MANAGER.id,
    decision: {
      kind: 'keep',
      by: MANAGER,
      at: '2026-11-24T13:30:00.000Z' as Instant,
      reason: 'Back from a sabbatical in March',
      until: '2027-03-31T23:59:59.000Z' as Instant,
    },
  },
  decided: {
    ...FACTS,
    ...WITH_DECISION,
    state: 'decided',
    steps: [PLANNED],
    actsFrom: '2026-11-25T13:30:00.000Z' as Instant,
  },
  scheduled: { ...FACTS, ...WITH_DECISION, state: 'scheduled', steps: [PLANNED] },
  acting: {
    ...FACTS,
    ...WITH_DECISION,
    state: 'acting',
    steps: [step({ is: 'sent', at: '2026-12-14T09:00:30.000Z' as Instant, before: HELD, tries: 1 })],
  },
  holding: {
    ...FACTS,
    ...WITH_DECISION,
    state: 'holding',
    steps: [DONE],
    holdUntil: '2027-01-13T09:05:00.000Z' as Instant,
  },
  undoing: {
    ...FACTS,
    ...WITH_DECISION,
    state: 'undoing',
    undoneBy: ADMIN,
    steps: [step({ is: 'undoSent', at: '2026-12-20T09:00:30.000Z' as Instant, before: HELD, tries: 1 })],
  },
  needsPerson: {
    ...FACTS,
    ...WITH_DECISION,
    state: 'needsPerson',
    steps: [],
    task: 'A license carries the mailbox: convert it to a shared mailbox first, then the license can go.',
  },
  closed: {
    ...FACTS,
    state: 'closed',
    outcome: 'reclaimed',
    closedAt: '2027-01-13T09:05:00.000Z' as Instant,
    took: LICENSES,
  },
  cancelled: {
    ...FACTS,
    state: 'cancelled',
    cause: 'reasonGone',
    why: 'The person is active again, protected, or out of scope.',
    closedAt: '2026-11-26T10:00:00.000Z' as Instant,
  },
  undone: {
    ...FACTS,
    state: 'undone',
    undoneBy: ADMIN,
    closedAt: '2026-12-20T09:10:00.000Z' as Instant,
    took: LICENSES,
  },
};

/** The question with some facts changed. */
export function asked(change: Partial<CaseIn<'asked'>> = {}): CaseIn<'asked'> {
  return { ...CASES.asked, ...change };
}

export function reassigned(c: CaseIn<'decided' | 'holding'>): Case {
  return { ...c, decision: { ...RECLAIM, kind: 'reassign', reason: undefined, receiver: RECEIVER } };
}

/** Both licenses are taken, and the receiver gets the first: they had the other one by the answer or by the step. */
export function reassignedInPart(got: 'hadOther' | 'gotOther' | 'hadAll'): CaseIn<'holding'> {
  const visio = aLicense({ skuId: 'visio' as SkuId, name: 'Visio Plan 2' });
  const both = [FACTS.licenses[0] ?? visio, visio];
  const seats = both.map(({ skuId, name }) => ({ skuId, name, disabledPlans: [] }));
  const first = seats.slice(0, 1);
  const { notBefore } = DONE;
  const at = '2026-12-14T09:05:00.000Z' as Instant;
  const done = (licenses: readonly StepLicense[]): CaseStep['progress'] => ({
    is: 'done',
    at,
    before: { of: 'licenses', licenses },
  });
  const receiver = RECEIVER;
  return {
    ...CASES.holding,
    licenses: both,
    decision: { ...RECLAIM, kind: 'reassign', reason: undefined, receiver },
    steps: [
      {
        step: { kind: 'removeLicenses', userId: ADELE.id, licenses: seats },
        progress: done(seats),
        notBefore,
      },
      {
        step: {
          kind: 'assignLicenses',
          userId: receiver.id,
          licenses: got === 'hadOther' ? first : seats,
        },
        progress:
          got === 'hadAll' ? { is: 'skipped', why: 'The receiver has the licenses already.' } : done(first),
        notBefore,
      },
    ],
  };
}

/** As the defaults say. */
export const VIEW: CaseView = { policy: policyOf(), now: NOW, timeZone: 'Europe/Berlin', locale: 'en' };

export function aPersonNamed(displayName: string, number: number): Person {
  return {
    id: userId(number),
    userPrincipalName: `${displayName.toLowerCase().replaceAll(' ', '.')}@harbor.example`,
    displayName,
    mail: undefined,
    accountEnabled: true,
    kind: 'member',
    licenses: [],
    department: undefined,
    jobTitle: undefined,
    country: undefined,
    usageLocation: 'DE',
    employeeId: undefined,
    employeeType: undefined,
    hired: undefined,
    leaves: undefined,
    created: undefined,
    onPremisesSync: undefined,
    onPremisesDomain: undefined,
    onPremisesDistinguishedName: undefined,
    lastSynced: undefined,
  };
}
