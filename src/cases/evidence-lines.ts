import { isoDay } from '../audit/day.js';
import { WORKLOADS, type Fact } from '../audit/evidence.js';
import type { Finding } from '../audit/finding.js';
import type { EvidenceLine, ScenarioNote } from './case.js';

/** Further reports that a reader of a card can make something of; the others date what the services date already. */
const FURTHER = ['apps', 'activations'] as const;

/** A finding's evidence as the cards show it: further reports only where they were read. */
export function evidenceLines({ evidence }: Pick<Finding, 'evidence'>): readonly EvidenceLine[] {
  const { signIn, workload, reports } = evidence;
  return [
    { source: 'signIn', fact: 'unknown' in signIn ? { kind: 'unknown' } : lineFact(signIn.successful) },
    ...WORKLOADS.map((source): EvidenceLine => ({
      source,
      fact: 'unknown' in workload ? { kind: 'unknown' } : lineFact(workload.facts[source]),
    })),
    ...FURTHER.flatMap((source): readonly EvidenceLine[] => {
      const report = reports[source];
      return report.kind === 'read' ? [{ source, fact: lineFact(report.fact) }] : [];
    }),
  ];
}

/** What is known beside the scenario, for its sentence on the cards. */
export function scenarioNote(
  finding: Pick<Finding, 'scenario' | 'neverSignedIn' | 'roster'>,
): ScenarioNote | undefined {
  const { scenario, neverSignedIn, roster } = finding;
  if (scenario === 'neverSignedIn' && neverSignedIn !== undefined)
    return { kind: 'neverSignedIn', perhaps: neverSignedIn };
  if (scenario === 'leftCompany' && roster !== undefined) return { kind: 'left', asOf: isoDay(roster.asOf) };
  return undefined;
}

function lineFact(fact: Fact): EvidenceLine['fact'] {
  switch (fact.kind) {
    case 'on':
      return { kind: 'on', date: isoDay(fact.day) };
    case 'none':
      return { kind: 'none', since: fact.since === undefined ? undefined : isoDay(fact.since) };
    case 'unknown':
      return { kind: 'unknown' };
    default:
      return fact satisfies never;
  }
}
