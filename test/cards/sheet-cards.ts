import type { CardJson } from '../../src/bot/messenger.js';
import { caseCard, closedCard, pointerCard } from '../../src/cards/case-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import { deliveriesCard } from '../../src/cards/deliveries-card.js';
import { digestCard, digestPart } from '../../src/cards/digest-card.js';
import { helpCard, welcomeCard } from '../../src/cards/help-cards.js';
import { explainCard, historyCard } from '../../src/cards/history-cards.js';
import { hrQueueCard, proposalCard } from '../../src/cards/hr-cards.js';
import { cardByModel } from '../../src/cards/model-note.js';
import { movedNoticeCard, noticeCard } from '../../src/cards/notice-card.js';
import { ownPageCard } from '../../src/cards/own-page-card.js';
import { findingCard } from '../../src/cards/person-card.js';
import { personPageCard } from '../../src/cards/person-page-card.js';
import { groupsCard, peopleCard, totalCard } from '../../src/cards/query-cards.js';
import { problemCard } from '../../src/cards/question-card.js';
import { severalCard } from '../../src/cards/several-card.js';
import { waitingCard } from '../../src/cards/waiting-card.js';
import { whatIfCard } from '../../src/cards/what-if-card.js';
import type { Case, Instant } from '../../src/cases/case.js';
import { normalized, type Query } from '../../src/chat/query/query.js';
import { answered } from '../../src/chat/query/result.js';
import type { Locale } from '../../src/i18n/locale.js';
import { aFinding } from '../cases/a-finding.js';
import { holding, rowsOf, SOURCE } from '../chat/query/a-tenant.js';
import { is, list, per, total } from '../chat/query/questions.js';
import { policyOf } from '../world/policies.js';
import { BACK_TEST } from './a-back-test.js';
import { ADMIN, aLicense, aPersonNamed, asked, CASES, FACTS, NOW, reassigned, VIEW } from './a-case.js';
import { DIGEST_ID, five, OWNERS, someSettled } from './a-digest.js';
import { GIVEN } from './a-gift-and-a-notice.js';
import { LEDGER } from './a-ledger.js';
import { extremePage, pageOfCase } from './a-person-page.js';
import { NOTED } from './a-note.js';
import { ownRecordOf } from './an-own-page.js';
import type { Dressing, Kind } from './dressing.js';
import { dressed, type Look } from './looks.js';
import { OF_CAMPAIGN } from './sheet-admin-cards.js';

const TOLD = { is: { kind: 'told', at: NOW, stepsFrom: '2026-12-16T09:00:00.000Z' as Instant } } as const;
const HISTORY = [
  { at: '2026-11-23T08:00:00.000Z', type: 'opened', text: 'Found in audit run run-1: inactive.' },
  { at: '2026-11-24T13:30:00.000Z', type: 'decided', text: 'Megan Bowen decided: reclaim' },
];
const RUN = {
  runId: 'run-1',
  finishedAt: '2026-11-23T06:00:00.000Z',
  reportRefreshed: '2026-11-21',
  people: 157_000,
  licenses: 230_933,
  active: 140_102,
  inactive: 4_000,
  unknown: 1_017,
  protected: 31,
  guests: 8_000,
};

const OF_CASES: Readonly<Record<string, Kind>> = Object.fromEntries(
  Object.entries(CASES).map(([state, c]) => [state, ({ of, view }: Dressing) => caseCard(of(c), view)]),
);

const OF_ADMINS: Readonly<Record<string, Kind>> = {
  'asked-admin': ({ of, as }) => caseCard(of(CASES.asked), as('admin')),
  'admin-review': ({ of, as }) => caseCard(of(CASES.adminReview), as('admin')),
  noted: ({ of, view }) => caseCard(withNotes(of(NOTED)), view),
  'mail-lost': ({ of, view }) =>
    caseCard(of(CASES.asked), { ...view, policy: policyOf('reclaim: { mailbox: waive }') }),
  'decided-reassign': ({ of, view }) => caseCard(of(reassigned(CASES.decided)), view),
  'holding-reassign': ({ of, view }) => caseCard(of(reassigned(CASES.holding)), view),
  'given-scheduled': ({ of, as }) => caseCard(of({ ...CASES.scheduled, ...GIVEN }), as('admin')),
  problem: ({ of, look, view }) =>
    problemCard(
      dressed(
        {
          kind: 'incomplete',
          case: of(asked()),
          problems: ['Two people are called Isaiah. Please choose one.'],
          choices: Array.from({ length: 15 }, (_, index) => aPersonNamed('Isaiah Langer', index)),
        } as const,
        look,
      ),
      dressed({ kind: 'reassign', reason: 'Starts on Monday', receiver: 'Isaiah' }, look),
      view,
    ),
  waiting: ({ of, view }) =>
    waitingCard(
      Array.from({ length: 16 }, () => of(CASES.asked)),
      [],
      view,
    ),
  'waiting-admin': ({ of, view }) =>
    waitingCard(
      [of(CASES.asked)],
      Array.from({ length: 40 }, () => of(CASES.adminReview)),
      view,
    ),
  history: ({ of, look, view }) =>
    historyCard(of(CASES.decided), dressed(Array.from({ length: 30 }, () => HISTORY).flat(), look), view),
  explain: ({ of, look, view }) =>
    explainCard(of(CASES.asked), dressed(Array.from({ length: 30 }, () => HISTORY).flat(), look), view),
  several: ({ look, view }) =>
    severalCard(
      dressed(
        Array.from({ length: 8 }, (_, index) => {
          const { id: userId, displayName, userPrincipalName } = aPersonNamed('Isaiah Langer', index);
          return { userId, displayName, userPrincipalName };
        }),
        look,
      ),
      'person',
      view,
    ),
  deliveries: ({ look, view }) =>
    deliveriesCard(dressed(Array.from({ length: 5 }, () => LEDGER).flat(), look), view),
  'what-if': ({ view }) => whatIfCard(BACK_TEST, view),
  'help-admin': ({ view }) => helpCard(['admin', 'hr', 'finance'], view),
  help: ({ view }) => helpCard([], view),
  welcome: ({ view }) => welcomeCard([], view, 0),
  pointer: ({ view }) => pointerCard(view),
  'moved-notice': ({ view }) => movedNoticeCard(view),
};

const OF_HR: Readonly<Record<string, Kind>> = {
  'hr-review': ({ of, as }) => caseCard(of(CASES.hrReview), as('hr')),
  'hr-proposed': ({ of, as }) => proposalCard(of(CASES.hrProposed), as('hr'), ['You proposed it yourself.']),
  'hr-proposed-mine': ({ of, as }) => caseCard(of(CASES.hrProposed), as('hrAsker')),
  'hr-queue': ({ of, as }) =>
    hrQueueCard(
      {
        cases: [
          CASES.hrReview,
          CASES.hrProposed,
          { ...CASES.needsPerson, protections: ['executive'] },
        ].flatMap((c) => Array.from({ length: 5 }, () => of(c as Case))),
        more: 4,
        parked: [],
        moreParked: 0,
      },
      as('hr'),
    ),
  'hr-closed': ({ view }) => closedCard(view),
};

const OF_SEVERAL: Readonly<Record<string, Kind>> = {
  digest: ({ of, view }) => digestCard(digestOf(five(), of), view),
  'digest-owners': ({ of, view }) =>
    digestCard(
      digestOf(
        five(() => OWNERS),
        of,
      ),
      view,
    ),
  'digest-mail-lost': ({ of, view }) =>
    digestCard(digestOf(five(), of), { ...view, policy: policyOf('reclaim: { mailbox: waive }') }),
  'digest-settled': ({ of, view, look }) =>
    digestCard(
      digestOf(someSettled(), of),
      view,
      dressed([{ text: 'Decided: reclaim.' }], { ...look, dress: (text) => text }).map(({ text }) => text),
    ),
  'digest-part': ({ of, view }) => digestPart(digestOf(five().slice(0, 1), of), 5, view),
  notice: ({ of, view }) => noticeCard({ ...of(CASES.scheduled), notice: TOLD }, view),
  'notice-done': ({ of, view }) => noticeCard({ ...of(CASES.holding), notice: TOLD }, view),
};

const OF_QUESTIONS: Readonly<Record<string, Kind>> = {
  me: ({ look, view }) => ownPageCard(dressed(ownRecordOf('Adele Vance', look.licenses), look), view),
  'me-told': ({ of, look, view }) => {
    const told = { ...of(CASES.scheduled), notice: TOLD };
    return ownPageCard({ ...dressed(ownRecordOf('Adele Vance', look.licenses), look), told }, view);
  },
  page: ({ of, look, view }) =>
    personPageCard(dressed(extremePage('Adele Vance', look.licenses, of(CASES.asked)), look), view),
  'page-needs-person': ({ of, look, view }) => {
    const page = dressed(extremePage('Adele Vance', look.licenses, of(CASES.needsPerson)), look);
    return personPageCard({ ...page, protection: undefined }, view);
  },
  'page-of-case': ({ of, view }) => personPageCard(pageOfCase(of(CASES.holding)), view),
  finding: ({ look, view }) => findingCard(findingIn(look, 0), view),
  people: (dressing) => answer(list([is('department', 'Sales')], { pageSize: 15 }), dressing),
  'people-by-model': (dressing) => cardByModel(answer(list(), dressing), dressing.view),
  'per-department': (dressing) => answer(per('department'), dressing),
  'per-unit': (dressing) => answer(per('unit', [], 'cost'), dressing),
  'per-verdict': (dressing) => answer(per('verdict'), dressing),
  'per-license-for-finance': (dressing) => answer(per('license', [], 'cost'), dressing),
  total: (dressing) => answer(total([], 'cost'), dressing),
};

/** Every kind of card of the product. */
export const KINDS: Readonly<Record<string, Kind>> = {
  ...OF_CASES,
  ...OF_ADMINS,
  ...OF_HR,
  ...OF_SEVERAL,
  ...OF_QUESTIONS,
  ...OF_CAMPAIGN,
};

/** One kind of card in one look and language. */
export function sheetCard(kind: string, look: Look, locale: Locale): CardJson {
  const make = KINDS[kind];
  if (make === undefined) throw new Error(`There is no kind of card ${kind}.`);
  const around = Array.from({ length: 15 }, (_, n) => aPersonNamed(`Person Around ${n}`, 30 + n));
  const view: CaseView = { ...VIEW, locale, near: dressed(around, look) };
  return make({
    look,
    view,
    as: (reader) => ({ ...view, reader }),
    of: (c) => {
      const licenses = Array.from({ length: look.licenses }, (_, index) => ({
        ...aLicense(index === 0 ? {} : { name: `Dynamics 365 Plan ${index + 1}`, hasMailboxPlan: false }),
      }));
      return dressed({ ...c, licenses: look.licenses === 1 ? c.licenses : licenses }, look);
    },
  });
}

/** Whatever else somebody holds comes in the same ways. */
function withNotes(c: typeof NOTED): typeof NOTED {
  const [noted] = NOTED.licenses;
  if (noted === undefined) throw new Error('no license');
  const { failing, groupIds } = noted;
  const licenses = c.licenses.map((each) => ({ ...each, groupIds, ...(failing ? { failing } : {}) }));
  return { ...c, licenses };
}

function digestOf(
  entries: ReturnType<typeof five>,
  of: Dressing['of'],
): { readonly digestId: string; readonly entries: ReturnType<typeof five> } {
  return { digestId: DIGEST_ID, entries: entries.map((entry) => ({ ...entry, case: of(entry.case) })) };
}

function findingIn(look: Look, index: number): ReturnType<typeof aFinding> {
  const made = aFinding(index === 0 ? FACTS.subject.displayName : `Person ${index}`, {
    is: {
      department: ['Sales', 'Retail', 'Finance', 'Human Resources'][index % 4] ?? 'Sales',
      country: 'Germany',
      upn: `person.${index}@harbor.example`,
    },
    licenses: Array.from({ length: look.licenses }, (_, each) => ({
      ...holding('E5', index % 4 === 3 ? undefined : 684),
      name: each === 0 ? 'Microsoft 365 E5' : `Dynamics 365 Plan ${each}`,
    })),
  });
  const worn = dressed(made, look);
  // Rows of one look differ, so that groups do.
  const { department } = worn.person;
  const own = `${index % 4} ${department}`;
  return { ...worn, person: { ...worn.person, department: look.name === 'plain' ? department : own } };
}

function answer(query: Query, { look, view }: Dressing): CardJson {
  const rows = rowsOf(Array.from({ length: 42 }, (_, index) => findingIn(look, index)));
  const mine = rows[0]?.department.label ?? '';
  const asked_ = normalized({
    ...query,
    conditions: query.conditions.map((each) =>
      each.field === 'department' ? { ...each, values: [mine] } : each,
    ),
  });
  const result = answered(asked_, { ...SOURCE, rows });
  const about = { query: asked_, run: RUN, mayList: true, unproven: [] };
  if (result.kind === 'list') return peopleCard({ ...about, result }, view);
  if (result.kind === 'groups') return groupsCard({ ...about, result }, view);
  if (result.kind === 'total') return totalCard({ ...about, result }, view);
  throw new Error(`There is no card of ${result.kind} for ${ADMIN.displayName}.`);
}
