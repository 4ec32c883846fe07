import { isoDay } from '../audit/day.js';
import type { Fact } from '../audit/evidence.js';
import type { Finding } from '../audit/finding.js';
import type { CardJson } from '../bot/messenger.js';
import type { EvidenceLine } from '../cases/case.js';
import { scenarioText, type CaseView } from './case-view.js';
import { who } from './case-parts.js';
import { box, card, facts, heading, line, quiet, title } from './elements.js';
import { cardText } from './escape.js';
import { dataDateText, evidenceRows } from './evidence-text.js';
import { yearlyText } from './money-text.js';

/** A person of the latest audit for whom there is no case: what was found, and that nobody was asked. */
export function findingCard(finding: Finding, view: CaseView): CardJson {
  const { person, verdict, evidence, licenses } = finding;
  const daysInactive = verdict.kind === 'inactive' ? verdict.days : undefined;
  const refreshed = 'refreshed' in evidence.workload ? isoDay(evidence.workload.refreshed) : undefined;
  return card([
    title('What the latest audit found'),
    box('emphasis', who({ subject: person })),
    heading('What we see'),
    ...(finding.scenario ? [line(scenarioText({ scenario: finding.scenario, daysInactive }))] : []),
    facts(evidenceRows(evidenceLines(finding))),
    quiet(`${dataDateText(refreshed)}.`),
    heading(licenses.length === 1 ? 'License' : `${licenses.length} licenses`),
    facts(
      licenses
        .slice(0, 12)
        .map((each) => [cardText(each.name), yearlyText(each.annualCost, view.locale)] as const),
    ),
    ...(licenses.length > 12 ? [quiet(`and ${licenses.length - 12} more`)] : []),
    line('Nobody has been asked about this person yet.'),
  ]);
}

/** A finding's evidence as the cards show it. */
function evidenceLines({ evidence }: Finding): readonly EvidenceLine[] {
  const { signIn, workload } = evidence;
  const signInLine = {
    source: 'signIn',
    fact: shown('successful' in signIn ? signIn.successful : undefined),
  } as const;
  if (!('facts' in workload)) return [signInLine, { source: 'exchange', fact: { kind: 'unknown' } }];
  const { facts: known } = workload;
  const sources = ['exchange', 'oneDrive', 'sharePoint', 'teams', 'yammer', 'skype'] as const;
  return [signInLine, ...sources.map((source) => ({ source, fact: shown(known[source]) }))];
}

function shown(fact: Fact | undefined): EvidenceLine['fact'] {
  if (fact?.kind === 'on') return { kind: 'on', date: isoDay(fact.day) };
  if (fact?.kind === 'none')
    return { kind: 'none', since: fact.since === undefined ? undefined : isoDay(fact.since) };
  return { kind: 'unknown' };
}
