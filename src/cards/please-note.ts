import { deletesAccount } from '../actions/plan-deletion.js';
import { stepNames } from '../actions/plan.js';
import type { CaseIn } from '../cases/case.js';
import type { EvidenceLine } from '../cases/evidence-lines.js';
import { needsOtherOwners, type OwnedName } from '../cases/owned-alone.js';
import { joined, text, type ReadyText } from '../i18n/text.js';
import { licenseNames } from './case-parts.js';
import type { Answerable, CaseView } from './case-view.js';
import { DAY } from './dates.js';
import { heading, line, type Part } from './elements.js';
import { cardText } from './escape.js';
import { mailWarning } from './mail-warning.js';

/** In front of whoever answers, or an admin; HR's card is a short one. */
type Question = CaseIn<'asked' | 'adminReview'>;

/**
 * What whoever decides has to know beside the evidence: what speaks against relying on it, what becomes of mail and of what
 * only this person owns, and what software does not do. Nothing of it says more of a leave than silence does.
 */
export function pleaseNote(c: Answerable, view: CaseView): readonly Part[] {
  if (c.state === 'hrReview') return mailWarning(c, view);
  const notes = [
    ...[...doubts(c, view), ...owned(c, view)].map(line),
    ...mailWarning(c, view),
    ...byHand(c, view).map(line),
  ];
  return notes.length === 0 ? [] : [heading(text(view, 'note.heading')), ...notes];
}

/** Why the evidence may not mean what it seems to. */
function doubts(c: Question, view: CaseView): readonly ReadyText[] {
  const failing = c.licenses.filter((license) => license.failing === true);
  const age = dataAge(c, view);
  return [
    ...(c.warnings?.includes('signedInSince') === true ? [text(view, 'note.signedInSince')] : []),
    ...(failing.length > 0 ? [text(view, 'note.failing', { licenses: licenseNames(failing, view) })] : []),
    ...missing(c, view),
    ...(age > view.policy.inactivity.maxReportAgeDays ? [text(view, 'note.dataAge', { count: age })] : []),
  ];
}

/** Days since the day that the usage data is of. Who left is asked about whatever it says. */
function dataAge({ scenario, evidenceDate }: Question, { now }: CaseView): number {
  if (evidenceDate === undefined || scenario === 'leftCompany') return 0;
  return Math.floor((Date.parse(now) - Date.parse(evidenceDate)) / DAY);
}

const SERVICES: ReadonlySet<EvidenceLine['source']> = new Set([
  'exchange',
  'teams',
  'oneDrive',
  'sharePoint',
]);

/** A source that the policy does without, where the case rests on idleness. */
function missing({ scenario, evidence }: Question, view: CaseView): readonly ReadyText[] {
  if (scenario !== 'inactive' && scenario !== 'disabledButLicensed') return [];
  const isKnown = (of: (source: EvidenceLine['source']) => boolean): boolean =>
    evidence.some(({ source, fact }) => of(source) && fact.kind !== 'unknown');
  if (!isKnown((source) => source === 'signIn')) return [text(view, 'note.noSignIns')];
  return isKnown((source) => SERVICES.has(source)) ? [] : [text(view, 'note.noServices')];
}

/** Nothing is taken before somebody else owns it as well, or an admin has waived that. */
function owned(c: Question, view: CaseView): readonly ReadyText[] {
  if (!needsOtherOwners(c, view.policy)) return [];
  if (c.owned?.is !== 'known') return [text(view, 'note.ownedUnknown')];
  return ownsAlone(c, view);
}

/** What is known to stand in the way of a reclaim because nobody else owns it; nothing where nothing is. */
export function ownsAlone(c: Question, view: CaseView): readonly ReadyText[] {
  if (!needsOtherOwners(c, view.policy) || c.owned?.is !== 'known' || c.owned.count === 0) return [];
  const { count, first } = c.owned;
  const names = joined(
    first.map((thing) => thingName(thing, view)),
    ', ',
  );
  const things =
    count > first.length
      ? text(view, 'part.thing.andMore', { thing: names, count: count - first.length })
      : names;
  return [text(view, 'note.ownsAlone', { count, things })];
}

function thingName({ displayName, isTeam }: OwnedName, view: CaseView): ReadyText {
  return text(view, isTeam ? 'part.thing.team' : 'part.thing.group', { name: cardText(displayName, 80) });
}

/** What an administrator does, or may have to do, so that it takes longer. */
function byHand(c: Question, view: CaseView): readonly ReadyText[] {
  const steps = stepNames(c, view.policy);
  const throughGroup = c.licenses.filter(({ groupIds }) => groupIds.length > 0);
  const changesAccount = steps.includes('disableSignIn') || deletesAccount(c, view.policy);
  return [
    ...(throughGroup.length > 0 && steps.includes('removeLicenses')
      ? [text(view, 'note.throughGroup', { count: throughGroup.length })]
      : []),
    ...(changesAccount && c.warnings?.includes('fromAd') === true ? [text(view, 'note.fromAd')] : []),
  ];
}
