import type { Policy } from '../../config/policy.js';
import { isoDay, type Day } from '../day.js';
import { reportIsFresh } from '../guards/guards.js';
import { REPORT_NAMES } from '../reports/names.js';
import type { RunMeasures, SourceMeasure, SourceName } from '../run-record.js';
import type { Sources } from './run-sources.js';

/**
 * What the next run compares its sources with. One that was off, unusable or not needed is absent, and so is one whose
 * own date proves nothing: measured by it, every later run would look old. Pure.
 */
export function sourceMeasures(
  { people, reports, signIns }: Sources,
  policy: Pick<Policy, 'evidence' | 'inactivity'>,
  today: Day,
): RunMeasures['sources'] {
  const measures: Partial<Record<SourceName, SourceMeasure>> = {
    directory: { rows: people.seen, used: undefined, refreshed: undefined },
  };
  for (const name of REPORT_NAMES) {
    const state = reports.states[name];
    if (state.kind !== 'read' || reportIsFresh(name, state.refreshed, policy, today) !== undefined) continue;
    const used =
      name in people.coverage ? people.coverage[name as keyof typeof people.coverage].used : undefined;
    measures[name] = { rows: state.rows, used, refreshed: isoDay(state.refreshed) };
  }
  const { source } = signIns;
  if (source.kind === 'read')
    measures.signIns = { rows: source.rows, used: source.withDates, refreshed: undefined, partial: true };
  return measures;
}
