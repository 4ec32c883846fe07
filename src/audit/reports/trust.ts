import { reportIsWhole } from '../guards/guards.js';
import type { CoverageOf } from './coverage.js';
import type { ReportState, Reports } from './run-reports.js';
import type { SERVICE_OF, Source } from '../licenses/usage.js';

/** Reports that have a row for everybody with the service, so that their rows can be counted against the directory. */
export const COUNTED_REPORTS = [
  'email',
  'teams',
  'sharePoint',
  'apps',
  'activations',
] as const satisfies readonly (keyof typeof SERVICE_OF)[];

/** The reports after the directory pass: one that lacks many people, or is blank, proves no idleness any more. Pure. */
export function distrusted(reports: Reports, coverage: CoverageOf): Reports {
  const doubts = new Map(
    COUNTED_REPORTS.flatMap((name) => {
      if (reports.sources[name].kind !== 'read') return [];
      const { members, inReport, used } = coverage[name];
      const why = reportIsWhole(name, { expected: members, rows: inReport, used });
      return why === undefined ? [] : [[name, why] as const];
    }),
  );
  if (doubts.size === 0) return reports;
  const sources = { ...reports.sources };
  const states: Record<string, ReportState> = { ...reports.states };
  for (const [name, why] of doubts) {
    Object.assign(sources, { [name]: doubtful(reports.sources[name], why) });
    states[name] = { kind: 'unknown', why, failure: undefined };
  }
  return { ...reports, sources, states: states as Reports['states'] };
}

function doubtful<Index>(source: Source<Index>, doubt: string): Source<Index> {
  return source.kind === 'read' ? { ...source, doubt } : source;
}
