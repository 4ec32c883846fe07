import { isoDay } from '../../src/audit/day.js';
import type { CardJson } from '../../src/bot/messenger.js';
import type { CaseView } from '../../src/cards/case-view.js';
import { ownPageCard } from '../../src/cards/own-page-card.js';
import type { Case, Instant } from '../../src/cases/case.js';
import { ownFacts, type OwnFacts, type OwnRecord } from '../../src/chat/own-record.js';
import { text } from '../../src/i18n/text.js';
import { aFinding, aLicenseFinding, REFRESHED } from '../cases/a-finding.js';
import { groupId } from '../world/people.js';
import { CASES, NOW } from './a-case.js';

/** A license of Adele's that two groups give her as well. */
const E5 = aLicenseFinding('E5', { name: 'Microsoft 365 E5' });
const WAYS = ['Sales', 'Board room'].map(
  (name) => ({ ...E5.license.paths[0], kind: 'group', groupId: groupId(name) }) as const,
);
const FINDING = aFinding('Adele Vance', {
  is: { jobTitle: 'Retail Manager', department: 'Retail', country: 'United States' },
  licenses: [
    { ...E5, license: { ...E5.license, paths: [...E5.license.paths, ...WAYS] as typeof E5.license.paths } },
    aLicenseFinding('VISIO', { name: 'Visio Plan 2', group: 'Gone' }),
  ],
});
export const OWN: OwnRecord = {
  auditedAt: '2026-11-23T06:00:00.000Z' as Instant,
  facts: ownFacts(FINDING, new Map(['Sales', 'Board room'].map((name) => [groupId(name), name]))),
  told: undefined,
};

export const TOLD = {
  is: { kind: 'told', at: NOW, stepsFrom: '2026-12-16T09:00:00.000Z' as Instant },
} as const;

/** Somebody with so many licenses, each through several groups, all called `name`. */
export function ownRecordOf(name: string, licenses: number, told?: Case): OwnRecord {
  const since = isoDay(REFRESHED);
  const group = { kind: 'group', name, since } as const;
  const license = { name, ways: [{ kind: 'direct', since } as const, group, group, group, group, group] };
  const facts: OwnFacts = {
    subject: {
      displayName: name,
      userPrincipalName: name,
      jobTitle: name,
      department: name,
      country: name,
    },
    licenses: Array.from({ length: licenses }, () => license),
    evidence: OWN.facts?.evidence ?? [],
    evidenceDate: since,
  };
  return { auditedAt: OWN.auditedAt, facts, told };
}

/** What somebody without a role is shown about themself. */
export const ownPagesIn = (hostile: string, view: CaseView): Readonly<Record<string, CardJson>> => ({
  me: ownPageCard(OWN, view),
  'me-instead': ownPageCard(OWN, view, text(view, 'chat.refused.lists')),
  'me-told': ownPageCard({ ...OWN, told: { ...CASES.scheduled, notice: TOLD } }, view),
  'me-done': ownPageCard({ ...OWN, told: { ...CASES.holding, notice: TOLD } }, view),
  'me-nothing': ownPageCard({ ...OWN, facts: undefined }, view),
  'me-no-audit': ownPageCard({ auditedAt: undefined, facts: undefined, told: undefined }, view),
  'me-no-data': ownPageCard(
    {
      ...OWN,
      facts: OWN.facts && {
        ...OWN.facts,
        licenses: [],
        evidence: OWN.facts.evidence.map(({ source }) => ({ source, fact: { kind: 'unknown' } })),
        evidenceDate: undefined,
      },
    },
    view,
  ),
  'me-extreme': ownPageCard(ownRecordOf(hostile, 60, { ...CASES.scheduled, notice: TOLD }), view),
});
