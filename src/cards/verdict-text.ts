import { isoDay } from '../audit/day.js';
import type { Verdict } from '../audit/evidence.js';
import type { Finding, LicenseFinding } from '../audit/finding.js';
import { unusedReason } from '../audit/licenses/unused.js';
import { scenarioNote } from '../cases/evidence-lines.js';
import type { Language } from '../i18n/locale.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { scenarioText } from './case-view.js';
import { dayText } from './dates.js';
import { cardText } from './escape.js';
import { idleLength } from './idle-length.js';
import { unusedOnly } from './person-card.js';
import { unusedText } from './unused-text.js';

/** Whether a license is used, and what says so; safe for a card. */
export function licenseVerdict(
  license: LicenseFinding,
  held: readonly LicenseFinding[],
  reader: Language,
): ReadyText {
  const unused = unusedReason(license, held);
  return unused === undefined ? verdictText(license.verdict, reader) : cardText(unusedText(unused, reader));
}

/** The same of somebody as a whole: why they are asked about, or why not. */
export function personVerdict(finding: Finding, reader: Language): ReadyText {
  const { scenario, verdict } = finding;
  if (scenario === undefined) return text(reader, 'page.verdict', { verdict: verdictText(verdict, reader) });
  const daysInactive = verdict.kind === 'inactive' ? verdict.days : undefined;
  const note = scenarioNote(finding);
  return scenarioText({ scenario, daysInactive, scenarioNote: note, licenses: unusedOnly(finding) }, reader);
}

function verdictText(verdict: Verdict, reader: Language): ReadyText {
  switch (verdict.kind) {
    case 'active':
      return verdict.lastUse === undefined
        ? text(reader, 'page.inUse')
        : text(reader, 'page.inUseOn', { date: dayText(isoDay(verdict.lastUse), reader) });
    case 'inactive':
      return text(reader, 'unused.idle', { length: idleLength(verdict.days, reader) });
    case 'neverUsed':
      return text(reader, 'unused.neverUsed');
    case 'unknown':
      return text(reader, 'page.notJudged', { why: whyText(verdict.why, reader) });
    default:
      return verdict satisfies never;
  }
}

/**
 * What each kind of reason begins with. A reason of any other kind is never shown in its own words, for a source that
 * cannot be understood may speak of a leave (safety rule 3).
 */
const KINDS = [
  ['nothingRecords', /^no source (?:that is read )?dates /u],
  ['tooNew', /^assigned only /u],
  ['noStart', /^the directory does not say since when /u],
  [
    'activations',
    /^(?:activations: |activated on |nobody in the tenant has activated |the policy leaves out the activations )/u,
  ],
  ['signIn', /^sign-in: /u],
  [
    'report',
    /^(?:\w+ report: |the policy leaves out its report|(?:exchange|oneDrive|sharePoint|teams|yammer|skype|email|apps): )/u,
  ],
] as const satisfies readonly (readonly [string, RegExp])[];

export type WhyUnknown = (typeof KINDS)[number][0] | 'other';

/** Of which kind a reason is why nobody knows whether something is used. */
export function whyUnknown(reason: string): WhyUnknown {
  return KINDS.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'other';
}

function whyText(reasons: readonly string[], reader: Language): ReadyText {
  const kinds = new Set<WhyUnknown>(reasons.map(whyUnknown));
  // Whatever is said more exactly says enough.
  if (kinds.size > 1) kinds.delete('other');
  return joined(
    [...(kinds.size === 0 ? (['other'] as const) : kinds)].map((kind) => text(reader, `page.why.${kind}`)),
    ', ',
  );
}
