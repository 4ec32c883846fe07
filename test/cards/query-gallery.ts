import type { Unproven } from '../../src/audit/licenses/unproven.js';
import type { CardJson } from '../../src/bot/messenger.js';
import { groupsCard, peopleCard, totalCard } from '../../src/cards/query-cards.js';
import { normalized, USUAL_QUERY, type Query } from '../../src/chat/query/query.js';
import type { Source } from '../../src/chat/query/hits.js';
import { answered, type Result } from '../../src/chat/query/result.js';
import { aFinding } from '../cases/a-finding.js';
import { FINDINGS, holding, rowsOf, SOURCE } from '../chat/query/a-tenant.js';
import { cost, days, DISABLED, is, list, not, per, total } from '../chat/query/questions.js';
import type { CaseView } from '../../src/cards/case-view.js';

const RUN = {
  runId: 'run-1',
  finishedAt: '2026-11-23T06:00:00.000Z',
  reportRefreshed: '2026-11-21',
  people: 1200,
  licenses: 1933,
  active: 1102,
  inactive: 42,
  unknown: 17,
  protected: 31,
  guests: 8,
};

const HOSTILE = '**Bold** _it_ [click](https://evil.example) <img src=x onerror=alert(1)> # `x`';
const UNUSABLE =
  'The report on activations has a readable row for only 2 of 20 licensed people, so it is incomplete or of another tenant.';
const ASTRONAUT = '👩🏽‍🚀';

/** Forty-two people of one tenant, with names of every kind. */
const MANY = rowsOf(
  Array.from({ length: 42 }, (_, index) =>
    aFinding(['Ada', 'יעל כהן', HOSTILE, 'Maximilian-Alexander '.repeat(15)][index] ?? `Person ${index}`, {
      is: {
        department: ['Sales', 'Ä'.repeat(300), HOSTILE][index % 3] ?? '',
        country: 'Germany',
        upn: `person.${index}@harbor.example`,
      },
      licenses: [
        holding('E5', index % 4 === 0 ? undefined : 684),
        holding('VISIO', 180),
        holding('PROJECT', 360),
      ],
    }),
  ),
);

/** Rows of names that need the most bytes. */
const HEAVY = rowsOf(
  Array.from({ length: 15 }, (_, index) =>
    aFinding(`${ASTRONAUT.repeat(90)}${index}`, {
      is: { department: ASTRONAUT.repeat(90), country: 'Germany', upn: `heavy.${index}@harbor.example` },
    }),
  ),
);

function cardIn(
  view: CaseView,
  query: Query,
  source: Source = SOURCE,
  mayList = true,
  unproven: readonly Unproven[] = [],
): CardJson {
  const result = answered(query, source);
  const about = { query: normalized(query), run: RUN, mayList, unproven };
  if (result.kind === 'list') return peopleCard({ ...about, result }, view);
  if (result.kind === 'total') return totalCard({ ...about, result }, view);
  if (result.kind === 'groups') return groupsCard({ ...about, result }, view);
  throw new Error(
    `no card: ${(result satisfies Exclude<Result, { kind: 'list' | 'total' | 'groups' }>).kind}`,
  );
}

/** One product of each kind of reason. */
const UNPROVEN: readonly Unproven[] = [
  { partNumber: 'VISIOCLIENT', name: 'Visio Plan 2', why: { kind: 'unusable', says: UNUSABLE } },
  { partNumber: 'POWER_BI_PRO', name: 'Power BI Pro', why: { kind: 'unrecorded' } },
];

const FROM_MANY: Source = { ...SOURCE, rows: MANY };

/** What questions are answered with. */
export const queryCardsIn = (view: CaseView): Readonly<Record<string, CardJson>> => ({
  'query-people': cardIn(view, USUAL_QUERY, FROM_MANY),
  'query-people-page': cardIn(view, list([], { page: 3, pageSize: 15 }), FROM_MANY),
  'query-people-heavy': cardIn(view, list([], { pageSize: 15 }), { ...SOURCE, rows: HEAVY }),
  'query-people-few': cardIn(view, list()),
  'query-people-unproven': cardIn(view, list([is('license', 'Visio Plan 2')]), SOURCE, true, UNPROVEN),
  'query-people-none': cardIn(view, list([DISABLED, cost('>', 100_000)])),
  'query-people-undated': cardIn(view, list([days('>', 10)], {}, 'unknown')),
  'query-guests': cardIn(view, list([], {}, 'guests')),
  'query-total': cardIn(view, total([not('department', 'Sales'), is('country', 'Germany')])),
  'query-total-cost': cardIn(view, total([], 'cost')),
  'query-per-department': cardIn(view, per('department')),
  'query-per-scenario': cardIn(view, per('scenario')),
  'query-per-verdict': cardIn(view, per('verdict')),
  'query-per-unit': cardIn(view, per('unit', [], 'cost')),
  'query-per-state': cardIn(view, per('state')),
  'query-per-country': cardIn(view, per('country')),
  'query-per-license-for-finance': cardIn(view, per('license', [], 'cost'), SOURCE, false),
  'query-per-manager-many': cardIn(view, per('manager', [], 'licenses'), {
    ...SOURCE,
    rows: rowsOf(
      FINDINGS.flatMap((finding, index) =>
        [0, 1].map((each) => ({
          ...finding,
          manager: {
            ...(typeof finding.manager === 'object' && 'id' in finding.manager ? finding.manager : {}),
            id: `${index}-${each}`,
            displayName: `Manager ${index}-${each}`,
          },
        })),
      ) as unknown as typeof FINDINGS,
    ),
  }),
});
