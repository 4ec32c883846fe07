import type { Scenario } from '../../audit/finding.js';
import {
  NONE,
  USUAL_PAGE,
  type Ask,
  type AskedState,
  type Condition,
  type GroupField,
  type Measure,
  type Query,
  type Sort,
  type Subject,
  type VerdictName,
} from './query.js';
import { quote } from './tokens.js';

/** The sentence of a query in normal form, which `readQuery` reads back as the same query. */
export function printQuery(query: Query): string {
  const { ask, conditions } = query;
  const scenario = onlyScenario(query);
  const told = scenario === undefined ? conditions : conditions.filter(({ field }) => field !== 'scenario');
  return [
    `${head(query, scenario)}${ask.kind === 'groups' ? ` per ${groupWord(ask.by)}` : ''}`,
    ...told.map(clause),
    ...tail(ask),
  ].join(', ');
}

/** Fields are called so in conditions as well. */
function groupWord(by: GroupField): string {
  return by === 'unit' ? FIELD_NAMES.unit : by;
}

const WHO_IS: Readonly<Record<Subject, string>> = {
  candidates: 'inactive but licensed',
  unknown: 'not judged for lack of data',
  guests: 'guests who are not active',
  active: 'active',
  protected: 'protected',
  everyone: 'looked at',
};

type Told = Exclude<Scenario, 'inactive'>;

/** One reason is said in place of "inactive but licensed"; being inactive alone would be taken for that. */
function onlyScenario({ subject, conditions }: Query): Told | undefined {
  const [only, ...others] = conditions.filter(({ field }) => field === 'scenario');
  if (subject !== 'candidates' || others.length > 0 || only?.field !== 'scenario' || only.is !== 'in')
    return undefined;
  const [scenario, ...more] = only.values;
  return more.length > 0 || scenario === 'inactive' ? undefined : scenario;
}

function head({ ask, subject }: Query, scenario: Told | undefined): string {
  const isState = scenario !== 'neverSignedIn' && scenario !== 'leftCompany';
  const who = scenario === undefined ? WHO_IS[subject] : SCENARIO_NAMES[scenario];
  const be = !isState ? '' : ask.kind === 'list' && subject !== 'guests' ? 'is ' : 'are ';
  return `${ask.kind === 'list' ? 'who' : ASKED[ask.of]} ${be}${who}`;
}

const ASKED: Readonly<Record<Measure, string>> = {
  people: 'how many',
  licenses: 'how many licenses of people who',
  cost: 'cost of people who',
};

function tail(ask: Ask): readonly string[] {
  if (ask.kind === 'total') return [];
  const top = ask.top === undefined ? [] : [`top ${ask.top}`];
  if (ask.kind === 'groups') return top;
  return [
    ...top,
    SORTED[`${ask.sort.by} ${ask.sort.order}`],
    ...(ask.pageSize === USUAL_PAGE ? [] : [`page size ${ask.pageSize}`]),
    ...(ask.page === 1 ? [] : [`page ${ask.page}`]),
  ];
}

const SORTED: Readonly<Record<`${Sort['by']} ${Sort['order']}`, string>> = {
  'cost desc': 'most expensive first',
  'cost asc': 'cheapest first',
  'days desc': 'longest unused first',
  'days asc': 'shortest unused first',
  'name asc': 'sorted by name',
  'name desc': 'sorted by name backwards',
  'department asc': 'sorted by department',
  'department desc': 'sorted by department backwards',
};

/** One condition as a part of the sentence. */
export function clause(condition: Condition): string {
  if ('amount' in condition) {
    const bound = BOUND_WORDS[condition.is];
    return condition.field === 'days'
      ? `${bound} ${condition.amount} days`
      : `cost ${bound} ${condition.amount} a year`;
  }
  const not = condition.is === 'notIn' ? 'not ' : '';
  return `${not}${condition.values.map((value, index) => valueWords(condition, value, index)).join(' or ')}`;
}

const BOUND_WORDS = { '>': 'over', '>=': 'at least', '<': 'less than', '<=': 'at most' } as const;

function valueWords({ field }: Condition, value: string, index: number): string {
  switch (field) {
    case 'scenario':
      return `scenario ${SCENARIO_NAMES[value as Scenario]}`;
    case 'verdict':
      return `verdict ${VERDICT_NAMES[value as VerdictName]}`;
    case 'use':
      return 'license never used';
    case 'state':
      return STATE_NAMES[value as AskedState];
    default:
      if (value === NONE) return `${FIELD_NAMES[field as keyof typeof FIELD_NAMES]} none`;
      return index === 0 ? `${FIELD_NAMES[field as keyof typeof FIELD_NAMES]} ${quote(value)}` : quote(value);
  }
}

const FIELD_NAMES = {
  department: 'department',
  country: 'country',
  license: 'license',
  manager: 'manager',
  domain: 'domain',
  unit: 'ou',
} as const;

export const SCENARIO_NAMES: Readonly<Record<Scenario, string>> = {
  leftCompany: 'left the company',
  neverSignedIn: 'never signed in',
  inactive: 'inactive',
  disabledButLicensed: 'disabled but licensed',
  unusedLicense: 'active with an unused license',
};

export const VERDICT_NAMES: Readonly<Record<VerdictName, string>> = {
  inactive: 'inactive',
  neverUsed: 'never used',
  active: 'active',
  unknown: 'unknown',
};

export const STATE_NAMES: Readonly<Record<AskedState, string>> = {
  noCase: 'no case',
  opened: 'case opened',
  asked: 'case asked',
  escalated: 'case escalated',
  adminReview: 'case in admin review',
  kept: 'case kept',
  decided: 'case decided',
  scheduled: 'case scheduled',
  acting: 'case acting',
  holding: 'case holding',
  undoing: 'case undoing',
  needsPerson: 'case needs a person',
  closed: 'case closed',
  cancelled: 'case cancelled',
  undone: 'case undone',
};
