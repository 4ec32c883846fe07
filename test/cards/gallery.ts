import type { Finding } from '../../src/audit/finding.js';
import type { Day } from '../../src/audit/day.js';
import { NO_DETAILS, REPORTS_OFF } from '../../src/audit/evidence.js';
import type { GroupId, SkuId } from '../../src/audit/person.js';
import type { CardJson } from '../../src/bot/messenger.js';
import { caseCard } from '../../src/cards/case-card.js';
import { deliveriesCard, messagesCard } from '../../src/cards/deliveries-card.js';
import { helpCard, welcomeCard } from '../../src/cards/help-cards.js';
import { hrQueueCard, proposalCard } from '../../src/cards/hr-cards.js';
import { explainCard, historyCard } from '../../src/cards/history-cards.js';
import { queryCardsIn } from './query-gallery.js';
import { findingCard } from '../../src/cards/person-card.js';
import { problemCard } from '../../src/cards/question-card.js';
import { waitingCard } from '../../src/cards/waiting-card.js';
import { whatIfCard } from '../../src/cards/what-if-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import type { Case, CaseFacts, CaseLicense, Instant, StateName } from '../../src/cases/case.js';
import { policyOf } from '../world/policies.js';
import { deletionsIn } from './a-deletion.js';
import { BACK_TEST } from './a-back-test.js';
import {
  ADMIN,
  aLicense,
  aPersonNamed,
  asked,
  CASES,
  FACTS,
  NOW,
  MANAGER,
  reassigned,
  reassignedInPart,
  RECEIVER,
  VIEW,
} from './a-case.js';
import { adminCards } from './admin-gallery.js';
import { giftsIn, noticesWith } from './a-gift-and-a-notice.js';
import { endedWithLeftIn } from './a-let-be.js';
import { parkedCase, parkingIn } from './a-parking.js';
import { LEDGER, TO_MEGAN } from './a-ledger.js';
import { personPagesIn } from './a-person-page.js';
import { notedIn } from './a-note.js';
import { ownPagesIn } from './an-own-page.js';
import { digestsWith } from './a-digest.js';
import { severalIn } from './a-name-of-several.js';

const WAIVED = policyOf('reclaim: { mailbox: waive }');
/** As in the try-out: all is over within a minute. */
const HURRIED: CaseView['policy'] = {
  ...WAIVED,
  timetable: {
    ...VIEW.policy.timetable,
    review: 0,
    afterDecision: 10_000,
    removeLicenses: 30_000,
    hold: 86_400_000,
  },
};
export const SECONDS: CaseView = { ...VIEW, policy: HURRIED };

const UNUSED_VISIO = {
  scenario: 'unusedLicense',
  daysInactive: undefined,
  evidence: [
    { source: 'signIn', fact: { kind: 'on', date: '2026-11-22' } },
    { source: 'exchange', fact: { kind: 'on', date: '2026-11-20' } },
    { source: 'apps', fact: { kind: 'on', date: '2026-11-19' } },
    { source: 'activations', fact: { kind: 'none', since: undefined } },
  ],
  licenses: [
    aLicense({
      name: 'Visio Plan 2',
      annualCost: { minor: 18_000, currency: 'EUR' },
      hasMailboxPlan: false,
      holdsFiles: false,
      unused: { kind: 'neverActivated' },
    }),
  ],
} as const satisfies Partial<CaseFacts>;

const F3 = {
  skuId: '66b55226-6b4f-492c-910c-a3b7a3c9d993' as SkuId,
  name: 'Microsoft 365 F3',
  annualCost: { minor: 9_600, currency: 'USD' },
  keepsMailbox: true,
  lessRoom: { gigabytes: 2, keepsHolds: false },
  keepsFiles: true,
} as const;

function manyLicenses(count: number): readonly CaseLicense[] {
  return Array.from({ length: count }, (_, index) =>
    aLicense({
      name: `Dynamics 365 Customer Engagement Plan ${index + 1}`,
      annualCost: index % 3 === 0 ? undefined : { minor: 1000 * (index + 1), currency: 'USD' },
      direct: index % 4 !== 1,
      groupIds: ['g' as GroupId],
    }),
  );
}

const HOSTILE = '**Bold** _it_ [click](https://evil.example) <img src=x onerror=alert(1)> # `x`\n- item';

export const extremesIn = (view: CaseView) =>
  ({
    'sixty-licenses': caseCard(asked({ licenses: manyLicenses(60) }), { ...view, policy: WAIVED }),
    'long-titles': caseCard(
      asked({
        subject: {
          displayName: 'Maximilian-Alexander '.repeat(15),
          userPrincipalName: `${'very.long.name.'.repeat(15)}@harbor.example`,
          jobTitle: 'Senior Principal Vice Assistant to the Regional Director of Everything '
            .repeat(5)
            .slice(0, 300),
          department: 'Ä'.repeat(300),
          country: 'Germany',
        },
      }),
      view,
    ),
    'right-to-left': caseCard(
      asked({
        subject: {
          displayName: 'יעל כהן-לוי',
          userPrincipalName: 'yael@harbor.example',
          jobTitle: 'مدير المبيعات',
          department: 'Sales',
          country: 'Israel',
        },
      }),
      view,
    ),
    emoji: caseCard(
      asked({ subject: { ...FACTS.subject, displayName: '👩🏽‍🚀 Zoë 𝒜da', jobTitle: '🧑‍🍳'.repeat(40) } }),
      view,
    ),
    markup: caseCard(
      asked({
        subject: { ...FACTS.subject, displayName: HOSTILE, jobTitle: HOSTILE, department: '1. Sales' },
        licenses: [aLicense({ name: HOSTILE })],
        manager: { id: asked().askedOf, displayName: HOSTILE },
      }),
      { ...view, reader: 'admin' },
    ),
    'no-data': caseCard(
      asked({
        evidence: [
          { source: 'signIn', fact: { kind: 'none', since: undefined } },
          { source: 'exchange', fact: { kind: 'unknown' } },
        ],
        evidenceDate: undefined,
        scenario: 'neverSignedIn',
        daysInactive: undefined,
        licenses: [aLicense({ annualCost: undefined, hasMailboxPlan: false })],
        subject: { ...FACTS.subject, jobTitle: undefined, department: undefined, country: undefined },
        manager: undefined,
      }),
      view,
    ),
  }) as const satisfies Record<string, CardJson>;

export const EXTREMES = extremesIn(VIEW);

function aFinding(index: number): Finding {
  const person = {
    ...aPersonNamed(index === 2 ? HOSTILE : `Person Number ${index}`, index),
    department: ['Sales', 'Retail', undefined][index % 3],
  };
  const name = index % 4 === 0 ? 'Microsoft 365 E5' : 'Office 365 E3';
  const annualCost = index % 5 === 4 ? undefined : { minor: 68_400 - index * 1_000, currency: 'USD' };
  const none = { kind: 'none', since: 20_599 as Day } as const;
  return {
    person,
    manager: 'none',
    mailbox: 'user',
    verdict: { kind: 'inactive', days: 100 + index, lastUse: (20_680 - index) as Day },
    evidence: {
      signIn: {
        successful: { kind: 'on', day: (20_680 - index) as Day },
        interactive: none,
        nonInteractive: none,
      },
      workload: {
        refreshed: 20_778 as Day,
        facts: {
          exchange: { kind: 'on', day: 20_650 as Day },
          oneDrive: none,
          sharePoint: none,
          teams: none,
          yammer: { kind: 'unknown', why: 'not in the report' },
          skype: { kind: 'unknown', why: 'not in the report' },
        },
      },
      reports: REPORTS_OFF,
      details: NO_DETAILS,
    },
    scenario: index % 6 === 5 ? 'neverSignedIn' : 'inactive',
    neverSignedIn: index % 6 === 5 ? 'unclear' : undefined,
    securityAlert: false,
    roster: undefined,
    sponsors: undefined,
    licenses: [
      {
        license: { skuId: 's' as SkuId, disabledPlans: [], paths: [] },
        skuId: 's' as SkuId,
        partNumber: 'SPE_E5',
        name,
        verdict: { kind: 'inactive', days: 100, lastUse: undefined },
        parts: [],
        coveredBy: undefined,
        annualCost,
        hasMailboxPlan: true,
      },
    ],
    annualCost,
    protections: [],
    recommendation: 'ask',
  };
}

/** Works every day, and never activated one of two licenses. */
function unusedFinding(): Finding {
  const finding = aFinding(0);
  const active = { kind: 'active', lastUse: 20_776 as Day } as const;
  const [license] = finding.licenses;
  if (license === undefined) throw new Error('no license');
  const visio = {
    ...license,
    skuId: 'v' as SkuId,
    partNumber: 'VISIOCLIENT',
    name: 'Visio Plan 2',
    verdict: { kind: 'neverUsed' },
    parts: [{ part: 'visio', verdict: { kind: 'neverUsed' } }],
    hasMailboxPlan: false,
    annualCost: { minor: 18_000, currency: 'EUR' },
  } as const;
  return {
    ...finding,
    verdict: active,
    scenario: 'unusedLicense',
    evidence: {
      ...finding.evidence,
      reports: {
        ...REPORTS_OFF,
        apps: { kind: 'read', refreshed: 20_777 as Day, fact: { kind: 'on', day: 20_776 as Day } },
        activations: { kind: 'read', refreshed: 20_777 as Day, fact: { kind: 'none', since: undefined } },
      },
    },
    licenses: [{ ...license, verdict: active }, visio],
    annualCost: visio.annualCost,
  };
}

function manyWaiting(_: unknown, index: number): Case {
  const subject = { ...FACTS.subject, displayName: index === 3 ? HOSTILE : `Person Number ${index}` };
  return { ...(index % 2 === 0 ? CASES.adminReview : CASES.needsPerson), subject };
}

const HISTORY = [
  ['2026-11-23T08:00:00.000Z', 'opened', 'Found in audit run run-1: inactive. Licenses: Microsoft 365 E5.'],
  ['2026-11-23T09:00:00.000Z', 'asked', 'Asked Megan Bowen in Teams; answer due 2026-11-30.'],
  ['2026-11-24T13:30:00.000Z', 'decided', 'Megan Bowen decided: reclaim: Left the project'],
].map(([at = '', type = '', text = '']) => ({ at, type, text }));

const problemIn = (view: CaseView) =>
  problemCard(
    {
      kind: 'incomplete',
      case: asked(),
      problems: ['Two people are called Isaiah. Please choose one.'],
      choices: [aPersonNamed('Isaiah Langer', 3), aPersonNamed('Isaiah Lang', 4)],
    },
    { kind: 'reassign', reason: 'Starts on Monday', receiver: 'Isaiah' },
    view,
  );

const statesIn = (view: CaseView) =>
  Object.fromEntries(Object.entries(CASES).map(([state, c]) => [state, caseCard(c, view)])) as Record<
    StateName,
    CardJson
  >;

const ALSO_ADMIN: Case = { ...CASES.hrReview, protections: ['executive', 'admin'] };
const SEALED_TASK: Case = { ...CASES.needsPerson, protections: ['executive'] };

/** What HR sees of its own lane. */
const hrIn = (view: CaseView) =>
  ({
    'hr-review': caseCard(CASES.hrReview, { ...view, reader: 'hr' }),
    'hr-review-one-reviewer': caseCard(CASES.hrReview, {
      ...view,
      reader: 'hr',
      policy: policyOf('approvals: { second: whenAvailable }'),
    }),
    'hr-review-also-protected': caseCard(ALSO_ADMIN, { ...view, reader: 'hr' }),
    'hr-review-problem': problemCard(
      {
        kind: 'incomplete',
        case: CASES.hrReview,
        problems: ['Choose the day on which the person is back.'],
        choices: [],
      },
      { kind: 'onLeave', until: '' },
      { ...view, reader: 'hr' },
    ),
    'hr-proposed': caseCard(CASES.hrProposed, { ...view, reader: 'hr' }),
    'hr-proposed-mail-lost': caseCard(CASES.hrProposed, { ...view, policy: WAIVED, reader: 'hr' }),
    'hr-proposed-mine': caseCard(CASES.hrProposed, { ...view, reader: 'hrAsker' }),
    ...parkingIn(view),
    'hr-proposed-problem': proposalCard(CASES.hrProposed, { ...view, reader: 'hr' }, [
      'You proposed it yourself.',
    ]),
    'hr-decided': caseCard(
      {
        ...CASES.decided,
        protections: ['executive'],
        decision: { kind: 'reclaim', by: ADMIN, at: NOW, reason: undefined, approvedBy: RECEIVER },
      },
      { ...view, reader: 'hr' },
    ),
    'hr-needs-person': caseCard(SEALED_TASK, { ...view, reader: 'hr' }),
    'hr-queue': hrQueueCard(
      {
        cases: [CASES.hrReview, CASES.hrProposed, SEALED_TASK],
        more: 4,
        parked: [parkedCase()],
        moreParked: 2,
      },
      { ...view, reader: 'hr' },
    ),
    'help-hr': helpCard(['hr'], view),
    'help-finance': helpCard(['finance'], view),
  }) as const satisfies Record<string, CardJson>;

type Cards = Readonly<Record<string, CardJson>>;

/** Questions. */
const askedIn = (view: CaseView): Cards => ({
  'asked-mailbox-waived': caseCard(CASES.asked, { ...view, policy: WAIVED }),
  'asked-try-out': caseCard(CASES.asked, { ...view, policy: HURRIED }),
  'asked-admin': caseCard(CASES.asked, { ...view, reader: 'admin' }),
  'asked-people-around': caseCard(CASES.asked, {
    ...view,
    near: [aPersonNamed('Isaiah Langer', 23), aPersonNamed(HOSTILE, 24)],
  }),
  'asked-two-licenses': caseCard(
    asked({
      licenses: [aLicense(), aLicense({ name: 'Visio Plan 2', hasMailboxPlan: false, direct: false })],
    }),
    view,
  ),
  'asked-unused-license': caseCard(asked(UNUSED_VISIO), view),
  'asked-covered-and-idle': caseCard(
    asked({
      ...UNUSED_VISIO,
      licenses: [
        aLicense({ name: 'Office 365 E3', unused: { kind: 'covered', by: 'Microsoft 365 E5' } }),
        aLicense({ name: 'Project Plan 3', hasMailboxPlan: false, unused: { kind: 'idle', days: 142 } }),
      ],
    }),
    { ...view, policy: WAIVED },
  ),
  'asked-replaced': caseCard(asked({ licenses: [aLicense({ replacement: F3 })] }), view),
  'asked-all-licenses': caseCard(
    asked({
      licenses: [
        aLicense({ replacement: { ...F3, annualCost: undefined } }),
        aLicense({ name: 'Power BI Pro', hasMailboxPlan: false, beside: 'notRecorded' }),
        aLicense({
          name: 'unknown product 11111111-2222-4333-8444-555555555555',
          annualCost: undefined,
          beside: 'notManaged',
        }),
      ],
    }),
    view,
  ),
  'asked-replaced-by-hand': caseCard(
    asked({ licenses: [aLicense({ direct: false, groupIds: ['g' as GroupId], replacement: F3 })] }),
    { ...view, policy: WAIVED },
  ),
  'closed-replaced': caseCard(
    { ...CASES.closed, gave: [{ skuId: F3.skuId, name: F3.name, disabledPlans: [] }] },
    view,
  ),
  'asked-left-company': caseCard(
    asked({ scenario: 'leftCompany', scenarioNote: { kind: 'left', asOf: '2026-11-20' } }),
    view,
  ),
  'asked-never-signed-in': caseCard(
    asked({
      scenario: 'neverSignedIn',
      scenarioNote: { kind: 'neverSignedIn', perhaps: 'onboarding' },
      daysInactive: undefined,
      evidence: [{ source: 'signIn', fact: { kind: 'none', since: undefined } }],
    }),
    view,
  ),
});

/** What became of questions, and what is not asked yet. */
const furtherIn = (view: CaseView): Cards => ({
  'finding-unused-license': findingCard(unusedFinding(), view),
  'finding-leaver': findingCard(
    {
      ...aFinding(1),
      scenario: 'leftCompany',
      securityAlert: true,
      roster: {
        status: 'left',
        asOf: 20_777 as Day,
        origin: 'hr.csv',
        leaveFrom: undefined,
        leaveUntil: undefined,
      },
    },
    view,
  ),
  'needs-person-refused': caseCard(
    {
      ...CASES.needsPerson,
      task:
        "Microsoft Graph keeps failing: Microsoft Graph did not understand or allow our request to change one person's " +
        'licenses (400 Request_BadRequest). It says: Service plan MCOEV is needed. Try again later; if it happens again, ask ' +
        'Microsoft support.',
    },
    { ...view, reader: 'admin' },
  ),
  'admin-review-admin': caseCard(CASES.adminReview, { ...view, reader: 'admin' }),
  'decided-reassign': caseCard(reassigned(CASES.decided), view),
  'holding-reassign': caseCard(reassigned(CASES.holding), view),
  'holding-reassign-some': caseCard(reassignedInPart('hadOther'), view),
  'holding-reassign-none': caseCard(reassignedInPart('hadAll'), view),
  'undone-reassign': caseCard({ ...CASES.undone, keptBy: RECEIVER }, view),
  'closed-group-license-kept': caseCard(
    { ...CASES.closed, licenses: [aLicense(), aLicense({ name: 'Visio Plan 2', direct: false })] },
    view,
  ),
  'closed-files': caseCard(
    {
      ...CASES.closed,
      files: { is: 'handedOver', to: MANAGER, archivedAt: '2027-03-17T09:05:00.000Z' as Instant },
    },
    view,
  ),
  ...deletionsIn(view),
  'closed-nothing-taken': caseCard({ ...CASES.closed, took: [] }, view),
  'holding-try-out': caseCard(
    { ...CASES.holding, holdUntil: '2026-11-24T09:01:05.000Z' as Instant },
    { ...view, policy: HURRIED },
  ),
  problem: problemIn(view),
});

/** Every card of the product by name, ordinary and extreme. */
const galleryIn = (view: CaseView): Cards => ({
  ...statesIn(view),
  ...askedIn(view),
  ...notedIn(HOSTILE, view),
  ...furtherIn(view),
  welcome: welcomeCard([], view, 0),
  'welcome-admin': welcomeCard(['admin'], view, 0),
  'welcome-asked': welcomeCard(['admin'], view, 2),
  help: helpCard([], view),
  'help-admin': helpCard(['admin'], view),
  ...queryCardsIn(view),
  explain: explainCard(CASES.asked, HISTORY, view),
  finding: findingCard(aFinding(0), view),
  history: historyCard(CASES.decided, HISTORY, view),
  waiting: waitingCard(
    [CASES.asked, asked({ subject: { ...FACTS.subject, displayName: 'Patti Fernandez' } })],
    [],
    view,
  ),
  'waiting-admin': waitingCard([CASES.asked], [CASES.adminReview, CASES.needsPerson], view),
  'waiting-admin-many': waitingCard([], Array.from({ length: 40 }, manyWaiting), view),
  ...severalIn(view),
  deliveries: deliveriesCard(LEDGER, view),
  'deliveries-of': messagesCard(TO_MEGAN, view),
  'deliveries-none-reached': deliveriesCard(LEDGER.slice(0, 1), view),
  'what-if': whatIfCard(BACK_TEST, view),
  'what-if-first-run': whatIfCard({ ...BACK_TEST, earlier: [] }, view),
  ...hrIn(view),
  ...giftsIn(view),
  ...noticesWith(HOSTILE, view),
  ...ownPagesIn(HOSTILE, view),
  ...personPagesIn(HOSTILE, view),
  ...adminCards(HOSTILE, view),
  ...digestsWith({
    hostile: HOSTILE,
    waived: { ...view, policy: WAIVED },
    view,
    manyLicenses: manyLicenses(60),
  }),
  ...endedWithLeftIn(view),
  ...extremesIn(view),
});

export const GALLERY = galleryIn(VIEW);
export const GERMAN_GALLERY = galleryIn({ ...VIEW, locale: 'de' });
