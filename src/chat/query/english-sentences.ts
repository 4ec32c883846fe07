import type { SentenceWords, Who } from './sentence-words.js';

function be(what: string): Who {
  return { list: `who is ${what}`, people: `how many are ${what}`, of: `are ${what}` };
}

function did(what: string): Who {
  return { list: `who ${what}`, people: `how many ${what}`, of: what };
}

export const SCENARIO_NAMES = {
  leftCompany: 'left the company',
  neverSignedIn: 'never signed in',
  inactive: 'inactive',
  disabledButLicensed: 'disabled but licensed',
  unusedLicense: 'active with an unused license',
} as const satisfies SentenceWords['scenarios'];

export const VERDICT_NAMES = {
  inactive: 'inactive',
  neverUsed: 'never used',
  active: 'active',
  unknown: 'unknown',
} as const satisfies SentenceWords['verdicts'];

export const STATE_NAMES: SentenceWords['states'] = {
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

/** How a question that was understood is shown back in English. */
export const ENGLISH_SENTENCES: SentenceWords = {
  who: {
    candidates: be('inactive but licensed'),
    unknown: be('not judged for lack of data'),
    guests: { ...be('guests who are not active'), list: 'who are guests who are not active' },
    active: be('active'),
    protected: be('protected'),
    everyone: be('looked at'),
    leftCompany: did(SCENARIO_NAMES.leftCompany),
    neverSignedIn: did(SCENARIO_NAMES.neverSignedIn),
    disabledButLicensed: be(SCENARIO_NAMES.disabledButLicensed),
    unusedLicense: be(SCENARIO_NAMES.unusedLicense),
  },
  licensesOf: 'how many licenses of people who',
  costOf: 'cost of people who',
  per: ' per',
  groups: {
    department: 'department',
    country: 'country',
    license: 'license',
    manager: 'manager',
    scenario: 'scenario',
    verdict: 'verdict',
    state: 'state',
    domain: 'domain',
    unit: 'ou',
  },
  or: 'or',
  not: 'not',
  fields: {
    department: 'department',
    country: 'country',
    license: 'license',
    manager: 'manager',
    domain: 'domain',
    unit: 'ou',
  },
  none: {
    department: 'department none',
    country: 'country none',
    manager: 'manager none',
    domain: 'domain none',
    unit: 'ou none',
  },
  use: 'license never used',
  scenarios: {
    leftCompany: `scenario ${SCENARIO_NAMES.leftCompany}`,
    neverSignedIn: `scenario ${SCENARIO_NAMES.neverSignedIn}`,
    inactive: `scenario ${SCENARIO_NAMES.inactive}`,
    disabledButLicensed: `scenario ${SCENARIO_NAMES.disabledButLicensed}`,
    unusedLicense: `scenario ${SCENARIO_NAMES.unusedLicense}`,
  },
  verdicts: {
    inactive: `verdict ${VERDICT_NAMES.inactive}`,
    neverUsed: `verdict ${VERDICT_NAMES.neverUsed}`,
    active: `verdict ${VERDICT_NAMES.active}`,
    unknown: `verdict ${VERDICT_NAMES.unknown}`,
  },
  states: STATE_NAMES,
  bounds: { '>': 'over', '>=': 'at least', '<': 'less than', '<=': 'at most' },
  days: (bound, amount) => `${bound} ${amount} ${amount === 1 ? 'day' : 'days'} without use`,
  cost: (bound, amount) => `cost ${bound} ${amount} a year`,
  top: 'top',
  sorts: {
    'cost desc': 'most expensive first',
    'cost asc': 'cheapest first',
    'days desc': 'longest unused first',
    'days asc': 'shortest unused first',
    'name asc': 'sorted by name',
    'name desc': 'sorted by name backwards',
    'department asc': 'sorted by department',
    'department desc': 'sorted by department backwards',
  },
  pageSize: 'page size',
  page: 'page',
  file: 'export',
};
