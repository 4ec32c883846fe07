import type { Finding } from '../../src/audit/finding.js';
import type { CardJson } from '../../src/bot/messenger.js';
import type { CaseView } from '../../src/cards/case-view.js';
import { personPageCard } from '../../src/cards/person-page-card.js';
import type { Case, CaseIn, Instant } from '../../src/cases/case.js';
import type { PersonPage } from '../../src/chat/person-page.js';
import type { HistoryLine } from '../../src/chat/read-model.js';
import { aFinding, aLicenseFinding, EVIDENCE } from '../cases/a-finding.js';
import { day, groupId } from '../world/people.js';
import { aLicense, ADMIN, CASES, MANAGER } from './a-case.js';
import { protection } from './a-campaign.js';

const E5 = aLicenseFinding('E5', {
  name: 'Microsoft 365 E5',
  annualCost: { minor: 68_400, currency: 'USD' },
});
const WAYS = ['Sales', 'Board room', 'Gone'].map(
  (name) => ({ ...E5.license.paths[0], kind: 'group', groupId: groupId(name) }) as const,
);

/** An inactive retail manager with two licenses, one of which three groups give as well and one of which has no price. */
export const FOUND: Finding = aFinding('Adele Vance', {
  is: { jobTitle: 'Retail Manager', department: 'Retail', country: 'Germany' },
  licenses: [
    { ...E5, license: { ...E5.license, paths: [...E5.license.paths, ...WAYS] as typeof E5.license.paths } },
    aLicenseFinding('VISIO', {
      name: 'Visio Plan 2',
      annualCost: undefined,
      verdict: { kind: 'unknown', why: ['no source that is read dates the use of this product'] },
    }),
  ],
  evidence: {
    ...EVIDENCE,
    reports: {
      ...EVIDENCE.reports,
      apps: { kind: 'unknown', why: 'no row' },
      activations: { kind: 'unknown', why: 'no row' },
    },
  },
});

export const ENTRIES: readonly HistoryLine[] = [
  ['2026-11-20T08:00:00.000Z', 'opened', 'Found in audit run run-1: inactive. Licenses: Microsoft 365 E5.'],
  ['2026-11-20T08:30:00.000Z', 'askIntended', 'About to ask Megan Bowen in Teams.'],
  ['2026-11-20T09:00:00.000Z', 'asked', 'Asked Megan Bowen in Teams; answer due 2026-11-30.'],
  ['2026-11-21T09:00:00.000Z', 'remindIntended', 'About to remind in Teams.'],
  ['2026-11-21T09:01:00.000Z', 'reminded', 'Reminded Megan Bowen in Teams.'],
  ['2026-11-22T09:00:00.000Z', 'remindIntended', 'About to remind in Teams once more.'],
  ['2026-11-22T09:01:00.000Z', 'reminded', 'Reminded Megan Bowen in Teams once more.'],
].map(([at = '', type = '', text = '']) => ({ at, type, text }));

const ASKED: CaseIn<'asked'> = { ...CASES.asked, remindAt: '2026-11-26T09:00:00.000Z' as Instant };

/** Asked about by the latest audit, and her manager has not answered yet. */
export const PAGE: PersonPage = {
  userId: ASKED.userId,
  subject: ASKED.subject,
  auditedAt: '2026-11-23T06:00:00.000Z' as Instant,
  finding: FOUND,
  groupNames: new Map(['Sales', 'Board room'].map((name) => [groupId(name), name])),
  case: ASKED,
  otherCases: 0,
  askedOf: MANAGER.displayName,
  history: ENTRIES,
  protection: undefined,
  isReaders: false,
  isAskedOfReader: false,
};

/** What is left where the latest audit has nobody of this name in its lists. */
export function pageOfCase(c: Case): PersonPage {
  return { ...PAGE, finding: undefined, case: c, askedOf: undefined };
}

const NO_CASE = { case: undefined, askedOf: undefined, history: [] } as const;

const NOT_JUDGED: Finding = {
  ...FOUND,
  verdict: { kind: 'unknown', why: ['usage report: the row in the usage report cannot be read'] },
  scenario: undefined,
  recommendation: 'readMore',
  evidence: { ...FOUND.evidence, workload: { unknown: 'the row in the usage report cannot be read' } },
};

/** Works every day, and needs one of three licenses. */
const UNUSED: Finding = {
  ...FOUND,
  verdict: { kind: 'active', lastUse: day('2026-11-20') },
  scenario: 'unusedLicense',
  licenses: [
    { ...E5, verdict: { kind: 'active', lastUse: day('2026-11-20') } },
    aLicenseFinding('E3', {
      name: 'Office 365 E3',
      verdict: { kind: 'active', lastUse: undefined },
      coveredBy: E5.skuId,
    }),
    aLicenseFinding('VISIO', {
      name: 'Visio Plan 2',
      verdict: { kind: 'neverUsed' },
      parts: [{ part: 'visio', verdict: { kind: 'neverUsed' } }],
    }),
  ],
};

/** With so many licenses, each through several groups, and everything that others wrote called `name`. */
export function extremePage(name: string, licenses: number, c: Case): PersonPage {
  const groups = Array.from({ length: 5 }, (_, n) => groupId(`g${n}`));
  const paths = groups.map((each) => ({ ...E5.license.paths[0], kind: 'group', groupId: each }) as const);
  const subject = {
    ...{ displayName: name, userPrincipalName: name, jobTitle: name, department: name, country: name },
  };
  return {
    ...PAGE,
    subject,
    finding: {
      ...FOUND,
      person: { ...FOUND.person, ...subject },
      licenses: Array.from({ length: licenses }, () => ({
        ...E5,
        name,
        license: { ...E5.license, paths: [...E5.license.paths, ...paths] as typeof E5.license.paths },
      })),
    },
    groupNames: new Map(groups.map((each) => [each, name])),
    case: { ...c, subject },
    otherCases: 12,
    askedOf: name,
    history: ENTRIES.map((entry) => ({ ...entry, text: name })),
    protection: { ...protection(name, '2027-01-31'), reason: name },
  };
}

/** What an admin gets by somebody's name. */
export const personPagesIn = (hostile: string, view: CaseView): Readonly<Record<string, CardJson>> => ({
  page: personPageCard(PAGE, view),
  'page-found-only': personPageCard({ ...PAGE, ...NO_CASE }, view),
  'page-not-judged': personPageCard({ ...PAGE, ...NO_CASE, finding: NOT_JUDGED }, view),
  'page-unused-license': personPageCard({ ...PAGE, ...NO_CASE, finding: UNUSED }, view),
  'page-asks-next': personPageCard({ ...PAGE, case: CASES.escalated, askedOf: 'Isaiah Langer' }, view),
  'page-admin-review': personPageCard({ ...PAGE, case: CASES.adminReview, askedOf: undefined }, view),
  'page-scheduled': personPageCard({ ...PAGE, case: CASES.scheduled, askedOf: undefined }, view),
  'page-holding': personPageCard(pageOfCase(CASES.holding), view),
  'page-needs-person': personPageCard(pageOfCase(CASES.needsPerson), view),
  'page-ended-protected': personPageCard(
    {
      ...pageOfCase({
        ...CASES.cancelled,
        licenses: [
          aLicense(),
          aLicense({ name: 'Visio Plan 2', direct: false, groupIds: [groupId('Sales')] }),
        ],
      }),
      otherCases: 1,
      protection: { ...protection('Adele Vance', '2027-01-31'), by: ADMIN },
    },
    view,
  ),
  'page-readers': personPageCard({ ...PAGE, ...NO_CASE, isReaders: true }, view),
  'page-extreme': personPageCard(extremePage(hostile.repeat(4).slice(0, 300), 60, CASES.needsPerson), view),
});
