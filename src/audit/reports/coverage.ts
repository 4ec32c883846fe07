import type { Day } from '../day.js';
import type { Contents, Service } from '../licenses/parts.js';
import type { License, Person } from '../person.js';
import { SERVICE_OF, type UsageSources } from '../licenses/usage.js';

/**
 * Licensed members whose accounts are old enough for a report and who have its service, how many of them it has, and
 * how many of those it shows to have used anything: what tells a whole report from a broken one.
 */
export interface Coverage {
  readonly members: number;
  readonly inReport: number;
  readonly used: number;
}

export type CoveredReport = 'activeUsers' | keyof typeof SERVICE_OF;
export type CoverageOf = Readonly<Record<CoveredReport, Coverage>>;

/** Reports run up to three days late; younger accounts may be missing in a good one. */
const REPORT_LAG_DAYS = 3;
const DATED = ['email', 'teams', 'sharePoint', 'apps', 'activations'] as const;

interface Counts {
  members: number;
  inReport: number;
  used: number;
}

export interface CoverageCounter {
  readonly figures: CoverageOf;
  count(person: Person, licenses: readonly License[], slot: number | undefined): void;
}

export function coverageCounter(
  sources: UsageSources,
  contentsOf: (license: License) => Contents,
  today: Day,
): CoverageCounter {
  const figures = {
    activeUsers: none(),
    email: none(),
    teams: none(),
    sharePoint: none(),
    apps: none(),
    activations: none(),
  } satisfies Record<CoveredReport, Counts>;
  const { activeUsers } = sources;
  const reportDay = activeUsers.kind === 'read' ? activeUsers.index.refreshed : today;

  return {
    figures,
    count(person, licenses, slot) {
      const isYoung = person.created !== undefined && person.created > reportDay - REPORT_LAG_DAYS;
      if (person.kind === 'guest' || isYoung) return;
      if (activeUsers.kind === 'read') add(figures.activeUsers, activeUsers.index, slot);
      const services = licenses.map((license) => contentsOf(license).services);
      for (const name of DATED) {
        const source = sources[name];
        if (source.kind === 'read' && isAmong(SERVICE_OF[name], services))
          add(figures[name], source.index, slot);
      }
    },
  };
}

function none(): Counts {
  return { members: 0, inReport: 0, used: 0 };
}

function isAmong(service: Service, lists: readonly (readonly Service[])[]): boolean {
  for (const list of lists) if (list.includes(service)) return true;
  return false;
}

function add(
  counts: Counts,
  index: {
    stateAt(slot: number | undefined): string;
    lastUseAt(slot: number | undefined): Day | undefined;
  },
  slot: number | undefined,
): void {
  counts.members += 1;
  if (index.stateAt(slot) !== 'usable') return;
  counts.inReport += 1;
  if (index.lastUseAt(slot) !== undefined) counts.used += 1;
}
