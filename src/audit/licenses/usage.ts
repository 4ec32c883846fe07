import type { ActivationsIndex } from '../reports/activations.js';
import type { ActivityIndex, AppsIndex } from '../reports/activity.js';
import type { Day } from '../day.js';
import type { Evidence, ReportEvidence, Workload } from '../evidence.js';
import { staleness, type InactivityRules } from '../inactivity.js';
import type { NameSlots } from '../reports/name-slots.js';
import type { Part, Service } from './parts.js';
import { ACTIVITY_REPORTS, type ActivityReport } from '../reports/names.js';
import type { UsageIndex } from '../reports/usage-index.js';

/** A report that can be asked about people, or why it cannot. */
export type Source<Index> =
  /** `doubt`: the report as a whole lacks people, so what it does not show proves nothing; what it shows does. */
  | { readonly kind: 'read'; readonly index: Index; readonly doubt?: string | undefined }
  | { readonly kind: 'off' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Every report that dates what people do. */
export interface UsageSources {
  readonly names: NameSlots;
  readonly activeUsers: Exclude<Source<UsageIndex>, { kind: 'off' }>;
  readonly email: Source<ActivityIndex>;
  readonly teams: Source<ActivityIndex>;
  readonly sharePoint: Source<ActivityIndex>;
  readonly apps: Source<AppsIndex>;
  readonly activations: Source<ActivationsIndex>;
}

/** Which services a person has, by the licenses that work. */
export type Services = ReadonlySet<Service>;

/** The service of which a report has a row for everybody who has it. */
export const SERVICE_OF = {
  email: 'exchange',
  teams: 'teams',
  sharePoint: 'sharePoint',
  apps: 'apps',
  activations: 'desktop',
} as const satisfies Record<ActivityReport, Service>;

const PRODUCTS = { visio: /visio/i, project: /project/i } as const;

/** The pattern of a product in the activations report. */
export function productPattern(part: 'visio' | 'project'): RegExp {
  return PRODUCTS[part];
}

/** Answers the two questions of the pass over everybody without making an object. */
export interface RecentUse {
  /** Does any report show use within the threshold? The same answer as `personVerdict` gives by the reports alone. */
  isActive(slot: number | undefined): boolean;
  /** Could `judgeLicense` find this service unused? Never says no where it does. */
  mayBeUnused(slot: number | undefined, part: Part): boolean;
}

export function recentUse(sources: UsageSources, rules: InactivityRules, today: Day): RecentUse {
  const { activeUsers, activations } = sources;
  const dated = ACTIVITY_REPORTS.flatMap((report) => {
    const source = sources[report];
    return source.kind === 'read'
      ? [{ report, index: source.index, since: since(source.index.refreshed) }]
      : [];
  });
  const usersSince = activeUsers.kind === 'read' ? since(activeUsers.index.refreshed) : 0;

  /** The first day that counts as recent: a late report is measured from today. */
  function since(refreshed: Day): number {
    const from = staleness(refreshed, rules, today) === undefined ? refreshed : today;
    return from - rules.inactivity.days + 1;
  }
  const inWorkload = (slot: number, workload: Workload): boolean =>
    activeUsers.kind === 'read' && (activeUsers.index.usedAt(slot, workload) ?? 0) >= usersSince;
  const inReport = (slot: number, report: ActivityReport): boolean =>
    dated.some((each) => each.report === report && (each.index.lastUseAt(slot) ?? 0) >= each.since);

  return {
    isActive: (slot) => {
      if (slot === undefined) return false;
      if (activeUsers.kind === 'read' && (activeUsers.index.lastUseAt(slot) ?? 0) >= usersSince) return true;
      return dated.some(({ index, since: from }) => (index.lastUseAt(slot) ?? 0) >= from);
    },
    mayBeUnused: (slot, part) => {
      if (slot === undefined) return true;
      switch (part) {
        case 'exchange':
          return !inWorkload(slot, part) && !inReport(slot, 'email');
        case 'teams':
        case 'sharePoint':
          return !inWorkload(slot, part) && !inReport(slot, part);
        case 'apps':
          return !inReport(slot, 'apps');
        case 'visio':
        case 'project':
          return activations.kind === 'read' && activations.index.showsNone(slot, PRODUCTS[part]);
        default:
          return !inWorkload(slot, part);
      }
    },
  };
}

/** What the reports say of one person. Storage and sites come from elsewhere. */
export function usageEvidence(
  sources: UsageSources,
  userPrincipalName: string,
  services: Services,
): Pick<Evidence, 'workload' | 'reports'> & {
  readonly details: Pick<Evidence['details'], 'platforms' | 'activations'>;
} {
  const slot = sources.names.find(userPrincipalName);
  const { activeUsers, apps, activations } = sources;
  const workload =
    activeUsers.kind === 'read'
      ? activeUsers.index.evidenceOf(userPrincipalName)
      : { unknown: activeUsers.why };
  const dated = (report: ActivityReport): ReportEvidence => {
    const source = sources[report];
    return source.kind === 'read'
      ? doubted(source.index.evidenceAt(slot, services.has(SERVICE_OF[report])), source.doubt)
      : source;
  };
  const activated = dated('activations');
  const rows =
    activations.kind === 'read' && activated.kind === 'read' ? activations.index.activationsAt(slot) : [];
  return {
    workload,
    reports: {
      email: dated('email'),
      teams: dated('teams'),
      sharePoint: dated('sharePoint'),
      apps: dated('apps'),
      activations: activated,
    },
    details: {
      platforms: apps.kind === 'read' ? apps.index.platformsAt(slot) : undefined,
      activations: activated.kind !== 'read' || 'unknown' in rows ? undefined : rows,
    },
  };
}

function doubted(evidence: ReportEvidence, doubt: string | undefined): ReportEvidence {
  if (doubt === undefined || evidence.kind !== 'read') return evidence;
  return evidence.fact.kind === 'on' ? { ...evidence, doubt } : { kind: 'unknown', why: doubt };
}
