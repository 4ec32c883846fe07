import { ENGLISH_SENTENCES } from './english-sentences.js';
import { EVERYBODY } from './everybody-words.js';
import { PLACES, type Meaning, type QuestionWords, type Table } from './meaning.js';
import type { GroupField, Sort } from './query.js';

/** Beside the words in which a question is shown back. */
const TABLE: Table<Meaning> = [
  [
    { is: 'filler' },
    'a|an|the|all|any|please|pls|me|us|my|our|we|i|you|can|could|would|do|does|did|have|has|had|having|is|are|was|were|be|been|' +
      "who|whom|whose|which|what|whats|what's|people|person|users|user|accounts|account|employees|staff|somebody|someone|there|here|" +
      'show me all|give|tell|see|get|find|want|need|know|like|with|of|to|for|on|it|its|their|them|they|this|but|licensed|but licensed|' +
      'and licensed|look|looks|seem|seems|being|still|already|currently|now|right now|today|so far|ever|yet|than|' +
      'hi|hello|hey|thanks|thank you|mostly|most|the most|sort|sorted|order|ordered|group|case|cases|each one|a year|per year|yearly|annually|a month each|steward|bot|holds|hold|holding|held|' +
      'assigned|days old|each|where|at all|any more|anymore|long|time|long time|in total|total|altogether|overall',
  ],
  [
    { is: 'subject', subject: 'candidates' },
    'without use|inactive but licensed|inactive and licensed|licensed but inactive|inactive|inactives|unused|idle|dormant|not used|not using|' +
      'not use|not in use|not signed in|not sign in|not logged in|not log in|not logged on|no sign-in|stale|not active|wasted|reclaimable|candidates|look unused|licenses that look unused',
  ],
  [
    { is: 'subject', subject: 'unknown' },
    'not judged|not judged for lack of data|lack of data|no data|without data|unknown|unclear|unjudged',
  ],
  [
    { is: 'subject', subject: 'guests' },
    'guests|guest|guest accounts|guest users|externals|external users|guests who are not active',
  ],
  [{ is: 'subject', subject: 'active' }, 'active|active people|active users|in good use'],
  [{ is: 'subject', subject: 'protected' }, 'protected|protected people|exempt|excluded people|left alone'],
  [
    { is: 'subject', subject: 'everyone' },
    'everyone|everybody|looked at|audited|people looked at|in the audit',
  ],

  [
    { is: 'scenario', value: 'neverSignedIn' },
    'never signed in|never logged in|never logged on|never active|no first sign-in',
  ],
  [{ is: 'scenario', value: 'neverSignedIn', isOfUse: true }, 'never used'],
  [
    { is: 'use' },
    'licenses never used|licence never used|licences never used|with license never used|' +
      'with a license never used|with licenses never used|never used license|never used licenses|' +
      'never used licence|never used licences|never used a license|never used any license|never used their license',
  ],
  [
    { is: 'scenario', value: 'leftCompany' },
    'left the company|left company|left|leavers|leaver|departed|former employees|ex-employees|gone',
  ],
  [{ is: 'scenario', value: 'inactive' }, 'simply inactive|just inactive'],
  [
    { is: 'scenario', value: 'disabledButLicensed' },
    'disabled but licensed|disabled|deactivated|blocked|sign-in blocked',
  ],
  [
    { is: 'scenario', value: 'unusedLicense' },
    'active with an unused license|active but unused license|active with unused licenses|active people with unused licenses|' +
      'active people with an unused license|unused license of active people|in use but one license is not',
  ],

  [
    { is: 'state', value: 'noCase' },
    'no case|not with a case|without a case|without case|not asked|not asked about|not been asked|not been asked yet|not been asked about|nobody was asked|not asked yet|never asked',
  ],
  [
    { is: 'state', value: 'noCase', isDenied: true },
    'with a case|with case|with an open case|with cases|who have a case|who has a case',
  ],
  [{ is: 'state', value: 'opened' }, 'opened'],
  [
    { is: 'state', value: 'asked' },
    'asked|asked about|asked but not answered|but not answered|and not answered|waiting for an answer|unanswered|did not answer|has not answered|have not answered|not answered',
  ],
  [{ is: 'state', value: 'escalated' }, 'escalated|passed on'],
  [
    { is: 'state', value: 'adminReview' },
    'admin review|waiting for an admin|waiting for admins|handed to the admins',
  ],
  [{ is: 'state', value: 'kept' }, 'kept'],
  [{ is: 'state', value: 'decided' }, 'decided|in review'],
  [{ is: 'state', value: 'scheduled' }, 'scheduled'],
  [{ is: 'state', value: 'acting' }, 'acting|under way'],
  [{ is: 'state', value: 'holding' }, 'holding period|taken back|reclaimed|in the undo window|undo window'],
  [{ is: 'state', value: 'undoing' }, 'undoing|being undone'],
  [{ is: 'state', value: 'needsPerson' }, 'needs a person|need a person|needs an admin'],
  [{ is: 'state', value: 'closed' }, 'closed'],
  [{ is: 'state', value: 'cancelled' }, 'cancelled|canceled'],
  [{ is: 'state', value: 'undone' }, 'undone'],

  [{ is: 'ask', ask: 'list' }, 'list|show|show me|display|names of|who is|who are'],
  [
    { is: 'ask', ask: 'people' },
    'how many|how many people|how many users|how many accounts|count|count of|number of|number of people|people count',
  ],
  [{ is: 'everybody' }, EVERYBODY.join('|')],
  [
    { is: 'ask', ask: 'licenses' },
    'how many licenses|how many licences|how many seats|number of licenses|count licenses|license count|seats',
  ],
  [
    { is: 'ask', ask: 'cost' },
    'how much|how much money|how much do we spend|how much do we spend on|sum|sum of|sum of cost|total cost|total cost of|total spend|cost of|spend|spending|' +
      'what do we pay for|what does it cost|how expensive|savings|waste|how much can we save|how much could we save|how much would we save|how much can i save|how much money can we save|how much money could we save|what can we save|what could we save',
  ],

  [
    { is: 'field', field: 'department' },
    'department|departments|dept|team|in department|in the department|in departments|in team',
  ],
  [{ is: 'field', field: 'country' }, 'country|countries|in country|in the country|from country'],
  [
    { is: 'field', field: 'license' },
    'license|licenses|licence|licences|sku|skus|product|products|subscription|with license|with a license|with licenses|with product',
  ],
  [
    { is: 'field', field: 'manager' },
    'manager|managers|managed by|with manager|whose manager|reporting to|reports of|who report to|reports to|report to|boss',
  ],
  [{ is: 'field', field: 'domain' }, 'domain|domains|in domain|in the domain|with domain'],
  [
    { is: 'field', field: 'unit' },
    'ou|ous|organizational unit|organizational units|organisational unit|organisational units|in ou|in organizational unit|in the ou',
  ],
  [{ is: 'place', fields: PLACES }, 'in|from|at|within the|in the'],
  [{ is: 'place', fields: ['manager'] }, 'under|below'],
  [{ is: 'place', fields: ['manager', 'department'] }, 'team of'],

  [{ is: 'none', field: 'department' }, 'no department|without a department|without department'],
  [{ is: 'none', field: 'country' }, 'no country|without a country|without country'],
  [{ is: 'none', field: 'manager' }, 'no manager|without a manager|without manager'],
  [{ is: 'none', field: 'domain' }, 'no domain'],
  [{ is: 'none', field: 'unit' }, 'no ou|without an ou'],

  [
    { is: 'per' },
    'per|for each|by each|grouped by|group by|group them by|group that by|broken down by|split by|breakdown by|by number of',
  ],
  [{ is: 'which', by: 'department' }, 'which department|in which department|what department|which team'],
  [{ is: 'which', by: 'country' }, 'which country|in which country|what country'],
  [{ is: 'which', by: 'license' }, 'which license|which product|what license'],
  [{ is: 'which', by: 'manager' }, 'which manager|whose team'],
  [
    { is: 'which', by: 'license', of: { by: 'cost', order: 'desc' } },
    'what costs the most|what costs us the most|what costs most|license costs the most|licenses cost the most|licenses cost us the most|' +
      'licences cost the most|products cost the most|product costs the most|licenses costing most',
  ],
  [{ is: 'which', by: 'domain' }, 'which domain|in which domain|what domain'],
  [{ is: 'which', by: 'unit' }, 'which ou|in which ou|which organizational unit|which organisational unit'],
  [{ is: 'by' }, 'by|sorted by|sort by|order by|ordered by|ranked by'],
  [
    { is: 'sort', sort: { by: 'cost', order: 'desc' } },
    'most expensive|dearest|costliest|most costly|expensive|highest cost|costs the most|cost the most|costing the most|costs most|cost most|costs us the most|cost us the most|costs us most|cost us most',
  ],
  [
    { is: 'sort', sort: { by: 'cost', order: 'asc' } },
    'cheapest|least expensive|lowest cost|costs the least|cost the least|costs least',
  ],
  [
    { is: 'sort', sort: { by: 'days', order: 'desc' } },
    'longest|longest inactive|longest unused|longest idle|oldest',
  ],
  [{ is: 'sort', sort: { by: 'days', order: 'asc' } }, 'shortest|most recent|latest first'],
  [{ is: 'sort', sort: { by: 'name', order: 'asc' } }, 'alphabetically|in alphabetical order|a to z'],
  [{ is: 'sort', sort: { by: 'name', order: 'desc' } }, 'z to a'],
  [{ is: 'sort', sort: { by: 'department', order: 'asc' } }, 'sort by department|ordered by department'],
  [{ is: 'order', order: 'desc' }, 'descending|desc|highest first'],
  [{ is: 'order', order: 'asc' }, 'ascending|asc|lowest first'],
  [{ is: 'top' }, 'top|the top|first|the first|only the first|at most the first|biggest|largest'],

  [
    { is: 'not' },
    'not|all but|everyone but|everybody but|anyone but|without|except|excluding|except for|other than|not with|not in|outside|outside of|but not|no',
  ],
  [{ is: 'joint', word: 'or' }, 'or|nor'],
  [{ is: 'joint', word: 'and' }, 'and|as well as|plus'],
  [{ is: 'bound', bound: '>' }, 'over|more than|longer than|above|greater than|exceeding|older than|>'],
  [
    { is: 'bound', bound: '>=' },
    'at least|not for|for at least|minimum|from at least|>=|for more or equal|not used for|not signed in for|not sign in for|' +
      'not logged in for|not log in for|no sign-in for',
  ],
  [
    { is: 'bound', bound: '>=', isLately: true },
    'not since|not within|in the last|for the last|not in the last|in the past|not in the past',
  ],
  [{ is: 'lately' }, 'since|last|past'],
  [{ is: 'bound', bound: '<' }, 'less than|fewer than|shorter than|<|cheaper than'],
  [{ is: 'bound', bound: '<=' }, 'at most|up to|no more than|not more than|not over|maximum|<='],
  [{ is: 'bound', bound: '<=', isLately: true }, 'within'],
  [{ is: 'between' }, 'between'],
  [{ is: 'money' }, 'cost|costs|costing|price|priced|yearly cost|annual cost|cost per year'],
  [{ is: 'page', step: 'next' }, 'next|next page|more|further|show more|go on'],
  [{ is: 'page', step: 'previous' }, 'previous|previous page|prev|back|page back'],
  [{ is: 'page', step: 'number' }, 'page'],
  [{ is: 'pageSize' }, 'rows on a page'],
  [
    { is: 'export' },
    'export|download|csv|as csv|as a csv|as a file|as file|to csv|to a file|spreadsheet|excel|as excel|export as csv|export to csv',
  ],
  [
    { is: 'follow' },
    'only|just|that|those|these|same|the same|but only|and only|what about|how about|then|instead',
  ],
  [{ is: 'follow', isOfThose: true }, 'of those|of these|of them|also'],
];

const PLURALS: Table<GroupField> = [
  ['department', 'departments|teams|depts'],
  ['country', 'countries|locations'],
  ['license', 'products|skus|subscriptions'],
  ['manager', 'managers|bosses'],
  ['domain', 'domains'],
  ['unit', 'ous|units'],
];

const GROUPS: Table<GroupField> = [
  ['department', 'department|departments|dept|team|teams'],
  ['country', 'country|countries|location'],
  ['license', 'license|licence|licenses|licences|sku|product|products|subscription'],
  ['manager', 'manager|managers|boss'],
  ['scenario', 'scenario|scenarios|reason|reasons|why'],
  ['verdict', 'verdict|verdicts'],
  ['state', 'state|states|status|case|case state|state of the case'],
  ['domain', 'domain|domains'],
  ['unit', 'ou|ous|organizational unit|organizational units|organisational unit|organisational units'],
];

const SORTS: Table<Sort> = [
  [{ by: 'cost', order: 'desc' }, 'cost|price|money|yearly cost|annual cost|spend'],
  [{ by: 'days', order: 'desc' }, 'days|age|inactivity|last use|time|days inactive'],
  [{ by: 'name', order: 'asc' }, 'name|names'],
];

/** Questions as admins ask them in English. */
export const ENGLISH: QuestionWords = {
  sentences: ENGLISH_SENTENCES,
  phrases: TABLE,
  plurals: PLURALS,
  groups: GROUPS,
  sorts: SORTS,
  units: [
    [1, 'd|day|days'],
    [7, 'w|wk|wks|week|weeks'],
    [30, 'm|mo|mos|month|months'],
    [365, 'y|yr|yrs|year|years'],
  ],
  adverbs: [
    [1, 'yearly|annually'],
    [12, 'monthly'],
  ],
  small: {
    numbers: 'zero one two three four five six seven eight nine ten eleven twelve',
    one: 'a an',
    half: 'half',
    to: 'to - –',
    and: 'and',
    orMore: 'or more|or longer',
    withoutUse: 'without use',
    since: 'for since longer',
    most: 'most',
    use: 'used use signed sign logged log sign-in',
    every: 'a per each every',
    page: 'page',
    articles: 'the each their',
    people: 'who people persons users accounts employees staff guests have has hold holds holding with',
    licenses: 'licenses licences skus products',
    first: 'first',
    foremost: 'first',
    start:
      'with who whom whose which have has had having hold holds holding are is were was but people users',
    verbsLast: '',
    those: '',
    costs: '',
    ahead: '',
    codes: '',
    codesAfterPlace: 'it us',
    deny: 'not never',
    neither: 'neither',
    nor: 'nor',
  },
};
