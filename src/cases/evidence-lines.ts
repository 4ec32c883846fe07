import { isoDay } from '../audit/day.js';
import { WORKLOADS, type Fact } from '../audit/evidence.js';
import type { Finding, NeverSignedIn } from '../audit/finding.js';

/** What is known beside the scenario. */
export type ScenarioNote =
  | { readonly kind: 'neverSignedIn'; readonly perhaps: NeverSignedIn }
  /** `asOf`: the day of the roster, `YYYY-MM-DD`. */
  | { readonly kind: 'left'; readonly asOf: string };

/** One line of evidence as the card shows it. Dates are `YYYY-MM-DD`. */
export interface EvidenceLine {
  readonly source:
    'signIn' | 'exchange' | 'oneDrive' | 'sharePoint' | 'teams' | 'yammer' | 'skype' | 'apps' | 'activations';
  readonly fact:
    | { readonly kind: 'on'; readonly date: string }
    | { readonly kind: 'none'; readonly since: string | undefined }
    | { readonly kind: 'unknown' };
}

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
