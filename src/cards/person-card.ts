import { isoDay } from '../audit/day.js';
import type { Finding, LicenseFinding } from '../audit/finding.js';
import { reclaimableLicenses, unusedReason, type UnusedReason } from '../audit/licenses/unused.js';
import type { CardJson } from '../bot/messenger.js';
import { evidenceLines, scenarioNote } from '../cases/evidence-lines.js';
import { scenarioText, type CaseView } from './case-view.js';
import { who } from './case-parts.js';
import { box, card, facts, heading, line, quiet, title, type Part } from './elements.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { cardText } from './escape.js';
import { dataDateText, evidenceRows } from './evidence-text.js';
import { yearlyText } from './money-text.js';
import { unusedText } from './unused-text.js';

const LICENSES_SHOWN = 12;

/** A person of the latest audit for whom there is no case: what was found, and that nobody was asked. */
export function findingCard(finding: Finding, view: CaseView): CardJson {
  const { person, verdict, evidence } = finding;
  const daysInactive = verdict.kind === 'inactive' ? verdict.days : undefined;
  const refreshed = 'refreshed' in evidence.workload ? isoDay(evidence.workload.refreshed) : undefined;
  const licenses = unusedOnly(finding);
  const note = scenarioNote(finding);
  return card([
    title(text(view, 'finding.title')),
    box('emphasis', who({ subject: person })),
    ...alert(finding, view),
    heading(text(view, 'evidence.heading')),
    ...(finding.scenario
      ? [line(scenarioText({ scenario: finding.scenario, daysInactive, scenarioNote: note, licenses }, view))]
      : []),
    facts(evidenceRows(evidenceLines(finding), view)),
    quiet(text(view, 'evidence.sentence', { text: dataDateText(refreshed, view) })),
    ...licenseList(finding, licenses, view),
    ...sponsors(finding, view),
    line(text(view, 'finding.nobodyAsked')),
  ]);
}

/** A license with the reason why it is asked about, where the person as a whole is active. */
export interface AskedLicense extends LicenseFinding {
  readonly unused?: UnusedReason;
}

/** What is asked about: of an active person the unused licenses alone, of everybody else all of them. */
export function unusedOnly(finding: Finding): readonly AskedLicense[] {
  if (finding.scenario !== 'unusedLicense') return finding.licenses;
  return reclaimableLicenses(finding).map((license) => {
    const unused = unusedReason(license, finding.licenses);
    return unused === undefined ? license : { ...license, unused };
  });
}

function licenseList(finding: Finding, licenses: readonly AskedLicense[], view: CaseView): readonly Part[] {
  const kind = finding.scenario === 'unusedLicense' ? 'finding.unusedLicenses' : 'finding.licenses';
  const others = finding.licenses.length - licenses.length;
  const rest = licenses.length - LICENSES_SHOWN;
  return [
    heading(text(view, kind, { count: licenses.length })),
    facts(
      licenses
        .slice(0, LICENSES_SHOWN)
        .map((license) => [cardText(license.name), licenseText(license, view)] as const),
    ),
    ...(rest > 0 ? [quiet(text(view, 'license.rest', { count: rest }))] : []),
    ...(others > 0 ? [quiet(text(view, 'finding.others', { count: others }))] : []),
  ];
}

function licenseText({ annualCost, unused }: AskedLicense, view: CaseView): ReadyText {
  const cost = yearlyText(annualCost, view.locale);
  if (unused === undefined) return cost;
  return text(view, 'finding.license', { cost, why: cardText(unusedText(unused, view)) });
}

/** Whoever left and still signs in is for security to look at, whatever becomes of the licenses. */
export function alert({ securityAlert }: Finding, view: CaseView): readonly Part[] {
  return securityAlert ? [box('attention', [line(text(view, 'finding.alert'))])] : [];
}

/** Who answers for a guest. */
export function sponsors({ person, sponsors: found }: Finding, view: CaseView): readonly Part[] {
  if (person.kind !== 'guest' || found === undefined) return [];
  const names = found.slice(0, 5).map(({ displayName }) => cardText(displayName, 80));
  const said = names.length === 0 ? text(view, 'finding.noSponsor') : joined(names, ', ');
  return [facts([[text(view, 'finding.sponsor'), said]])];
}
