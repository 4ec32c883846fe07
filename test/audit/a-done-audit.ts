import type { DoneAudit } from '../../src/audit/audit-result.js';
import { dayOf } from '../../src/audit/day.js';
import type { RunMeasures } from '../../src/audit/run-record.js';
import { positionRows } from '../../src/spend/position.js';
import { day, NOW, REFRESHED } from '../world/people.js';
import { SKUS } from '../world/skus.js';

export const MEASURES: RunMeasures = {
  scopeHash: 'scope',
  inactivityDays: 90,
  people: 1_000,
  flagged: 40,
  sources: {
    directory: { rows: 1_000, used: undefined, refreshed: undefined },
    activeUsers: { rows: 990, used: 900, refreshed: REFRESHED },
  },
};

/** An audit of a tenant of one active person; `change` has what the test is about. */
export function aDoneAudit(change: Partial<DoneAudit> = {}): DoneAudit {
  const figures = { people: 1, licenses: 1, active: 1, inactive: 0, protected: 0, unknown: 0, guests: 0 };
  return {
    kind: 'done',
    startedAt: NOW,
    finishedAt: NOW,
    tenantId: 'tenant',
    figures: { ...figures, outOfScope: 0, annualCost: [], withoutPrice: 0, departments: {} },
    findings: [],
    position: positionRows(new Map(), Object.values(SKUS), [], dayOf(NOW)),
    unproven: [],
    reportRefreshed: day(REFRESHED),
    signInsReadAt: NOW,
    caveats: [],
    sources: [],
    idle: [],
    measures: MEASURES,
    ...change,
  };
}

/** Begun and ended at these times. */
export function aDoneAuditAt(
  startedAt: string,
  finishedAt = startedAt,
  change: Partial<DoneAudit> = {},
): DoneAudit {
  return aDoneAudit({ startedAt: new Date(startedAt), finishedAt: new Date(finishedAt), ...change });
}
