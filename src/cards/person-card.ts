import { isoDay } from '../audit/day.js';
import type { Finding, LicenseFinding } from '../audit/finding.js';
import { reclaimableLicenses, unusedReason, type UnusedReason } from '../audit/licenses/unused.js';
import type { CardJson } from '../bot/messenger.js';
import { evidenceLines, scenarioNote } from '../cases/evidence-lines.js';
import { scenarioText, type CaseView } from './case-view.js';
import { who } from './case-parts.js';
import { box, card, facts, heading, line, quiet, title, type Part } from './elements.js';
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
    title('What the latest audit found'),
    box('emphasis', who({ subject: person })),
    ...alert(finding),
    heading('What we see'),
    ...(finding.scenario
      ? [line(scenarioText({ scenario: finding.scenario, daysInactive, scenarioNote: note, licenses }, view))]
      : []),
    facts(evidenceRows(evidenceLines(finding), view)),
    quiet(`${dataDateText(refreshed, view)}.`),
    ...licenseList(finding, licenses, view),
    ...sponsors(finding),
    line('Nobody has been asked about this person yet.'),
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
  const kind = finding.scenario === 'unusedLicense' ? 'unused license' : 'license';
  const others = finding.licenses.length - licenses.length;
  const rest = licenses.length - LICENSES_SHOWN;
  return [
    heading(licenses.length === 1 ? capital(kind) : `${licenses.length} ${kind}s`),
    facts(
      licenses.slice(0, LICENSES_SHOWN).map(({ name, annualCost, unused }) => {
        const why = unused === undefined ? '' : ` · ${cardText(unusedText(unused, view))}`;
        return [cardText(name), `${yearlyText(annualCost, view.locale)}${why}`] as const;
      }),
    ),
    ...(rest > 0 ? [quiet(`and ${rest} more`)] : []),
    ...(others > 0
      ? [quiet(`${others === 1 ? '1 other license is' : `${others} other licenses are`} left alone.`)]
      : []),
  ];
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Whoever left and still signs in is for security to look at, whatever becomes of the licenses. */
function alert({ securityAlert }: Finding): readonly Part[] {
  if (!securityAlert) return [];
  return [
    box('attention', [
      line('**Has signed in after leaving the company.** Please tell whoever looks after security.'),
    ]),
  ];
}

/** Who answers for a guest. */
function sponsors({ person, sponsors: found }: Finding): readonly Part[] {
  if (person.kind !== 'guest' || found === undefined) return [];
  const names = found.slice(0, 5).map(({ displayName }) => cardText(displayName, 80));
  return [facts([['Sponsor', names.length === 0 ? 'none' : names.join(', ')]])];
}
