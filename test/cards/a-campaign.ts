import type { AuditFigures } from '../../src/audit/audit-result.js';
import type { SkuId } from '../../src/audit/person.js';
import type { ChatProtection } from '../../src/audit/protection/chat-protection.js';
import type { AuditStages } from '../../src/cards/audit-cards.js';
import type { KeptRoster } from '../../src/audit/roster/run-store.js';
import type { RosterProblem } from '../../src/audit/roster/problem.js';
import type { CampaignStand, KeepRoster, RosterSeen, SavingsSeen } from '../../src/cases/admin/admin-desk.js';
import type { DeedTold } from '../../src/cases/admin/deed.js';
import type { CampaignPlan } from '../../src/cases/campaign/campaign-plan.js';
import { funnelCounter } from '../../src/cases/campaign/funnel.js';
import type { CaseId, CaseIn } from '../../src/cases/case.js';
import type { Money } from '../../src/spend/money.js';
import type { PositionRow } from '../../src/spend/position.js';
import { savingsRows, type TakenSeat } from '../../src/spend/savings.js';
import { ADMIN, CASES, NOW } from './a-case.js';

export function standOf(cases: readonly (typeof CASES)[keyof typeof CASES][]): CampaignStand {
  const counter = funnelCounter();
  for (const c of cases) counter.add(c);
  return {
    kind: 'campaign',
    brake: 'running',
    seen: { campaign: 'running', at: undefined, by: undefined, guarded: undefined },
    run: { finishedAt: '2026-11-23T06:00:00.000Z', inactive: 1_234 },
    funnel: counter.done(),
  };
}

export const STAND = standOf(Object.values(CASES));

/** By a guard. @param hostile what Microsoft said */
export function pausedFor(hostile: string): CampaignStand['seen'] {
  const guarded = { says: `Microsoft Graph keeps failing: ${hostile}` };
  return { campaign: 'paused', at: '2026-11-23T09:00:00.000Z', by: 'guard: steps failing in a row', guarded };
}

export const STAGES: AuditStages = new Map(
  (
    [
      { phase: 'usageReport', done: 7, total: 7 },
      { phase: 'directory', done: 157_000, total: undefined },
      {
        phase: 'plan',
        done: 0,
        total: undefined,
        text: 'Sign-in dates: about 314 requests, 34 minutes (a pass over 157,000 licensed people)',
      },
      { phase: 'signIns', done: 100, total: 314, minutesLeft: 22 },
    ] as const
  ).map((progress) => [progress.phase, progress]),
);

export const FIGURES: AuditFigures = {
  people: 157_000,
  licenses: 201_313,
  active: 150_000,
  inactive: 4_000,
  protected: 1_000,
  unknown: 1_700,
  guests: 300,
  outOfScope: 0,
  annualCost: [
    { minor: 123_456_700, currency: 'USD' },
    { minor: 99_900, currency: 'EUR' },
  ],
  withoutPrice: 0,
  departments: {},
};

export function protection(name: string, until?: string): ChatProtection {
  return {
    id: 'protected-1',
    kind: 'chatProtection',
    userId: ADMIN.id,
    displayName: name,
    userPrincipalName: 'adele@harbor.example',
    how: until === undefined ? 'protect' : 'exempt',
    reason: `on a project, ${name}`,
    by: ADMIN,
    at: '2026-11-23T09:00:00.000Z',
    ...(until === undefined ? {} : { until }),
  };
}

export function inReview(hostile: string): readonly CaseIn<'decided'>[] {
  return Array.from({ length: 7 }, (_, n) => ({
    ...CASES.decided,
    caseId: `case-${n}` as CaseId,
    subject: { ...CASES.decided.subject, displayName: n === 0 ? hostile : `Person ${n}` },
  }));
}

export function aPlan(hostile: string, people: number): CampaignPlan {
  const { userId, subject, scenario, licenses, annualCost } = CASES.asked;
  return {
    planId: '0123456789ab',
    runId: 'run-1',
    madeAt: NOW,
    questions: Array.from({ length: people }, (_, n) => ({
      ...{ userId, scenario, licenses, annualCost: n === 1 ? undefined : annualCost },
      ...{ displayName: n === 0 ? hostile : subject.displayName, steps: [] },
      userPrincipalName: subject.userPrincipalName,
      asks: n === 2 ? undefined : ADMIN,
      goesToAdmins: n === 2 ? 'The directory names no manager.' : undefined,
    })),
    left: { 'has-open-case': 3, protected: 2, 'limit-per-run-reached': 40 },
  };
}

export function positionOf(hostile: string, products: number): readonly PositionRow[] {
  return Array.from({ length: products }, (_, n) => {
    const annualPrice = n % 3 === 2 ? undefined : { minor: 68_400, currency: n % 3 === 0 ? 'USD' : 'EUR' };
    const times = (seats: number): Money | undefined =>
      annualPrice && { ...annualPrice, minor: annualPrice.minor * seats };
    return {
      ...{
        skuId: `sku-${n}` as SkuId,
        partNumber: `SKU_${n}`,
        name: n === 0 ? hostile : `Dynamics 365 Plan ${n}`,
      },
      ...{ bought: 1_000, assigned: 990, free: 10, active: 900, idle: 60, protected: 20, reclaimable: 40 },
      ...{ unknown: 30, outOfScope: 0, unaccounted: 0, annualPrice },
      ...{ annualBought: times(1_000), annualIdle: times(60), annualReclaimable: times(40) },
    };
  });
}

// Of other names in other languages.
const MONTHS = ['01', '02', '03', '05', '06', '10', '12'];

/** What was saved of so many products, in three currencies and with all that can be said of it. */
export function savingsOf(hostile: string, products: number): SavingsSeen {
  const seats = Array.from({ length: products * 4 }, (_, n): TakenSeat => {
    const product = Math.floor(n / 4);
    const currency = ['USD', 'EUR', 'JPY'][product % 3] ?? 'USD';
    return {
      standing: (['final', 'final', 'onHold', 'inSight'] as const)[n % 4] ?? 'final',
      day: n % 4 === 3 ? undefined : `20${25 - (product % 4)}-${MONTHS[product % 7]}-17`,
      outcome: (['freed', 'replaced', 'givenOn'] as const)[product % 3] ?? 'freed',
      partNumber: `SKU_${product}`,
      name: product === 0 ? hostile : `Dynamics 365 Plan ${product}`,
      annual: product % 5 === 4 ? undefined : { minor: 68_400 * (n + 1), currency },
    };
  });
  const rows = savingsRows(seats);
  return { kind: 'savings', asOf: NOW, savings: { rows, since: '2022-01-17', takenBack: 3, heldAgain: 1 } };
}

const ROSTER_KINDS = [
  ...['unreadable', 'unmatched', 'sharedKey', 'keysDisagree', 'contradictory', 'unknownStatus'],
  ...['leaveRejected', 'duplicate'],
] as const;

/** A file of which everything is wrong that can be. */
export function rosterSeen(hostile: string): Extract<RosterSeen, { kind: 'staged' }> {
  return {
    ...{ kind: 'staged', importId: 'import-1', origin: `${hostile}.csv`, asOf: '2026-11-20' },
    counts: {
      ...{ rows: 157_000, people: 156_000, active: 151_000, left: 4_000, onLeave: 900, unknown: 100 },
      ...{ unmatched: 980, unreadable: 20 },
    },
    problems: ROSTER_KINDS.flatMap((kind, n) =>
      Array.from({ length: n === 1 ? 1 : 9 }, (_, line) => ({
        ...{ kind: kind as RosterProblem['kind'], line: 100 * (n + 1) + line, otherLines: [], key: hostile },
        says: n === 0 && line === 1 ? 'its ObjectId is no GUID' : 'it names nobody',
      })),
    ),
    unknownWords: Array.from({ length: 9 }, (_, n) => ({ word: n === 1 ? '' : hostile, rows: 9 - n })),
    before: { origin: `${hostile}.csv`, asOf: '2026-10-30', people: 155_000 },
    usedUntil: '2026-12-04',
    isDaySaid: true,
  };
}

export function rosterKeptOf(hostile: string): Extract<KeepRoster, { kind: 'kept' }> {
  const { counts } = rosterSeen(hostile);
  const kept: KeptRoster = {
    id: 'roster',
    kind: 'roster',
    ...{ runId: 'roster-import-1', asOf: '2026-11-20', sha256: 'abc', counts },
    ...{ origin: `${hostile}.csv`, importedAt: NOW, pieces: { active: 1, others: 1 } },
  };
  return { kind: 'kept', roster: { ...kept, previous: { ...kept, asOf: '2026-10-30' } } };
}

export const NOTHING_SAVED: SavingsSeen = {
  ...{ kind: 'savings', asOf: NOW },
  savings: { rows: [], since: undefined, takenBack: 0, heldAgain: 0 },
};

const ERASED: Omit<DeedTold, 'at'> = {
  ...{ type: 'exempted', by: undefined, about: undefined, until: '2027-01-31', reason: undefined },
};

export function aDeed(hostile: string): Omit<DeedTold, 'at'> {
  return {
    ...{ type: 'protected', by: hostile, about: hostile, until: '2027-01-31' },
    reason: hostile.repeat(20),
  };
}

/** Twenty-five, of which every second one is without its names. */
export function deedsOf(deed: Omit<DeedTold, 'at'>): readonly DeedTold[] {
  return Array.from({ length: 25 }, (_, n) => ({
    at: `2026-11-23T09:${String(n).padStart(2, '0')}:00.000Z`,
    ...(n % 2 === 0 ? deed : ERASED),
  }));
}
